import { RerankError } from '../errors.ts';

/**
 * Scores by text: TEI answers `[{index, score}]`, Jina and Cohere `{results: [{index,
 * relevance_score}]}`, both best first.
 * @throws {RerankError} unless there is one good score for each of the texts
 */
export function readScores(answer: unknown, count: number): number[] {
  const items = Array.isArray(answer) ? answer : field(answer, 'results');
  if (!Array.isArray(items)) throw failure(`no scores for ${count} texts`);
  if (items.length !== count) throw failure(`${items.length} scores for ${count} texts`);
  const scores = new Map<unknown, number>();
  for (const item of items) {
    const score = field(item, 'score') ?? field(item, 'relevance_score');
    if (typeof score !== 'number' || !Number.isFinite(score)) {
      throw failure('a score that is not a number');
    }
    scores.set(field(item, 'index'), score);
  }
  return Array.from({ length: count }, (_, at) => {
    const score = scores.get(at);
    if (score === undefined) throw failure('scores that belong to no text');
    return score;
  });
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function failure(sentence: string): RerankError {
  return new RerankError(`reranker: ${sentence}`, { retryable: false });
}
