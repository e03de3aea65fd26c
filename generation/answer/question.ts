import { asksAboutLinks, takeLinks } from '../../retrieval/links.ts';
import { isStopWord } from '../../retrieval/text/stop-words.ts';
import { fold, tokenize, type Token } from '../../retrieval/text/terms.ts';
import { zipfFrequency } from '../../retrieval/text/word-frequency.ts';

import { withoutCourtesy } from './courtesy.ts';

/** What kind of thing an answer must hold. */
export type Expected =
  | 'price'
  | 'number'
  | 'date'
  | 'person'
  | 'place'
  | 'name'
  | 'definition'
  | 'any';

export interface QuestionTerm {
  word: string;
  stem: string;
  /** A name or a number: if the sources lack it, they speak of something else. */
  isName: boolean;
  /** Stem of the word that a hyphen joins it to: «deepseek» of V3 in «DeepSeek-V3»; else null. */
  joinedTo: string | null;
}

export interface Question {
  /** Distinct terms that carry the subject, in order; all its words when there are none but stop words. */
  terms: QuestionTerm[];
  expected: Expected;
  /** Whether one or two sentences would not do: «расскажи», «чем отличается», "list", "how does". */
  wantsMore: boolean;
  /** Whether one thing answers it: «сколько», «кто», «какой», "which model". */
  wantsOne: boolean;
  /** Whether it asks about a linked page as a whole: «о чём https://…?» */
  wantsSummary: boolean;
}

export function analyzeQuestion(question: string): Question {
  const { rest } = takeLinks(question);
  const text = withoutCourtesy(rest);
  const tokens = tokenize(text);
  const telling = tokens.filter((token) => !isStopWord(token.word));
  const terms = new Map<string, QuestionTerm>();
  for (const token of telling.length > 0 ? telling : tokens) {
    if (terms.has(token.stem)) continue;
    const raw = text.slice(token.start, token.end);
    const opens = text.slice(0, token.start).trim() === '';
    // A capital at the beginning says nothing, unless the word is not a usual one.
    const isName =
      /^\p{N}/u.test(raw) ||
      (/^\p{Lu}/u.test(raw) && (!opens || zipfFrequency(token.stem) < 4)) ||
      /\p{Ll}\p{Lu}|\p{L}\p{N}/u.test(raw);
    const joinedTo = wordBeforeHyphen(text, tokens, tokens.indexOf(token))?.stem ?? null;
    terms.set(token.stem, { word: token.word, stem: token.stem, isName, joinedTo });
  }
  const folded = fold(text);
  const expected = expectedPatterns.find(([, pattern]) => pattern.test(folded))?.[0] ?? 'any';
  const wantsMore = morePattern.test(fold(rest));
  return {
    terms: [...terms.values()],
    expected,
    wantsMore,
    wantsOne: !wantsMore && (expected !== 'any' || onePattern.test(folded)),
    wantsSummary: asksAboutLinks(question),
  };
}

/** The word that a hyphen joins to the one at `at`, before it. */
export function wordBeforeHyphen(
  text: string,
  tokens: readonly Token[],
  at: number,
): Token | undefined {
  const before = tokens[at - 1];
  const start = tokens[at]?.start ?? 0;
  return before !== undefined && /^[-‐‑]$/u.test(text.slice(before.end, start))
    ? before
    : undefined;
}

// Cyrillic has no \b in JavaScript: a word starts where no letter stands before it.
const expectedPatterns: [Expected, RegExp][] = [
  [
    'price',
    /(?<!\p{L})(?:сколько .{0,40}?(?:стои[тл]|обошл|заплат|потрат)|почем(?!у)|как\p{L}{2,3} (?:\p{L}+ )?(?:цен|стоимост|бюджет)|каков\p{L}* (?:цен|стоимост|бюджет)|how much .{0,60}?(?:cost|pay|paid|spen[dt]|worth|price)|how expensive|what (?:is|was|did) .{0,60}?(?:cost|price|budget))/u,
  ],
  [
    'number',
    /(?<!\p{L})(?:сколько|скольк\p{L}*|каков\p{L}* (?:\p{L}+ )?(?:числ|количеств|размер|процент|дол|сумм|цен|стоимост|площад|населен|скорост|высот|длин|температур|глубин|ширин|расстоян|масс[аыу]|вес(?!\p{L}*н)|объем|возраст|мощност)|как\p{L}{2,3} (?:числ|количеств|процент|дол|сумм|численност|площад|скорост|высот|длин|стоимост|цен|температур|глубин|ширин|расстоян|масс[аыу]|объем|возраст|мощност)|how (?:many|much|long|far|old|large|big|high|tall|fast|wide|deep|heavy)|what (?:number|percent|percentage|amount|size|is the population|was the population|(?:is|was) the (?:\p{L}+ )?(?:length|depth|height|width|distance|weight|mass|area|speed|age|temperature))|population)/u,
  ],
  [
    'date',
    /(?<!\p{L})(?:когда|(?:в )?как\p{L}{2,3} (?:год|век|месяц|д[ен]н|период|десятилет|числ(?=а )|дат)\p{L}*|дат[аеу]|when|(?:what|which|in what) (?:year|date|day|month|century|decade|time))(?!\p{L})/u,
  ],
  [
    'definition',
    /(?<!\p{L})(?:что так(?:ое|ие)|кто так(?:ой|ая|ие)|что это|what (?:is|are) (?:an? )?\p{L}[\p{L}\p{N}-]*\s*\?*$)/u,
  ],
  ['person', /(?<!\p{L})(?:кто|кого|кому|кем|чей|чья|чье|чьи|who|whom|whose)(?!\p{L})/u],
  [
    'place',
    /(?<!\p{L})(?:где|куда|откуда|в как\p{L}{2,3} (?:город|стран|штат|област|регион)\p{L}*|where|(?:what|which) (?:city|country|state|place|town))(?!\p{L})/u,
  ],
  [
    'name',
    /(?<!\p{L})(?:как (?:назыв|назва|зовут|звали)|назван|what (?:is|was) the name|called|known as)/u,
  ],
];

const morePattern =
  /(?<!\p{L})(?:расскажи|опиши|объясни|подробн|перечисли|сравни|(?:чем|как) .{0,60}?отлича|разниц|почему|зачем|каким образом|как работа|как устро|какие|назовите все|explain|describe|tell me about|list|compare|difference|why|how (?:do|does|did|is|are|can)|what are)/u;

const onePattern =
  /(?<!\p{L})(?:как(?:ой|ая|ое|ого|ому|им|ом|ую)(?!\p{L})|which|what (?!(?:is|are|was|were|do|does|did|can|could|will|would|has|have|had)(?!\p{L}))\p{L})/u;
