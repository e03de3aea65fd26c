import { Writable } from 'node:stream';

/** A stream that keeps what is written to it, and may pass for a terminal. */
export class MemoryOutput extends Writable {
  readonly isTTY: boolean;
  readonly #colours: boolean;
  #text = '';

  constructor({ isTTY = false, colours = false } = {}) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
    this.#colours = colours;
  }

  get text(): string {
    return this.#text;
  }

  hasColors(): boolean {
    return this.#colours;
  }

  override _write(chunk: unknown, _encoding: string, done: (error?: Error) => void): void {
    this.#text += String(chunk);
    done();
  }
}

/** A pipe whose reader has left: every write fails. */
export class BrokenPipe extends MemoryOutput {
  override _write(_chunk: unknown, _encoding: string, done: (error?: Error) => void): void {
    done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  }
}
