import { isStopWord } from '../../retrieval/text/stop-words.ts';
import type { Token } from '../../retrieval/text/terms.ts';

import type { Expected } from './question.ts';

/**
 * 1 when a sentence holds the kind of thing that was asked for, else 0; between them when any
 * sentence may answer. `asked` are the question's stems: its own name is no answer.
 */
export function holdsExpected(
  expected: Expected,
  text: string,
  tokens: readonly Token[],
  asked: ReadonlySet<string>,
): number {
  switch (expected) {
    case 'price':
      return pricePattern.test(text) && numberPattern.test(text) ? 1 : 0;
    case 'number':
      return numberPattern.test(text) ? 1 : 0;
    case 'date':
      return datePattern.test(text) ? 1 : 0;
    case 'person':
    case 'place':
    case 'name':
      return tokens.some((token, at) => isOtherName(token, at, text, asked)) ? 1 : 0;
    case 'definition':
      return definitionPattern.test(text) ? 1 : 0.4;
    case 'any':
      return 0.7;
    default:
      return expected satisfies never;
  }
}

function isOtherName(token: Token, at: number, text: string, asked: ReadonlySet<string>): boolean {
  if (asked.has(token.stem) || !/^\p{Lu}/u.test(text.slice(token.start, token.end))) return false;
  // A sentence's first word has its capital anyway.
  return at > 0 || !isStopWord(token.word);
}

// «Одна из крупнейших» and "one of" count nothing.
const numberPattern =
  /\p{N}|(?<!\p{L})(?:дв[аеу]|двух|тр(?:и|ех|ёх)|четыр|пят[ьи]|шест[ьи]|сем[ьи]|вос(?:емь|ьми)|девят|десят|дюжин|сотн|сто(?!\p{L})|тысяч|миллион|миллиард|половин|треть|четверт|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?!\p{L})|dozen|hundred|thousand|million|billion|half|third|quarter|twice|double)/iu;

const pricePattern =
  /[$€£¥₽₴]|(?<!\p{L})(?:доллар|рубл|руб(?!\p{L})|евро|юан|фунт|иен|франк|марок|бесплатн|dollar|euro|pound|yuan|yen|franc|rouble|ruble|usd|eur|rub|free)/iu;

const datePattern =
  /\p{N}{3,4}|\p{N}{1,2}(?:-?\p{L}{0,2})? (?:век|столет|century|centuries)|(?<!\p{L})(?:век[аеу]?|январ|феврал|март|апрел|ма[йяе]|июн|июл|август|сентябр|октябр|ноябр|декабр|понедельник|вторник|сред[ау]|четверг|пятниц|суббот|воскресень|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|century|centuries|today|yesterday|сегодня|вчера)|(?<![\p{L}])[XVI]{2,}(?![\p{L}])/iu;

const definitionPattern =
  /\s[—–-]\s|(?<!\p{L})(?:это|является|называют|называется|is an?|are|refers to|was an?|means)(?!\p{L})/iu;
