import { createDenseKernel } from './dense-kernel.ts';
import type { DenseKernel } from './dense-kernel.ts';
import { WebAssembly } from './web-assembly.ts';

/** A run of vectors in the arena: one a passage, zeros where a passage has none. */
export interface DenseBlock {
  /** Address of the first. */
  start: number;
  /** What each is multiplied by to be itself again; 0 for a passage without one. */
  scales: Float32Array;
}

/**
 * Dense vectors as int8, each scaled to its own largest number: a quarter of the memory, and scores
 * within a hundredth, good enough to choose who is scored exactly. They lie in one WebAssembly
 * memory, whose blocks are taken and given back.
 */
export class DenseVectors {
  readonly dimensions: number;
  /** What a vector takes: the kernel goes in steps of 16. */
  readonly #bytes: number;
  readonly #memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536 });
  readonly #kernel: DenseKernel;
  #free: FreeBlock[] = [];
  #end: number;
  #cosines = new Float32Array();

  constructor(dimensions: number) {
    this.dimensions = dimensions;
    this.#bytes = Math.ceil(dimensions / 16) * 16;
    this.#kernel = createDenseKernel(this.#memory);
    // The query lies at 0.
    this.#end = this.#bytes;
    this.#grow();
  }

  /** @param vectors - `count × dimensions` */
  add(vectors: Float32Array): DenseBlock {
    const count = vectors.length / this.dimensions;
    const block = this.#take(count);
    const bytes = new Int8Array(this.#memory.buffer);
    for (let at = 0; at < count; at += 1) {
      const vector = vectors.subarray(at * this.dimensions, (at + 1) * this.dimensions);
      block.scales[at] = quantize(vector, bytes, block.start + at * this.#bytes);
    }
    return block;
  }

  /**
   * One block of those vectors of several that have a place in it.
   * @param places - for each block, the new place of each of its vectors; -1 leaves it out
   */
  merge(
    blocks: readonly (DenseBlock | null)[],
    places: readonly Int32Array[],
    total: number,
  ): DenseBlock {
    const merged = this.#take(total);
    const bytes = new Uint8Array(this.#memory.buffer);
    bytes.fill(0, merged.start, merged.start + total * this.#bytes);
    for (const [index, block] of blocks.entries()) {
      if (block === null) continue;
      for (const [at, place] of (places[index] ?? []).entries()) {
        if (place < 0) continue;
        const from = block.start + at * this.#bytes;
        bytes.copyWithin(merged.start + place * this.#bytes, from, from + this.#bytes);
        merged.scales[place] = block.scales[at] ?? 0;
      }
    }
    return merged;
  }

  release({ start, scales }: DenseBlock): void {
    this.#free.push({ start, bytes: scales.length * this.#bytes });
    this.#join();
  }

  /**
   * Cosines of unit vectors with the query, nearly: as many as the block has vectors. Only until the
   * next call, which uses the same array.
   */
  score(query: Float32Array, { start, scales }: DenseBlock): Float32Array {
    const scores = this.#end;
    this.#grow(scales.length * 4);
    const scale = quantize(query, new Int8Array(this.#memory.buffer), 0);
    this.#kernel(0, start, scales.length, this.#bytes, scores);
    const products = new Int32Array(this.#memory.buffer, scores, scales.length);
    if (this.#cosines.length < scales.length) this.#cosines = new Float32Array(scales.length);
    for (let at = 0; at < scales.length; at += 1) {
      this.#cosines[at] = (products[at] as number) * scale * (scales[at] as number);
    }
    return this.#cosines.subarray(0, scales.length);
  }

  #take(count: number): DenseBlock {
    const scales = new Float32Array(count);
    const bytes = count * this.#bytes;
    const found = this.#free.findIndex((block) => block.bytes >= bytes);
    const block = this.#free[found];
    if (block === undefined) {
      const start = this.#end;
      this.#end += bytes;
      this.#grow();
      return { start, scales };
    }
    const { start } = block;
    block.start += bytes;
    block.bytes -= bytes;
    if (block.bytes === 0) this.#free.splice(found, 1);
    return { start, scales };
  }

  /** Neighbours become one, and the last gives its place back. */
  #join(): void {
    const sorted = this.#free.toSorted((one, other) => one.start - other.start);
    this.#free = [];
    for (const block of sorted) {
      const last = this.#free.at(-1);
      if (last !== undefined && last.start + last.bytes === block.start) last.bytes += block.bytes;
      else this.#free.push(block);
    }
    const last = this.#free.at(-1);
    if (last === undefined || last.start + last.bytes !== this.#end) return;
    this.#free.pop();
    this.#end = last.start;
  }

  #grow(beyond = 0): void {
    const missing = this.#end + beyond - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / WASM_PAGE));
  }
}

interface FreeBlock {
  start: number;
  bytes: number;
}

const WASM_PAGE = 65_536;

/** Writes the vector as int8 and returns what a step of it is worth. */
function quantize(vector: Float32Array, bytes: Int8Array, start: number): number {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const step = largest / 127;
  for (let at = 0; at < vector.length; at += 1) {
    bytes[start + at] = step === 0 ? 0 : Math.round((vector[at] as number) / step);
  }
  return step;
}
