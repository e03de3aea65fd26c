import { describe, expect, it } from 'vitest';

import { createQueryTranslator } from '../../../generation/answer/translate-query.ts';
import { createScriptedModel, writeOut } from '../../../generation/models/scripted-model.ts';
import type { ScriptStep } from '../../../generation/models/scripted-model.ts';
import type { SearchQuery } from '../../../retrieval/search/search-engine.ts';

const russian: SearchQuery = { text: 'Сколько параметров у DeepSeek-V3?', language: 'ru' };
const signal = new AbortController().signal;

describe('a query in the other language', () => {
  it.each<[string, string]>([
    ['as it is', 'DeepSeek-V3 number of parameters'],
    ['in quotation marks', '"DeepSeek-V3 number of parameters"'],
    ['with a word before it', 'Query: DeepSeek-V3 number of parameters'],
    ['with talk after it', 'DeepSeek-V3 number of parameters\n\nThis finds the model card.'],
  ])('is taken %s', async (_what, text) => {
    expect(await translated(writeOut(text))).toEqual({
      text: 'DeepSeek-V3 number of parameters',
      language: 'en',
    });
  });

  it.each<[string, ScriptStep[]]>([
    ['a hyphen', writeOut('-')],
    ['nothing', []],
    ['the question again', writeOut('Сколько параметров у DeepSeek-V3?')],
    ['an address', writeOut('http://127.0.0.1:8080/steal')],
    ['an essay', writeOut('The number of parameters '.repeat(40))],
  ])('is none when the model writes %s', async (_what, steps) => {
    expect(await translated(steps)).toBeNull();
  });

  it('is asked for in Russian where something Russian is asked about', async () => {
    const model = createScriptedModel({ script: () => writeOut('население Казани') });
    const translate = createQueryTranslator({ model });
    const query: SearchQuery = { text: 'How many people live in Kazan, Russia?', language: 'en' };
    expect(await translate(query, { signal })).toEqual({
      text: 'население Казани',
      language: 'ru',
    });
  });

  it.each<[string, SearchQuery]>([
    ['English about the wide world', { text: 'How long is the Nile?', language: 'en' }],
    ['of another language', { text: 'Wie lang ist der Nil?', language: 'other' }],
    ['as long as a page', { text: 'Почему? '.repeat(60), language: 'ru' }],
  ])('is not asked for when the question is %s', async (_what, query) => {
    let calls = 0;
    const model = createScriptedModel({
      script() {
        calls += 1;
        return writeOut('x');
      },
    });
    expect(await createQueryTranslator({ model })(query, { signal })).toBeNull();
    expect(calls).toBe(0);
  });

  it('is asked for no more of a model that reasons about it', async () => {
    let calls = 0;
    const model = createScriptedModel({
      *script() {
        calls += 1;
        yield { type: 'reasoning-delta', text: 'Hm.' };
        yield* writeOut('DeepSeek-V3 parameters');
      },
    });
    const translate = createQueryTranslator({ model });
    expect(await translate(russian, { signal })).toBeNull();
    expect(await translate(russian, { signal })).toBeNull();
    expect(calls).toBe(1);
  });
});

function translated(steps: readonly ScriptStep[]): Promise<SearchQuery | null> {
  const model = createScriptedModel({ script: () => steps });
  return createQueryTranslator({ model })(russian, { signal });
}
