import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import ts from 'typescript-5';

import type { CallSchema, ValueShape } from '../../bot/demo/fake-telegram/call-schema.ts';

/**
 * Reads the parameters of every method out of @grammyjs/types with the TypeScript compiler: types are
 * erased at run time, and the fake Telegram needs them there.
 */
export function generateCallSchema(): CallSchema {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve('@grammyjs/types/package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const { program, checker } = compile();
  const source = program.getSourceFile(ENTRY);
  const alias = source?.statements.find(ts.isTypeAliasDeclaration);
  if (alias === undefined) throw new Error('The entry of the schema was not compiled.');
  const reader = new ShapeReader(checker, alias);
  const methods: CallSchema['methods'] = {};
  for (const method of checker.getTypeAtLocation(alias).getProperties()) {
    methods[method.name] = reader.parametersOf(method);
  }
  return { version, methods, types: reader.types };
}

/** One line a method and a type: a change of the package can be read in a diff. */
export function writeCallSchema({ version, methods, types }: CallSchema): string {
  return `{"version":${JSON.stringify(version)},\n"methods":{\n${section(methods)}\n},\n"types":{\n${section(types)}\n}}\n`;
}

function section(entries: object): string {
  return Object.entries(entries)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
    .join(',\n');
}

/** Lies where packages of the project are found; it never exists on the disk. */
const ENTRY = join(import.meta.dirname, 'call-schema-entry.ts');
const FILE_MARK = 'UploadedFile';
const ENTRY_TEXT = `
import type { ApiMethods } from '@grammyjs/types';
interface ${FILE_MARK} { readonly isUploadedFile: unique symbol }
type Methods = ApiMethods<${FILE_MARK} | string>;
`;

function compile(): { program: ts.Program; checker: ts.TypeChecker } {
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
  const program = ts.createProgram([ENTRY], options, host);
  return { program, checker: program.getTypeChecker() };
}

class ShapeReader {
  readonly types: CallSchema['types'] = {};
  readonly #checker: ts.TypeChecker;
  readonly #at: ts.Node;

  constructor(checker: ts.TypeChecker, at: ts.Node) {
    this.#checker = checker;
    this.#at = at;
  }

  parametersOf(method: ts.Symbol): Record<string, ValueShape> {
    const [signature] = this.#checker
      .getTypeOfSymbolAtLocation(method, this.#at)
      .getCallSignatures();
    const parameter = signature?.getParameters()[0];
    if (parameter === undefined) return {};
    const type = this.#checker.getTypeOfSymbolAtLocation(parameter, this.#at);
    return this.#fieldsOf(this.#checker.getNonNullableType(type));
  }

  #fieldsOf(type: ts.Type): Record<string, ValueShape> {
    const fields: Record<string, ValueShape> = {};
    for (const property of this.#checker.getPropertiesOfType(type)) {
      const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      const shape = this.#shapeOf(this.#checker.getTypeOfSymbolAtLocation(property, this.#at));
      if (shape !== null) fields[isOptional ? `${property.name}?` : property.name] = shape;
    }
    return fields;
  }

  /** Null for what can hold no value. */
  #shapeOf(type: ts.Type): ValueShape | null {
    const { flags } = type;
    if ((flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Never)) !== 0) return null;
    if ((flags & ts.TypeFlags.Any) !== 0) throw new Error('A type could not be resolved.');
    if ((flags & ts.TypeFlags.Unknown) !== 0) return 'any';
    if (type.isStringLiteral() || type.isNumberLiteral()) return { is: [type.value] };
    if ((flags & ts.TypeFlags.BooleanLiteral) !== 0) {
      return { is: [this.#checker.typeToString(type) === 'true'] };
    }
    if ((flags & ts.TypeFlags.StringLike) !== 0) return 'string';
    if ((flags & ts.TypeFlags.NumberLike) !== 0) return 'number';
    if ((flags & ts.TypeFlags.Boolean) !== 0) return 'boolean';
    if (type.isUnion()) {
      // By name where it has one: text of a rich message holds lists of itself.
      const name = type.aliasSymbol?.name;
      return name === undefined
        ? this.#shapeOfUnion(type)
        : this.#named(name, () => this.#shapeOfUnion(type) ?? 'any');
    }
    if (this.#checker.isArrayType(type)) {
      const [element] = this.#checker.getTypeArguments(type as ts.TypeReference);
      const shape = element === undefined ? null : this.#shapeOf(element);
      return shape === null ? null : { list: shape };
    }
    // `string & {}` keeps an editor's suggestions beside it: any text will do.
    if (type.isIntersection() && type.types.some((part) => part.flags & ts.TypeFlags.String)) {
      return 'string';
    }
    if (type.symbol.name === FILE_MARK) return 'file';
    return this.#shapeOfObject(type);
  }

  #shapeOfUnion(union: ts.UnionType): ValueShape | null {
    const shapes = union.types.map((type) => this.#shapeOf(type)).filter((shape) => shape !== null);
    const values = shapes.flatMap((shape) => (isValues(shape) ? shape.is : []));
    const isBoolean = values.includes(true) && values.includes(false);
    const others = shapes.filter((shape) => !isValues(shape));
    const literals = isBoolean ? values.filter((value) => typeof value !== 'boolean') : values;
    const all: ValueShape[] = [
      ...(isBoolean ? (['boolean'] as const) : []),
      ...(literals.length > 0 ? [{ is: literals }] : []),
      ...others,
    ];
    const [only] = all;
    return all.length <= 1 ? (only ?? null) : { any: all };
  }

  #shapeOfObject(type: ts.Type): ValueShape {
    const name = this.#checker
      .typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation)
      .replaceAll(`<string | ${FILE_MARK}>`, '')
      .replaceAll(`<${FILE_MARK} | string>`, '');
    if (!/^[\w.<>]+$/u.test(name)) return { fields: this.#fieldsOf(type) };
    return this.#named(name, () => ({ fields: this.#fieldsOf(type) }));
  }

  #named(name: string, read: () => ValueShape): ValueShape {
    if (!(name in this.types)) {
      this.types[name] = 'any';
      this.types[name] = read();
    }
    return { type: name };
  }
}

function isValues(shape: ValueShape): shape is Extract<ValueShape, { is: unknown }> {
  return typeof shape === 'object' && 'is' in shape;
}
