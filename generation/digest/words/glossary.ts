import type { TermKind } from '../fact.ts';
import { CAVEATS } from './glossary-caveats.ts';
import { MAKING } from './glossary-making.ts';
import { USES } from './glossary-uses.ts';
import { WHATS } from './glossary-whats.ts';

/** An idea of the field as sources write it and as posts say it. */
export interface Term {
  key: string;
  of: TermKind;
  pattern: RegExp;
  ru: string;
  en: string;
  /** What it implies, and need not be said beside it. */
  covers?: readonly string[];
  /** Where the idea itself is a denial, one before it does not take it back. */
  isDenial?: boolean;
}

/** The same thing in the cases that an opening needs, with the sign of its titles. */
export interface What extends Term {
  of: 'what';
  /** кого, чего: «веса языковой модели». */
  genitive: string;
  /** кого, что: «получила рассуждающую модель». */
  accusative: string;
  emoji: string;
}

export const GLOSSARY: readonly Term[] = [...WHATS, ...MAKING, ...USES, ...CAVEATS];

const BY_KEY = new Map(GLOSSARY.map((term) => [term.key, term]));

/** @throws {Error} for a key that no term has. */
export function termOf(key: string): Term {
  const term = BY_KEY.get(key);
  if (term === undefined) throw new Error(`the glossary has no term ${key}`);
  return term;
}

export function whatOf(key: string): What {
  const what = WHATS.find((term) => term.key === key);
  if (what === undefined) throw new Error(`the glossary has no thing ${key}`);
  return what;
}
