import { EmbedError } from '../../errors.ts';

/** A part of tokenizer.json as it was parsed: nothing in it is certain. */
export type Specification = Readonly<Record<string, unknown>>;

/** An empty one for what is no object. */
export function partOf(value: unknown): Specification {
  return typeof value === 'object' && value !== null ? (value as Specification) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The `type` of a part, which older files leave out. */
export function typeOf(part: Specification): string {
  return typeof part['type'] === 'string' ? part['type'] : '';
}

/**
 * A pattern of a `Split` or `Replace`: `{String}` or `{Regex}`, the latter in Oniguruma's syntax.
 * @throws {EmbedError} for what JavaScript cannot say
 */
export function patternOf(part: Specification): RegExp {
  const { String: text, Regex: source } = partOf(part['pattern']);
  if (typeof text === 'string') return new RegExp(RegExp.escape(text), 'gu');
  try {
    // Possessive quantifiers save time elsewhere and match the same in the patterns of tokenizers.
    return new RegExp(String(source).replaceAll(/([?*+}])\+/gu, '$1'), 'gu');
  } catch (cause) {
    throw unknownPart(`the pattern ${JSON.stringify(source)}`, cause);
  }
}

/** `tokenizer.json holds … which is not known`. */
export function unknownPart(what: string, cause?: unknown): EmbedError {
  return new EmbedError(`embeddings: tokenizer.json holds ${what}, which is not known`, {
    retryable: false,
    cause,
  });
}

/** `tokenizer.json cannot be used: …`. */
export function unusable(what: string, cause?: unknown): EmbedError {
  return new EmbedError(`embeddings: tokenizer.json cannot be used: ${what}`, {
    retryable: false,
    cause,
  });
}
