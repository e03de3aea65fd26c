import type { ModelTruth } from './world-cards.ts';

/** What a post may say in figures. */
export interface KnownFigures {
  /** Of the models of the release; its own card's first. */
  models: readonly ModelTruth[];
  /** Days that something of it is dated, `2026-03-14`. */
  days: ReadonlySet<string>;
  /** Names with figures in them, that of the release and those of its papers and repositories too. */
  names: readonly string[];
}

export interface CheckedFigures {
  figures: number;
  /** Each that is not so of the release, with the words around it. */
  unsupported: string[];
}

/**
 * Counts the figures of a Russian post that are not so of its release, by what its makers made it:
 * nothing of the product's own reading takes part.
 */
export function checkFigures(post: string, known: KnownFigures): CheckedFigures {
  const checked: CheckedFigures = { figures: 0, unsupported: [] };
  const benchmarks = [...new Set(known.models.flatMap(({ scores }) => [...scores.keys()]))];
  const rivals = [...new Set(known.models.flatMap((truth) => truth.rivals))];
  const bare = hide(post, known.names, 'имя');
  for (const line of bare.split('\n')) {
    for (const sentence of line.split(/(?<=[.!?»])\s+(?=[\p{Lu}«•])|;\s+/u)) {
      const judge = (written: string, isSo: boolean): void => {
        checked.figures += 1;
        if (!isSo) checked.unsupported.push(`${written}: ${sentence.trim()}`);
      };
      const benchmark = benchmarks.find((name) => sentence.includes(name));
      if (benchmark !== undefined) {
        judgeScores(sentence, benchmark, known, judge);
        continue;
      }
      const rest = judgeDates(hide(sentence, [...rivals, ...benchmarks], 'другой'), known, judge);
      for (const match of rest.matchAll(FIGURE)) {
        const written = match[0].trim();
        const role = roleOf(rest, match);
        judge(
          written,
          allowed(role, known).some((value) => isWrittenAs(value, match)),
        );
      }
    }
  }
  return checked;
}

type Judge = (written: string, isSo: boolean) => void;
type Role =
  | 'parameters'
  | 'active'
  | 'context'
  | 'tokens'
  | 'hours'
  | 'dollars'
  | 'languages'
  | 'sizes'
  | null;

const FIGURE =
  /(?<![\p{L}\d])(?<digits>\d{1,3}(?:[\s\u00A0]\d{3})+|\d+(?:[.,]\d+)?)(?:[\s\u00A0]*(?<scale>трлн|млрд|млн|тыс\.?|[TBMK])(?![\p{L}]))?/gu;

const SCALES: Readonly<Record<string, number>> = {
  трлн: 1e12,
  млрд: 1e9,
  млн: 1e6,
  тыс: 1e3,
  T: 1e12,
  B: 1e9,
  M: 1e6,
  K: 1e3,
};

/** What a figure counts, by the words between the figures before and after it. */
function roleOf(sentence: string, { index, 0: written }: RegExpExecArray): Role {
  const after = sentence.slice(index + written.length).split(/\d|[;:]/u)[0] ?? '';
  const before =
    sentence
      .slice(0, index)
      .split(/\d|[;:]/u)
      .at(-1) ?? '';
  const [role] =
    nearest(ROLES.map(([one, words]) => [one, after.search(words)] as const)) ??
    nearest(ROLES.map(([one, words]) => [one, fromEnd(before, words)] as const)) ??
    [];
  if (role === 'parameters' && /на каждый токен|активны/u.test(before)) return 'active';
  if (role === 'tokens' && /контекст/iu.test(sentence)) return 'context';
  if (role !== undefined) return role;
  return /размер/iu.test(sentence) ? 'sizes' : null;
}

/** What stands closest, of those that stand there at all. */
function nearest<T>(places: readonly (readonly [T, number])[]): readonly [T, number] | null {
  const there = places.filter(([, at]) => at >= 0);
  return there.toSorted(([, one], [, other]) => one - other)[0] ?? null;
}

/** How far the last place is from the end; -1 where there is none. */
function fromEnd(text: string, words: RegExp): number {
  const last = [...text.matchAll(new RegExp(words, `g${words.flags}`))].at(-1);
  return last === undefined ? -1 : text.length - last.index;
}

const ROLES: readonly (readonly [Role, RegExp])[] = [
  ['hours', /GPU-час/u],
  ['dollars', /доллар|\$/u],
  ['tokens', /^\s*токен|обучающих данных/u],
  ['languages', /^\s*языков(?!\p{L})|языков\s—\s*$/iu],
  ['active', /на каждый токен|активны/u],
  ['context', /контекст/iu],
  ['parameters', /параметр/iu],
];

function allowed(role: Role, { models }: KnownFigures): number[] {
  const own = models.slice(0, 1);
  const present = (values: (number | null)[]): number[] => values.filter((value) => value !== null);
  switch (role) {
    case 'parameters':
      return own.map(({ total }) => total);
    case 'active':
      return present(own.map(({ active }) => active));
    case 'context':
      return present(own.map(({ context }) => context));
    case 'tokens':
      return present(own.map(({ trainingTokens }) => trainingTokens));
    case 'hours':
      return present(own.map(({ gpuHours }) => gpuHours));
    case 'dollars':
      return present(
        own.flatMap(({ cost, price }) => [cost, price?.input ?? null, price?.output ?? null]),
      );
    case 'languages':
      return present(own.map(({ languages }) => languages));
    case 'sizes':
      return models.map(({ total }) => total);
    default:
      return [];
  }
}

/** «Бенчмарк — 70,1 против 65,2 у Другой и 60 у Третьей»: each value with the one whose it is. */
function judgeScores(
  sentence: string,
  benchmark: string,
  { models }: KnownFigures,
  judge: Judge,
): void {
  const [score] = models.flatMap(({ scores }) => scores.get(benchmark) ?? []);
  const rivals = [...(score?.rivals ?? [])];
  const rest = hide(sentence.replaceAll(benchmark, 'тест'), [], '');
  const named = rivals.reduce(
    (words, [name], at) => words.replaceAll(name, `сопернику${'а'.repeat(at + 1)}`),
    rest,
  );
  for (const match of named.matchAll(FIGURE)) {
    const whose = /^\d+(?:[.,]\d+)?%?\s+у\s+сопернику(а+)/u.exec(named.slice(match.index))?.[1];
    const value = whose === undefined ? score?.own : rivals[whose.length - 1]?.[1];
    judge(match[0].trim(), value !== undefined && isWrittenAs(value, match));
  }
}

const MONTHS =
  'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' ');

/** Judges the dates of a sentence, and gives it without them. */
function judgeDates(sentence: string, { days }: KnownFigures, judge: Judge): string {
  return sentence.replaceAll(
    /(\d{1,2}) (\p{L}+) (\d{4})(?: года)?/gu,
    (written: string, day: string, month: string, year: string) => {
      const at = MONTHS.indexOf(month) + 1;
      if (at === 0) return written;
      judge(written, days.has(`${year}-${String(at).padStart(2, '0')}-${day.padStart(2, '0')}`));
      return 'дата';
    },
  );
}

/** Whether a value, rounded to as many digits as stand there, is what stands there. */
function isWrittenAs(value: number, { groups }: RegExpExecArray): boolean {
  const digits = (groups?.['digits'] ?? '').replaceAll(/[\s\u00A0]/gu, '').replace(',', '.');
  const scale = SCALES[(groups?.['scale'] ?? '').replace('.', '')] ?? 1;
  const decimals = digits.split('.')[1]?.length ?? 0;
  return (
    Math.abs(Number(digits) * scale - value) <=
    0.5001 * scale * 10 ** -decimals * (scale === 1 ? 0.02 : 1)
  );
}

/** Puts a word where names stand, the longest first, in whatever joints they are written with. */
function hide(text: string, names: readonly string[], word: string): string {
  const longest = [...names].toSorted((one, other) => other.length - one.length);
  return longest.reduce((kept, name) => {
    const pattern = name
      .split(/[\s_-]+/u)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`))
      .join(String.raw`[\s_-]+`);
    return kept.replaceAll(new RegExp(`(?<![\\p{L}\\d])${pattern}(?![\\p{L}\\d])`, 'giu'), word);
  }, text);
}
