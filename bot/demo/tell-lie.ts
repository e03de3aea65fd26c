import type { Passage } from '../../retrieval/passage.ts';

export type LieKind = 'figure' | 'date' | 'citation';

/** An answer with one thing in it made false. */
export interface ToldLie {
  kind: LieKind;
  text: string;
}

/**
 * Changes a figure, a date or a citation of an answer whose markers count passages from 1: two digits
 * of a figure change places or one becomes another, a year or a month is another one, a marker leads to
 * another page. Where there is neither, a year may be put in. What any page at hand says is no lie and never told. Null where nothing can be changed.
 */
export function tellLie(
  answer: string,
  { passages, random }: { passages: readonly Passage[]; random: () => number },
): ToldLie | null {
  const lies = [...factLies(answer, random)].filter(({ changed }) => isNowhere(changed, passages));
  const others = [...citationLies(answer, passages), ...inventedDates(answer, passages, random)];
  const told = pick(lies, random) ?? pick(others, random);
  if (told === null) return null;
  const { kind, start, end, changed } = told;
  return { kind, text: answer.slice(0, start) + changed + answer.slice(end) };
}

interface Change {
  kind: LieKind;
  start: number;
  end: number;
  changed: string;
}

function* factLies(answer: string, random: () => number): Generator<Change> {
  for (const match of answer.matchAll(dates)) {
    const [found, month] = match;
    const { index: start } = match;
    const place = { kind: 'date' as const, start, end: start + found.length };
    const names = months.find((list) => list.includes(month ?? ''));
    if (month === undefined || names === undefined) {
      yield { ...place, changed: String(Number(found) - 1 - Math.floor(random() * 5)) };
    } else {
      const other = names[(names.indexOf(month) + 1 + Math.floor(random() * 11)) % 12] ?? month;
      yield { ...place, changed: found.replace(month, other) };
    }
  }
  for (const match of answer.matchAll(figures)) {
    const [found] = match;
    if (/^(?:1\d|20)\d\d$/u.test(found)) continue;
    const { index: start } = match;
    yield { kind: 'figure', start, end: start + found.length, changed: otherFigure(found, random) };
  }
}

function otherFigure(figure: string, random: () => number): string {
  const pairs = [...figure.matchAll(/(?<=^|[1-9])(?=([1-9])([1-9]))/gu)].filter(
    ([, one, other]) => one !== other,
  );
  const pair = random() < 0.7 ? pick(pairs, random) : null;
  if (pair !== null) {
    const { index } = pair;
    const [, one = '', other = ''] = pair;
    return `${figure.slice(0, index)}${other}${one}${figure.slice(index + 2)}`;
  }
  return figure.replace(/[1-9]/u, (digit) => {
    return String(((Number(digit) + Math.floor(random() * 8)) % 9) + 1);
  });
}

function citationLies(answer: string, passages: readonly Passage[]): Change[] {
  return [...answer.matchAll(/\[(\d+)\]/gu)].flatMap((match): Change[] => {
    const right = passages[Number(match[1]) - 1];
    const { index: start } = match;
    const end = start + match[0].length;
    // Two markers of one sentence bear each other out.
    const isAlone = !/\]\s*$/u.test(answer.slice(0, start)) && !/^\s*\[/u.test(answer.slice(end));
    if (right === undefined || !isAlone) return [];
    const claim =
      answer
        .slice(0, start)
        .split(/(?<=[.!?])\s+(?=\p{Lu})/u)
        .at(-1) ?? '';
    return passages.flatMap((passage, at): Change[] => {
      if (passage.pageUrl === right.pageUrl || saysMost(passage, claim)) return [];
      return [{ kind: 'citation', start, end, changed: `[${at + 1}]` }];
    });
  });
}

/** "Since 1962, the sky is blue": only before a word that may be written small. */
function inventedDates(
  answer: string,
  passages: readonly Passage[],
  random: () => number,
): Change[] {
  const [first = '', second = ''] = answer;
  const word = /^\p{Lu}\p{Ll}+(?![\p{L}\d-])/u.exec(answer)?.[0];
  // What a page writes small inside a sentence is no name.
  const isPlain = passages.some(({ text }) => text.includes(` ${word?.toLowerCase() ?? ''} `));
  if (word === undefined || second === '' || !isPlain) return [];
  const year = 1_900 + Math.floor(random() * 100);
  const lead = /\p{Script=Cyrillic}/u.test(first) ? `С ${year} года ` : `Since ${year}, `;
  return [{ kind: 'date', start: 0, end: 1, changed: `${lead}${first.toLowerCase()}` }];
}

/** Whether a page has most of the words of a sentence. */
function saysMost({ text, title }: Passage, claim: string): boolean {
  const known = `${title} ${text}`.toLowerCase();
  const words = claim.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  return words.filter((word) => known.includes(word.slice(0, 5))).length > words.length / 2;
}

function isNowhere(changed: string, passages: readonly Passage[]): boolean {
  const core = changed.replace(/\s/gu, ' ');
  return !passages.some(({ text }) => text.replace(/\s/gu, ' ').includes(core));
}

function pick<T>(items: readonly T[], random: () => number): T | null {
  return items[Math.floor(random() * items.length)] ?? null;
}

const months = [
  'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
  'January February March April May June July August September October November December',
].map((names) => names.split(' '));

// A day with its month, or a year by itself.
const dates = new RegExp(
  `(?<![\\p{L}\\d.,-])(?:\\d{1,2} (${months.flat().join('|')})|(?:1\\d|20)\\d\\d)(?![\\p{L}\\d-]|[.,]\\d)`,
  'gu',
);

// Neither a part of a name («V3», "Qwen2.5") nor of a date nor a marker.
const figures = new RegExp(
  `(?<![\\p{L}\\d.,:[-]|\\d\\s)\\d+(?:[\\s.,]\\d+)*(?![\\p{L}\\d\\]:-]| (?:${months.flat().join('|')}))`,
  'gu',
);
