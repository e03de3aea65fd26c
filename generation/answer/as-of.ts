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
 * current, prices and rates, weather, somebody's age, counts of people, rankings, who holds an office,
 * versions. A question about a year
 * or about what was is answered for good.
 */
export function asOf(
  question: string,
  { sentences, sources }: { sentences: readonly CitedSentence[]; sources: readonly CitedSource[] },
): AsOf | null {
  if (past.test(question) || hasPastVerb(question)) return null;
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
      `курс\\p{L}* (?!лекци|лечени|обучени)\\p{L}+|почём|почем`,
      `how much (?:is|are)|how much .*costs?|prices?|pricing|costs?|exchange rate|salary`,
    ),
    isTold: hasFigure,
  },
  {
    asked: word(`погод\\p{L}{1,2}|weather|(?:weather )?forecast`),
    isTold: () => true,
  },
  {
    asked: word(
      `температура (?:воздуха |воды )?(?:в|во|на) \\p{L}+|(?:ключев|учётн|учетн|процентн)\\p{L}+ ставк\\p{L}+`,
      `ставк\\p{L}+ (?:по|цб|банка|рефинансирования)|ипотек\\p{L}+|инфляци\\p{L}|безработиц\\p{L}|ввп|мрот`,
      `минимальн\\p{L}+ (?:зарплат\\p{L}+|оплат\\p{L}+|размер\\p{L}*)|прожиточн\\p{L}+ минимум\\p{L}*|пенси[яиюей]{1,2}`,
      `temperature (?:in|at)|(?:interest|key|mortgage|base|inflation|unemployment) rates?`,
      `inflation|unemployment|gdp|minimum wage|pension`,
    ),
    isTold: hasFigure,
  },
  {
    // To whom the years are counted stands in the dative.
    asked: word(
      `сколько (?:сейчас )?(?:полных )?лет (?:\\p{L}+(?:ому|ему|ой|ей) ){0,2}\\p{L}+(?:[уюеи]|ой|ей|ому|ему)`,
      `сколько (?:\\p{L}+(?:[уюе]|ой|ей|ому|ему) ){1,3}лет|возраст \\p{L}+|how old (?:is|are)|what(?: is|'s|’s) the age of`,
    ),
    isTold: (claim) => /\d/u.test(claim),
  },
  {
    asked: word(
      `население|численность (?:населения|сотрудников|\\p{L}+)`,
      `сколько (?:\\p{L}+ )?(?:жителей|пользователей|подписчиков|сотрудников|клиентов|зв[её]зд)`,
      `сколько (?:людей|человек) (?:жив[её]т|проживает|работает|учится|пользуется)`,
      `population`,
      `how many (?:\\p{L}+ )?(?:people (?:live|work|use)|inhabitants|residents|users|subscribers|employees|customers|stars)`,
    ),
    isTold: hasFigure,
  },
  {
    asked: word(
      `рейтинг\\p{L}*|сам\\p{L}{2,3} (?:богат|популярн|посещаем|продаваем|мощн|быстр|деш[её]в|дорог|умн|продвинут|влиятельн)\\p{L}+`,
      `лучш(?:ая|ий|ее|ие|их)|leaderboard|richest|wealthiest|best|fastest|cheapest|smartest`,
      `most (?:popular|valuable|visited|sold|powerful|expensive|advanced|influential)`,
    ),
    isTold: hasName,
  },
  {
    asked: word(
      `кто (?:президент|глав[ан]|мэр|губернатор|(?:ген)?директор|министр|премьер|чемпион)\\p{L}*`,
      `кто (?:сейчас )?(?:возглавляет|руководит|управляет|правит)|who (?:leads|heads|runs|rules|governs)`,
      `^\\s*(?:действующ\\p{L}+ )?(?:президент|глава|мэр|губернатор|(?:ген)?директор|премьер|чемпион)\\p{L}*`,
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

/** What is asked of the past: "how much did it cost", «в 1897 году». */
const past = word(
  `умер\\p{L}*|погиб\\p{L}*|стать|раньше|когда|впервые|перв\\p{L}{2}`,
  `was|were|did|had|used to|became|when|first|originally|at the time|(?:1\\d|20)\\d\\d`,
);

/**
 * «Кто был президентом», «сколько стоил дом». Nouns and names end like verbs of the past, too: what stands
 * behind a preposition, an adjective or what is asked for («население Непала») is none.
 */
function hasPastVerb(question: string): boolean {
  const asked = new Set(
    changing.flatMap(({ asked: form }) =>
      [...question.matchAll(new RegExp(form.source, 'giu'))].map(
        ({ 0: { length }, index }) => index + length,
      ),
    ),
  );
  return [...question.matchAll(/\p{L}+/gu)].some(({ 0: word, index }) => {
    if (!likePastVerb.test(word)) return false;
    if (/^(?:был|стал|жил)[аои]?$/iu.test(word)) return true;
    const before = question.slice(0, index).trimEnd();
    const previous = /\p{L}+$/u.exec(before)?.[0].toLowerCase() ?? '';
    if (/^\p{Lu}/u.test(word) && before !== '') return false;
    if (prepositions.has(previous) || asked.has(before.length)) return false;
    return !likeAdjective.test(previous) || pronouns.test(previous);
  });
}

const likePastVerb =
  /^(?!\p{L}*(?:иал|онал|анал|урнал|ортал|ерал|окзал|утбол|ейбол|етбол)[аои]?$)\p{L}*[аеёияоуы]л(?:[аои]|ся|ась|ось|ись)?$/iu;
const likeAdjective = /(?:[оеиы]й|[аоеуюя][яею]|[оеё]го|[ое]му|[иы][хе])$/u;
const pronouns =
  /^(?:как\p{L}+|котор\p{L}+|так\p{L}+|его|её|ее|их|сво\p{L}+|ничего|никого|кого|чего|кому|чему)$/u;
const prepositions = new Set(
  'в во на у о об из из-за с со к ко по до от ото для без при про за под над между через среди'.split(
    ' ',
  ),
);

function word(...alternatives: string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join('|')})(?![\\p{L}\\p{N}])`, 'iu');
}
