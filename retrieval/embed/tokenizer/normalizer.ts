import { listOf, partOf, patternOf, typeOf, unknownPart } from './specification.ts';
import type { Specification } from './specification.ts';

export type Normalize = (text: string) => string;

/**
 * What a tokenizer does to a text before it splits it. `Precompiled`, the table of SentencePiece, is
 * taken for NFKC without control characters, from which the usual table hardly differs.
 * Source: https://huggingface.co/docs/tokenizers/api/normalizers
 * @throws {EmbedError} for a kind that is not known
 */
export function createNormalizer(value: unknown): Normalize {
  if (value === null || value === undefined) return (text) => text;
  const part = partOf(value);
  const create = KINDS[typeOf(part)];
  if (create === undefined) throw unknownPart(`the normalizer ${JSON.stringify(typeOf(part))}`);
  return create(part);
}

const KINDS: Record<string, (part: Specification) => Normalize> = {
  Sequence(part) {
    const steps = listOf(part['normalizers']).map(createNormalizer);
    return (text) => steps.reduce((result, step) => step(result), text);
  },
  BertNormalizer: createBertNormalizer,
  NFC: () => (text) => text.normalize('NFC'),
  NFD: () => (text) => text.normalize('NFD'),
  NFKC: () => (text) => text.normalize('NFKC'),
  NFKD: () => (text) => text.normalize('NFKD'),
  Nmt: () => cleanForSentencePiece,
  Precompiled: () => (text) => cleanForSentencePiece(text).normalize('NFKC'),
  Lowercase: () => (text) => text.toLowerCase(),
  StripAccents: () => (text) => text.replaceAll(/\p{M}+/gu, ''),
  Strip: (part) => (text) => {
    const left = part['strip_left'] === false ? text : text.trimStart();
    return part['strip_right'] === false ? left : left.trimEnd();
  },
  Prepend: (part) => (text) => (text === '' ? '' : `${String(part['prepend'] ?? '')}${text}`),
  Replace(part) {
    const pattern = patternOf(part);
    const content = String(part['content'] ?? '');
    return (text) => text.replace(pattern, () => content);
  },
};

/** As BERT's: https://github.com/google-research/bert */
function createBertNormalizer(part: Specification): Normalize {
  const lowercase = part['lowercase'] !== false;
  const stripAccents = part['strip_accents'] ?? lowercase;
  return (text) => {
    let result = text;
    if (part['clean_text'] !== false) {
      result = result
        .replaceAll(/(?![\t\n\r])[\0\uFFFD\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, '')
        .replaceAll(/\s/gu, ' ');
    }
    if (part['handle_chinese_chars'] !== false) result = result.replaceAll(CHINESE, ' $& ');
    if (stripAccents === true) result = result.normalize('NFD').replaceAll(/\p{Mn}+/gu, '');
    return lowercase ? result.toLowerCase() : result;
  };
}

const CHINESE =
  /[\u4E00-\u9FFF\u3400-\u4DBF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2B81F}\u{2B820}-\u{2CEAF}\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/gu;

function cleanForSentencePiece(text: string): string {
  return text
    .replaceAll(/[\t\n\r\f\u1680\u2028\u2029\u200B-\u200F\uFEFF\uFFFD]/gu, ' ')
    .replaceAll(/\p{Cc}/gu, '');
}
