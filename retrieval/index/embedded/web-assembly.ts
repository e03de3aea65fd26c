/** What is used of it: Node has it, its types come with a browser's only. */
export interface WasmMemory {
  /** Another one after each `grow`. */
  readonly buffer: ArrayBuffer;
  /** @param pages - of 64 KiB */
  grow(pages: number): number;
}

interface WebAssemblyApi {
  Memory: new (limits: { initial: number; maximum: number }) => WasmMemory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (
    module: object,
    imports: Record<string, Record<string, unknown>>,
  ) => { exports: Record<string, unknown> };
}

export const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };
