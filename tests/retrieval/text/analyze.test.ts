import { describe, expect, it } from 'vitest';

import { analyzePassage, analyzeQuery } from '../../../retrieval/text/analyze.ts';
import { tokenId } from '../../../retrieval/text/sparse-vector.ts';

const ids = (...tokens: string[]): number[] =>
  tokens.map((token) => tokenId(token)).sort((one, other) => one - other);

describe('a passage', () => {
  const passage = { title: 'Волга', heading: 'Исток', text: 'Река течёт.' };

  it('has the stems of its title, heading and text', () => {
    expect([...analyzePassage(passage).terms.indices]).toEqual(
      ids('волг', 'исток', 'рек', 'течет'),
    );
    expect([...analyzePassage({ ...passage, heading: null }).terms.indices]).toEqual(
      ids('волг', 'рек', 'течет'),
    );
  });

  it('has the grams of its text alone', () => {
    expect([...analyzePassage(passage).grams.indices]).toEqual(
      ids(' рек', 'река', 'ека ', ' теч', 'тече', 'ечет', 'чет '),
    );
  });

  it('may be without words', () => {
    const { terms, grams } = analyzePassage({ title: '', heading: null, text: '…' });
    expect([terms.indices.length, grams.indices.length]).toEqual([0, 0]);
  });
});

describe('a question', () => {
  it('loses the words that only ask', () => {
    expect([...analyzeQuery('Где исток?').terms.indices]).toEqual(ids('исток'));
    expect([...analyzeQuery('Где исток?').grams.indices]).toEqual(
      ids(' ист', 'исто', 'сток', 'ток '),
    );
  });

  it('keeps them when there is nothing else', () => {
    expect([...analyzeQuery('Who?').terms.indices]).toEqual(ids('who'));
  });

  it('meets the passage that answers by its stems', () => {
    const { terms } = analyzePassage({ title: '', heading: null, text: 'It began in 1914.' });
    for (const id of analyzeQuery('When did it begin?').terms.indices) {
      expect([...terms.indices, tokenId('did')]).toContain(id);
    }
  });
});
