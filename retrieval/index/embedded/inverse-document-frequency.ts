/**
 * How much a token tells: `ln((N − n + 0.5) / (n + 0.5) + 1)` of n among N passages, the formula
 * of Qdrant's `idf` modifier. Both count the whole collection, whatever the query may see.
 */
export function inverseDocumentFrequency(withToken: number, passages: number): number {
  return Math.log((passages - withToken + 0.5) / (withToken + 0.5) + 1);
}
