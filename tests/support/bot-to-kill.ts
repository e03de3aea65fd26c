import { readConfig } from '../../bot/config.ts';
import type { Step } from '../../bot/questions/step.ts';
import { start } from '../../bot/start.ts';
import type { Ask } from '../../generation/answer/answer-event.ts';
import { penicillinReport } from './answer-report.ts';

/** How a bot that a test kills is to run: the one argument of this program, as JSON. */
export interface BotToKill {
  apiRoot: string;
  token: string;
  dataDir: string;
  /** Where the program ends itself with SIGKILL, as a power cut would; null to run on. */
  killAt: Step | null;
  /** When it gets there for so many times. */
  killAtCount: number;
  /** Answers wait until something stands in the chat: for what happens only to slow ones. */
  waitForPlaceholder: boolean;
}

// Only as a program of its own: importing the types above runs nothing.
if (import.meta.main) await run(JSON.parse(process.argv[2] ?? '{}') as BotToKill);

async function run(options: BotToKill): Promise<void> {
  const { apiRoot, token, dataDir, killAt, killAtCount, waitForPlaceholder } = options;
  const placeholder = Promise.withResolvers<void>();
  if (!waitForPlaceholder) placeholder.resolve();
  let count = 0;
  const stop = new AbortController();
  process.on('SIGTERM', () => stop.abort());
  await start({
    config: readConfig({
      BOT_TOKEN: token,
      TELEGRAM_API_ROOT: apiRoot,
      DATA_DIR: dataDir,
      LOG_LEVEL: 'silent',
    }),
    token,
    compose: () =>
      Promise.resolve({ ask: scripted(placeholder.promise), close: () => Promise.resolve() }),
    signal: stop.signal,
    onStep(step) {
      if (step === 'placeholder-sent') placeholder.resolve();
      if (step !== killAt) return;
      count += 1;
      if (count === killAtCount) process.kill(process.pid, 'SIGKILL');
    },
  });
}

/** Repeats each question in its answer; a long one when the question asks for it. */
function scripted(mayAnswer: Promise<void>): Ask {
  return async function* ask({ question, length }) {
    const report = penicillinReport({ question, standaloneQuestion: question });
    yield { type: 'searching', question, language: 'ru' };
    yield { type: 'reading', pages: 5 };
    await mayAnswer;
    const [sentence] = report.sentences;
    const text = `${length === 'long' ? 'Подробный ответ' : 'Ответ'} на «${question}».`;
    const filler = question.includes('длинно') ? `${'Слово за слово. '.repeat(300)}` : '';
    yield { type: 'text-delta', text };
    yield {
      type: 'answered',
      report: {
        ...report,
        answer: `${text} ${filler}Пенициллин открыл Александр Флеминг [1].`,
        sentences: sentence === undefined ? [] : [sentence],
      },
    };
  };
}
