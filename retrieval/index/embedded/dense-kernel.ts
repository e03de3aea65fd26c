import { WebAssembly } from './web-assembly.ts';
import type { WasmMemory } from './web-assembly.ts';

/**
 * Dot products of one int8 vector with many that lie in a row: 16 numbers in a step, which
 * JavaScript cannot do. All are addresses in the memory; `bytes`, a multiple of 16, is what a vector
 * takes there; `scores` receives `count` int32.
 */
export type DenseKernel = (
  query: number,
  vectors: number,
  count: number,
  bytes: number,
  scores: number,
) => void;

export function createDenseKernel(memory: WasmMemory): DenseKernel {
  const { scan } = new WebAssembly.Instance(compiled(), { env: { memory } }).exports;
  return scan as DenseKernel;
}

let module: object | null = null;

function compiled(): object {
  module ??= new WebAssembly.Module(Uint8Array.from(assemble()));
  return module;
}

// https://webassembly.github.io/spec/core/binary/
const I32 = 0x7f;
const V128 = 0x7b;
const VOID = 0x40;
const END = 0x0b;
const SIMD = 0xfd;

const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const tee = (local: number): number[] => [0x22, local];
const i32 = (value: number): number[] => [0x41, value];
const branch = (depth: number): number[] => [0x0c, depth];
const branchIf = (depth: number): number[] => [0x0d, depth];
const block = (...body: number[][]): number[] => [0x02, VOID, ...body.flat(), END];
const loop = (...body: number[][]): number[] => [0x03, VOID, ...body.flat(), END];
const ADD = [0x6a];
const SUBTRACT = [0x6b];
const IS_ZERO = [0x45];
const IS_LESS = [0x49];
const STORE = [0x36, 2, 0];
const LOAD_V128 = [SIMD, 0x00, 0, 0];
const ZERO_V128 = [SIMD, 0x0c, ...Array.from({ length: 16 }, () => 0)];
const WIDEN_LOW = [SIMD, 0x87, 0x01];
const WIDEN_HIGH = [SIMD, 0x88, 0x01];
const DOT_I16 = [SIMD, 0xba, 0x01];
const ADD_I32X4 = [SIMD, 0xae, 0x01];
const lane = (number: number): number[] => [SIMD, 0x1b, number];

function assemble(): number[] {
  const [query, vectors, count, bytes, scores, at, sum, one, other] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const addProducts = (widen: number[]): number[] =>
    [get(one), widen, get(other), widen, DOT_I16, ADD_I32X4].flat();
  const body = block(
    loop(
      [get(count), IS_ZERO, branchIf(1)].flat(),
      [ZERO_V128, set(sum), i32(0), set(at)].flat(),
      loop(
        [get(query), get(at), ADD, LOAD_V128, set(one)].flat(),
        [get(vectors), get(at), ADD, LOAD_V128, set(other)].flat(),
        [get(sum), addProducts(WIDEN_LOW), addProducts(WIDEN_HIGH), set(sum)].flat(),
        [get(at), i32(16), ADD, tee(at), get(bytes), IS_LESS, branchIf(0)].flat(),
      ),
      get(scores),
      [get(sum), lane(0), get(sum), lane(1), ADD].flat(),
      [get(sum), lane(2), ADD, get(sum), lane(3), ADD, STORE].flat(),
      [get(scores), i32(4), ADD, set(scores)].flat(),
      [get(vectors), get(bytes), ADD, set(vectors)].flat(),
      [get(count), i32(1), SUBTRACT, set(count)].flat(),
      branch(0),
    ),
  );
  // One local of i32, three of v128.
  const code = [2, 1, I32, 3, V128, ...body, END];
  return [
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, [1, 0x60, 5, I32, I32, I32, I32, I32, 0]),
    section(2, [1, ...name('env'), ...name('memory'), 2, 0, 1]),
    section(3, [1, 0]),
    section(7, [1, ...name('scan'), 0, 0]),
    section(10, [1, ...unsigned(code.length), ...code]),
  ].flat();
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function name(text: string): number[] {
  return [text.length, ...Buffer.from(text, 'latin1')];
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}
