import { tokenize, type Token } from './terms.ts';

/**
 * What of a text may not differ between two copies of it: figures, names and negations, folded and in
 * order.
 */
export function tellingWords(text: string): string[] {
  return tokenize(text)
    .filter((token) => isFigure(token) || isNegation(token) || isCapital(token, text))
    .map(({ word }) => word);
}

/**
 * Whether two titles (or headings) each name what neither the other nor `known` does: then they stand
 * above two things. An iPhone 15 is no iPhone 16, however alike their pages are. A copy may leave out
 * what the other's title adds.
 */
export function nameDifferentThings(
  one: readonly string[],
  other: readonly string[],
  known: string,
): boolean {
  return (
    namesMore(one, `${other.join('\n')}\n${known}`) &&
    namesMore(other, `${one.join('\n')}\n${known}`)
  );
}

function namesMore(titles: readonly string[], known: string): boolean {
  const knownWords = new Set(tokenize(known).map(({ word }) => word));
  return titles.flatMap(namesOfTitle).some((word) => !knownWords.has(word));
}

function namesOfTitle(title: string): string[] {
  const [first = '', ...others] = title.split(/\s[|•·—–:/-]\s/u);
  // «Вышла модель X — Хабр»: behind a dash or a bar mostly stands where it was said.
  return [...namesOf(first), ...others.flatMap(figuresOf)];
}

function figuresOf(text: string): string[] {
  return tokenize(text)
    .filter(isFigure)
    .map(({ word }) => word);
}

/** Names and figures; the first word may have a capital for being the first. */
function namesOf(title: string): string[] {
  const tokens = tokenize(title);
  const capitals = tokens.filter((token) => isCapital(token, title));
  // "China Releases a New Model": where all have capitals, a capital says nothing.
  const isTitleCase = capitals.length > 0.6 * tokens.length && tokens.length > 3;
  return tokens
    .filter((token, at) => {
      const raw = title.slice(token.start, token.end);
      if (isFigure(token) || /\p{Lu}.*\p{Lu}|\p{Ll}\p{Lu}/u.test(raw)) return true;
      if (isTitleCase || !isCapital(token, title)) return false;
      return at > 0 || /^\p{Script=Latin}/u.test(raw);
    })
    .map(({ word }) => word);
}

function isFigure({ word }: Token): boolean {
  return /\p{N}/u.test(word);
}

function isCapital({ start }: Token, text: string): boolean {
  return /\p{Lu}/u.test(text.charAt(start));
}

function isNegation({ word }: Token): boolean {
  return negations.has(word) || word.endsWith("n't");
}

const negations = new Set(
  'не нет ни без нельзя никогда no not never without cannot nor none'.split(' '),
);
