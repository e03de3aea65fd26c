/** Token ids (32-bit hashes, ascending, distinct) with one weight each. */
export interface SparseVector {
  indices: Uint32Array;
  values: Float32Array;
}
