import * as fc from 'fast-check';

/** One change to a document's bytes. Positions are shares of its length, so that all fit all. */
export type Mutation = (bytes: Buffer) => Buffer;

export interface MutationOptions {
  /** What is put in between, as Latin-1: what the format's own reader might stumble over. */
  pieces: readonly string[];
  /** Of whole documents, for splices. */
  donors: readonly Buffer[];
}

/** Some changes, one after the other. */
export function mutations({ pieces, donors }: MutationOptions): fc.Arbitrary<Mutation> {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const inserted = (text: fc.Arbitrary<Buffer>): fc.Arbitrary<Mutation> =>
    fc.tuple(place, text).map(([at, piece]) => (bytes) => {
      const position = Math.floor(at * bytes.length);
      return Buffer.concat([bytes.subarray(0, position), piece, bytes.subarray(position)]);
    });
  const piece = fc.constantFrom(...pieces).map((text) => Buffer.from(text, 'latin1'));
  const few = fc.integer({ min: 1, max: 20 });
  const many = fc.integer({ min: 100, max: 5000 });
  const change = <Value>(values: fc.Arbitrary<Value>, by: (value: Value) => Mutation) =>
    values.map(by);
  const one = fc.oneof(
    inserted(piece),
    inserted(fc.tuple(piece, fc.oneof(few, many)).map(([text, times]) => repeat(text, times))),
    inserted(fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes))),
    inserted(few.map((length) => Buffer.alloc(length))),
    inserted(
      fc.tuple(fc.constantFrom(...donors), place, place).map(([donor, ...ends]) => {
        return donor.subarray(...range(ends, donor.length));
      }),
    ),
    // Cut short.
    change(place, (at) => (bytes) => bytes.subarray(0, Math.floor(at * bytes.length))),
    // A part left out, or said twice.
    change(fc.tuple(place, place), (ends) => (bytes) => {
      const [from, to] = range(ends, bytes.length);
      return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
    }),
    change(fc.tuple(place, place), (ends) => (bytes) => {
      const [from, to] = range(ends, bytes.length);
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
    }),
    // Bytes flipped.
    change(
      fc.array(fc.tuple(place, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 40 }),
      (flips) => (bytes) => {
        const flipped = Buffer.from(bytes);
        for (const [at, bits] of flips) {
          const position = Math.min(flipped.length - 1, Math.floor(at * flipped.length));
          if (position >= 0) flipped[position] = (flipped[position] ?? 0) ^ bits;
        }
        return flipped;
      },
    ),
  );
  return fc
    .array(one, { minLength: 1, maxLength: 4 })
    .map((changes) => (bytes) => changes.reduce((changed, change) => change(changed), bytes));
}

function repeat(piece: Buffer, times: number): Buffer {
  return Buffer.concat(Array.from({ length: times }, () => piece));
}

function range([one, other]: [number, number], length: number): [number, number] {
  return [Math.floor(Math.min(one, other) * length), Math.floor(Math.max(one, other) * length)];
}
