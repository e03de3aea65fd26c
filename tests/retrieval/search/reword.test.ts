import { describe, expect, it } from 'vitest';

import { reword } from '../../../retrieval/search/reword.ts';

const words = (question: string): string[] => reword(question)?.split(' ') ?? [];

describe('other words for a question', () => {
  it('are those that carry it, then other forms of the Russian ones', () => {
    const query = words('Когда была основана столица Варшавского княжества?');
    expect(query.slice(0, 4)).toEqual(['основана', 'столица', 'Варшавского', 'княжества']);
    expect(query).toContain('столицы');
    expect(query).toContain('княжеств');
    expect(new Set(query).size).toBe(query.length);
  });

  it('keep names, versions and English words as they are', () => {
    expect(reword('What is the latest release of Qdrant?')).toBe('latest release Qdrant');
    expect(words('Сколько стоит DeepSeek-V3?')).toContain('DeepSeek-V3');
  });

  it('are no more than engines take', () => {
    const long = Array.from({ length: 60 }, (_, at) => `слово${'абвгдежзик'[at % 10]}${at}х`);
    expect(words(long.join(' ')).length).toBeLessThanOrEqual(24);
  });

  it.each(['Qdrant', 'Что это?', 'DeepSeek V3', '', '?!', '🙂'])(
    'are none where «%s» would be searched for again',
    (question) => {
      expect(reword(question)).toBeNull();
    },
  );
});
