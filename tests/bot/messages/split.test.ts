import * as fc from 'fast-check';
import type { MessageEntity } from 'grammy/types';
import { describe, expect, test } from 'vitest';

import { cleanText } from '../../../bot/messages/clean-text.ts';
import { splitMessage } from '../../../bot/messages/split.ts';
import { objectionTo } from '../../support/telegram.ts';

const roomy = { textUnits: 20, entities: 100, entityUnits: 9000 };

describe('splitMessage', () => {
  test('leaves a message that fits as it is', () => {
    const entities: MessageEntity[] = [{ type: 'bold', offset: 0, length: 4 }];
    expect(splitMessage({ text: 'Исток отвечает', entities })).toEqual([
      { text: 'Исток отвечает', entities },
    ]);
  });

  test('makes no message of nothing', () => {
    expect(splitMessage({ text: ' \n ', entities: [] })).toEqual([]);
  });

  test('cuts between paragraphs, else lines, else sentences, else words', () => {
    expect(parts('one two three\n\nfour five six')).toEqual(['one two three', 'four five six']);
    expect(parts('one two three\nfour five six')).toEqual(['one two three', 'four five six']);
    expect(parts('One two three. Four five six')).toEqual(['One two three.', 'Four five six']);
    expect(parts('one two three four five six')).toEqual(['one two three four', 'five six']);
    expect(parts('abcdefghijklmnopqrstuvwxyz')).toEqual(['abcdefghijklmnopqrst', 'uvwxyz']);
  });

  test('never cuts a character in two', () => {
    const limits = { ...roomy, textUnits: 5 };
    const flag = '👩‍🚀';
    expect(splitMessage({ text: '😀😀😀', entities: [] }, limits).map((part) => part.text)).toEqual(
      ['😀😀', '😀'],
    );
    expect(
      splitMessage({ text: `aa${flag}`, entities: [] }, limits).map((part) => part.text),
    ).toEqual(['aa', flag]);
  });

  test('leaves flags, keys and letters with their marks whole', () => {
    const limits = { ...roomy, textUnits: 6 };
    for (const character of ['🇷🇺', '1️⃣', '\u1112\u1161\u11AB', 'е\u0301\u0302']) {
      const text = `aaaaa${character}`;
      expect(splitMessage({ text, entities: [] }, limits).map((part) => part.text)).toEqual([
        'aaaaa',
        character,
      ]);
    }
  });

  test('goes on through marks without end', () => {
    const text = `е${'\u0301'.repeat(10_000)}`;
    const cut = splitMessage({ text, entities: [] });
    expect(cut.length).toBeLessThan(5);
  });

  test('cuts before a block of code rather than inside it', () => {
    const text = 'one two three\n\nx = 1\n\ny = 2';
    const entities: MessageEntity[] = [{ type: 'pre', offset: 15, length: 12 }];
    expect(
      splitMessage({ text, entities }, { ...roomy, textUnits: 24 }).map((part) => part.text),
    ).toEqual(['one two three', 'x = 1\n\ny = 2']);
  });

  test('does not cut a link of several words', () => {
    const text = 'one two three four five six';
    const entities: MessageEntity[] = [
      { type: 'text_link', url: 'https://example.org/', offset: 14, length: 9 },
    ];
    expect(splitMessage({ text, entities }, roomy).map((part) => part.text)).toEqual([
      'one two three',
      'four five six',
    ]);
  });

  test('sends a heading with what follows it', () => {
    const text = 'one two three\n\nHead\n\nfour five';
    const entities: MessageEntity[] = [{ type: 'bold', offset: 15, length: 4 }];
    expect(
      splitMessage({ text, entities }, { ...roomy, textUnits: 25 }).map((part) => part.text),
    ).toEqual(['one two three', 'Head\n\nfour five']);
  });

  test('leaves a number behind its sentence', () => {
    expect(parts('One two three. [1] Four five.')).toEqual(['One two three. [1]', 'Four five.']);
  });

  test('carries an entity over the cut', () => {
    const entities: MessageEntity[] = [
      { type: 'expandable_blockquote', offset: 0, length: 28 },
      { type: 'text_link', url: 'https://example.org/', offset: 15, length: 4 },
    ];
    expect(splitMessage({ text: 'one two three\n\nfour five six', entities }, roomy)).toEqual([
      {
        text: 'one two three',
        entities: [{ type: 'expandable_blockquote', offset: 0, length: 13 }],
      },
      {
        text: 'four five six',
        entities: [
          { type: 'expandable_blockquote', offset: 0, length: 13 },
          { type: 'text_link', url: 'https://example.org/', offset: 0, length: 4 },
        ],
      },
    ]);
  });

  test('starts a new message where the entities would be too many or too long', () => {
    const text = 'a1 b2 c3 d4';
    const entities = [0, 3, 6, 9].map((offset): MessageEntity => {
      return { type: 'text_link', url: 'https://example.org/', offset, length: 2 };
    });
    const byCount = splitMessage({ text, entities }, { ...roomy, entities: 2 });
    expect(byCount.map((part) => part.text)).toEqual(['a1 b2', 'c3 d4']);
    expect(byCount.map((part) => part.entities.length)).toEqual([2, 2]);
    const byUnits = splitMessage({ text, entities }, { ...roomy, entityUnits: 110 });
    expect(byUnits.map((part) => part.entities.length)).toEqual([2, 2]);
  });

  test('loses no word and breaks no limit, whatever comes', () => {
    const words = fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
        fc.constantFrom('\n', '\n\n', '😀', 'слово.', 'й', '👩‍🚀', 'x'.repeat(300)),
      ),
      { maxLength: 1500 },
    );
    fc.assert(
      fc.property(words, fc.nat(150), (pieces, links) => {
        const text = cleanText(pieces.join(' '));
        const entities: MessageEntity[] = [];
        for (let index = 0; index < links; index += 1) {
          const offset = Math.floor((index * text.length) / 150);
          const length = Math.min(3, text.length - offset);
          if (length < 3 || !text.slice(offset, offset + 3).isWellFormed()) continue;
          if ((entities.at(-1)?.offset ?? -9) + 3 > offset) continue;
          const url = `https://example.org/${'p'.repeat(index * 3)}`;
          entities.push({ type: 'text_link', url, offset, length });
        }
        const parts = splitMessage({ text, entities });
        expect(parts.map((part) => objectionTo(part.text, part.entities))).toEqual(
          parts.map(() => null),
        );
        expect(
          parts
            .map((part) => part.text)
            .join('')
            .replaceAll(/\s/gu, ''),
        ).toBe(text.replaceAll(/\s/gu, ''));
      }),
      { numRuns: 60 },
    );
  });
});

function parts(text: string): string[] {
  return splitMessage({ text, entities: [] }, roomy).map((part) => part.text);
}
