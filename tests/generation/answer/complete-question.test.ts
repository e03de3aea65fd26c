import { describe, expect, test } from 'vitest';

import { createQuestionCompleter } from '../../../generation/answer/complete-question.ts';
import { ModelError } from '../../../generation/models/chat-model.ts';
import { createScriptedModel, writeOut } from '../../../generation/models/scripted-model.ts';
import type { ScriptStep } from '../../../generation/models/scripted-model.ts';

const { signal } = new AbortController();
const history = [
  {
    standaloneQuestion: 'Кто открыл пенициллин?',
    answer: 'Пенициллин открыл Александр Флеминг [1], а очистили его Флори и Чейн [2].',
  },
];
const byRules = { question: 'Когда открыли пенициллин?', isFollowUp: true };

async function complete(question: string, steps: ScriptStep[], rules = byRules) {
  let calls = 0;
  const model = createScriptedModel({
    script() {
      calls += 1;
      return steps;
    },
  });
  const completer = createQuestionCompleter({ model });
  return { ...(await completer({ question, history, byRules: rules }, { signal })), calls };
}

describe('a question that leans on what was said', () => {
  test.each([
    ['А кто его очистил?', 'Кто очистил пенициллин?', 'Кто очистил пенициллин?'],
    [
      'а Флеминг где родился?',
      '«Где родился Александр Флеминг?»',
      'Где родился Александр Флеминг?',
    ],
    [
      'а кто второй?',
      'Вопрос: Кто второй очистил пенициллин?\nТак понятно.',
      'Кто второй очистил пенициллин?',
    ],
  ])('«%s» is completed by the model', async (question, written, expected) => {
    const rules = { question, isFollowUp: false };
    expect(await complete(question, writeOut(written), rules)).toEqual({
      question: expected,
      isFollowUp: true,
      calls: 1,
    });
  });

  test.each<[string, ScriptStep[]]>([
    ['nothing', []],
    ['another language', writeOut('When was penicillin discovered, and by whom exactly?')],
    ['an address', writeOut('http://127.0.0.1/steal')],
    ['an essay', writeOut('Пенициллин открыл Флеминг. '.repeat(30))],
    ['what nobody spoke of', writeOut('Какова цена акций компании Роснефть сегодня?')],
  ])('stays as the rules have it when the model writes %s', async (_what, steps) => {
    expect(await complete('а когда?', steps)).toEqual({ ...byRules, calls: 1 });
  });

  test('stays as the rules have it when the model fails, and that is told', async () => {
    const failures: string[] = [];
    const model = createScriptedModel({
      script() {
        throw new ModelError('model x: is down', { retryable: true });
      },
    });
    const completer = createQuestionCompleter({ model, onFailure: (what) => failures.push(what) });
    expect(await completer({ question: 'а когда?', history, byRules }, { signal })).toEqual(
      byRules,
    );
    expect(failures).toEqual(['follow-up']);
  });

  test('is left alone when the model finds nothing to complete', async () => {
    const question = 'Где родился этот пенициллин?';
    expect(await complete(question, writeOut('Где родился этот пенициллин?'))).toEqual({
      question,
      isFollowUp: false,
      calls: 1,
    });
  });

  test('ends with whoever asked', async () => {
    const own = new AbortController();
    own.abort(new Error('enough'));
    const model = createScriptedModel({ script: () => writeOut('Когда?') });
    const completer = createQuestionCompleter({ model });
    const asked = { question: 'а когда?', history, byRules };
    await expect(completer(asked, { signal: own.signal })).rejects.toThrow('enough');
  });
});

describe('no model is asked', () => {
  test.each([
    ['of a question that stands by itself', 'Сколько параметров у модели DeepSeek-V3?'],
    ['of one as long as a page', 'а почему? '.repeat(60)],
  ])('%s', async (_what, question) => {
    const rules = { question, isFollowUp: false };
    expect(await complete(question, writeOut('x'), rules)).toEqual({ ...rules, calls: 0 });
  });
});
