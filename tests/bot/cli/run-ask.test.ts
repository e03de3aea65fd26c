import { Readable } from 'node:stream';

import { describe, expect, test } from 'vitest';

import { runAsk } from '../../../bot/cli/run-ask.ts';
import type { RunAskOptions } from '../../../bot/cli/run-ask.ts';
import type { AnswerEvent } from '../../../generation/answer/answer-event.ts';
import { answerReport, citedSource, penicillinReport } from '../../support/answer-report.ts';
import { BrokenPipe, MemoryOutput } from '../../support/memory-output.ts';
import { scriptedAsk } from '../../support/scripted-ask.ts';
import type { Script } from '../../support/scripted-ask.ts';

const report = penicillinReport();
const answered: Script = [
  { type: 'searching', question: report.question, language: 'ru' },
  { type: 'reading', pages: 3 },
  { type: 'text-delta', text: 'Пенициллин открыл ' },
  { type: 'text-delta', text: 'Александр Флеминг [1].' },
  { type: 'answered', report },
];
const declined: Script = [{ type: 'declined', reason: 'nothing-found', report: answerReport() }];
const failed: Script = [
  {
    type: 'failed',
    error: new Error('the index file is damaged'),
    report: answerReport({ degraded: ['searxng: too many requests (HTTP 429)'] }),
  },
];

async function run(
  args: string[],
  scripts: Script[],
  { input = '', stdout = new MemoryOutput(), ...rest }: RunOver = {},
) {
  const { ask, requests } = scriptedAsk(...scripts);
  const stderr = new MemoryOutput();
  const stdin = Readable.from(input === '' ? [] : [input]);
  const exitCode = await runAsk({ ask, args, stdin, stdout, stderr, ...rest });
  return { exitCode, requests, out: stdout.text, err: stderr.text };
}

interface RunOver extends Partial<Pick<RunAskOptions, 'ask' | 'signal'>> {
  input?: string;
  stdout?: MemoryOutput;
}

describe('a question in the arguments', () => {
  test('is answered with its sources', async () => {
    const { exitCode, requests, out, err } = await run(['Кто открыл пенициллин?'], [answered]);
    expect(exitCode).toBe(0);
    expect(requests).toEqual([{ question: 'Кто открыл пенициллин?', length: 'short' }]);
    expect(out).toBe(`Пенициллин открыл Александр Флеминг [1].

Источники
[1] Пенициллин — Энциклопедия, 9 мая 2024 г.
    https://ru.example/penicillin
`);
    expect(err).toBe('');
  });

  test('may be several words without quotes, and may force the language', async () => {
    const { requests } = await run(['--lang', 'en', 'who', 'found', 'penicillin'], [answered]);
    expect(requests).toEqual([
      { question: 'who found penicillin', length: 'short', language: 'en' },
    ]);
  });

  test('streams in a terminal, where a status line comes and goes', async () => {
    const stdout = new MemoryOutput({ isTTY: true });
    const { out } = await run(['Кто?'], [answered], { stdout });
    expect(out).toBe(
      'Ищу…\r\u001B[KЧитаю 3 страницы…\r\u001B[KПенициллин открыл Александр Флеминг [1].\n' +
        '\nИсточники\n[1] Пенициллин — Энциклопедия, 9 мая 2024 г.\n    https://ru.example/penicillin\n',
    );
  });

  test('has colours only where the terminal has them', async () => {
    const plain = await run(['Кто?'], [answered], { stdout: new MemoryOutput({ isTTY: true }) });
    expect(plain.out).not.toContain('\u001B[1m');
    const stdout = new MemoryOutput({ isTTY: true, colours: true });
    expect((await run(['Кто?'], [answered], { stdout })).out).toContain(
      '\u001B[1mИсточники\u001B[22m',
    );
    const piped = new MemoryOutput({ isTTY: false, colours: true });
    expect((await run(['Кто?'], [answered], { stdout: piped })).out).not.toContain('\u001B');
  });

  test('shows only the answer that stands when a model broke off, unless somebody watched', async () => {
    const broken: AnswerEvent[] = [
      { type: 'searching', question: 'x', language: 'ru' },
      { type: 'text-delta', text: 'Начало' },
      { type: 'text-reset' },
      { type: 'text-delta', text: report.answer },
      {
        type: 'answered',
        report: penicillinReport({ generator: 'extractive', modelFailed: true }),
      },
    ];
    const piped = await run(['Кто?'], [broken]);
    expect(piped.out).not.toContain('Начало');
    expect(piped.out).toContain('\nМодель не ответила, поэтому здесь цитаты из источников.\n');
    const watched = await run(['Кто?'], [broken], { stdout: new MemoryOutput({ isTTY: true }) });
    expect(watched.out).toContain('Начало\n\nМодель прервалась, отвечаю заново:\n\nПенициллин');
  });

  test('names the sentences that a source does not bear out', async () => {
    const [sentence] = report.sentences;
    if (sentence === undefined) throw new Error('the report has a sentence');
    const sentences = [{ ...sentence, verdict: 'contradicted' as const }];
    const script: Script = [{ type: 'answered', report: penicillinReport({ sentences }) }];
    expect((await run(['Кто?'], [script])).out).toContain(
      '\n⚠️ Источник говорит другое: сверьтесь с ним.\n   «Пенициллин открыл Александр Флеминг.»\n',
    );
  });

  test('lets no page command the terminal', async () => {
    const sources = [citedSource(1, { title: 'Зло\u001B]0;pwned\u0007' })];
    const script: Script = [
      { type: 'answered', report: penicillinReport({ answer: 'а\u001B[2Jб\u009Bв', sources }) },
    ];
    const { out } = await run(['Кто?'], [script]);
    expect(out).toContain('а[2Jбв');
    expect(out).toContain('[1] Зло]0;pwned — ');
    expect(out).not.toMatch(/[\u001B\u0007\u009B]/u);
  });

  test('that is declined says why, offers the closest pages and is no failure', async () => {
    const closest = [{ url: 'https://a.example/', title: 'Плесень', site: 'a.example' }];
    const script: Script = [
      { type: 'declined', reason: 'not-answered', report: answerReport({ closest }) },
    ];
    const { exitCode, out } = await run(['Кто?'], [script]);
    expect(exitCode).toBe(0);
    expect(out).toBe(`На страницах, которые я прочёл, ответа нет.

Ближе всего к вопросу:
• Плесень — a.example
  https://a.example/
`);
  });

  test('in a third language is declined in English', async () => {
    const script: Script = [
      {
        type: 'declined',
        reason: 'unsupported-language',
        report: answerReport({ language: 'other' }),
      },
    ];
    expect((await run(['Wer?'], [script])).out).toBe(
      'I understand questions in Russian and English. Please ask in one of them.\n',
    );
  });

  test('that fails exits with 1 and tells the reasons apart from the answer', async () => {
    const { exitCode, out, err } = await run(['Кто?'], [failed]);
    expect(exitCode).toBe(1);
    expect(out).toContain('Не получилось ответить');
    expect(err).toBe('searxng: too many requests (HTTP 429)\nthe index file is damaged\n');
  });

  test('is a failure too when no search engine answered', async () => {
    const script: Script = [{ type: 'declined', reason: 'search-failed', report: answerReport() }];
    const { exitCode, out } = await run(['--json', 'Кто?'], [script]);
    expect(exitCode).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ status: 'failed' });
  });
});

describe('questions from standard input', () => {
  test('are answered one a line, blank lines left out', async () => {
    const input = 'раз\r\n\n  два  \nтри';
    const { exitCode, requests, out } = await run([], [answered, declined, answered], { input });
    expect(exitCode).toBe(0);
    expect(requests.map((request) => request.question)).toEqual(['раз', 'два', 'три']);
    expect(out.match(/Источники/gu)).toHaveLength(2);
  });

  test('go on after one that failed, and exit with 1', async () => {
    const { exitCode, requests } = await run([], [failed, answered], { input: 'раз\nдва\n' });
    expect(exitCode).toBe(1);
    expect(requests).toHaveLength(2);
  });

  test('of nothing at all are no failure', async () => {
    expect(await run([], [answered])).toMatchObject({ exitCode: 0, out: '', requests: [] });
  });

  test('end at a failure of the program itself, told once', async () => {
    const { exitCode, err } = await run([], [], {
      input: 'раз\nдва\n',
      ask: brokenAsk,
    });
    expect(exitCode).toBe(1);
    expect(err).toBe('OPENAI_MODEL is set but OPENAI_BASE_URL is not: set both, or neither.\n');
  });
});

describe('--json', () => {
  test('prints one object a question, with exactly the promised fields in order', async () => {
    const { exitCode, out } = await run(['--json'], [answered, declined, failed], {
      input: 'раз\nдва\nтри\n',
    });
    expect(exitCode).toBe(1);
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe(
      JSON.stringify({
        question: 'Кто открыл пенициллин?',
        language: 'ru',
        standaloneQuestion: 'Кто открыл пенициллин?',
        status: 'answered',
        answer: 'Пенициллин открыл Александр Флеминг [1].',
        sentences: [
          {
            text: 'Пенициллин открыл Александр Флеминг.',
            citations: [1],
            quotes: [
              {
                source: 1,
                quote: 'Пенициллин открыл Александр Флеминг',
                quoteUrl: 'https://ru.example/penicillin#:~:text=Fleming',
                place: null,
              },
            ],
            support: 1,
            verdict: 'supported',
            difference: null,
          },
        ],
        sources: [
          {
            number: 1,
            url: 'https://ru.example/penicillin',
            title: 'Пенициллин',
            site: 'Энциклопедия',
            publishedAt: '2024-05-09',
            fetchedAt: '2026-11-02T10:00:00.000Z',
            quote: 'Пенициллин открыл Александр Флеминг',
            quoteUrl: 'https://ru.example/penicillin#:~:text=Fleming',
            place: null,
            readInPart: null,
            alsoAt: [],
          },
        ],
        disagreements: [],
        asOf: null,
        notRead: [],
        generator: 'a-model',
        nextQuestions: [],
        degraded: [],
        timingsMs: { search: 1, crawl: 2, rank: 3, firstToken: 4, total: 5 },
      }),
    );
    expect(lines.map((line) => (JSON.parse(line) as { status: string }).status)).toEqual([
      'answered',
      'declined',
      'failed',
    ]);
  });
});

describe('wrong usage', () => {
  test.each([
    [['--lang', 'fr', 'Кто?'], '--lang must be ru or en; it is "fr".'],
    [['--jsn', 'Кто?'], "Unknown option '--jsn'"],
    [['--lang'], "Option '--lang <value>' argument missing"],
  ])('%j exits with 2, says what is wrong and asks nothing', async (args, problem) => {
    const { exitCode, out, err, requests } = await run(args, [answered]);
    expect(exitCode).toBe(2);
    expect(err).toContain(problem);
    expect(err).toContain('Usage: npm run ask -- [--json] [--lang ru|en] ["question"]');
    expect(out).toBe('');
    expect(requests).toEqual([]);
  });

  test('--help is none', async () => {
    const { exitCode, out } = await run(['--help'], [answered]);
    expect(exitCode).toBe(0);
    expect(out).toContain('Usage:');
  });
});

describe('being broken off', () => {
  test('by Ctrl-C, it asks no more and prints no half result', async () => {
    const stop = new AbortController();
    const { exitCode, out, requests } = await run(
      [],
      [
        async function* stopped() {
          stop.abort();
          yield { type: 'failed', error: new Error('aborted'), report: answerReport() };
        },
      ],
      { input: 'раз\nдва\n', signal: stop.signal },
    );
    expect(exitCode).toBe(130);
    expect(out).toBe('');
    expect(requests).toHaveLength(1);
  });

  test('by a reader who leaves, it ends quietly', async () => {
    const { exitCode, err, requests } = await run(['--json'], [answered], {
      input: 'раз\nдва\nтри\n',
      stdout: new BrokenPipe(),
    });
    expect(exitCode).toBe(0);
    expect(err).toBe('');
    expect(requests).toHaveLength(1);
  });
});

// oxlint-disable-next-line require-yield -- it breaks before its first event
async function* brokenAsk(): AsyncGenerator<AnswerEvent> {
  throw new Error('OPENAI_MODEL is set but OPENAI_BASE_URL is not: set both, or neither.');
}
