import { describe, expect, test } from 'vitest';

import { linesOfHtml } from '../../../retrieval/search/plain-text-of-html.ts';
describe('linesOfHtml', () => {
  test.each([
    [
      '<h2>Usage</h2>\n<p>Crane is\n fast.</p><ul><li>one</li><li>two</li></ul>',
      'Usage\nCrane is fast.\none\ntwo',
    ],
    ['first line\n\n second  line', 'first line\nsecond line'],
    ['a<br/>b &amp; c', 'a\nb & c'],
    ['', ''],
  ])('%j', (html, expected) => {
    expect(linesOfHtml(html)).toBe(expected);
  });

  test('is no longer than it may be', () => {
    expect(linesOfHtml('<p>word</p>'.repeat(1000), 50).length).toBeLessThanOrEqual(50);
  });
});
