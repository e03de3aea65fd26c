import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Numbers = Float32Array | Float64Array | Float16Array | Int8Array | Int32Array | BigInt64Array;

export interface WrittenTensor {
  dtype: string;
  shape: number[];
  values: Numbers;
}

/** A safetensors file, byte by byte. */
export function writeSafetensors(file: string, tensors: Record<string, WrittenTensor>): void {
  let begin = 0;
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  const parts: Uint8Array[] = [];
  for (const [name, { dtype, shape, values }] of Object.entries(tensors)) {
    const end = begin + values.byteLength;
    header[name] = { dtype, shape, data_offsets: [begin, end] };
    parts.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    begin = end;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  writeFileSync(file, Buffer.concat([length, text, ...parts]));
}

/** A folder with a table of so many dimensions for these tokens, as model2vec writes it. */
export function writeStaticTable(
  folder: string,
  { tokens, rows }: { tokens: readonly string[]; rows: readonly (readonly number[])[] },
): void {
  const vocab = Object.fromEntries(tokens.map((token, at) => [token, at]));
  const tokenizer = {
    version: '1.0',
    added_tokens: [],
    normalizer: { type: 'BertNormalizer', lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    model: { type: 'WordPiece', unk_token: '[UNK]', vocab },
  };
  writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ normalize: true }));
  const dimensions = rows[0]?.length ?? 0;
  writeSafetensors(join(folder, 'model.safetensors'), {
    embeddings: {
      dtype: 'F32',
      shape: [rows.length, dimensions],
      values: Float32Array.from(rows.flat()),
    },
  });
}
