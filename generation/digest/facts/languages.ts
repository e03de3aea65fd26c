import type { Fact, Subject } from '../fact.ts';
import type { SourcePage } from '../source-page.ts';
import { found } from './parameters.ts';
import type { PageStatement } from './statements.ts';
import { isSaidOf } from './subject.ts';

/** Languages of a card's head, by their codes. */
export function readStatedLanguages(page: SourcePage): Fact[] {
  const stated =
    page.frontMatter.values.get('language') ?? page.frontMatter.values.get('languages');
  return (stated ?? []).flatMap(({ text, line }) => {
    const code = LANGUAGES.find(({ names }) => names.includes(text.toLowerCase()))?.code ?? text;
    if (!/^[a-z]{2,3}$/u.test(code)) return [];
    return [found({ kind: 'language', name: code }, text, { text: line, page })];
  });
}

/** Languages that a sentence says are supported: «supports English, Russian and Chinese». */
export function readLanguages(statement: PageStatement, subject: Subject): Fact[] {
  const { text } = statement;
  if (!SUPPORT.test(text) || DENIAL.test(text)) return [];
  return LANGUAGES.flatMap(({ code, pattern }) => {
    const match = pattern.exec(text);
    return match === null || !isSaidOf(subject, statement, match.index)
      ? []
      : [found({ kind: 'language', name: code }, match[0], statement)];
  });
}

const SUPPORT =
  /(?:support|multilingual|bilingual|languages?|trained on|built for|designed for|embeddings? for|prompts|questions|поддержива|язык|набор)/iu;
const DENIAL = /\b(?:not|no|only|except|without|other than|limited|worse|не|кроме|без)\b/iu;

/** Languages whose names are told apart; others count by their codes. */
const LANGUAGES: readonly { code: string; names: readonly string[]; pattern: RegExp }[] = (
  [
    ['en', 'english', /\bEnglish\b|английск\p{L}+|англоязычн\p{L}+/u],
    ['ru', 'russian', /\bRussian\b|русск(?:ом|ий|ого|ому|ую|ая)(?!\p{L})|русскоязычн\p{L}+/u],
    ['zh', 'chinese', /\bChinese\b|китайск(?:ом|ий) язык\p{L}*/u],
    ['de', 'german', /\bGerman\b/u],
    ['fr', 'french', /\bFrench\b/u],
    ['es', 'spanish', /\bSpanish\b/u],
    ['pt', 'portuguese', /\bPortuguese\b/u],
    ['it', 'italian', /\bItalian\b/u],
    ['ja', 'japanese', /\bJapanese\b/u],
    ['ko', 'korean', /\bKorean\b/u],
    ['ar', 'arabic', /\bArabic\b/u],
    ['hi', 'hindi', /\bHindi\b/u],
  ] as const
).map(([code, name, pattern]) => ({ code, names: [code, name], pattern }));
