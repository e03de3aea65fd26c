import schema from './call-schema.json' with { type: 'json' };

/** Parameters of all methods of the Bot API. A name that ends with `?` may be left out. */
export interface CallSchema {
  /** Of the package that it was made from. */
  version: string;
  methods: Record<string, Record<string, ValueShape>>;
  /** By name what many methods take, or what holds itself. */
  types: Record<string, ValueShape>;
}

/** `file` is an upload; the address or the id of one is a `string`. */
export type ValueShape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'file'
  | 'any'
  | { is: (string | number | boolean)[] }
  | { list: ValueShape }
  | { any: ValueShape[] }
  | { type: string }
  | { fields: Record<string, ValueShape> };

/** Made from @grammyjs/types; a test compares the two. */
export const CALL_SCHEMA = schema as unknown as CallSchema;
