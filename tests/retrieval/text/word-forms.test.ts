import { expect, it } from 'vitest';

import { stem } from '../../../retrieval/text/terms.ts';
import { otherForms } from '../../../retrieval/text/word-forms.ts';

it.each([
  ['Варшавы', ['варшава', 'варшав']],
  ['столица', ['столицы', 'столице']],
  ['книги', ['книга', 'книгу']],
  ['основали', ['основал', 'основать']],
])('the likeliest other forms of «%s» share its stem', (word, some) => {
  const forms = otherForms(word);
  expect(forms.some((form) => some.includes(form))).toBe(true);
  expect(forms).not.toContain(word.toLowerCase());
  expect(forms.length).toBeLessThanOrEqual(2);
  for (const form of forms) expect(form.startsWith(stem(word.toLowerCase()))).toBe(true);
});

it('a word with ё has those of its е', () => {
  expect(otherForms('озёра')).toEqual(otherForms('озера'));
});

it.each(['дом', 'Python', 'V3', '2025', 'DeepSeek-V3', '', 'москва-река', 'їжак'])(
  '«%s» has none',
  (word) => {
    expect(otherForms(word)).toEqual([]);
  },
);
