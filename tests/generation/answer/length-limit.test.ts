import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createLengthLimit } from '../../../generation/answer/length-limit.ts';

describe('the length of a streamed answer', () => {
  it('lets the first two thirds through as they come', () => {
    const limit = createLengthLimit({ maxCharacters: 30 });
    expect(limit.push('Волга длинна')).toBe('Волга длинна');
    expect(limit.push('я')).toBe('я');
  });

  it('then waits for whole sentences', () => {
    const limit = createLengthLimit({ maxCharacters: 60 });
    expect(limit.push('Волга — самая длинная река Европы [1].')).toBe(
      'Волга — самая длинная река Европы [1].',
    );
    expect(limit.push(' Ока ко')).toBe('');
    expect(limit.push('роче [2]. И')).toBe(' Ока короче [2].');
    expect(limit.end({ wasCut: false })).toBe(' И');
  });

  it('keeps a marker with the sentence before it', () => {
    const limit = createLengthLimit({ maxCharacters: 30 });
    expect(limit.push('Волга длинная. Она течёт. ')).toBe('Волга длинная.');
    expect(limit.push('[')).toBe('');
    expect(limit.push('1')).toBe('');
    expect(limit.push('] Но Ока короче и уже.')).toBe(' Она течёт. [1]');
    expect(limit.isFull).toBe(true);
  });

  it('shows a first sentence that is longer than the limit to its end', () => {
    const limit = createLengthLimit({ maxCharacters: 10 });
    const pieces = ['Волга', ' —', ' самая', ' длинная', ' [1]', '.', ' ', 'О', 'ка', ' — нет.'];
    const shown = pieces.map((piece) => limit.push(piece)).join('') + limit.end({ wasCut: false });
    expect(shown.trimEnd()).toBe('Волга — самая длинная [1].');
  });

  it('leaves a broken sentence out that was not shown yet', () => {
    const limit = createLengthLimit({ maxCharacters: 45 });
    const shown = limit.push('Волга — река Европы [1]. Ока впада') + limit.end({ wasCut: true });
    expect(shown).toBe('Волга — река Европы [1].');
  });

  it('shows whole sentences from the beginning, letter by letter', () => {
    const sentence = constantFrom(
      'Волга. ',
      'Ока [1]. ',
      'Дон тут! [2] ',
      'Кто? ',
      'Обь — 3,5 км [1][2].\n',
    );
    assert(
      property(array(sentence, { maxLength: 12 }), (sentences) => {
        const limit = createLengthLimit({ maxCharacters: 40 });
        const whole = sentences.join('');
        const shown = [...whole].map((letter) => limit.push(letter)).join('');
        const all = shown + limit.end({ wasCut: false });
        expect(whole.startsWith(all)).toBe(true);
        // The sentence that was on its way when two thirds were full may end behind the limit.
        expect(all.trimEnd().length).toBeLessThanOrEqual(26 + 20);
        expect(all.trimEnd()).toMatch(/^$|[.!?\]]$/u);
      }),
    );
  });
});
