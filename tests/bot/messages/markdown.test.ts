import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { renderMarkdown } from '../../../bot/messages/markdown.ts';
import { objectionTo } from '../../support/telegram.ts';

describe('renderMarkdown', () => {
  test('turns emphasis and code into entities', () => {
    expect(renderMarkdown('Это **важно**, *очень*, и `код`.')).toEqual({
      text: 'Это важно, очень, и код.',
      entities: [
        { type: 'bold', offset: 4, length: 5 },
        { type: 'italic', offset: 11, length: 5 },
        { type: 'code', offset: 20, length: 3 },
      ],
    });
  });

  test('keeps headings as bold lines and lists as lines', () => {
    const markdown = '## Итог\n\nДва шага:\n\n1. Первый\n2. Второй\n   - мелочь\n\n- Прочее';
    expect(renderMarkdown(markdown)).toEqual({
      text: 'Итог\n\nДва шага:\n\n1. Первый\n2. Второй\n   • мелочь\n\n• Прочее',
      entities: [{ type: 'bold', offset: 0, length: 4 }],
    });
  });

  test('keeps a block of code with its language and its spaces', () => {
    expect(renderMarkdown('```python\nif x:\n    print(x)\n```')).toEqual({
      text: 'if x:\n    print(x)',
      entities: [{ type: 'pre', language: 'python', offset: 0, length: 18 }],
    });
  });

  test('links to http and https alone, and only where it may', () => {
    const markdown = '[a](https://one.example/) [b](javascript:alert(1)) [c](https://two.example/)';
    expect(renderMarkdown(markdown, { allowLink: (url) => !url.includes('two') })).toEqual({
      text: 'a b c',
      entities: [{ type: 'text_link', url: 'https://one.example/', offset: 0, length: 1 }],
    });
  });

  test('leaves markers as they are, also when the model lists its sources', () => {
    const sources = '[1]: https://one.example/\n[2]: https://two.example/';
    expect(renderMarkdown(`Так [1]. И так [1][2].\n\n${sources}`).text).toBe(
      'Так [1]. И так [1][2].',
    );
    expect(renderMarkdown(`Так [сказано][1].\n\n${sources}`).text).toBe('Так сказано[1].');
  });

  test('shows HTML as it is written and a picture by its description', () => {
    expect(renderMarkdown('a <b>bold</b> ![кот](https://x.example/c.png)').text).toBe(
      'a <b>bold</b> кот',
    );
  });

  test('puts nothing inside code and nothing around it', () => {
    expect(renderMarkdown('**до `код` после**').entities).toEqual([
      { type: 'bold', offset: 0, length: 2 },
      { type: 'code', offset: 3, length: 3 },
      { type: 'bold', offset: 7, length: 5 },
    ]);
  });

  test('writes nothing that Telegram would refuse, whatever a model writes', () => {
    const piece = fc.constantFrom(...PIECES);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const { text, entities } = renderMarkdown(pieces.join(''));
        expect(text === '' ? null : objectionTo(text, entities)).toBeNull();
      }),
      { numRuns: 1000 },
    );
  });
});

const PIECES = [
  ['**', '*', '_', '`', '```', '\n', '\n\n', '> ', '- ', '1. ', '# ', '[', ']', '(', ')', '\\'],
  ['https://a.example/', '[x](https://b.example/)', ' ', 'слово', '😀', '<b>', '[1]'],
].flat();
