/** Judges how well passages answer a question, better than any index and far slower. */
export interface Reranker {
  /** A score a text, in their order; higher is better, the scale is the reranker's own. @throws {RerankError} */
  score(
    question: string,
    texts: readonly string[],
    options: { signal: AbortSignal },
  ): Promise<number[]>;
}
