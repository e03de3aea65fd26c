import type { CitedSentence, CitedSource } from '../../citations/citation.ts';
import { readStatement } from '../../citations/statement.ts';

/** How old the data of an answer is that will not be true for ever. */
export interface AsOf {
  /** The number of the source that the answer follows. */
  source: number;
  /** When its page was published, ISO 8601; null when it does not say. */
  date: string | null;
}

/**
 * The date to tell with an answer, or null where the question does not depend on it: what is newest or
 * current, prices, counts of people, rankings, who holds an office, versions. A question about a year
 * or about what was is answered for good.
 */
export function asOf(
  question: string,
  { sentences, sources }: { sentences: readonly CitedSentence[]; sources: readonly CitedSource[] },
): AsOf | null {
  if (past.test(question)) return null;
  const sentence = sentences.find(({ citations }) => citations.length > 0);
  const source = sources.find(({ number }) => number === sentence?.citations[0]);
  if (sentence === undefined || source === undefined) return null;
  const isChanging = changing.some(
    ({ asked, isTold }) => asked.test(question) && isTold(sentence.text),
  );
  if (!isChanging) return null;
  return { source: source.number, date: source.publishedAt };
}

function hasFigure(claim: string): boolean {
  return readStatement(claim).terms.some(
    (term) => term.kind === 'figure' && term.figure.unit !== 'year',
  );
}

function hasName(claim: string): boolean {
  return readStatement(claim).terms.some((term) => term.kind === 'name' && term.isCertain);
}

/** What changes with time, and what an answer must state to be an answer to it. */
const changing: readonly { asked: RegExp; isTold: (claim: string) => boolean }[] = [
  {
    asked: word(
      `сейчас|сегодня|на данный момент|на сегодня|(?:нынешн|текущ|актуальн)\\p{L}+|что нового`,
      `какие новости|(?:како[йев]|какая|какие) (?:\\p{L}+ )?последн\\p{L}+`,
      `последн\\p{L}+ (?:верси|модел|новост|релиз|обновлени|данны)\\p{L}*|сам\\p{L}{2} нов\\p{L}{2}`,
      `latest|newest|most recent|current(?:ly)?|up[- ]to[- ]date|right now|today|nowadays`,
      `what(?:'|’)?s new`,
    ),
    isTold: () => true,
  },
  {
    asked: word(
      `сколько (?:\\p{L}+ )?сто[ия]т|цен[аыу]|стоимость|тариф\\p{L}*|зарплат\\p{L}+`,
      `курс (?:доллара|евро|рубля|юаня|валют\\p{L}*|биткои?на)`,
      `how much (?:is|are)|how much .*costs?|prices?|pricing|costs?|exchange rate|salary`,
    ),
    isTold: hasFigure,
  },
  {
    asked: word(
      `как(?:ое|ово) (?:\\p{L}+ )?население|численность (?:населения|сотрудников|\\p{L}+)`,
      `сколько (?:\\p{L}+ )?(?:жителей|пользователей|подписчиков|сотрудников|клиентов|зв[её]зд)`,
      `сколько (?:людей|человек) (?:жив[её]т|проживает|работает|учится|пользуется)`,
      `what is the population|population of`,
      `how many (?:\\p{L}+ )?(?:people (?:live|work|use)|inhabitants|residents|users|subscribers|employees|customers|stars)`,
    ),
    isTold: hasFigure,
  },
  {
    asked: word(
      `рейтинг\\p{L}*|сам\\p{L}{2,3} (?:богат|популярн|посещаем|продаваем)\\p{L}+`,
      `leaderboard|richest|wealthiest|most (?:popular|valuable|visited|sold)`,
    ),
    isTold: hasName,
  },
  {
    asked: word(
      `кто (?:президент|глав[ан]|мэр|губернатор|(?:ген)?директор|министр|премьер|чемпион)\\p{L}*`,
      `кто (?:возглавляет|руководит|управляет)|who (?:leads|heads|runs)`,
      `who(?: is|'s|’s) (?:the )?(?:\\p{L}+ )?(?:president|head|mayor|governor|director|ceo|minister|chancellor|champion|king|queen|pope)`,
    ),
    isTold: hasName,
  },
  {
    asked: word(
      `какая (?:\\p{L}+ )?версия|номер версии|(?:which|what) (?:\\p{L}+ )?version|version number`,
    ),
    isTold: (claim) => /\d/u.test(claim),
  },
];

/** What is asked of the past: «кто был президентом», "how much did it cost", «в 1897 году». */
const past = word(
  `\\p{L}+(?<!кана)[аеёияоуы]л[аои]?|умер\\p{L}*|погиб\\p{L}*|стать|раньше|когда|впервые|перв\\p{L}{2}`,
  `was|were|did|had|used to|became|when|first|originally|at the time|(?:1\\d|20)\\d\\d`,
);

function word(...alternatives: string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join('|')})(?![\\p{L}\\p{N}])`, 'iu');
}
