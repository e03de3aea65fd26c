import { contains } from '../../citations/matching.ts';
import { isFact, readStatement, type Statement } from '../../citations/statement.ts';
import { splitSentences } from '../../retrieval/text/sentences.ts';
import type { Fact, FactKind, FactTable } from './fact.ts';
import { GLOSSARY } from './words/glossary.ts';

/**
 * Figures and dates of a text that no fact's quote bears out, each as it stands there. Where the words
 * around a figure say what it counts, only facts of that kind can bear it out.
 */
export function figuresWithoutSource(
  text: string,
  facts: readonly Fact[],
  { now, name = '' }: { now: Date; name?: string },
): string[] {
  const readings = new Map<Fact, Statement>();
  const readingOf = (fact: Fact): Statement => {
    const known = readings.get(fact);
    if (known !== undefined) return known;
    const made = readStatement(evidenceOf(fact));
    readings.set(fact, made);
    return made;
  };
  const today = readStatement(now.toISOString().slice(0, 10));
  return splitSentences(text).flatMap((sentence) => {
    if (isQuotation(sentence.text, facts)) return [];
    // Figures inside the release's own name are no claim.
    const own =
      name === '' ? sentence.text : sentence.text.replaceAll(name, ' '.repeat(name.length));
    const statement = readStatement(own);
    return statement.terms.flatMap((term) => {
      if (!isFact(term) || (term.kind === 'figure' && term.figure.isWritten)) return [];
      const written = sentence.text.slice(term.start, term.end);
      const kinds = rolesOf(sentence.text, term.start, term.end);
      const able =
        kinds === null
          ? (scoresNamedIn(sentence.text, term.start, facts) ?? facts)
          : facts.filter(({ kind }) => kinds.includes(kind));
      const isBorneOut = able.some((fact) => contains(readingOf(fact), term));
      if (isBorneOut || (term.kind === 'date' && contains(today, term))) return [];
      return [written];
    });
  });
}

/**
 * Names in Latin letters that neither stand in the pages nor belong to the words of the field, each as
 * it stands in the text.
 */
export function namesWithoutSource(text: string, { pages, subject }: FactTable): string[] {
  const known = foldedWords([
    subject.name,
    ...pages.flatMap(({ title, address, blocks }) => [
      title,
      address,
      ...blocks.map((block) => block.text),
    ]),
  ]);
  const unknown = new Set<string>();
  for (const word of latinNames(text)) {
    const folded = word.toLowerCase();
    if (!known.has(folded) && !FIELD.has(folded)) unknown.add(word);
  }
  return [...unknown];
}

/** In Russian every word in Latin letters is a name; in English, what has a capital inside a sentence. */
function latinNames(text: string): string[] {
  if (/[а-яё]/iu.test(text)) {
    return text.match(/(?<![\p{L}\p{N}])[A-Za-z][A-Za-z\d]+(?![\p{L}\p{N}])/gu) ?? [];
  }
  const inside =
    text.match(
      /(?<=\p{Ll},? )[A-Z][A-Za-z\d]+|[A-Za-z]+\d[A-Za-z\d]*|[A-Za-z]*[a-z][A-Z][A-Za-z]*/gu,
    ) ?? [];
  return inside.filter(
    (word) =>
      !/^(?:January|February|March|April|May|June|July|August|September|October|November|December|Russian|English)$/u.test(
        word,
      ),
  );
}

/** What the words around a figure say that it counts; null where they do not say. */
function rolesOf(text: string, start: number, end: number): readonly FactKind[] | null {
  const after = text.slice(end, end + 40);
  const before = text.slice(Math.max(0, start - 60), start);
  for (const { kinds, pattern, leads } of ROLES) {
    if (pattern.test(after) || (leads?.test(before) ?? false)) return kinds;
  }
  return null;
}

const GAP =
  '^[\\s\\u00A0]*(?:(?:тыс|млн|млрд|трлн)\\.?[\\s\\u00A0]*|[BMKT][\\s-]+|(?:thousand|million|billion|trillion)[\\s-]+)?';

const ROLES: readonly { kinds: readonly FactKind[]; pattern: RegExp; leads?: RegExp }[] = [
  {
    kinds: ['active-parameters'],
    pattern: new RegExp(`${GAP}(?:активн|active|activated)`, 'iu'),
    leads:
      /(?:активн\p{L}+|на каждый токен (?:приходится|работа\p{L}+)|activates|active)\s+(?:около |only )?$/iu,
  },
  {
    kinds: ['parameters', 'active-parameters', 'sizes'],
    pattern: new RegExp(`${GAP}(?:параметр|(?:total )?parameters)`, 'iu'),
    leads: /Параметров — (?:около |более )?$/u,
  },
  {
    kinds: ['context'],
    pattern: /^(?!)/u,
    leads:
      /(?:контекст\p{L}*|context(?: length| window)?)(?: —| is| of|:)?\s+(?:до |около |up to )?$/iu,
  },
  {
    kinds: ['licence'],
    pattern: /^(?!)/u,
    leads: /(?:Apache|GPL|CC BY[A-Z-]*|MIT|licen[sc]e|лицензи\p{L}*)(?: —| is|:)? $/iu,
  },
  {
    kinds: ['gpu-hours'],
    pattern: new RegExp(`${GAP}(?:GPU-час|GPU hours|[AHBV]\\d{2,3} GPU)`, 'iu'),
  },
  {
    kinds: ['training-tokens', 'context', 'price-input', 'price-output'],
    pattern: new RegExp(`${GAP}(?:токен|tokens)`, 'iu'),
  },
];

/** A page's own sentence, as it stands there. */
function isQuotation(sentence: string, facts: readonly Fact[]): boolean {
  const words = sentence.replaceAll(/^(?:[«“]|…\s)+|[.!]?[»”]?\.?$/gu, '');
  return facts.some((fact) => 'text' in fact && fact.text.includes(words));
}

/** What of a fact may bear a figure out: its own words, not all that its sentence says besides. */
function evidenceOf(fact: Fact): string {
  // «1550 M» is not read as 1.55 billion everywhere.
  if ('amount' in fact) return `${fact.written}\n${fact.amount.value}`;
  if (fact.kind !== 'score') return fact.written;
  const { benchmark, system } = fact.score;
  return [fact.written, benchmark, system ?? ''].join('\n');
}

/** In a sentence with a benchmark's name a figure is a score of it, unless its words say otherwise. */
function scoresNamedIn(text: string, at: number, facts: readonly Fact[]): Fact[] | null {
  const named = facts.filter(
    (fact) => fact.kind === 'score' && text.slice(0, at + 12).includes(fact.score.benchmark),
  );
  if (named.length === 0) return null;
  // «71,2 против 69,8 у Bolt-30B»: whose a score is stands behind it, the release's own comes first.
  const after = text.slice(at).replace(/^\d+(?:[.,]\d+)?\s?%?\s+(?:у|of|for)\s+/iu, '');
  const ofSystem = named.filter(
    (fact) => fact.kind === 'score' && after.startsWith(fact.score.system ?? '\n'),
  );
  if (ofSystem.length > 0) return ofSystem;
  const isFirst = !/против|against|versus|(?<!\p{L})(?:vs|у|of)(?!\p{L})/iu.test(text.slice(0, at));
  const own = named.filter((fact) => fact.kind === 'score' && fact.score.isOwn);
  if (isFirst && own.length > 0) return own;
  return [...named, ...facts.filter(({ kind }) => kind === 'released')];
}

function foldedWords(texts: readonly string[]): Set<string> {
  return new Set(texts.flatMap((text) => text.toLowerCase().match(/[a-z][a-z\d]*/gu) ?? []));
}

/** Words of the field that posts use whether or not a page does. */
const FIELD = new Set([
  ...foldedWords(GLOSSARY.flatMap(({ ru, en }) => [ru, en])),
  ...'gpu api github huggingface hugging face paper vs llm ai config json source'.split(' '),
]);
