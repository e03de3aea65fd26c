import { isStopWord } from '../../../retrieval/text/stop-words.ts';
import { findPlaces, type FactKind } from '../planted/facts.ts';
import { turnPolarity } from '../planted/negation.ts';
import { cutKinds, cutOut, type CutKind } from './cut-out.ts';
import { scales, turnedWords, units } from './turned-words.ts';

export type LieKind =
  | FactKind
  | 'negation'
  | 'citation'
  | 'uncited'
  | 'comparative'
  | 'unit'
  | 'quotation'
  | 'two-passages'
  | 'roles'
  | 'word'
  | CutKind;

export const lieKinds: readonly LieKind[] = [
  'figure',
  'date',
  'name',
  'negation',
  'citation',
  'uncited',
  'comparative',
  'unit',
  'quotation',
  'two-passages',
  'roles',
  'word',
  ...cutKinds,
];

/** A passage as a model is given it. */
export interface ShownPassage {
  /** Its number in the prompt. */
  number: number;
  url: string;
  text: string;
  sentences: string[];
}

export interface Lie {
  kind: LieKind;
  /** Without markers. */
  claim: string;
  /** Numbers of the passages that it cites. */
  cites: number[];
  /** The sentence that it was made from. */
  truth: string;
  /** The page must say this in its place for the claim to be a lie; null for what the pages say as it is. */
  rewritten: Rewritten | null;
}

/** A passage whose sentence takes back what the claim repeats of it. */
export interface Rewritten {
  /** Of the passage. */
  number: number;
  text: string;
  /** Whether the words around the claim were chosen without a look at those that are read for. */
  isUnseen: boolean;
}

export interface LieOptions {
  /** All passages at hand, and among them the one that holds the sentence. */
  passages: readonly ShownPassage[];
  language: 'ru' | 'en';
  random: () => number;
}

/** One lie of a kind about a sentence of a passage; null where the sentence has nothing to change. */
export function makeLie(
  kind: LieKind,
  truth: string,
  source: ShownPassage,
  options: LieOptions,
): Lie | null {
  const others = options.passages.filter(({ url }) => url !== source.url);
  if (kind === 'citation') {
    const wrong = others.find((other) => !saysMostOf(other.text, truth));
    return wrong === undefined
      ? null
      : { kind, claim: truth, cites: [wrong.number], truth, rewritten: null };
  }
  if (kind === 'uncited') return { kind, claim: truth, cites: [], truth, rewritten: null };
  if (kind === 'two-passages') return joinTwo(truth, source, others, options);
  if (isCut(kind)) return makeCut(kind, truth, source, options);
  const claim = changers[kind](truth, source, options);
  if (claim === null || claim === truth) return null;
  // What stands there after all is no lie.
  const all = options.passages.map(({ text }) => plain(text));
  if (all.some((text) => text.includes(plain(claim)))) return null;
  return { kind, claim, cites: [source.number], truth, rewritten: null };
}

/** Whether a lie of this kind needs a page that says its sentence in other terms. */
export function isCut(kind: LieKind): kind is CutKind {
  return cutKinds.some((cut) => cut === kind);
}

function isSimple(sentence: string): boolean {
  return sentence.length < 200 && !/[?:;]/u.test(sentence);
}

/** A lie in the very words of its source, which says them of something else or does not stand behind them. */
function makeCut(
  kind: CutKind,
  truth: string,
  source: ShownPassage,
  { passages, language, random }: LieOptions,
): Lie | null {
  const others = passages.filter(({ url }) => url !== source.url);
  // Of the same page it might speak of the same thing by another name.
  const neighbour = pick(
    others.flatMap(({ sentences }) => sentences.filter(isSimple)),
    random,
  );
  const cut = cutOut(kind, truth, { language, random, neighbour });
  if (cut === null || cut.source === truth) return null;
  const text = source.text.replace(truth, () => cut.source);
  // Said plainly elsewhere it is no lie.
  const rest = [text.replace(cut.source, ''), ...others.map((other) => other.text)];
  if (
    !text.includes(cut.source) ||
    (kind !== 'crossed' && rest.some((other) => saysMostOf(other, cut.claim)))
  )
    return null;
  const { isUnseen } = cut;
  const rewritten = { number: source.number, text, isUnseen };
  return { kind, claim: cut.claim, cites: [source.number], truth, rewritten };
}

type Changer = (truth: string, source: ShownPassage, options: LieOptions) => string | null;

const changers: Record<
  Exclude<LieKind, CutKind | 'citation' | 'uncited' | 'two-passages'>,
  Changer
> = {
  figure: (truth, _source, options) => changeFact('figure', truth, options, otherFigure),
  date: (truth, _source, options) => changeFact('date', truth, options, otherDate),
  name(truth, { text }, { passages, random }) {
    const place = pick(findPlaces(truth, 'name'), random);
    if (place === null) return null;
    const known = [text, ...passages.map((passage) => passage.text)];
    const others = known
      .flatMap((one) => findPlaces(one, 'name'))
      .filter(
        (other) =>
          other.shape === place.shape &&
          other.parts.every((part) => !truth.toLowerCase().includes(part.slice(0, 3))),
      );
    const other = pick(others, random);
    return other === null ? null : replaceAt(truth, place, other.text);
  },
  negation: (truth, _source, { language, random }) => turnPolarity(truth, language, random),
  comparative: (truth, _source, { random }) => replaceWord(truth, turnedWords, random),
  unit: (truth, _source, { random }) => replaceWord(truth, [...scales, ...units], random),
  quotation(truth, { text }, { language, random }) {
    const words = truth.replace(/[«»"“”()]/gu, '').split(' ');
    if (words.length < 8) return null;
    const foreign = contentWords(text).filter((word) => !words.includes(word));
    const at = 2 + Math.floor(random() * (words.length - 5));
    const other = pick(foreign, random);
    if (other === null) return null;
    words.splice(at, 2, other);
    const said = words.join(' ').replace(/\.$/u, '');
    return language === 'ru' ? `Автор пишет: «${said}».` : `The author writes: "${said}."`;
  },
  roles(truth, _source, { random }) {
    const names = findPlaces(truth, 'name');
    const one = pick(names, random);
    const other = names.find(
      (name) =>
        one !== null &&
        name.shape === one.shape &&
        name.parts.every((part) => !one.parts.includes(part)),
    );
    if (one === null || other === undefined) return null;
    const [first, second] = one.start < other.start ? [one, other] : [other, one];
    // «Альфа и Бета» says the same in either order, and an apposition names one thing.
    if (!/(?<!\p{L})\p{Ll}{4,}/u.test(truth.slice(first.end, second.start))) return null;
    // In another case the same order says the same.
    if (one.shape === 'cyrillic' && first.text.at(-1) !== second.text.at(-1)) return null;
    return replaceAt(replaceAt(truth, second, first.text), first, second.text);
  },
  word(truth, { text }, { random }) {
    const places = [...truth.matchAll(lowerWord)].filter(
      ({ index, 0: word }) => index > 0 && !isStopWord(word),
    );
    const place = pick(places, random);
    if (place === null) return null;
    const [word] = place;
    const others = contentWords(text).filter(
      (other) =>
        other.slice(-2) === word.slice(-2) &&
        other.slice(0, 4) !== word.slice(0, 4) &&
        !truth.includes(other) &&
        !isStopWord(other),
    );
    const other = pick(others, random);
    if (other === null) return null;
    return replaceAt(truth, { start: place.index, end: place.index + word.length }, other);
  },
};

function changeFact(
  kind: 'figure' | 'date',
  truth: string,
  { passages, random }: LieOptions,
  change: (text: string, random: () => number) => string,
): string | null {
  const place = pick(findPlaces(truth, kind), random);
  if (place === null) return null;
  const changed = change(place.text, random);
  // Another page may say so: then it is another opinion.
  const core = changed.replace(/\D+/gu, ' ').trim().split(' ').at(-1) ?? '';
  if (passages.some(({ text }) => new RegExp(`(?<!\\d)${core}(?!\\d)`, 'u').test(text)))
    return null;
  return replaceAt(truth, place, changed);
}

/** Two of its digits change places, or one becomes another. */
function otherFigure(text: string, random: () => number): string {
  const at = [...text.matchAll(/(\d)(\d)/gu)].find(
    ([, one, two]) => one !== two && one !== '0' && two !== '0',
  );
  if (at !== undefined && random() < 0.6) {
    const [pair] = at;
    return text.slice(0, at.index) + [...pair].toReversed().join('') + text.slice(at.index + 2);
  }
  return text.replace(/\d(?!.*\d)|\d/u, (digit) => String((Number(digit) % 9) + 1));
}

function otherDate(text: string, random: () => number): string {
  const months = /\p{L}+/u.exec(text)?.[0];
  if (months !== undefined && random() < 0.4) {
    const names = monthNames.find((list) => list.includes(months)) ?? [];
    return text.replace(months, names[(names.indexOf(months) + 5) % 12] ?? months);
  }
  return text.replace(/\d{4}/u, (year) => String(Number(year) - 3));
}

const monthNames = [
  'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' '),
  'January February March April May June July August September October November December'.split(
    ' ',
  ),
];

/** What one passage says, said of what another one speaks of. */
function joinTwo(
  truth: string,
  source: ShownPassage,
  others: readonly ShownPassage[],
  { passages, random }: LieOptions,
): Lie | null {
  const kind = 'two-passages';
  for (const other of others) {
    for (const sentence of other.sentences) {
      if (saysMostOf(source.text, sentence) || saysMostOf(other.text, truth)) continue;
      const claim =
        random() < 0.5 ? swapSubject(truth, sentence) : swapFigure(truth, sentence, random);
      if (claim === null || claim === truth) continue;
      if (passages.some(({ text }) => plain(text).includes(plain(claim)))) continue;
      return { kind, claim, cites: [source.number, other.number], truth, rewritten: null };
    }
  }
  return null;
}

function swapSubject(truth: string, sentence: string): string | null {
  const own = subjectOf(truth);
  const other = subjectOf(sentence);
  if (own === null || other === null || own === other) return null;
  // What only leaves words out may still be true.
  const foreign = other.match(/\p{L}{4,}/gu) ?? [];
  if (!foreign.some((word) => !truth.includes(word.slice(0, 5)))) return null;
  return other + truth.slice(own.length);
}

/** Up to a verb that hardly stands for anything else. */
function subjectOf(sentence: string): string | null {
  const [, subject] =
    /^(\p{Lu}[^.,;:()]{2,40}?) (?:— |is |was |are |were |has |had |can |является |был |была |имеет |вышел |вышла |состоит |\p{Ll}{3,}(?:лся|лась|ется|ются) )/u.exec(
      sentence,
    ) ?? [];
  const isPronoun =
    /^(?:It|He|She|They|This|These|That|There|Here|Which|Who|What|Where|Then|Both|Most|Some|Each|The other|Он|Она|Оно|Они|Это|Эта|Этот|Так|Здесь|Там|Тут|Тогда|Что|Где)(?!\p{L})/u;
  return subject === undefined || isPronoun.test(subject) ? null : subject;
}

function swapFigure(truth: string, sentence: string, random: () => number): string | null {
  const place = pick([...findPlaces(truth, 'figure'), ...findPlaces(truth, 'date')], random);
  if (place === null) return null;
  const others = [...findPlaces(sentence, 'figure'), ...findPlaces(sentence, 'date')].filter(
    (other) =>
      other.shape === place.shape &&
      other.parts.every((part) => !place.parts.includes(part)) &&
      other.text.length === place.text.length,
  );
  const other = pick(others, random);
  return other === null || truth.includes(other.text) ? null : replaceAt(truth, place, other.text);
}

function replaceWord(
  truth: string,
  pairs: readonly (readonly [string, string])[],
  random: () => number,
): string | null {
  const found = pairs.flatMap(([from, to]) =>
    [...truth.matchAll(new RegExp(`(?<![\\p{L}\\d])${from}(?![\\p{L}])`, 'giu'))].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      to:
        /^\p{Lu}/u.test(match[0]) && /^\p{Ll}/u.test(to)
          ? to.charAt(0).toUpperCase() + to.slice(1)
          : to,
    })),
  );
  const place = pick(found, random);
  return place === null ? null : replaceAt(truth, place, place.to);
}

function replaceAt(
  text: string,
  { start, end }: { start: number; end: number },
  by: string,
): string {
  return text.slice(0, start) + by + text.slice(end);
}

const lowerWord = /(?<![\p{L}\d'’-])\p{Ll}{5,}(?![\p{L}\d'’-])/gu;

function contentWords(text: string): string[] {
  return [...new Set(text.match(lowerWord) ?? [])];
}

/** Whether a text has most of the words of a sentence, in any form, and all of its figures. */
function saysMostOf(text: string, sentence: string): boolean {
  const known = plain(text);
  const words = sentence.match(/\p{L}{4,}/gu) ?? [];
  const said = words.filter((word) => known.includes(word.toLowerCase().slice(0, 5)));
  const figures = sentence.match(/\d+/gu) ?? [];
  return said.length >= words.length * 0.6 && figures.every((figure) => text.includes(figure));
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function pick<T>(items: readonly T[], random: () => number): T | null {
  return items[Math.floor(random() * items.length)] ?? null;
}
