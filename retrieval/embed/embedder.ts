/** Turns texts into dense vectors of unit length. Contract: tests/contracts/embedder.ts. */
export interface Embedder {
  /**
   * Names the space of the vectors, `openai:intfloat/multilingual-e5-small`: vectors of different
   * spaces are never mixed.
   */
  readonly model: string;
  /** One vector a text, in order. @throws {EmbedError} */
  embedPassages(
    texts: readonly string[],
    options: { signal: AbortSignal },
  ): Promise<Float32Array[]>;
  /** @throws {EmbedError} */
  embedQuery(text: string, options: { signal: AbortSignal }): Promise<Float32Array>;
}
