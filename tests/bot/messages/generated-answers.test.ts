import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { createLocale } from '../../../bot/locales/locale.ts';
import { splitAnswer, wholeAnswer } from '../../../bot/messages/cited-answer.ts';
import type { FormattedText } from '../../../bot/messages/formatted-text.ts';
import type { CitedSentence, Verdict } from '../../../citations/citation.ts';
import { quoteUrl } from '../../../citations/text-fragment.ts';
import type { AnswerReport } from '../../../generation/answer/answer-event.ts';
import { answerReport, citedSource } from '../../support/answer-report.ts';
import { objectionTo } from '../../support/telegram.ts';

const ru = createLocale('ru');

test('10,000 answers arrive whole, in messages that Telegram takes', { timeout: 300_000 }, () => {
  let longest = 0;
  let cut = 0;
  fc.assert(
    fc.property(answer(), (written) => {
      const report = reportOf(written);
      const whole = wholeAnswer(report, ru);
      const parts = splitAnswer(whole);
      longest = Math.max(longest, whole.text.length);
      if (parts.length > 1) cut += 1;
      const objections = parts.map(({ text, entities }) => objectionTo(text, entities));
      expect(objections.filter((objection) => objection !== null)).toEqual([]);
      expect(leftOut(whole.text, parts)).toBe('');
      expect(linkedWords(parts)).toEqual(linkedWords([whole]));
      expect(lettersOf(whole.text).startsWith(lettersOf(written.plain))).toBe(true);
    }),
    { numRuns: 10_000, endOnFailure: true },
  );
  // What was generated is worth the name.
  expect(longest).toBeGreaterThan(9_000);
  expect(cut).toBeGreaterThan(200);
});

/** An answer as a model writes it, and the words that a reader is to see of it. */
interface Written {
  markdown: string;
  plain: string;
}

/**
 * What is missing between the parts, put one behind the other: only white space may be, and only
 * where the text was cut or at its ends.
 */
function leftOut(whole: string, parts: readonly FormattedText[]): string {
  let at = 0;
  let missing = '';
  for (const { text } of parts) {
    const found = whole.indexOf(text, at);
    if (found === -1) return `«${text.slice(0, 80)}» is not in the text`;
    missing += whole.slice(at, found);
    at = found + text.length;
  }
  return (missing + whole.slice(at)).trim();
}

/** The words under each link, which a cut may divide. */
function linkedWords(parts: readonly FormattedText[]): string {
  return parts
    .flatMap(({ text, entities }) =>
      entities.flatMap(({ type, offset, length }) =>
        type === 'text_link' ? [text.slice(offset, offset + length)] : [],
      ),
    )
    .join('')
    .replaceAll(/\s/gu, '');
}

function lettersOf(text: string): string {
  return text.replaceAll(/[^\p{L}]/gu, '');
}

function reportOf({ markdown }: Written): AnswerReport {
  const numbers = [...new Set([...markdown.matchAll(/\[(\d+)\]/gu)].map(([, n]) => Number(n)))];
  const claims = markdown.split('\n').filter((line) => line.endsWith(']') && line !== '[1]');
  return answerReport({
    answer: markdown,
    sentences: claims.slice(0, MOST_CLAIMS).map((text, at) => claim(text, at)),
    sources: numbers.map((number) => {
      const url = addressOf(number);
      return citedSource(number, { url, quoteUrl: quoteUrl(url, QUOTE), quote: QUOTE });
    }),
  });
}

function claim(line: string, at: number): CitedSentence {
  const citations = [...line.matchAll(/\[(\d+)\]/gu)].map(([, number]) => Number(number));
  const verdicts: Verdict[] = ['supported', 'supported', 'supported', 'partly'];
  return {
    text: line.replaceAll(/\s*\[\d+\]/gu, ''),
    citations,
    quotes: citations.map((source) => ({
      source,
      quote: QUOTE,
      quoteUrl: quoteUrl(addressOf(source), `${QUOTE} ${at}`),
      place: null,
    })),
    support: 1,
    verdict: verdicts[at % verdicts.length] ?? 'supported',
  };
}

/** More would only take time: each is rendered. */
const MOST_CLAIMS = 5;

const QUOTE = 'Пенициллин открыл в сентябре 1928 года шотландский бактериолог Александр Флеминг';

function addressOf(number: number): string {
  const title = encodeURIComponent('Открытие_пенициллина_и_других_антибиотиков').repeat(number % 4);
  return `https://ru.site${number}.example/wiki/${title}`;
}

function answer(): fc.Arbitrary<Written> {
  const small = fc.array(block(), { minLength: 1, maxLength: 5 });
  const large = fc.array(block(), { minLength: 20, maxLength: 90, size: 'max' });
  return fc
    .oneof({ weight: 49, arbitrary: small }, { weight: 1, arbitrary: large })
    .map((blocks) => joined(blocks, '\n\n'));
}

function block(): fc.Arbitrary<Written> {
  return fc.oneof(
    { weight: 5, arbitrary: paragraph() },
    { weight: 2, arbitrary: list() },
    { weight: 1, arbitrary: heading() },
    { weight: 1, arbitrary: code() },
    { weight: 1, arbitrary: quotation() },
  );
}

function paragraph(): fc.Arbitrary<Written> {
  return fc
    .tuple(line(), fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }))
    .map(([{ markdown, plain }, numbers]) => {
      const markers = numbers.map((number) => `[${number}]`).join('');
      return { markdown: markers === '' ? markdown : `${markdown} ${markers}`, plain };
    });
}

/** Starts with a word: an item of a list without one makes code of what is indented under it. */
function line(): fc.Arbitrary<Written> {
  return fc
    .tuple(letters(), fc.array(phrase(), { maxLength: 10 }))
    .map(([first, others]) => joined([{ markdown: first, plain: first }, ...others], ' '));
}

function heading(): fc.Arbitrary<Written> {
  return line().map(({ markdown, plain }) => ({ markdown: `## ${markdown}`, plain }));
}

function quotation(): fc.Arbitrary<Written> {
  return paragraph().map(({ markdown, plain }) => ({ markdown: `> ${markdown}`, plain }));
}

/** Up to three levels deep, numbered or not. */
function list(): fc.Arbitrary<Written> {
  const item = fc.tuple(paragraph(), fc.integer({ min: 0, max: 2 }), fc.boolean());
  return fc.array(item, { minLength: 1, maxLength: 8 }).map((items) => {
    let depth = 0;
    const lines = items.map(([{ markdown, plain }, wanted, isNumbered], index) => {
      depth = index === 0 ? 0 : Math.min(wanted, depth + 1);
      const mark = isNumbered ? '1.' : '- ';
      return { markdown: `${'    '.repeat(depth)}${mark} ${markdown}`, plain };
    });
    return joined(lines, '\n');
  });
}

function code(): fc.Arbitrary<Written> {
  return fc
    .tuple(
      fc.constantFrom('', 'python', 'c++'),
      fc.array(fc.constantFrom('if x:', '    return *x*', '', '[1]', '# да'), { maxLength: 30 }),
    )
    .map(([language, lines]) => {
      const text = lines.join('\n');
      return { markdown: `\`\`\`${language}\n${text}\n\`\`\``, plain: text };
    });
}

function phrase(): fc.Arbitrary<Written> {
  const plain = word().map((text) => ({ markdown: text, plain: text }));
  return fc.oneof(
    { weight: 12, arbitrary: plain },
    { weight: 1, arbitrary: styled('**', '**') },
    { weight: 1, arbitrary: styled('*', '*') },
    { weight: 1, arbitrary: styled('`', '`') },
    { weight: 1, arbitrary: styled('[', `](${addressOf(3)})`) },
    { weight: 1, arbitrary: styled('[', '](http://intranet/page)') },
  );
}

function styled(left: string, right: string): fc.Arbitrary<Written> {
  return letters().map((text) => ({ markdown: left + text + right, plain: text }));
}

function word(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...WORDS) },
    { weight: 2, arbitrary: letters() },
    { weight: 1, arbitrary: fc.constantFrom(...ODDITIES) },
    { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 6 }) },
  );
}

function letters(): fc.Arbitrary<string> {
  return fc.constantFrom(...WORDS, ...SCRIPTS);
}

function joined(pieces: readonly Written[], separator: string): Written {
  return {
    markdown: pieces.map(({ markdown }) => markdown).join(separator),
    plain: pieces.map(({ plain }) => plain).join(separator),
  };
}

const WORDS = ['Пенициллин', 'открыл', 'в', 'London', 'discovered', '1928', 'году,', 'так.'];

/** Right-to-left, combining marks, wide characters. */
const SCRIPTS = ['פניצילין', 'بنسلين', 'йӧа́', 'Å', 'ক্ষি', '青霉素', 'ペニシリン', 'Việt', '한국어'];

const ODDITIES = [
  '😀',
  '👩‍🚀',
  '🇷🇺🇰🇿',
  '1️⃣',
  '👍🏽',
  '\u202Eнаоборот\u202C',
  'а\u200Bб',
  'x\u0007y',
  'a\u2028b',
  'е' + '\u0301'.repeat(40),
  'х'.repeat(700),
  '\uFE0F',
  '\u00AD',
];

const SIGNS = ['(', ')', '!', '?', '.', '%', '"', '«', '—', '$', '…', ':'];
