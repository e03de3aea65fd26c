import { stems } from '../../retrieval/text/terms.ts';
import type { PostLanguage, PostLine } from './digest-post.ts';
import { factsOf } from './fact.ts';
import type { Fact, FactTable } from './fact.ts';

export interface QuotationOptions {
  language: PostLanguage;
  /** The longest, in UTF-16 units. */
  most: number;
  /** Quotes of facts that the post tells otherwise. */
  told: ReadonlySet<string>;
  /** What the post says: sentences that add little to it are left out. */
  said?: string;
  /** The sentence that stands right before the quotation, word for word. */
  opening?: string | null;
  /** Whether what the release is has been said. */
  isDefined?: boolean;
  /** What stands before it. */
  lead?: string;
}

type SentenceFact = Extract<Fact, { kind: 'sentence' }>;

/** What pages in the post's language say of the release in their own words; null where there is nothing. */
export function quotationOf(
  { facts, subject }: Pick<FactTable, 'facts' | 'subject'>,
  options: QuotationOptions,
): PostLine | null {
  const { language, most, said = '', opening = null, isDefined = false, lead = '' } = options;
  const name = new Set(stems(subject.name));
  const known = new Set(stems(`${said} ${opening ?? ''}`));
  const chosen: SentenceFact[] = [];
  const told = new Set(options.told);
  let room = most;
  for (const fact of factsOf(facts, 'sentence')) {
    const { text, after } = fact;
    const before = chosen.at(-1)?.text ?? opening;
    if (/[а-яё]/iu.test(text) !== (language === 'ru') || text === opening) continue;
    // What the sentence before it says is told, if in other words.
    const isLed = after === null || after === before || (told.has(after) && !LEANS.test(text));
    if (!isLed || (isDefined && DEFINES.test(text))) continue;
    if (told.has(fact.quote) || chosen.some((other) => saysTheSame(text, other.text))) continue;
    if (newShare(text, known, name) < enoughNew(text, said)) {
      told.add(text);
      continue;
    }
    if (text.length + GAP.length > room) continue;
    room -= text.length + GAP.length;
    chosen.push(fact);
    for (const stem of stems(text)) known.add(stem);
  }
  if (chosen.length === 0) return null;
  // Where sentences between two of them are left out, that is shown.
  const words = chosen.map(({ text, after }, at) => {
    const last = chosen[at - 1]?.text;
    return last === undefined || after === last ? text : `… ${text}`;
  });
  const [open, close] = language === 'ru' ? ['«', '»'] : ['“', '”'];
  return {
    text: `${lead}${open}${words.join(' ').replace(/[.!]$/u, '')}${close}.`,
    facts: chosen,
    weight: 0.7,
  };
}

const GAP = ' … ';

/** How much of its longer words has not been said. */
function newShare(text: string, known: ReadonlySet<string>, name: ReadonlySet<string>): number {
  const words = stems(text).filter((stem) => stem.length > 3 && !name.has(stem));
  return words.filter((stem) => !known.has(stem)).length / Math.max(1, words.length);
}

/** Figures that were told say little more in a sentence around them. */
function enoughNew(text: string, said: string): number {
  const told = figuresOf(said);
  const figures = figuresOf(text);
  const isTold = (figure: number): boolean =>
    told.some((other) => Math.abs(figure - other) <= Math.abs(other) / 100);
  return figures.length > 0 && figures.every(isTold) ? 0.65 : 0.45;
}

function figuresOf(text: string): number[] {
  return (text.match(/\d+(?:[.,]\d+)?/gu) ?? []).map((written) =>
    Number(written.replace(',', '.')),
  );
}

const DEFINES = /^.{0,80}?\s(?:—\sэто|is\san?)\s/u;

/** Its first word, or one near it, points at what was said before. */
const LEANS =
  /^(?:\p{L}+\s)?(?:поэтому|однако|но|а|и|также|при этом|это|эт[ауиоы]\p{L}*|так(?:ой|ая|ое|ие)|он[аио]?|е[её]|его|их|therefore|however|but|and|also|this|these|it|they|such)(?!\p{L})/iu;

/** One stands in the other: a heading may have run into its paragraph. */
function saysTheSame(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.includes(short);
}
