import { describe, expect, it } from 'vitest';

import { contentStems, isQuestionWord, isStopWord } from '../../../retrieval/text/stop-words.ts';
import { tokenize } from '../../../retrieval/text/terms.ts';

describe('stop words', () => {
  it.each(['что', 'был', 'её', 'чём', 'the', 'did', "don't", 'which'])(
    'say nothing of the subject: %s',
    (word) => {
      const [token] = tokenize(word);
      expect(isStopWord(token?.word ?? '')).toBe(true);
    },
  );

  it.each(['река', 'год', 'великий', 'river', 'year', 'first', 'нейросеть'])(
    'are not what says something: %s',
    (word) => {
      expect(isStopWord(word)).toBe(false);
    },
  );

  it('are words that only ask, and others', () => {
    expect(['кто', 'сколько', 'what', 'whose'].map((word) => isQuestionWord(word))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['был', 'в', 'the', 'река', ''].map((word) => isQuestionWord(word))).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('leave the stems of the subject, in order and with repeats', () => {
    expect(contentStems(tokenize('Где впадает река Ока в реку Волгу? A river'))).toEqual([
      'впада',
      'рек',
      'ок',
      'рек',
      'волг',
      'river',
    ]);
  });
});
