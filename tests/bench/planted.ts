import { checkSupport } from '../../citations/support.ts';
import { makeClaims, type PlantedClaim } from './planted/claims.ts';
import { readSourcePassages } from './planted/passages.ts';
import { share } from './statistics.ts';

const counts = { unchanged: 150, changed: 60 };

/** Whether changed claims are caught and unchanged ones let through; by language beside the sums. */
export async function runPlantedBench({
  dataFolder,
  list,
}: {
  dataFolder: string;
  /** Told of each claim that was judged wrongly. */
  list?: (claim: PlantedClaim & { verdict: string }) => void;
}): Promise<object> {
  const judged = [...readSourcePassages(dataFolder)].flatMap(([file, passages]) =>
    makeClaims(passages, counts).map((claim) => ({ ...claim, file, verdict: judge(claim) })),
  );
  for (const claim of judged) {
    if ((claim.kind === 'unchanged') !== (claim.verdict === 'supported')) list?.(claim);
  }
  const figuresOf = (claims: typeof judged): object => ({
    claims: claims.length,
    caught: Object.fromEntries(
      (['figure', 'date', 'name', 'negation', 'citation'] as const).map((kind) => [
        kind,
        share(
          claims.filter((claim) => claim.kind === kind),
          ({ verdict }) => verdict !== 'supported',
        ),
      ]),
    ),
    falseAlarms: share(
      claims.filter(({ kind }) => kind === 'unchanged'),
      ({ verdict }) => verdict !== 'supported',
    ),
  });
  const files = [...new Set(judged.map(({ file }) => file))];
  return {
    ...figuresOf(judged),
    byFile: Object.fromEntries(
      files.map((name) => [name, figuresOf(judged.filter(({ file }) => file === name))]),
    ),
  };
}

/** Supported means: the reader is shown the claim with nothing to say against it. */
function judge({ claim, cited }: PlantedClaim): string {
  return checkSupport(claim, [{ text: cited.text, title: '', heading: null }]).verdict;
}
