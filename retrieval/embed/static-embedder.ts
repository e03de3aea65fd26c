import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

import { EmbedError } from '../errors.ts';
import { nextTurn } from '../next-turn.ts';
import type { Embedder } from './embedder.ts';
import { openSafetensors } from './safetensors.ts';
import { createTokenTable } from './token-table.ts';
import { createTokenizer } from './tokenizer/tokenizer.ts';

export interface StaticEmbedderOptions {
  /** With `model.safetensors` and `tokenizer.json`. */
  folder: string;
  /** The rest of a text is left out, as model2vec has it. */
  maxTokens?: number;
}

/** No token of the usual vocabularies is longer on average, so what is cut held too many tokens. */
const CHARACTERS_A_TOKEN = 12;

/** Some milliseconds of work. */
const TEXTS_A_TURN = 8;

/** The vocabulary of half a million tokens takes a tenth of it. */
const TOKENIZER_BYTES_AT_MOST = 200_000_000;

/**
 * A table of vectors of tokens in model2vec's format; a text's vector is the mean of its tokens'. A
 * text without a known token has a fixed vector, since the port knows no zero.
 * Source: https://github.com/MinishLab/model2vec
 * @throws {EmbedError} in one sentence when the folder holds no such table
 */
export function openStaticEmbedder({
  folder,
  maxTokens = 512,
}: StaticEmbedderOptions): Embedder & { close(): void } {
  const tokenizerText = readText(join(folder, 'tokenizer.json'));
  const tokenizer = createTokenizer(parse(tokenizerText));
  const safetensors = openSafetensors(join(folder, 'model.safetensors'));
  try {
    const table = createTokenTable(safetensors, { tokens: tokenizer.size });
    const embed = (text: string): Float32Array => {
      const ids = tokenizer.encode(text.slice(0, maxTokens * CHARACTERS_A_TOKEN));
      const known = ids.filter((id) => id !== tokenizer.unknownId);
      return table.mean(known.slice(0, maxTokens));
    };
    const name = basename(resolve(folder));
    const print = fingerprint(tokenizerText, table.sample());
    return {
      model: `static:${name}:${table.dimensions}:${print}`,
      async embedPassages(texts, { signal }) {
        const vectors: Float32Array[] = [];
        for (const [at, text] of texts.entries()) {
          if (at % TEXTS_A_TURN === 0) await nextTurn();
          signal.throwIfAborted();
          vectors.push(embed(text));
        }
        signal.throwIfAborted();
        return vectors;
      },
      async embedQuery(text, { signal }) {
        signal.throwIfAborted();
        return embed(text);
      },
      close: () => safetensors.close(),
    };
  } catch (error) {
    safetensors.close();
    throw error;
  }
}

function readText(file: string): string {
  try {
    if (statSync(file).size > TOKENIZER_BYTES_AT_MOST) {
      throw new EmbedError(`embeddings: ${file} is too large to be a tokenizer`, {
        retryable: false,
      });
    }
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof EmbedError) throw cause;
    throw new EmbedError(`embeddings: ${file} cannot be read`, { retryable: false, cause });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EmbedError('embeddings: tokenizer.json is not JSON', { retryable: false, cause });
  }
}

/** Another table in the same folder is another space. */
function fingerprint(tokenizer: string, sample: Float32Array): string {
  return createHash('sha256').update(tokenizer).update(sample).digest('hex').slice(0, 12);
}
