import { readFileSync } from 'node:fs';

/** Bodies of requests to Qdrant. A name that ends with `?` may be left out. */
export interface RequestSchema {
  /** Of the package that it was made from. */
  version: string;
  types: Record<string, BodyShape>;
}

export type BodyShape =
  | 'string'
  | 'number'
  | 'null'
  | 'any'
  | { is: (string | number | boolean)[] }
  | { list: BodyShape }
  /** An object whose every value is one of these. */
  | { each: BodyShape }
  | { any: BodyShape[] }
  | { type: string }
  | { fields: Record<string, BodyShape> };

/** What the stand-in takes. */
export const REQUEST_BODIES = [
  'ChangeAliasesOperation',
  'CountRequest',
  'CreateCollection',
  'CreateFieldIndex',
  'FacetRequest',
  'PointInsertOperations',
  'PointRequest',
  'QueryRequestBatch',
  'ScrollRequest',
  'UpdateOperations',
] as const;

export type RequestBody = (typeof REQUEST_BODIES)[number];

/** Made from @qdrant/js-client-rest; a test compares the two. */
const SCHEMA = JSON.parse(
  readFileSync(new URL('../../fixtures/qdrant/request-schema.json', import.meta.url), 'utf8'),
) as RequestSchema;

/** What is wrong with the body, or null: `filter.must[0].match: is no MatchAny`. */
export function checkBody(body: unknown, name: RequestBody): string | null {
  return check(body, { type: name }, name);
}

function check(value: unknown, shape: BodyShape, path: string): string | null {
  if (shape === 'any') return null;
  if (shape === 'null') return value === null ? null : `${path}: is not null`;
  if (typeof shape === 'string') {
    const isRight = typeof value === shape && !Number.isNaN(value);
    return isRight ? null : `${path}: is no ${shape}`;
  }
  if ('is' in shape) {
    return shape.is.some((each) => each === value)
      ? null
      : `${path}: is none of ${shape.is.join()}`;
  }
  if ('type' in shape) {
    const { [shape.type]: known = 'any' } = SCHEMA.types;
    return check(value, known, path);
  }
  if ('any' in shape) {
    const faults = shape.any.map((each) => check(value, each, path));
    // The fault that lies deepest is in the alternative that was meant.
    return faults.includes(null) ? null : (faults.toSorted(byDepth).at(-1) ?? null);
  }
  if ('list' in shape) {
    if (!Array.isArray(value)) return `${path}: is no list`;
    return first(value.map((each, at) => check(each, shape.list, `${path}[${at}]`)));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return `${path}: is no object`;
  }
  const entries = Object.entries(value);
  if ('each' in shape) {
    return first(entries.map(([key, each]) => check(each, shape.each, `${path}.${key}`)));
  }
  const { fields } = shape;
  const missing = Object.keys(fields).find((key) => !key.endsWith('?') && !(key in value));
  if (missing !== undefined) return `${path}: has no ${missing}`;
  return first(
    entries.map(([key, each]) => {
      const field = fields[key] ?? fields[`${key}?`];
      return field === undefined
        ? `${path}: has no field ${key}`
        : check(each, field, `${path}.${key}`);
    }),
  );
}

function first(faults: readonly (string | null)[]): string | null {
  return faults.find((fault) => fault !== null) ?? null;
}

function byDepth(one: string | null, other: string | null): number {
  return depth(one) - depth(other);
}

function depth(fault: string | null): number {
  return (fault?.split(':')[0] ?? '').split(/[.[]/u).length;
}
