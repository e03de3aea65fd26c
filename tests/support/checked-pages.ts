import type { RankedPassage } from '../../retrieval/passage.ts';
import type { Retrieval, Retriever } from '../../retrieval/retrieve.ts';
import { makePassage } from './passage.ts';

/** A page of one passage, on a host of its own. */
export function pageSaying(text: string, over: Partial<RankedPassage> = {}): RankedPassage {
  return { ...makePassage({ text, title: '', ...over }), score: 1 };
}

/** What comes of searching for one claim: these passages, what else is known, or a failure. */
export type FoundFor = readonly RankedPassage[] | Partial<Retrieval> | Error | 'never';

/**
 * Finds by a word of the claim; under `''` what it finds for all others. In other words than the claim's
 * it finds nothing else, unless told what.
 */
export function retrieverOf(
  found: Readonly<Record<string, FoundFor>>,
  inOtherWords: Readonly<Record<string, FoundFor>> = { '': { pagesRead: 0 } },
): Pick<Retriever, 'retrieve'> & { asked: string[]; askedAgain: string[]; most: number } {
  let underWay = 0;
  const retriever = {
    asked: [] as string[],
    askedAgain: [] as string[],
    /** How many claims were looked up at once at most. */
    most: 0,
    async *retrieve(
      { question, searchFor }: { question: string; searchFor?: string | undefined },
      { signal }: { signal: AbortSignal },
    ) {
      const isFirst = searchFor === undefined;
      (isFirst ? retriever.asked : retriever.askedAgain).push(searchFor ?? question);
      const all = isFirst ? found : inOtherWords;
      underWay += 1;
      retriever.most = Math.max(retriever.most, underWay);
      try {
        await Promise.resolve();
        const key = Object.keys(all).find((word) => word !== '' && question.includes(word)) ?? '';
        const outcome = all[key] ?? [];
        if (outcome === 'never') await aborted(signal);
        if (outcome instanceof Error) throw outcome;
        const known = Array.isArray(outcome) ? { passages: [...outcome] } : outcome;
        const retrieval: Retrieval = { ...NOTHING, ...(known as Partial<Retrieval>) };
        yield { type: 'retrieved' as const, retrieval };
      } finally {
        underWay -= 1;
      }
    },
  };
  return retriever;
}

const NOTHING: Retrieval = {
  passages: [],
  pagesFound: 1,
  pagesRead: 1,
  searchFailed: false,
  notRead: [],
  tried: [],
  degraded: [],
  timingsMs: { search: 1, crawl: 1, rank: 1 },
};

function aborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(new Error('aborted'));
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  return promise;
}

export const BAIKAL = pageSaying('Байкал лежит в Сибири. Глубина озера Байкал — 1642 метра.', {
  pageUrl: 'https://ozera.example/baikal',
  title: 'Байкал',
  site: 'ozera.example',
});
export const PENICILLIN = pageSaying('Пенициллин открыл Александр Флеминг в 1928 году.', {
  pageUrl: 'https://nauka.example/penicillin',
  title: 'Пенициллин',
  site: 'nauka.example',
});
