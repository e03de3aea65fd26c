import { embedFailure } from './refusal.ts';

/**
 * Vectors of unit length from an answer in OpenAI's form, in the order of the texts.
 * @throws {EmbedError} for anything but as many good vectors as there are texts
 */
export function readVectors(
  answer: unknown,
  { count, dimensions }: { count: number; dimensions: number | null },
): Float32Array[] {
  const items = field(answer, 'data');
  if (!Array.isArray(items)) throw embedFailure(`no vectors for ${count} texts`);
  if (items.length !== count) throw embedFailure(`${items.length} vectors for ${count} texts`);
  const vectors = new Map<unknown, Float32Array>();
  for (const [at, item] of items.entries()) {
    const vector = toUnitVector(field(item, 'embedding'));
    if (dimensions !== null && vector.length !== dimensions) {
      throw embedFailure(`vectors of ${vector.length} dimensions instead of ${dimensions}`);
    }
    // Where the place is told it is right, whatever the order.
    vectors.set(field(item, 'index') ?? at, vector);
  }
  return items.map((_item, at) => {
    const vector = vectors.get(at);
    if (vector === undefined) throw embedFailure('vectors that belong to no text');
    return vector;
  });
}

/** The vectors as they are. @throws {EmbedError} when they are of different models */
export function sameDimensions(vectors: Float32Array[]): Float32Array[] {
  const lengths = new Set(vectors.map((vector) => vector.length));
  if (lengths.size > 1) throw embedFailure(`vectors of ${[...lengths].join(' and ')} dimensions`);
  return vectors;
}

function toUnitVector(values: unknown): Float32Array {
  if (!Array.isArray(values) || values.length === 0) {
    throw embedFailure('an answer without vectors');
  }
  const numbers = values.map((value: unknown) => (typeof value === 'number' ? value : NaN));
  const norm = Math.sqrt(numbers.reduce((sum, value) => sum + value * value, 0));
  if (!Number.isFinite(norm) || norm === 0) {
    throw embedFailure('a vector that is zero or not a number');
  }
  return Float32Array.from(numbers, (value) => value / norm);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
