import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createCitationStream } from '../../citations/citation-stream.ts';
import { verifyAnswer, type VerifiedAnswer } from '../../citations/verify-answer.ts';
import type { Passage } from '../../retrieval/passage.ts';
import { splitSentences } from '../../retrieval/text/sentences.ts';
import { makePassage } from '../support/passage.ts';
import {
  isCut,
  lieKinds,
  makeLie,
  type Lie,
  type LieKind,
  type ShownPassage,
} from './lies/lies.ts';
import { createPlainWordSearch } from './plain-word-search.ts';
import { sequence } from './sequence.ts';
import { share } from './statistics.ts';

interface RetrievalFile {
  paras: { id: string; text: string }[];
  queries: { q: string }[];
}

export interface JudgedLie extends Lie {
  file: string;
  /** Whether a reader is shown it with nothing to say against it. */
  isShownAsSupported: boolean;
}

const files = [
  { name: 'xquad_ru', language: 'ru' },
  { name: 'xquad_en', language: 'en' },
  { name: 'danetqa_ru', language: 'ru' },
] as const;
const passagesAtHand = 6;
const seed = 20_250_114;

/** Lies of each kind about the passages that a plain search has for each question, told one by one. */
export async function runLiesBench({
  dataFolder,
  questions = 100,
  list,
}: {
  dataFolder: string;
  /** Of each file. */
  questions?: number;
  /** Told of each lie that is shown as supported. */
  list?: (lie: JudgedLie) => void;
}): Promise<object> {
  const judged: JudgedLie[] = [];
  const truths: boolean[] = [];
  for (const { name, language } of files) {
    const data: RetrievalFile = JSON.parse(readFileSync(join(dataFolder, `${name}.json`), 'utf8'));
    const search = createPlainWordSearch(data.paras);
    const texts = new Map(data.paras.map(({ id, text }) => [id, text]));
    const random = sequence(seed);
    const cutRandom = sequence(seed + 1);
    const step = Math.max(1, Math.floor(data.queries.length / questions));
    const asked = data.queries.filter((_, at) => at % step === 0).slice(0, questions);
    for (const { q } of asked) {
      const found = search.search(q, { limit: passagesAtHand });
      const passages = found.map((id) =>
        makePassage({
          id,
          pageUrl: `https://${encodeURIComponent(id)}.example/`,
          language,
          text: (texts.get(id) ?? '').replace(/\s+/gu, ' ').trim(),
        }),
      );
      const shown = passages.map(showPassage);
      for (const kind of lieKinds) {
        const lie = makeLieAbout(kind, shown, {
          language,
          random: isCut(kind) ? cutRandom : random,
        });
        if (lie === null) continue;
        const verified = await verify(lie, rewrite(passages, lie));
        const isShownAsSupported = isSupported(lie, verified, shown);
        judged.push({ ...lie, file: name, isShownAsSupported });
        if (isShownAsSupported) list?.({ ...lie, file: name, isShownAsSupported });
      }
      const truth = pickSentence(shown[0], random);
      if (truth === null || shown[0] === undefined) continue;
      const lie: Lie = { kind: 'word', claim: truth, cites: [1], truth, rewritten: null };
      truths.push((await verify(lie, passages)).sentences[0]?.verdict === 'supported');
    }
  }
  const figuresOf = (lies: readonly JudgedLie[]): object => ({
    lies: lies.length,
    shownAsSupported: lies.filter(({ isShownAsSupported }) => isShownAsSupported).length,
  });
  const kinds = (lies: readonly JudgedLie[]): object =>
    Object.fromEntries(
      lieKinds
        .filter((kind) => lies.some((lie) => lie.kind === kind))
        .map((kind) => [kind, figuresOf(lies.filter((lie) => lie.kind === kind))]),
    );
  return {
    ...figuresOf(judged),
    truthsSupported: share(truths, (isSaid) => isSaid),
    byKind: kinds(judged),
    unseenWords: kinds(judged.filter(({ rewritten }) => rewritten?.isUnseen === true)),
  };
}

/** Tries the sentences of the best passages in turn, from a random one. */
export function makeLieAbout(
  kind: LieKind,
  passages: readonly ShownPassage[],
  { language, random }: { language: 'ru' | 'en'; random: () => number },
): Lie | null {
  for (const source of passages.slice(0, 3)) {
    const usable = source.sentences.filter(isWhole);
    const from = Math.floor(random() * usable.length);
    for (const truth of [...usable.slice(from), ...usable.slice(0, from)]) {
      const lie = makeLie(kind, truth, source, { passages, language, random });
      if (lie !== null) return lie;
    }
  }
  return null;
}

/** Moved to the page that does say so, a citation is no lie any more. */
export function isSupported(
  lie: Lie,
  { sentences, sources }: Pick<VerifiedAnswer, 'sentences' | 'sources'>,
  passages: readonly ShownPassage[],
): boolean {
  const told = sentences.find(({ text }) => text === lie.claim) ?? sentences[0];
  if (told?.verdict !== 'supported') return false;
  if (lie.kind !== 'citation') return true;
  const cited = new Set(told.citations.map((number) => sources[number - 1]?.url));
  return passages.some(({ number, url }) => lie.cites.includes(number) && cited.has(url));
}

export function isWhole(sentence: string): boolean {
  const words = sentence.split(' ').length;
  return (
    /^[\p{Lu}\d].*[^.]\.$/u.test(sentence) &&
    words >= 6 &&
    words <= 40 &&
    !/[?:]|\.\.\./u.test(sentence)
  );
}

function pickSentence(passage: ShownPassage | undefined, random: () => number): string | null {
  const usable = (passage?.sentences ?? []).filter(isWhole);
  return usable[Math.floor(random() * usable.length)] ?? null;
}

/** The passages as they read where the lie is one. */
function rewrite(passages: readonly Passage[], { rewritten }: Lie): Passage[] {
  return passages.map((passage, at) =>
    rewritten?.number === at + 1 ? { ...passage, text: rewritten.text } : passage,
  );
}

function showPassage({ pageUrl: url, text }: Passage, at: number): ShownPassage {
  const sentences = splitSentences(text).map((sentence) => sentence.text);
  return { number: at + 1, url, text, sentences };
}

async function verify(
  { claim, cites }: Lie,
  passages: readonly Passage[],
): Promise<VerifiedAnswer> {
  const stream = createCitationStream(passages);
  const markers = cites.map((number) => `[${number}]`).join('');
  stream.push(markers === '' ? claim : claim.replace(/\.?$/u, ` ${markers}.`));
  return verifyAnswer(stream.finish(), { passages });
}
