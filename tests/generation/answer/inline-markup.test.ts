import { describe, expect, it } from 'vitest';

import { createMarkupFilter } from '../../../generation/answer/markup-filter.ts';

describe('markup in an answer', () => {
  it.each<[what: string, text: string, plain: string]>([
    [
      'emphasis',
      'В модели <b>671</b>&nbsp;млрд <i class="x">параметров</i> [1].',
      'В модели 671\u00A0млрд параметров [1].',
    ],
    ['paragraphs', 'Да [1].</p><p>Нет [2].', 'Да [1].\nНет [2].'],
    ['breaks', 'Да [1].<br/>Нет [2].', 'Да [1].\nНет [2].'],
    ['lists', 'Вот:<ul><li>один</li><li>два</li></ul>', 'Вот:\n- один\n- два\n'],
    ['links', 'См. <a href="https://example.org/x">сайт</a> [1].', 'См. сайт [1].'],
    ['what nobody sees', 'Да [1].<script>alert(1)</script> Нет.', 'Да [1]. Нет.'],
    ['a script that comes first', '<script>alert(1)</script><b>Да</b> [1].', 'Да [1].'],
  ])('goes: %s', (_what, text, plain) => {
    for (const length of [1, 5, text.length]) expect(filter(text, length)).toBe(plain);
  });

  it.each([
    ['code', 'Пишут `<b>x</b>&nbsp;` или\n```html\n<p>a</p>\n```\nДа.'],
    ['quotation marks', 'Тег «<br>» переносит строку.'],
    ['comparisons', 'Если a <b и c> d, то 1 < 2 & 3 > 2.'],
    ['types', 'Возвращает Box<i> или Vec<u8>.'],
    ['unknown tags', 'Пишет <think> и <foo>.'],
    ['names', 'AT&T и R&D; Q&A'],
  ])('is left in %s', (_what, text) => {
    for (const length of [1, 5, text.length]) expect(filter(text, length)).toBe(text);
  });

  it('is named where an answer is about it', () => {
    const text = 'Тег <b> выделяет, а &nbsp; не даёт перенести.';
    expect(filter(text, 5, { mayNameTags: true })).toBe(text);
  });
});

function filter(text: string, length: number, options: { mayNameTags?: boolean } = {}): string {
  const markup = createMarkupFilter(options);
  let plain = '';
  for (let at = 0; at < text.length; at += length)
    plain += markup.push(text.slice(at, at + length));
  return plain + markup.end();
}
