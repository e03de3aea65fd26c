import type { UnreadPage } from '../../retrieval/passage.ts';
import type { SourcePage } from './source-page.ts';

/** A number as it was written, with its scale told apart: `14.8T` is digits 14.8 and scale 1e12. */
export interface Amount {
  digits: string;
  scale: number;
  /** Digits times scale. */
  value: number;
  /** «около», "more than": not meant exactly. */
  bound: 'about' | 'more' | null;
}

export type AmountKind =
  | 'parameters'
  | 'active-parameters'
  | 'context'
  | 'training-tokens'
  | 'training-samples'
  | 'gpu-hours'
  | 'training-cost'
  | 'gpu-hour-price'
  | 'price-input'
  | 'price-output'
  | 'language-count'
  | 'temperature'
  | 'experts'
  | 'active-experts'
  | 'dimensions'
  | 'prompt-count'
  | 'category-count'
  | 'instruction-kinds'
  | 'scale-top';

export type NameKind =
  | 'licence'
  | 'base-model'
  | 'base-family'
  | 'publisher'
  | 'affiliation'
  | 'training-data'
  | 'accelerator'
  | 'engine'
  | 'judge'
  | 'draft-for'
  | 'adapted-from'
  | 'language'
  | 'version';

/** Kinds of entries of the glossary. */
export type TermKind =
  | 'what'
  | 'architecture'
  | 'method'
  | 'use'
  | 'property'
  | 'measures'
  | 'caveat';

export interface Score {
  benchmark: string;
  /** Whose it is, as written; null where it is plainly the release's own. */
  system: string | null;
  isOwn: boolean;
  amount: Amount;
  unit: 'percent' | 'points';
  /** What it was before training or before this version, where it is told as a change. */
  from: Amount | null;
}

export type FactStatement =
  | { [Kind in AmountKind]: { kind: Kind; amount: Amount } }[AmountKind]
  | { kind: 'sizes'; amounts: Amount[]; of: 'family' | 'distilled' }
  | { [Kind in NameKind]: { kind: Kind; name: string } }[NameKind]
  | { kind: 'term'; of: TermKind; key: string }
  | { kind: 'released'; date: Date }
  | { kind: 'score'; score: Score }
  | { kind: 'outperforms'; other: string; on: string | null }
  /** A limitation that the glossary has no words for, and sentences of pages in the post's language. */
  | { kind: 'caveat-quote'; text: string }
  | {
      kind: 'sentence';
      text: string;
      /** The sentence that it goes on from, without which it says little; null where it stands alone. */
      after: string | null;
    };

export type FactKind = FactStatement['kind'];

/** One thing that a page states of the release. */
export type Fact = FactStatement & {
  /** As it stands there: `671B total parameters`. */
  written: string;
  /** The sentence, row or line that holds it: exactly part of a block of the page. */
  quote: string;
  /** What the quote needs to be understood: the head of its table. */
  context?: string;
  /** Of the page, as a reader opens it. */
  address: string;
};

/** What pages say differently of one thing; none of it is chosen. */
export interface Conflict {
  kind: FactKind;
  facts: readonly Fact[];
}

/** What a release is by its own pages. */
export interface FactTable {
  subject: Subject;
  facts: readonly Fact[];
  conflicts: readonly Conflict[];
  pages: readonly SourcePage[];
  notRead: readonly UnreadPage[];
}

export interface Subject {
  /** As posts name it: `DeepSeek-V3`. */
  name: string;
  /** Names that stand for it in its pages, in lower case, letters and digits only. */
  aliases: readonly string[];
  /** Titles that it appeared under, folded in the same way. */
  titles: readonly string[];
  kind: 'model' | 'dataset' | 'paper' | 'repository' | 'post';
}

/** Facts of one kind. */
export function factsOf<Kind extends FactKind>(
  facts: readonly Fact[],
  kind: Kind,
): Extract<Fact, { kind: Kind }>[] {
  return facts.filter((fact): fact is Extract<Fact, { kind: Kind }> => fact.kind === kind);
}

/** The first of a kind; the pages come in the order in which they are trusted. */
export function factOf<Kind extends FactKind>(
  facts: readonly Fact[],
  kind: Kind,
): Extract<Fact, { kind: Kind }> | null {
  return factsOf(facts, kind)[0] ?? null;
}

/** What pages say of one kind without contradicting each other, or null. */
export function agreed<Kind extends FactKind>(
  table: Pick<FactTable, 'facts' | 'conflicts'>,
  kind: Kind,
): Extract<Fact, { kind: Kind }> | null {
  if (table.conflicts.some((conflict) => conflict.kind === kind)) return null;
  return factOf(table.facts, kind);
}
