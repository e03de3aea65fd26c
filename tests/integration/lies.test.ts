import { createHash } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { splitSentences } from '../../retrieval/text/sentences.ts';
import { isCut, lieKinds, type Lie, type LieKind, type ShownPassage } from '../bench/lies/lies.ts';
import { isSupported, makeLieAbout } from '../bench/lies.ts';
import { sequence } from '../bench/sequence.ts';
import { askToTheEnd } from '../support/ask-to-the-end.ts';
import { composeApp } from '../support/composed-app.ts';
import type { AppUnderTest } from '../support/composed-app.ts';
import { startDemoWeb } from '../support/demo-web-server.ts';
import type { DemoWebServer } from '../support/demo-web-server.ts';
import { startModelServer } from '../support/model-server.ts';
import type { ModelRequest, ModelServer } from '../support/model-server.ts';

const questions = [
  'Что такое GigaChat?',
  'Когда появился GigaChat?',
  'Сколько действует токен GigaChat API?',
  'Что такое GigaSearch?',
  'Как работает GigaSearch?',
  'Что такое ruIFEval?',
  'Сколько видов инструкций в ruIFEval?',
  'Сколько категорий в ruMT-Bench?',
  'Кто оценивает ответы в ruMT-Bench?',
  'Что такое GigaCode?',
  'Что умеет CodeChat?',
  'Сколько параметров у Giga-Embeddings-instruct?',
  'Сколько параметров у DeepSeek-V3?',
  'На скольких токенах обучили DeepSeek-V3?',
  'Сколько экспертов у DeepSeek-V3?',
  'В какой точности обучали DeepSeek-V3?',
  'Чем DeepSeek-R1 отличается от R1-Zero?',
  'Что такое GRPO?',
  'Из какой модели сделана SmallThinker-3B-Preview?',
  'Что такое COCONUT?',
  'Что такое EagleX?',
  'Почему небо голубое?',
  'Кто открыл пенициллин?',
  'Какова глубина Байкала?',
  'Сколько воды в Байкале?',
  'Как заваривать зелёный чай?',
  'Откуда родом чай?',
  'Как работает RAG?',
  'Что такое векторная база данных?',
  'Какое расстояние до Луны?',
  'Сколько костей у человека?',
  'Сколько длится путь по Транссибу?',
  'What is GigaChat?',
  'What is GigaSearch?',
  'What is ruIFEval?',
  'What is ruMT-Bench?',
  'Who rates answers in ruMT-Bench?',
  'How many parameters does Giga-Embeddings-instruct have?',
  'What pooling does Giga-Embeddings-instruct use?',
  'How many active parameters does DeepSeek-V3 have?',
  'How many tokens was DeepSeek-V3 trained on?',
  'How many experts does DeepSeek-V3 have?',
  'In what precision was DeepSeek-V3 trained?',
  'How does DeepSeek-R1 differ from DeepSeek-R1-Zero?',
  'What is GRPO?',
  'What sizes do the distilled DeepSeek-R1 models have?',
  'Which model was SmallThinker-3B-Preview fine-tuned from?',
  'What is COCONUT?',
  'Which architecture does EagleX use?',
  'What is IFEval?',
  'Why is the sky blue?',
  'Who discovered penicillin?',
  'How deep is Lake Baikal?',
  'How old is Lake Baikal?',
  'How far is the Moon?',
  'How many bones does an adult have?',
  'Why does honey not spoil?',
  'How is green tea made?',
  'What is a vector database?',
  'What is hybrid search?',
  'How should documents be chunked?',
  'How does retrieval-augmented generation work?',
];

// What is cut out of its sentence is a lie only where the page says otherwise; these pages do not.
const toldKinds = lieKinds.filter((one) => !isCut(one));

let demo: DemoWebServer;
let model: ModelServer;
let app: AppUnderTest;
let kind: LieKind = 'figure';
let told: { lie: Lie; passages: ShownPassage[] } | null = null;
let random = sequence(1);

beforeAll(async () => {
  demo = await startDemoWeb();
  model = await startModelServer((request) => ({ kind: 'answer', text: answer(request) }));
  app = await composeApp({
    ...demo.settings,
    OPENAI_BASE_URL: model.baseUrl,
    OPENAI_MODEL: 'liar',
    OPENAI_API_KEY: 'sk-liar',
  });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await model.close();
  await demo[Symbol.asyncDispose]();
});

test('nothing that a model lies is shown as supported, in whatever way it lies', async () => {
  const believed: string[] = [];
  const unmarked: string[] = [];
  const unanswered: object[] = [];
  const lies = new Map<LieKind, number>();
  for (const question of questions) {
    for (kind of toldKinds) {
      told = null;
      random = sequenceOf(`${kind} ${question}`);
      const { ending, report, reply } = await askToTheEnd(app.ask, question);
      const lie = tellingOf(told);
      if (lie === null) continue;
      // A page that comes too late may leave nothing to answer from: then no lie is shown either.
      if (ending.type !== 'answered') {
        unanswered.push({ kind, question, claim: lie.lie.claim, degraded: report.degraded });
        continue;
      }
      lies.set(kind, (lies.get(kind) ?? 0) + 1);
      if (isSupported(lie.lie, report, lie.passages)) {
        believed.push(`${kind} (${question}): ${lie.lie.claim} — ${lie.lie.truth}`);
      }
      const isDoubted = report.sentences.some(
        ({ verdict, isCorrected }) => verdict !== 'supported' || isCorrected === true,
      );
      if (isDoubted !== reply.includes('⚠️')) unmarked.push(question);
    }
  }
  expect(believed).toEqual([]);
  expect(unmarked).toEqual([]);
  expect(unanswered.slice(5)).toEqual([]);
  expect([...lies.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(500);
  expect([...lies.keys()].toSorted()).toEqual(toldKinds.toSorted());
}, 120_000);

/** Its own for each lie: one page that comes late must not make others of all that follow. */
function sequenceOf(text: string): () => number {
  return sequence(createHash('sha256').update(text).digest().readUInt32LE() % 2_147_483_646 || 1);
}

/** TypeScript takes it for what it was set to last in sight. */
function tellingOf(value: typeof told): typeof told {
  return value;
}

/** A lie about the passages of the prompt, where one of the kind can be made; a decline elsewhere. */
function answer({ body }: ModelRequest): string {
  const prompt = body.messages.map(({ content }) => content).join('\n');
  const passages = passagesOf(prompt);
  const [first] = passages;
  if (first === undefined) return 'NO_ANSWER';
  const question = /<question-\w+>\n([^]*?)\n<\/question-/u.exec(prompt)?.[1] ?? '';
  const language = /\p{Script=Cyrillic}/u.test(question) ? 'ru' : 'en';
  const own = passages.filter(
    ({ text }) => /\p{Script=Cyrillic}/u.test(text) === (language === 'ru'),
  );
  const lie = makeLieAbout(kind, own, { language, random });
  if (lie === null) return 'NO_ANSWER';
  told = { lie, passages };
  const markers = lie.cites.map((number) => `[${number}]`).join('');
  return markers === '' ? lie.claim : lie.claim.replace(/\.?$/u, ` ${markers}.`);
}

function passagesOf(prompt: string): ShownPassage[] {
  const fenced = prompt.matchAll(
    /<passage-(\w+) number="(\d+)">\n([^]*?)\n\n([^]*?)\n<\/passage-\1>/gu,
  );
  return [...fenced].map(([, , number, head = '', text = '']) => ({
    number: Number(number),
    url: /^address: (.*)$/mu.exec(head)?.[1] ?? '',
    text: text.replace(/\s+/gu, ' '),
    sentences: text
      .split('\n')
      .flatMap((line) => splitSentences(line).map((sentence) => sentence.text)),
  }));
}
