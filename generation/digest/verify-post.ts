import { createCitationStream } from '../../citations/citation-stream.ts';
import type { CitedSentence, CitedSource } from '../../citations/citation.ts';
import type { SecondOpinion } from '../../citations/claims/second-opinion.ts';
import { quoteAddress } from '../../citations/quote-address.ts';
import { verifyAnswer } from '../../citations/verify-answer.ts';
import type { Passage } from '../../retrieval/passage.ts';
import { passageId } from '../../retrieval/passage-id.ts';
import { splitSentences } from '../../retrieval/text/sentences.ts';
import type { PostLine } from './digest-post.ts';
import { factsOf, type Fact, type FactTable } from './fact.ts';

export interface VerifiedLines {
  claims: CitedSentence[];
  sources: CitedSource[];
}

export interface VerifyLinesOptions {
  secondOpinion?: SecondOpinion | null;
  signal?: AbortSignal;
}

/** Checks each sentence of a post against the quotes of the facts that it was made from. */
export async function verifyLines(
  lines: readonly Pick<PostLine, 'text' | 'facts'>[],
  table: Pick<FactTable, 'pages' | 'subject'>,
  { secondOpinion = null, signal }: VerifyLinesOptions = {},
): Promise<VerifiedLines> {
  const names = spacedNames(lines);
  const closed = (text: string): string =>
    names.reduce((kept, { name, word }) => kept.replaceAll(name, word), text);
  const passages: Passage[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (together: readonly [Fact, ...Fact[]]): number => {
    const key = [together[0].address, ...together.map(({ quote }) => quote)].join('\n');
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const passage = passageOf(together, table, passages.length);
    passages.push({ ...passage, text: closed(passage.text) });
    numbers.set(key, passages.length);
    return passages.length;
  };
  const marked = lines.map(({ text, facts }) => {
    const markers = [...new Set(evidenceOf(facts).map(numberOf))]
      .map((number) => `[${number}]`)
      .join('');
    return splitSentences(closed(text).replaceAll(/[[\]]/gu, ''))
      .map((sentence) => `${sentence.text.replace(/[.:]$/u, '')}${markers}.`)
      .join('\n');
  });
  const stream = createCitationStream(passages);
  stream.push(marked.join('\n\n'));
  const cited = stream.finish();
  const { sentences, sources } = await verifyAnswer(cited, {
    ...(secondOpinion === null ? {} : { secondOpinion, passages }),
    ...(signal === undefined ? {} : { signal }),
  });
  const open = (text: string): string =>
    names.reduce((kept, { name, word }) => kept.replaceAll(word, name), text);
  const facts = lines.flatMap((line) => line.facts);
  // What a passage has beside a fact's own words is nothing that the page has in one place.
  const exact = (url: string, quote: string): { quote: string; quoteUrl: string } => {
    const words = open(quote);
    const own = facts.filter(({ address }) => address === url);
    const fact =
      own.find((one) => one.quote.includes(words)) ??
      own.find((one) => words.includes(one.quote)) ??
      own[0];
    const found = fact === undefined || fact.quote.includes(words) ? words : fact.quote;
    return { quote: found, quoteUrl: quoteAddress({ pageUrl: url, place: null }, found) };
  };
  const urlOf = (source: number): string => sources[source - 1]?.url ?? '';
  return {
    claims: sentences.map((claim) => ({
      ...claim,
      text: open(claim.text),
      quotes: claim.quotes.map((quote) => ({
        ...quote,
        ...exact(urlOf(quote.source), quote.quote),
      })),
    })),
    sources: sources.map((source) => ({ ...source, ...exact(source.url, source.quote) })),
  };
}

/** «Crane 2 32B»: whoever looks for figures would take these for some. */
function spacedNames(lines: readonly Pick<PostLine, 'facts'>[]): { name: string; word: string }[] {
  const names = lines.flatMap(({ facts }) =>
    factsOf(facts, 'score').flatMap(({ score }) => score.system ?? []),
  );
  return [...new Set(names)]
    .filter((name) => / .*\d/u.test(name))
    .map((name, at) => ({
      name,
      word: `${name.replaceAll(/[^\p{L}]/gu, '')}${String.fromCharCode(65 + (at % 26))}x`,
    }));
}

/** Rows of one table are compared with each other: each alone would contradict the others' figures. */
function evidenceOf(facts: readonly Fact[]): [Fact, ...Fact[]][] {
  const groups = Map.groupBy(facts, (fact) =>
    fact.kind === 'score' && fact.context !== undefined ? `${fact.address}\n${fact.context}` : fact,
  );
  return [...groups.values()].map(([first, ...others]) => {
    if (first === undefined) throw new Error('a group of facts has at least one');
    return [first, ...others];
  });
}

/** A column's head with its cell of each row: what a comparison reads across the rows of a table. */
function linesOfTable([first, ...others]: readonly [Fact, ...Fact[]]): string[] {
  const quotes = [...new Set([first, ...others].map(({ quote }) => quote))];
  const lines = [first.context ?? '', ...quotes];
  const [head = [], ...rows] = lines.map((line) => line.split(' | '));
  if (rows.length < 2 || rows.some((row) => row.length !== head.length)) return lines;
  return head
    .map((name, at) => [name, ...rows.map((row) => `${row[0]} ${row[at]}`)].join(' | '))
    .slice(1);
}

function passageOf(
  [fact, ...others]: readonly [Fact, ...Fact[]],
  { pages, subject }: Pick<FactTable, 'pages' | 'subject'>,
  position: number,
): Passage {
  const page = pages.find(
    ({ address, blocks }) =>
      address === fact.address && blocks.some(({ text }) => text.includes(fact.quote)),
  );
  return {
    id: passageId({ scope: 'web', url: fact.address, position }),
    pageUrl: fact.address,
    title: page?.title ?? '',
    site: page?.site ?? '',
    language: page?.language ?? 'other',
    publishedAt: page?.publishedAt ?? null,
    fetchedAt: page?.fetchedAt ?? '',
    heading: null,
    position,
    place: null,
    // What a quote leaves to the page around it: whom it speaks of, and the head of its table.
    text: [subject.name, ...linesOfTable([fact, ...others])]
      .filter((line) => line !== '')
      .join('\n'),
  };
}
