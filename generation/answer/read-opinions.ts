import type { Opinion } from '../../citations/claims/second-opinion.ts';

/**
 * The opinions in a model's answer, by the number of their claim; null for a claim without one, and
 * null for all when there is not one. JSON may stand in a code block, among talk, or break off.
 */
export function readOpinions(text: string, claims: number): (Opinion | null)[] | null {
  const opinions: (Opinion | null)[] = Array.from({ length: claims }, () => null);
  let found = false;
  for (const [at, value] of objectsIn(text).entries()) {
    const given = field(value, 'claim');
    const number = given === undefined ? at + 1 : Number(given);
    const verdict = verdictOf(field(value, 'verdict'));
    // Whoever judges one claim twice is not sure; the first is what it came to by itself.
    if (verdict === null || opinions[number - 1] !== null) continue;
    const quote = field(value, 'quote');
    opinions[number - 1] = {
      verdict,
      quote: typeof quote === 'string' && quote.trim() !== '' ? quote : null,
    };
    found = true;
  }
  return found ? opinions : null;
}

function objectsIn(text: string): unknown[] {
  const start = text.indexOf('[');
  const end = text.lastIndexOf(']');
  if (start !== -1 && end > start) {
    const list = parse(text.slice(start, end + 1));
    if (Array.isArray(list)) return list;
  }
  // One by one: what broke off loses its last alone.
  return (text.match(/\{(?:[^{}"]|"(?:[^"\\]|\\.)*")*\}/gu) ?? []).map(parse);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function verdictOf(value: unknown): Opinion['verdict'] | null {
  const verdict = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return verdicts.find((known) => known === verdict) ?? null;
}

const verdicts = ['supported', 'partly', 'unsupported', 'contradicted'] as const;

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
