import { createCut, readAddedTokens } from './added-tokens.ts';
import { createBytePair } from './byte-pair.ts';
import type { FindTokens } from './find-tokens.ts';
import { createNormalizer } from './normalizer.ts';
import { createPreTokenizer } from './pre-tokenizer.ts';
import { listOf, partOf, typeOf, unknownPart, unusable } from './specification.ts';
import type { Specification } from './specification.ts';
import { createUnigram } from './unigram.ts';
import { createWordLevel, createWordPiece } from './word-piece.ts';

export interface Tokenizer {
  /** Ids of a text's tokens, without those that a model puts around a text. */
  encode(text: string): number[];
  /** Of the token for what is not known; null where there is none. */
  readonly unknownId: number | null;
  /** Above every id. */
  readonly size: number;
}

/** Words whose tokens are remembered: those of a language that are met all the time. */
const WORDS_REMEMBERED = 50_000;

/**
 * A tokenizer from a parsed tokenizer.json, as Hugging Face's `tokenizers` writes it.
 * @throws {EmbedError} for what is not known, never a tokenizer that would find other tokens
 */
export function createTokenizer(json: unknown): Tokenizer {
  const root = partOf(json);
  const model = partOf(root['model']);
  const findTokens = remembering(createModel(model));
  const normalize = createNormalizer(root['normalizer']);
  const preTokenize = createPreTokenizer(root['pre_tokenizer']);
  const added = readAddedTokens(root['added_tokens']);
  const cutRaw = createCut(added.filter(({ isNormalized }) => !isNormalized));
  const normalized = added.filter(({ isNormalized }) => isNormalized);
  const cutNormalized = createCut(
    normalized.map((token) => ({ ...token, content: normalize(token.content) || token.content })),
  );

  return {
    encode(text) {
      const ids: number[] = [];
      let isFirst = true;
      for (const part of cutRaw(text)) {
        const pieces =
          typeof part === 'number'
            ? [part]
            : cutNormalized(normalize(part)).filter((piece) => piece !== '');
        for (const piece of pieces) {
          if (typeof piece === 'number') ids.push(piece);
          else for (const word of preTokenize([piece], isFirst)) ids.push(...findTokens(word));
          isFirst = false;
        }
      }
      return ids;
    },
    unknownId: unknownIdOf(model),
    size: sizeOf(model, added),
  };
}

function createModel(model: Specification): FindTokens {
  switch (kindOf(model)) {
    case 'WordPiece':
      return createWordPiece(model);
    case 'WordLevel':
      return createWordLevel(model);
    case 'Unigram':
      return createUnigram(model);
    case 'BPE':
      return createBytePair(model);
    default:
      throw unknownPart(`the model ${JSON.stringify(typeOf(model))}`);
  }
}

/** Older files do not name the kind. */
function kindOf(model: Specification): string {
  if (typeOf(model) !== '') return typeOf(model);
  if (Array.isArray(model['merges'])) return 'BPE';
  if (Array.isArray(model['vocab'])) return 'Unigram';
  if ('continuing_subword_prefix' in model) return 'WordPiece';
  throw unusable('it has no model');
}

function unknownIdOf(model: Specification): number | null {
  const id = model['unk_id'] ?? partOf(model['vocab'])[String(model['unk_token'] ?? '')];
  return typeof id === 'number' ? id : null;
}

function sizeOf(model: Specification, added: readonly { id: number }[]): number {
  const { vocab } = model;
  const own = Array.isArray(vocab)
    ? listOf(vocab).length
    : Object.values(partOf(vocab)).reduce<number>((most, id) => Math.max(most, Number(id) + 1), 0);
  return added.reduce((most, { id }) => Math.max(most, id + 1), own);
}

function remembering(findTokens: FindTokens): FindTokens {
  let remembered = new Map<string, readonly number[]>();
  // What is met again before as many others are stays.
  let before = remembered;
  return (word) => {
    const known = remembered.get(word);
    if (known !== undefined) return known;
    const ids = before.get(word) ?? findTokens(word);
    if (remembered.size === WORDS_REMEMBERED) {
      before = remembered;
      remembered = new Map();
    }
    // A page without blanks must not be remembered as one word.
    if (word.length <= 50) remembered.set(word, ids);
    return ids;
  };
}
