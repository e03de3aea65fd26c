import { expect, test } from 'vitest';

import { atReadingPace } from '../../../bot/demo/reading-pace.ts';
import type { AnswerEvent, Ask } from '../../../generation/answer/answer-event.ts';
import { penicillinReport } from '../../support/answer-report.ts';

const request = { question: 'Кто открыл пенициллин?', length: 'short' as const };

function written(...texts: string[]): Ask {
  return async function* ask(_request, { stopWriting }) {
    yield { type: 'searching', question: request.question, language: 'ru' };
    for (const text of texts) {
      if (stopWriting?.aborted === true) break;
      yield { type: 'text-delta', text };
    }
    yield { type: 'answered', report: penicillinReport() };
  };
}

async function collect(events: AsyncIterable<AnswerEvent>): Promise<AnswerEvent[]> {
  const collected: AnswerEvent[] = [];
  for await (const event of events) collected.push(event);
  return collected;
}

const textsOf = (events: AnswerEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'text-delta' ? [event.text] : []));

test('an answer comes word by word, with a wait before each', async () => {
  const waits: number[] = [];
  const ask = atReadingPace(written('Его открыл\nФлеминг [1].', ' В 1928 году [1].'), {
    wordsPerSecond: 20,
    wait: async (ms) => {
      waits.push(ms);
    },
  });
  const signal = new AbortController().signal;
  const events = await collect(ask(request, { signal, stopWriting: signal }));
  expect(textsOf(events)).toEqual([
    'Его',
    ' открыл',
    '\nФлеминг',
    ' [1].',
    ' В',
    ' 1928',
    ' году',
    ' [1].',
  ]);
  expect(waits).toEqual(Array.from({ length: 8 }, () => 50));
  expect(events[0]?.type).toBe('searching');
  expect(events.at(-1)).toEqual({ type: 'answered', report: penicillinReport() });
});

test('a stop ends the wait and the answer with the sentence that was being written', async () => {
  const stop = new AbortController();
  let waits = 0;
  const ask = atReadingPace(written('Его открыл Флеминг [1].', ' В 1928 году [1].'), {
    wait: async () => {
      waits += 1;
      if (waits === 2) stop.abort();
    },
  });
  const signal = new AbortController().signal;
  const events = await collect(ask(request, { signal, stopWriting: stop.signal }));
  expect(textsOf(events).join('')).toBe('Его открыл Флеминг [1].');
  expect(waits).toBe(2);
  expect(events.at(-1)).toMatchObject({ type: 'answered', report: { stopped: true } });
});

test('what ends everything leaves no word after it', async () => {
  const end = new AbortController();
  const ask = atReadingPace(written('Его открыл Флеминг [1].'), {
    wait: async () => end.abort(),
  });
  const stopWriting = new AbortController().signal;
  const events = await collect(ask(request, { signal: end.signal, stopWriting }));
  expect(textsOf(events)).toEqual([]);
});

test('what nobody can stop comes at once', async () => {
  const ask = atReadingPace(written('Его открыл Флеминг [1].'), {
    wait: async () => {
      throw new Error('nothing is to be waited for');
    },
  });
  const events = await collect(ask(request, { signal: new AbortController().signal }));
  expect(textsOf(events)).toEqual(['Его открыл Флеминг [1].']);
});
