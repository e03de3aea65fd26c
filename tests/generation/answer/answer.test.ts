import { describe, expect, it } from 'vitest';

import type { DoubtfulClaim, SecondOpinion } from '../../../citations/claims/second-opinion.ts';
import type { AnswerEvent, AskRequest } from '../../../generation/answer/answer-event.ts';
import { createAsk } from '../../../generation/answer/answer.ts';
import type { Answerer } from '../../../generation/answer/answerer.ts';
import { ModelError } from '../../../generation/models/chat-model.ts';
import type { Retrieval } from '../../../retrieval/retrieve.ts';
import { riverPassages } from '../../contracts/answerer.ts';
import {
  scriptedAnswerer,
  scriptedRetriever,
  type ScriptedAnswerer,
} from '../../support/scripted-answerer.ts';

const question = 'Какова длина Волги?';
const found: Partial<Retrieval> = { passages: [...riverPassages], pagesRead: 2 };
const quotes = ['Длина Волги составляет 3530 километров [2].'];
const modelError = new ModelError('model stub: HTTP 500', { retryable: true });

interface Parts {
  retrieval?: Partial<Retrieval> | Error;
  inOtherWords?: Partial<Retrieval> | Error;
  model?: Answerer;
  extractive?: Answerer;
  secondOpinion?: SecondOpinion;
  signal?: AbortSignal;
  stopWriting?: AbortSignal;
}

function setUp(parts: Parts = {}) {
  const { retrieval = found, inOtherWords, model, extractive, secondOpinion } = parts;
  const retriever = scriptedRetriever(retrieval, inOtherWords);
  const failures: [string, unknown][] = [];
  const ask = createAsk({
    retriever,
    modelAnswerer: model ?? null,
    extractiveAnswerer: extractive ?? scriptedAnswerer('extractive', quotes),
    ...(secondOpinion !== undefined && { secondOpinion }),
    onFailure: (what, error) => void failures.push([what, error]),
  });
  return { ask, retriever, failures };
}

async function askFor(request: string | AskRequest, parts: Parts = {}) {
  const { ask, retriever, failures } = setUp(parts);
  const asked =
    typeof request === 'string' ? { question: request, length: 'short' as const } : request;
  const { signal = new AbortController().signal, stopWriting } = parts;
  const options = { signal, ...(stopWriting !== undefined && { stopWriting }) };
  const events: AnswerEvent[] = [];
  for await (const event of ask(asked, options)) events.push(event);
  const last = events.at(-1);
  if (last === undefined || !('report' in last)) throw new Error('no ending');
  const streamed = events.map((event) => (event.type === 'text-delta' ? event.text : ''));
  return {
    types: events.map(({ type }) => type),
    events,
    last,
    report: last.report,
    streamed: streamed.join(''),
    failures,
    questions: retriever.questions,
    searchedAgain: retriever.searchedAgain,
  };
}

/** A model that writes these pieces, then is stopped, and would go on. */
async function stopped(pieces: readonly string[], parts: Parts = {}) {
  const controller = new AbortController();
  const { signal: stopWriting } = controller;
  const writer: Answerer = {
    name: 'stub',
    async *answer(_request, { signal }) {
      for (const text of pieces) yield { type: 'text-delta', text } as const;
      controller.abort();
      signal.throwIfAborted();
      yield { type: 'text-delta', text: 'Об этом никто не просил [1].' };
    },
  };
  const extractive = scriptedAnswerer('extractive', quotes);
  const outcome = await askFor(question, { extractive, model: writer, ...parts, stopWriting });
  return { ...outcome, extractive };
}

describe('an answer', () => {
  it('comes in order: searching, reading, text, and all that is known at the end', async () => {
    const { types, events, report, streamed } = await askFor(`  ${question}\n`);
    expect(types).toEqual(['searching', 'reading', 'text-delta', 'answered']);
    expect(events[0]).toEqual({ type: 'searching', question, language: 'ru' });
    expect(events[1]).toEqual({ type: 'reading', pages: 2 });
    expect(streamed).toBe('Длина Волги составляет 3530 километров [1].');
    expect(report).toMatchObject({
      question: `  ${question}\n`,
      standaloneQuestion: question,
      language: 'ru',
      answer: streamed,
      closest: [],
      notRead: [],
      generator: 'extractive',
      modelFailed: false,
      degraded: [],
    });
    expect(report.sentences).toHaveLength(1);
    expect(report.sentences[0]).toMatchObject({ citations: [1], verdict: 'supported' });
    expect(report.sources).toHaveLength(1);
    expect(report.sources[0]).toMatchObject({ number: 1, url: 'http://127.0.0.3/rivers' });
  });

  it('is timed', async () => {
    const { timingsMs } = (await askFor(question)).report;
    expect(timingsMs).toMatchObject({ search: 1, crawl: 2, rank: 3 });
    expect(timingsMs.firstToken).toBeGreaterThan(0);
    expect(timingsMs.total).toBeGreaterThanOrEqual(timingsMs.firstToken);
  });

  it('tells what was not read and what did not work', async () => {
    const notRead = [{ url: 'https://a.example', reason: 'timeout' }];
    const retrieval = { ...found, notRead, degraded: ['index: the disk is full'] };
    const { report } = await askFor(question, { retrieval });
    expect(report.notRead).toEqual(notRead);
    expect(report.degraded).toEqual(['index: the disk is full']);
  });

  it('is in the language that was asked for', async () => {
    const extractive = scriptedAnswerer('extractive', quotes);
    const request = { question, language: 'en', length: 'long' } as const;
    const { report } = await askFor(request, { extractive });
    expect(report.language).toBe('en');
    expect(extractive.requests[0]).toMatchObject({ question, language: 'en', length: 'long' });
  });

  it('is written by the model where there is one', async () => {
    const model = scriptedAnswerer('stub', ['Длина — ', '3530 км ', '[2].']);
    const extractive = scriptedAnswerer('extractive', quotes);
    const { report, types } = await askFor(question, { model, extractive });
    expect(report).toMatchObject({ generator: 'stub', modelFailed: false });
    expect(report.answer).toBe('Длина — 3530 км [1].');
    expect(types.slice(-1)).toEqual(['answered']);
    expect(types).not.toContain('text-reset');
    expect(extractive.requests).toEqual([]);
  });

  it('loses a number that no passage has, also when it is all that is left', async () => {
    const model = scriptedAnswerer('stub', ['Длина — 3530 км', ' [7', ']']);
    const { report, streamed } = await askFor(question, { model });
    expect(report.answer).toBe('Длина — 3530 км');
    expect(streamed).toBe(report.answer);
    expect(report.sources).toEqual([]);
    expect(report.sentences[0]).toMatchObject({ citations: [], verdict: 'uncited' });
  });
});

describe('a model that fails', () => {
  it('before its first word gives way to quotes', async () => {
    const model = scriptedAnswerer('stub', [modelError]);
    const { types, report, failures } = await askFor(question, { model });
    expect(types).toEqual(['searching', 'reading', 'text-delta', 'answered']);
    expect(report).toMatchObject({
      generator: 'extractive',
      modelFailed: true,
      degraded: ['model stub: HTTP 500'],
      answer: 'Длина Волги составляет 3530 километров [1].',
    });
    expect(failures).toEqual([['model', modelError]]);
  });

  it('half-way has its text withdrawn, and its sources too', async () => {
    const model = scriptedAnswerer('stub', ['Ока впадает в Волгу [1]. ', 'А длина', modelError]);
    const { types, events, report } = await askFor(question, { model });
    expect(types.filter((type) => type === 'text-reset')).toHaveLength(1);
    const after = events.slice(types.indexOf('text-reset') + 1);
    expect(after.map((event) => (event.type === 'text-delta' ? event.text : event.type))).toEqual([
      'Длина Волги составляет 3530 километров [1].',
      'answered',
    ]);
    expect(report.sources.map(({ url }) => url)).toEqual(['http://127.0.0.3/rivers']);
  });

  it('where quotes find nothing either ends in an honest decline', async () => {
    const model = scriptedAnswerer('stub', ['Ока', modelError]);
    const extractive = scriptedAnswerer('extractive', [null]);
    const { types, last, report } = await askFor(question, { model, extractive });
    expect(types).toEqual([
      'searching',
      'reading',
      'text-delta',
      'text-reset',
      'searching',
      'declined',
    ]);
    expect(last).toMatchObject({ reason: 'not-answered' });
    expect(report).toMatchObject({ answer: '', sources: [], modelFailed: true });
  });

  it('through a fault of ours is a failure, and no quote hides it', async () => {
    const error = new TypeError('undefined is not a function');
    const model = scriptedAnswerer('stub', [error]);
    const { last, failures } = await askFor(question, { model });
    expect(last).toMatchObject({ type: 'failed', error });
    expect(failures).toEqual([['answer', error]]);
  });
});

describe('a model that another takes over from', () => {
  it('is told of to the operator, and the other one is named', async () => {
    const error = new ModelError('model first: HTTP 500', { retryable: true });
    const chain: Answerer = {
      name: 'first',
      async *answer() {
        yield { type: 'fallback', error, to: 'second' };
        yield { type: 'text-delta', text: 'Длина — 3530 км [2].' };
      },
    };
    const { types, report, failures } = await askFor(question, { model: chain });
    expect(types).toEqual(['searching', 'reading', 'text-delta', 'answered']);
    expect(report).toMatchObject({
      generator: 'second',
      modelFailed: false,
      degraded: ['model first: HTTP 500'],
    });
    expect(failures).toEqual([['model', error]]);
  });
});

describe('a second opinion', () => {
  const doubtful = scriptedAnswerer('stub', ['Это самая большая река на континенте [2].']);
  const asked: (readonly DoubtfulClaim[])[] = [];

  it('decides what words alone do not', async () => {
    const quote = 'Волга — крупнейшая река Европы.';
    const secondOpinion: SecondOpinion = {
      async judge(claims) {
        asked.push(claims);
        return [{ verdict: 'supported', quote }];
      },
    };
    const { report } = await askFor(question, { model: doubtful, secondOpinion });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.[0]?.claim).toBe('Это самая большая река на континенте.');
    expect(report.sentences[0]).toMatchObject({ verdict: 'supported' });
    expect(report.sentences[0]?.quotes[0]?.quote).toBe(quote);
  });

  it('that is not to be had leaves the doubt and is told of to the operator', async () => {
    const error = new ModelError('model judge: HTTP 500', { retryable: true });
    const secondOpinion: SecondOpinion = { judge: () => Promise.reject(error) };
    const { report, failures } = await askFor(question, { model: doubtful, secondOpinion });
    expect(report.sentences[0]?.verdict).not.toBe('supported');
    expect(report.degraded).toEqual(['second opinion: model judge: HTTP 500']);
    expect(failures).toEqual([['second opinion', error]]);
  });

  it('is not asked about quotes', async () => {
    const secondOpinion: SecondOpinion = {
      judge: () => Promise.reject(new Error('it was asked')),
    };
    const { report } = await askFor(question, { secondOpinion });
    expect(report.degraded).toEqual([]);
  });
});

describe('a source that was read in part', () => {
  it('says how much of it was', async () => {
    const readInPart = new Map([
      ['http://127.0.0.3/rivers', { read: 300, of: 812 }],
      ['http://127.0.0.9/other', { read: null, of: null }],
    ]);
    const { report } = await askFor(question, { retrieval: { ...found, readInPart } });
    expect(report.sources.map(({ url, readInPart: part }) => [url, part])).toEqual([
      ['http://127.0.0.3/rivers', { read: 300, of: 812 }],
    ]);
  });
});

describe('a decline', () => {
  it('by the answerer offers the closest pages, each once', async () => {
    const extractive = scriptedAnswerer('extractive', [null]);
    const passages = [...riverPassages, ...riverPassages];
    const retrieval = { passages, pagesRead: 2 };
    const { types, last, report } = await askFor(question, { extractive, retrieval });
    expect(types).toEqual(['searching', 'reading', 'searching', 'declined']);
    expect(last).toMatchObject({ reason: 'not-answered' });
    expect(report.answer).toBe('');
    expect(report.closest).toEqual([
      { url: 'http://127.0.0.2/rivers', title: 'Реки России', site: '127.0.0.2' },
      { url: 'http://127.0.0.3/rivers', title: 'Реки России', site: '127.0.0.3' },
    ]);
  });

  it('after some talk takes the talk back', async () => {
    const model = scriptedAnswerer('stub', ['Сейчас посмотрю. ', 'Нет', null]);
    const { types, report } = await askFor(question, { model });
    expect(types.slice(-3)).toEqual(['text-reset', 'searching', 'declined']);
    expect(report.answer).toBe('');
  });

  it.each([
    ['nothing-found', { pagesFound: 0 }],
    ['search-failed', { pagesFound: 0, searchFailed: true }],
    ['nothing-read', { pagesFound: 3, pagesRead: 0 }],
    ['not-answered', { pagesFound: 3, pagesRead: 1 }],
  ])('tells why there is nothing to answer from: %s', async (reason, retrieval) => {
    const extractive = scriptedAnswerer('extractive', quotes);
    const { last, types } = await askFor(question, { retrieval, extractive });
    expect(last).toMatchObject({ type: 'declined', reason });
    expect(types.filter((type) => type === 'declined')).toHaveLength(1);
    expect(extractive.requests).toEqual([]);
  });

  it('offers no page that was not read for this question', async () => {
    const extractive = scriptedAnswerer('extractive', [null]);
    const retrieval = { ...found, pagesFound: 0, pagesRead: 0 };
    const { last, report } = await askFor(question, { retrieval, extractive });
    expect(last).toMatchObject({ reason: 'nothing-found' });
    expect(report.closest).toEqual([]);
  });

  it.each([
    ['empty-question', ''],
    ['empty-question', '   \n'],
    ['empty-question', '👍 ?!'],
    ['empty-question', '\u200b\u2066'],
    ['question-too-long', 'слово '.repeat(400)],
    ['question-too-long', `https://a.example/${'.'.repeat(100_000)}x`],
    ['unsupported-language', 'Wie hoch ist der Eiffelturm?'],
    ['unsupported-language', '谁写了红楼梦?'],
  ])('refuses before any search: %s', async (reason, asked) => {
    const { types, last, questions, report } = await askFor(asked);
    expect(types).toEqual(['declined']);
    expect(last).toMatchObject({ reason });
    expect(questions).toEqual([]);
    expect(report.question).toBe(asked);
  });

  it('is no matter of language when one was asked for', async () => {
    const request = {
      question: 'Wie lang ist die Wolga?',
      language: 'en',
      length: 'short',
    } as const;
    expect((await askFor(request)).last.type).toBe('answered');
  });
});

it('is looked for without the words that only ask for it', async () => {
  const asked = 'Скажите, пожалуйста, какова длина Волги?';
  const { report, questions } = await askFor(asked);
  expect(questions).toEqual(['какова длина Волги?']);
  expect(report.standaloneQuestion).toBe(asked);
});

/** Answers only where it is given all passages. */
function picky(name: string): Answerer & { asked: number } {
  return {
    name,
    asked: 0,
    async *answer({ passages }) {
      this.asked += 1;
      if (passages.length < riverPassages.length) yield { type: 'declined' };
      else yield { type: 'text-delta', text: quotes[0] ?? '' };
    },
  };
}

describe('another search', () => {
  const [, second] = riverPassages;
  const tried = ['http://127.0.0.2/rivers'];
  const early: Partial<Retrieval> = {
    passages: riverPassages.slice(0, 1),
    pagesRead: 1,
    tried,
    notRead: [{ url: 'http://127.0.0.8/', reason: 'timeout' }],
    degraded: ['stub: slow'],
  };
  const late: Partial<Retrieval> = {
    passages: [...riverPassages],
    pagesRead: 1,
    notRead: [{ url: 'http://127.0.0.9/', reason: 'not-found' }],
  };
  it('in other words answers what the pages found first do not', async () => {
    const parts = { retrieval: early, inOtherWords: late, extractive: picky('extractive') };
    const { types, events, last, report, searchedAgain } = await askFor(question, parts);
    expect(types).toEqual([
      'searching',
      'reading',
      'searching',
      'reading',
      'text-delta',
      'answered',
    ]);
    expect(events[2]).toEqual({ type: 'searching', question, language: 'ru', inOtherWords: true });
    expect(searchedAgain).toEqual([
      { searchFor: expect.stringMatching(/^длина Волги /u), except: tried },
    ]);
    expect(last.type).toBe('answered');
    expect(report.sources[0]?.url).toBe(second?.pageUrl);
    expect(report.closest).toEqual([]);
    expect(report.notRead.map(({ url }) => url)).toEqual([
      'http://127.0.0.8/',
      'http://127.0.0.9/',
    ]);
    expect(report.degraded).toEqual(['stub: slow']);
    expect(report.timingsMs).toMatchObject({ search: 2, crawl: 4, rank: 6 });
  });

  it('that finds nothing new leaves the decline as it was', async () => {
    const extractive = picky('extractive');
    const { types, last, report } = await askFor(question, { retrieval: early, extractive });
    expect(types).toEqual(['searching', 'reading', 'searching', 'declined']);
    expect(last).toMatchObject({ reason: 'not-answered' });
    expect(report.closest.map(({ url }) => url)).toEqual(['http://127.0.0.2/rivers']);
    expect(extractive.asked).toBe(1);
  });

  it('is the last', async () => {
    const inOtherWords = { ...late, passages: riverPassages.slice(0, 1) };
    const extractive = picky('extractive');
    const outcome = await askFor(question, { retrieval: early, inOtherWords, extractive });
    expect(outcome.last).toMatchObject({ type: 'declined', reason: 'not-answered' });
    expect(outcome.searchedAgain).toHaveLength(1);
    expect(extractive.asked).toBe(2);
  });

  it('has what it finds told by the model that had no answer', async () => {
    const model = picky('stub');
    const { report } = await askFor(question, { retrieval: early, inOtherWords: late, model });
    expect(model.asked).toBe(2);
    expect(report).toMatchObject({ generator: 'stub', modelFailed: false });
  });

  it('is named after who wrote from it, not after who stood in the first time', async () => {
    let asked = 0;
    const model: Answerer = {
      name: 'first-model',
      async *answer() {
        asked += 1;
        if (asked === 2) return yield { type: 'text-delta', text: quotes[0] ?? '' };
        yield { type: 'fallback', to: 'second-model', error: modelError };
        yield { type: 'declined' };
      },
    };
    const { report } = await askFor(question, { retrieval: early, inOtherWords: late, model });
    expect(report).toMatchObject({ generator: 'first-model', modelFailed: false });
  });

  it('does not wait again for a model that has just failed', async () => {
    const model = scriptedAnswerer('stub', [modelError]);
    const parts = { retrieval: early, inOtherWords: late, model, extractive: picky('extractive') };
    const { report, last } = await askFor(question, parts);
    expect(last.type).toBe('answered');
    expect(model.requests).toHaveLength(1);
    expect(report).toMatchObject({ generator: 'extractive', modelFailed: true });
  });

  it('that breaks is a failure with its cause', async () => {
    const parts = { retrieval: early, inOtherWords: new Error('broken') };
    const { last } = await askFor(question, { ...parts, extractive: picky('extractive') });
    expect(last).toMatchObject({ type: 'failed', error: { message: 'broken' } });
  });

  it.each([
    ['no engine answered', question, { pagesFound: 0, searchFailed: true }],
    ['none found a page', question, { pagesFound: 0 }],
    ['no page could be read', question, { pagesFound: 3, pagesRead: 0 }],
    ['there are no other words', 'Qdrant', early],
    ['a page itself is asked about', 'http://127.0.0.2/rivers', early],
  ])('is not made where %s', async (_, asked, retrieval) => {
    const parts = { retrieval, inOtherWords: late, extractive: picky('extractive') };
    const { last, searchedAgain } = await askFor(asked, parts);
    expect(last.type).toBe('declined');
    expect(searchedAgain).toEqual([]);
  });
});

describe('a link', () => {
  it('alone is a question about its page, in the language of that page', async () => {
    const extractive = scriptedAnswerer('extractive', quotes);
    const { report } = await askFor('https://a.example/x', { extractive });
    expect(report.language).toBe('ru');
    expect(report.standaloneQuestion).toBe('О чём эта страница: https://a.example/x');
    expect(extractive.requests[0]).toMatchObject({ language: 'ru' });
  });

  it('in a question leaves the words to say its language', async () => {
    const { report } = await askFor(
      'Who wrote https://de.wikipedia.org/wiki/Die_Wolga_und_der_Don?',
    );
    expect(report.language).toBe('en');
  });
});

describe('what goes wrong', () => {
  it('in retrieval is a failure with its cause, told once', async () => {
    const error = new Error('out of memory');
    const { types, last, failures } = await askFor(question, { retrieval: error });
    expect(types).toEqual(['searching', 'failed']);
    expect(last).toMatchObject({ error });
    expect(failures).toEqual([['answer', error]]);
  });

  it('is no failure when somebody stopped it', async () => {
    const reason = new Error('stop pressed');
    const { last, failures } = await askFor(question, { signal: AbortSignal.abort(reason) });
    expect(last).toMatchObject({ type: 'failed', error: reason });
    expect(failures).toEqual([]);
  });

  it('while a model writes and somebody stops it does not bring quotes', async () => {
    const controller = new AbortController();
    const extractive = scriptedAnswerer('extractive', quotes);
    const model: Answerer = {
      name: 'stub',
      async *answer() {
        yield { type: 'text-delta', text: 'Длина' };
        controller.abort(new Error('stop pressed'));
        throw modelError;
      },
    };
    const { signal } = controller;
    const { last, failures } = await askFor(question, { model, extractive, signal });
    expect(last.type).toBe('failed');
    expect(extractive.requests).toEqual([]);
    expect(failures).toEqual([]);
  });
});

describe('a reader who has seen enough', () => {
  it('gets what was written as far as its last whole sentence, cited and checked', async () => {
    const { types, last, report, streamed, extractive, failures } = await stopped([
      'Длина Волги составляет 3530 километров [2]. ',
      'Ока впадает в Волгу [1]. А ис',
    ]);
    expect(types.slice(-2)).toEqual(['text-delta', 'answered']);
    expect(types).not.toContain('text-reset');
    expect(last.type).toBe('answered');
    expect(report).toMatchObject({ stopped: true, generator: 'stub', modelFailed: false });
    expect(report.answer).toBe(
      'Длина Волги составляет 3530 километров [1]. Ока впадает в Волгу [2].',
    );
    expect(streamed.startsWith(report.answer)).toBe(true);
    expect(report.sentences.map(({ verdict }) => verdict)).toEqual(['supported', 'supported']);
    expect(report.sources.map(({ number }) => number)).toEqual([1, 2]);
    expect(extractive.requests).toEqual([]);
    expect(failures).toEqual([]);
  });

  it('is not shown a source that only the part cut away had cited', async () => {
    const { report } = await stopped(['Волга длинна [2]. ', 'Ока [1] ко']);
    expect(report.answer).toBe('Волга длинна [1].');
    expect(report.sources.map(({ url }) => url)).toEqual(['http://127.0.0.3/rivers']);
  });

  it('before a sentence was whole has the text withdrawn and gets no answer', async () => {
    const { types, last, report, failures } = await stopped(['Длина Волги — 3.']);
    expect(types.slice(-3)).toEqual(['text-delta', 'text-reset', 'failed']);
    expect(last).toMatchObject({ error: { name: 'AbortError' } });
    expect(report).toMatchObject({ answer: '', stopped: false, sources: [] });
    expect(failures).toEqual([]);
  });

  it('before the first word gets no answer', async () => {
    const { types, last } = await stopped([]);
    expect(types).toEqual(['searching', 'reading', 'failed']);
    expect(last).toMatchObject({ error: { name: 'AbortError' } });
  });

  it('of quotes gets those that were said', async () => {
    const controller = new AbortController();
    const extractive: Answerer = {
      name: 'extractive',
      async *answer() {
        yield { type: 'text-delta', text: 'Длина Волги составляет 3530 километров [2].' };
        controller.abort();
        yield { type: 'text-delta', text: ' Ока впадает в Волгу [1].' };
      },
    };
    const { report } = await askFor(question, { extractive, stopWriting: controller.signal });
    expect(report).toMatchObject({
      stopped: true,
      generator: 'extractive',
      answer: 'Длина Волги составляет 3530 километров [1].',
    });
  });

  it('while pages are searched ends at once, and no writer is asked', async () => {
    const model = scriptedAnswerer('stub', quotes);
    const stopWriting = AbortSignal.abort();
    const { types, last, failures } = await askFor(question, { model, stopWriting });
    expect(types).toEqual(['searching', 'failed']);
    expect(last).toMatchObject({ error: { name: 'AbortError' } });
    expect(model.requests).toEqual([]);
    expect(failures).toEqual([]);
  });

  it('after the end changes nothing', async () => {
    const controller = new AbortController();
    const { report } = await askFor(question, { stopWriting: controller.signal });
    controller.abort();
    expect(report).toMatchObject({
      stopped: false,
      answer: 'Длина Волги составляет 3530 километров [1].',
    });
  });

  it('gets no answer where the whole was called off at the same time', async () => {
    const { last, report } = await stopped(['Волга длинна [2]. '], { signal: AbortSignal.abort() });
    expect(last.type).toBe('failed');
    expect(report.stopped).toBe(false);
  });
});

it('quotes only, where that was wished, ask no model', async () => {
  const model = scriptedAnswerer('stub', ['Длина — 3530 км [2].']);
  const request = { question, length: 'short', quotesOnly: true } as const;
  const { report } = await askFor(request, { model });
  expect(report).toMatchObject({
    generator: 'extractive',
    modelFailed: false,
    answer: 'Длина Волги составляет 3530 километров [1].',
  });
  expect(model.requests).toEqual([]);
});

describe('a follow-up', () => {
  const history: AskRequest['history'] = [
    {
      standaloneQuestion: 'Сколько параметров у DeepSeek-V3?',
      answer: 'Модель насчитывает 671 млрд параметров [1].',
    },
  ];

  it('is completed before anything is searched for', async () => {
    const asked = { question: 'а у DeepSeek-R1?', length: 'short', history } as const;
    const extractive = scriptedAnswerer('extractive', quotes);
    const { events, report, questions } = await askFor(asked, { extractive });
    const completed = 'Сколько параметров у DeepSeek-R1?';
    expect(events[0]).toEqual({ type: 'searching', question: completed, language: 'ru' });
    expect(questions).toEqual([completed]);
    expect(extractive.requests[0]).toMatchObject({ question: completed, language: 'ru' });
    expect(report).toMatchObject({
      question: 'а у DeepSeek-R1?',
      standaloneQuestion: completed,
      language: 'ru',
    });
  });

  it.each([
    ['R1?', 'Сколько параметров у R1?', 'ru'],
    ['Wie viele Parameter hat R1?', 'Wie viele Parameter hat R1?', 'other'],
    ['when?', 'Когда параметров у DeepSeek-V3?', 'en'],
    ['а когда она вышла?', 'Когда DeepSeek-V3 вышла?', 'ru'],
  ])('%s has a language', async (question, standaloneQuestion, language) => {
    const { report } = await askFor({ question, length: 'short', history });
    expect(report).toMatchObject({ standaloneQuestion, language });
  });

  it('in another language than the one before is answered in its own', async () => {
    const request = { question: 'and R1?', length: 'short', history } as const;
    const { report } = await askFor(request);
    expect(report).toMatchObject({
      standaloneQuestion: 'Сколько параметров у R1?',
      language: 'en',
    });
  });

  it('may be told its language', async () => {
    const request = { question: 'R1?', language: 'en', length: 'short', history } as const;
    expect((await askFor(request)).report.language).toBe('en');
  });

  it('that is complete stays as it is', async () => {
    const request = { question, length: 'short', history } as const;
    const { report, questions } = await askFor(request);
    expect(report.standaloneQuestion).toBe(question);
    expect(questions).toEqual([question]);
  });

  it('that says nothing is refused all the same', async () => {
    const { last } = await askFor({ question: '?!', length: 'short', history });
    expect(last).toMatchObject({ type: 'declined', reason: 'empty-question' });
  });

  it('is not refused for what its completion adds', async () => {
    const long = `Кто такой ${'Иван Иванов '.repeat(165)}?`.slice(0, 1990);
    const before = [{ standaloneQuestion: long, answer: 'Учёный [1].' }];
    const { last } = await askFor({ question: 'подробнее', length: 'short', history: before });
    expect(last.type).toBe('answered');
  });
});

describe('who leaves early', () => {
  it.each(['model', 'extractive'] as const)(
    'ends the %s answerer that is under way',
    async (who) => {
      const writer: ScriptedAnswerer = scriptedAnswerer(who, ['Волга ', 'течёт ', 'долго [2].']);
      const parts: Parts = who === 'model' ? { model: writer } : { extractive: writer };
      const { signal } = new AbortController();
      for await (const event of setUp(parts).ask({ question, length: 'short' }, { signal })) {
        if (event.type === 'text-delta') break;
      }
      expect(writer.requests).toHaveLength(1);
      expect(writer.running).toBe(0);
    },
  );
});

it('two questions at once do not meet', async () => {
  const { ask } = setUp();
  const answers = await Promise.all(
    [question, 'How long is the Volga?'].map(async (each) => {
      const { signal } = new AbortController();
      let last: AnswerEvent | undefined;
      for await (const event of ask({ question: each, length: 'short' }, { signal })) last = event;
      return last !== undefined && 'report' in last ? last.report : null;
    }),
  );
  expect(answers.map((report) => report?.question)).toEqual([question, 'How long is the Volga?']);
  expect(answers.map((report) => report?.language)).toEqual(['ru', 'en']);
});
