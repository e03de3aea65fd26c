/** Turns texts into dense vectors of unit length. Contract: tests/contracts/embedder.ts. */
export interface Embedder {
  /** The model's name: vectors of different models are never mixed. */
  readonly model: string;
  /** One vector a text, in order. @throws {EmbedError} */
  embedPassages(
    texts: readonly string[],
    options: { signal: AbortSignal },
  ): Promise<Float32Array[]>;
  /** @throws {EmbedError} */
  embedQuery(text: string, options: { signal: AbortSignal }): Promise<Float32Array>;
}
