import type { Release } from '../../retrieval/releases/release.ts';
import type { UnreadPage } from '../../retrieval/passage.ts';
import type { Conflict, Fact, FactKind, FactTable, Subject } from './fact.ts';
import { isSameAmount } from './facts/amount.ts';
import { COUNT_RULES, readWrittenCounts } from './facts/benchmark-size.ts';
import { CONTEXT_RULES } from './facts/context.ts';
import { readLanguages, readStatedLanguages } from './facts/languages.ts';
import { readLicences, readStatedLicences } from './facts/licence.ts';
import { readLineage, readStatedBases } from './facts/lineage.ts';
import { readListing } from './facts/listing.ts';
import { readOutperforms } from './facts/outperforms.ts';
import { readParameters } from './facts/parameters.ts';
import { PRICE_RULES } from './facts/prices.ts';
import { readAmounts } from './facts/read-amounts.ts';
import { readReleased } from './facts/released.ts';
import { readModelIndex, readScores, readScoreTables } from './facts/scores.ts';
import { readSentences } from './facts/sentences.ts';
import { readSpecTables } from './facts/spec-tables.ts';
import { statementsOf, type PageStatement } from './facts/statements.ts';
import { foldName, isSubject, namesIn, spelled, subjectOf } from './facts/subject.ts';
import { readCaveatQuotes, readTerms } from './facts/terms.ts';
import { readTrainingNames, TRAINING_RULES } from './facts/training.ts';
import type { SourcePage } from './source-page.ts';

/**
 * What a release's pages state of it, each with the words that say so. Pages come in the order in which
 * they are trusted: where several say the same, the first is quoted.
 */
export function collectFacts(
  release: Release,
  pages: readonly SourcePage[],
  notRead: readonly UnreadPage[] = [],
): FactTable {
  const subject = spelled(subjectOf(release), pages);
  const all: Fact[] = [];
  for (const page of pages) all.push(...factsOfPage(page, subject));
  const facts = ofOneVariant(withoutRepetitions(all), { subject, card: release.links.huggingface });
  return { subject, facts, conflicts: findConflicts(facts), pages, notRead };
}

function factsOfPage(page: SourcePage, subject: Subject): Fact[] {
  const facts: Fact[] = [
    ...readReleased(page),
    ...readListing(page, subject),
    ...readStatedLicences(page),
    ...readStatedLanguages(page),
    ...readStatedBases(page, subject),
    ...readModelIndex(page),
    ...readScoreTables(page, subject),
  ];
  for (const statement of statementsOf(page, subject)) {
    if (isOfOthers(statement, subject)) continue;
    facts.push(
      ...readParameters(statement, subject),
      ...readAmounts(AMOUNT_RULES, statement, subject),
      ...readWrittenCounts(statement, subject),
    );
    if (statement.kind === 'line') continue;
    facts.push(
      ...readTrainingNames(statement, subject),
      ...readLicences(statement, subject),
      ...readLanguages(statement, subject),
      ...readLineage(statement, subject),
      ...readScores(statement, subject),
      ...readOutperforms(statement, subject),
      ...readTerms(statement, subject),
      ...readCaveatQuotes(statement, facts),
      ...readSentences(statement, subject),
    );
  }
  // What is said in words is quoted first.
  facts.push(...readSpecTables(page, subject));
  return facts;
}

/**
 * Rows of comparisons have a column for each system, and a sentence about several sizes has a figure for
 * each: neither says which of them is the release's.
 */
function isOfOthers({ kind, text }: PageStatement, subject: Subject): boolean {
  if (kind === 'row') {
    const cells = text.split('|');
    return cells.length > 2 && !isSubject(cells[0] ?? '', subject);
  }
  const sizes = text.match(/(?<![\w.])\d+(?:\.\d+)?[BM](?= models?\b)/giu) ?? [];
  return new Set(sizes).size > 1;
}

const AMOUNT_RULES = [...CONTEXT_RULES, ...TRAINING_RULES, ...PRICE_RULES, ...COUNT_RULES];

function withoutRepetitions(facts: readonly Fact[]): Fact[] {
  const kept: Fact[] = [];
  const known = new Map<string, Fact[]>();
  for (const fact of facts) {
    const alike = known.get(groupOf(fact)) ?? [];
    if (alike.some((other) => saySame(fact, other))) continue;
    known.set(groupOf(fact), [...alike, fact]);
    kept.push(fact);
  }
  return kept;
}

function groupOf(fact: Fact): string {
  if (fact.kind === 'score')
    return `score ${fact.score.benchmark} ${fact.score.isOwn ? '' : fact.score.system}`;
  if (fact.kind === 'term') return `term ${fact.key}`;
  return fact.kind;
}

function saySame(one: Fact, other: Fact): boolean {
  if ('amount' in one && 'amount' in other) return isSameAmount(one.amount, other.amount);
  if ('name' in one && 'name' in other) return one.name.toLowerCase() === other.name.toLowerCase();
  if (one.kind === 'score' && other.kind === 'score') {
    const isOther = one.score.isOwn && one.score.system !== other.score.system;
    return !isOther && isSameScore(one.score.amount.value, other.score.amount.value);
  }
  if (one.kind === 'sizes' && other.kind === 'sizes') return true;
  if (one.kind === 'term' || one.kind === 'released') return one.kind === other.kind;
  if ('text' in one && 'text' in other) return one.text === other.text;
  return one.kind === 'outperforms' && other.kind === 'outperforms';
}

/** 0.712 of one page is 71.2 of another. */
function isSameScore(one: number, other: number): boolean {
  return [one, one * 100, one / 100].some((value) => Math.abs(value - other) < 0.051);
}

/** A release of several sizes has figures of each: those of the one whose card the post links to. */
function ofOneVariant(
  facts: readonly Fact[],
  { subject, card }: { subject: Subject; card: string | null },
): Fact[] {
  if (card === null) return [...facts];
  const own = card.slice(card.lastIndexOf('/') + 1);
  return facts.filter(({ kind, quote }) => {
    const named = namesIn(quote).find(({ name }) => isSubject(name, subject));
    const at = named?.start ?? quote.indexOf(subject.name);
    if (!SINGLE.includes(kind) || at === -1) return true;
    const variant = WITH_SIZE.exec(quote.slice(at))?.[0] ?? '';
    return foldName(own).startsWith(foldName(variant));
  });
}

const WITH_SIZE = /^[\p{L}\p{N}._-]+(?:[\s_-]\d[\d.x]*[BM][\p{L}\p{N}._-]*)?/u;

/** Of these a release has one. */
const SINGLE: readonly FactKind[] = [
  'parameters',
  'active-parameters',
  'context',
  'training-tokens',
  'gpu-hours',
  'training-cost',
  'licence',
  'price-input',
  'price-output',
  'instruction-kinds',
];

function findConflicts(facts: readonly Fact[]): Conflict[] {
  const conflicts: Conflict[] = [];
  const isFamily = facts.some(({ kind }) => kind === 'sizes');
  for (const kind of SINGLE) {
    if (isFamily && (kind === 'parameters' || kind === 'active-parameters')) continue;
    const stated = facts.filter((fact) => fact.kind === kind);
    if (stated.length > 1) conflicts.push({ kind, facts: stated });
  }
  const scores = new Map<string, Fact[]>();
  for (const fact of facts) {
    if (fact.kind !== 'score' || !fact.score.isOwn || fact.score.from !== null) continue;
    const key = `${fact.score.benchmark} ${fact.score.system ?? ''}`;
    scores.set(key, [...(scores.get(key) ?? []), fact]);
  }
  for (const stated of scores.values()) {
    if (stated.length > 1) conflicts.push({ kind: 'score', facts: stated });
  }
  return conflicts;
}
