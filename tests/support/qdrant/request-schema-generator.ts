import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import ts from 'typescript-5';

import type { BodyShape, RequestSchema } from './request-schema.ts';

/**
 * Reads the bodies of requests out of @qdrant/js-client-rest with the TypeScript compiler: types are
 * erased at run time, and the stand-in checks what it is sent against them.
 */
export function generateRequestSchema(bodies: readonly string[]): RequestSchema {
  const main = createRequire(import.meta.url).resolve('@qdrant/js-client-rest');
  const manifest = join(dirname(main), '..', '..', 'package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const program = compile();
  const source = program.getSourceFile(ENTRY);
  const alias = source?.statements.find(ts.isTypeAliasDeclaration);
  if (alias === undefined) throw new Error('The entry of the schema was not compiled.');
  const checker = program.getTypeChecker();
  const reader = new ShapeReader(checker, alias);
  for (const name of bodies) reader.read(name);
  return { version, types: reader.types };
}

/** One line a type: a change of the package can be read in a diff. */
export function writeRequestSchema({ version, types }: RequestSchema): string {
  const lines = Object.entries(types)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, shape]) => `${JSON.stringify(name)}:${JSON.stringify(shape)}`);
  return `{"version":${JSON.stringify(version)},\n"types":{\n${lines.join(',\n')}\n}}\n`;
}

/** Lies where packages of the project are found; it never exists on the disk. */
const ENTRY = join(import.meta.dirname, 'request-schema-entry.ts');
const ENTRY_TEXT = `
import type { Schemas } from '@qdrant/js-client-rest';
type All = Schemas;
`;

function compile(): ts.Program {
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => path === ENTRY || fileExists(path);
  host.getSourceFile = (path, ...rest) =>
    path === ENTRY
      ? ts.createSourceFile(path, ENTRY_TEXT, ts.ScriptTarget.ESNext, true)
      : getSourceFile(path, ...rest);
  return ts.createProgram([ENTRY], options, host);
}

class ShapeReader {
  readonly types: RequestSchema['types'] = {};
  readonly #checker: ts.TypeChecker;
  readonly #at: ts.Node;
  /** Types of the package are written out wherever they are used: this finds their names again. */
  readonly #names = new Map<ts.Type, string>();
  readonly #all: ts.Symbol[];

  constructor(checker: ts.TypeChecker, at: ts.Node) {
    this.#checker = checker;
    this.#at = at;
    this.#all = checker.getTypeAtLocation(at).getProperties();
    for (const symbol of this.#all) {
      const type = checker.getTypeOfSymbolAtLocation(symbol, at);
      const isObject = (type.flags & ts.TypeFlags.Object) !== 0 && !checker.isArrayType(type);
      if (isObject || type.isUnion()) this.#names.set(type, symbol.name);
    }
  }

  read(name: string): void {
    const symbol = this.#all.find((each) => each.name === name);
    if (symbol === undefined) throw new Error(`The package has no type ${name}.`);
    this.#shapeOf(this.#checker.getTypeOfSymbolAtLocation(symbol, this.#at));
  }

  /** Null for what can hold no value. */
  #shapeOf(type: ts.Type): BodyShape | null {
    const name = this.#names.get(type);
    if (name === undefined) return this.#written(type);
    if (!(name in this.types)) {
      this.types[name] = 'any';
      this.types[name] = this.#written(type) ?? 'any';
    }
    return { type: name };
  }

  #written(type: ts.Type): BodyShape | null {
    const { flags } = type;
    if ((flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Never)) !== 0) return null;
    if ((flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any)) !== 0) return 'any';
    if ((flags & ts.TypeFlags.Null) !== 0) return 'null';
    if (type.isStringLiteral() || type.isNumberLiteral()) return { is: [type.value] };
    if ((flags & ts.TypeFlags.BooleanLiteral) !== 0) {
      return { is: [this.#checker.typeToString(type) === 'true'] };
    }
    if ((flags & ts.TypeFlags.StringLike) !== 0) return 'string';
    if ((flags & ts.TypeFlags.NumberLike) !== 0) return 'number';
    if (type.isUnion()) return this.#shapeOfUnion(type);
    if (this.#checker.isArrayType(type)) {
      const [element] = this.#checker.getTypeArguments(type as ts.TypeReference);
      return { list: (element === undefined ? null : this.#shapeOf(element)) ?? 'any' };
    }
    const entry = type.getStringIndexType();
    if (entry !== undefined) return { each: this.#shapeOf(entry) ?? 'any' };
    return { fields: this.#fieldsOf(type) };
  }

  #shapeOfUnion(union: ts.UnionType): BodyShape | null {
    // What may be null is written with `Record<string, unknown>` beside it, which anything is.
    const named = union.types.filter((type) => !this.#isAnyRecord(type));
    const shapes = named.map((type) => this.#shapeOf(type)).filter((shape) => shape !== null);
    const [only] = shapes;
    if (named.every((type) => (type.flags & ts.TypeFlags.Null) !== 0)) return 'any';
    return shapes.length <= 1 ? (only ?? null) : { any: shapes };
  }

  #isAnyRecord(type: ts.Type): boolean {
    const entry = type.getStringIndexType();
    return entry !== undefined && (entry.flags & ts.TypeFlags.Unknown) !== 0;
  }

  #fieldsOf(type: ts.Type): Record<string, BodyShape> {
    const fields: Record<string, BodyShape> = {};
    for (const property of this.#checker.getPropertiesOfType(type)) {
      const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      const shape = this.#shapeOf(this.#checker.getTypeOfSymbolAtLocation(property, this.#at));
      if (shape !== null) fields[isOptional ? `${property.name}?` : property.name] = shape;
    }
    return fields;
  }
}
