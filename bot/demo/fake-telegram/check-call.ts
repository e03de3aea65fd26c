import { CALL_SCHEMA } from './call-schema.ts';
import type { ValueShape } from './call-schema.ts';
import { badRequest } from './refusal.ts';
import type { RequestBody } from './request-body.ts';

/** Telegram takes method names in any case. Null when there is no such method. */
export function methodNamed(name: string): string | null {
  return METHODS.get(name.toLowerCase()) ?? null;
}

const METHODS = new Map(Object.keys(CALL_SCHEMA.methods).map((name) => [name.toLowerCase(), name]));

/**
 * The parameters with the types that the Bot API states. Telegram overlooks what it does not know;
 * here a parameter or a field that no type names is refused, for it is a mistake of the caller.
 * @throws {Refusal} which names the parameter.
 */
export function checkCall(
  method: string,
  { parameters, uploads, isForm }: RequestBody,
): Record<string, unknown> {
  const fields = CALL_SCHEMA.methods[method] ?? {};
  const given: Record<string, unknown> = { ...parameters };
  for (const name of uploads.keys()) {
    const isParameter = name in fields || `${name}?` in fields;
    if (isParameter) given[name] = uploads.get(name);
  }
  if (isForm) {
    for (const [name, value] of Object.entries(given)) {
      const shape = fields[name] ?? fields[`${name}?`];
      if (typeof value === 'string' && shape !== undefined) given[name] = fromText(value, shape);
    }
  }
  const problem = problemOfFields(given, fields, '');
  if (problem !== null) throw badRequest(problem.text);
  return given;
}

interface Problem {
  text: string;
  /** How deep the value fits before it does not: tells which of several types was meant. */
  depth: number;
}

/** What a text of a form stands for. Left as it is where it stands for nothing: the check will say. */
function fromText(text: string, shape: ValueShape): unknown {
  const alternatives = alternativesOf(shape);
  if (alternatives.includes('string')) return text;
  const { value, isRead } = readJson(text);
  if (isRead) return value;
  return text === 'True' ? true : text === 'False' ? false : text;
}

function readJson(text: string): { value: unknown; isRead: boolean } {
  try {
    const value: unknown = JSON.parse(text);
    return { value, isRead: true };
  } catch {
    return { value: null, isRead: false };
  }
}

/** Without names: each shape that the value may have. */
function alternativesOf(shape: ValueShape): ValueShape[] {
  if (typeof shape === 'string') return [shape];
  if ('type' in shape) {
    const named = CALL_SCHEMA.types[shape.type];
    return named === undefined || isFields(named) ? [shape] : alternativesOf(named);
  }
  if ('is' in shape && typeof shape.is[0] === 'string') return [shape, 'string'];
  return 'any' in shape ? shape.any.flatMap(alternativesOf) : [shape];
}

function problemOf(value: unknown, shape: ValueShape, path: string): Problem | null {
  const depth = depthOf(path);
  const wrong = (wanted: string): Problem => ({
    text: `parameter "${path}" must be ${wanted}`,
    depth,
  });
  if (shape === 'any') return null;
  if (shape === 'string') return typeof value === 'string' ? null : wrong('a string');
  if (shape === 'boolean') return typeof value === 'boolean' ? null : wrong('a boolean');
  if (shape === 'number') {
    return typeof value === 'number' && Number.isFinite(value) ? null : wrong('a number');
  }
  if (shape === 'file') return isUpload(value) ? null : wrong('a file');
  if ('is' in shape) {
    const isOne = shape.is.some((one) => one === value);
    return isOne ? null : wrong(`one of ${shape.is.map((one) => JSON.stringify(one)).join(', ')}`);
  }
  if ('list' in shape) {
    if (!Array.isArray(value)) return wrong('an array');
    return first(value, (item, index) => problemOf(item, shape.list, `${path}[${index}]`));
  }
  if ('any' in shape) return problemOfUnion(value, shape.any, path);
  if ('type' in shape) return problemOf(value, CALL_SCHEMA.types[shape.type] ?? 'any', path);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return wrong('an object');
  return problemOfFields(value as Record<string, unknown>, shape.fields, path);
}

/** A field that none of them knows, or what is wrong by the one that fits most. */
function problemOfUnion(value: unknown, shapes: ValueShape[], path: string): Problem | null {
  let nearest: Problem | null = null;
  for (const shape of shapes) {
    const problem = problemOf(value, shape, path);
    if (problem === null) return null;
    if (nearest === null || problem.depth > nearest.depth) nearest = problem;
  }
  return unknownField(value, shapes, path) ?? nearest;
}

function unknownField(value: unknown, shapes: ValueShape[], path: string): Problem | null {
  const known = shapes
    .flatMap(alternativesOf)
    .map(fieldsOf)
    .filter((fields) => fields !== null);
  if (known.length === 0 || typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) return null;
  return first(Object.keys(value), (name) =>
    known.some((fields) => name in fields || `${name}?` in fields)
      ? null
      : noSuch(`${path}.${name}`),
  );
}

function fieldsOf(shape: ValueShape): Record<string, ValueShape> | null {
  const named =
    typeof shape === 'object' && 'type' in shape ? CALL_SCHEMA.types[shape.type] : shape;
  return typeof named === 'object' && 'fields' in named ? named.fields : null;
}

function noSuch(path: string): Problem {
  return { text: `there is no parameter "${path}"`, depth: depthOf(path) - 0.4 };
}

function depthOf(path: string): number {
  return path.split(/[.[]/u).length;
}

function problemOfFields(
  value: Record<string, unknown>,
  fields: Record<string, ValueShape>,
  path: string,
): Problem | null {
  const inside = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const depth = depthOf(inside('x'));
  // The field that says which of several types it is comes first, so that the others are judged by it.
  const names = Object.keys(fields).toSorted(
    (one, other) => rank(one, fields) - rank(other, fields),
  );
  return (
    first(names, (name) => {
      const bare = name.replace(/\?$/u, '');
      if (!(bare in value)) {
        return name === bare
          ? { text: `required parameter "${inside(bare)}" is missing`, depth: depth - 0.5 }
          : null;
      }
      const problem = problemOf(value[bare], fields[name] ?? 'any', inside(bare));
      const isWrongKind = problem !== null && rank(name, fields) === 0;
      return isWrongKind ? { ...problem, depth: depth - 0.6 } : problem;
    }) ??
    first(Object.keys(value), (name) =>
      name in fields || `${name}?` in fields
        ? null
        : { text: `there is no parameter "${inside(name)}"`, depth: depth - 0.4 },
    )
  );
}

function rank(name: string, fields: Record<string, ValueShape>): number {
  const shape = fields[name];
  const isFixed = typeof shape === 'object' && 'is' in shape && shape.is.length === 1;
  return name === 'type' || isFixed ? 0 : 1;
}

function first<Item>(
  items: readonly Item[],
  find: (item: Item, index: number) => Problem | null,
): Problem | null {
  for (const [index, item] of items.entries()) {
    const problem = find(item, index);
    if (problem !== null) return problem;
  }
  return null;
}

function isFields(shape: ValueShape): boolean {
  return typeof shape === 'object' && 'fields' in shape;
}

function isUpload(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'content' in value;
}
