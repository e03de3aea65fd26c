import { describe, expect, it } from 'vitest';

import { analyzePassage, analyzeQuery } from '../../../retrieval/text/analyze.ts';
import { tokenId } from '../../../retrieval/text/sparse-vector.ts';

const ids = (...tokens: string[]): number[] =>
  tokens.map((token) => tokenId(token)).sort((one, other) => one - other);

/** What names add to be found in the other script. */
const sounds = (script: string, ...keys: string[]): string[] =>
  keys.map((key) => `${script} ${key}`);

describe('a passage', () => {
  const passage = { title: 'Волга', heading: 'Исток', text: 'Река течёт.' };

  it('has the stems of its title, heading and text, and how their names sound', () => {
    expect([...analyzePassage(passage).terms.indices]).toEqual(
      ids('волг', 'исток', 'рек', 'течет', ...sounds('cyrillic', 'volg', 'istok')),
    );
    expect([...analyzePassage({ ...passage, heading: null }).terms.indices]).toEqual(
      ids('волг', 'рек', 'течет', 'cyrillic volg'),
    );
  });

  it('has the grams of its text alone', () => {
    expect([...analyzePassage(passage).grams.indices]).toEqual(
      ids(' рек', 'река', 'ека ', ' теч', 'тече', 'ечет', 'чет '),
    );
  });

  it('weighs the words of its opening as if they stood there twice', () => {
    const words = Array.from({ length: 30 }, (_, at) => `w${at}`);
    const { terms } = analyzePassage({ title: '', heading: null, text: words.join(' ') });
    const weightOf = (word: string) => terms.values[terms.indices.indexOf(tokenId(word))] ?? 0;
    expect(weightOf('w0')).toBe(weightOf('w11'));
    expect(weightOf('w12')).toBe(weightOf('w29'));
    expect(weightOf('w11') / weightOf('w12')).toBeGreaterThan(1.2);
  });

  it('may be without words', () => {
    const { terms, grams } = analyzePassage({ title: '', heading: null, text: '…' });
    expect([terms.indices.length, grams.indices.length]).toEqual([0, 0]);
  });
});

describe('a question', () => {
  it('loses the words that only ask', () => {
    expect([...analyzeQuery('Где исток?').terms.indices]).toEqual(ids('исток', 'latin istok'));
    expect([...analyzeQuery('Где исток?').grams.indices]).toEqual(
      ids(' ист', 'исто', 'сток', 'ток '),
    );
  });

  it('keeps them when there is nothing else', () => {
    expect([...analyzeQuery('Who?').terms.indices]).toEqual(ids('who'));
  });

  it('weighs a word by how rare it is in the language at large', () => {
    const { terms } = analyzeQuery('в теплообменнике');
    const weightOf = (stem: string) => terms.values[terms.indices.indexOf(tokenId(stem))];
    expect(weightOf('теплообменник')).toBe(1);
    expect(weightOf('в')).toBeLessThan(0.6);
  });

  it.each([
    ['When did it begin?', 'It began in 1914.'],
    ['дипсик', 'вышла новая deepseek v3'],
    ['deepseek', 'вышел новый дипсик'],
    ['дипсик', 'DeepSeek published it.'],
    ['дипсиком', 'DeepSeek published it.'],
    ['deepseek', 'Команда Дипсика выпустила модель.'],
    ['deepseek v3', 'DeepSeek-V3'],
    ['DeepSeek-V3', 'The deepseek v3 model'],
    ['GPT4', 'GPT-4 is a model.'],
    ['gpt-4', 'GPT4 is a model.'],
    ['671 млрд', 'It has 671B parameters.'],
    ['671B', 'В модели 671 миллиард параметров.'],
    ['37 ГБ', 'It takes 37 gigabytes.'],
    ['все ежики', 'Ёжик в тума́не'],
    ['замок', 'За́мок стои́т.'],
  ])('«%s» meets «%s»', (question, text) => {
    const { terms } = analyzePassage({ title: '', heading: null, text });
    const shared = [...analyzeQuery(question).terms.indices].filter((id) =>
      terms.indices.includes(id),
    );
    expect(shared).not.toEqual([]);
  });

  it('tells one model from the next', () => {
    const asked = analyzeQuery('GPT-4').terms;
    const met = (text: string) =>
      analyzePassage({ title: '', heading: null, text }).terms.indices.filter((id) =>
        asked.indices.includes(id),
      ).length;
    expect([met('GPT-4'), met('GPT-3 has 4 sizes')]).toEqual([3, 2]);
  });
});
