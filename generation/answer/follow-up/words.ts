import { baseOfIrregularForm } from '../../../retrieval/text/irregular-verbs.ts';
import { isQuestionWord, isStopWord } from '../../../retrieval/text/stop-words.ts';
import { fold } from '../../../retrieval/text/terms.ts';

export interface Word {
  /** As it is written. */
  text: string;
  folded: string;
  /** Where it stands in the text, in UTF-16 units. */
  start: number;
  end: number;
}

/** Words of a question in order; «DeepSeek-V3», «О'Генри», «3.5» and «C++» are one each. */
export function cutWords(text: string): Word[] {
  return [...text.matchAll(wordPattern)].map((match) => ({
    text: match[0],
    folded: fold(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

const wordPattern =
  /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|['’.,+&-](?=\p{N})|['’.+&-](?=\p{L}))*(?:\+\+|#)?/gu;

/** Says nothing of the subject; «её» and "its" among them. */
export function isLight({ folded }: Word): boolean {
  return isStopWord(folded) || isQuestionWord(folded) || prepositions.has(folded);
}

export function isPreposition({ folded }: Word): boolean {
  return prepositions.has(folded);
}

/**
 * A guess by its ending: infinitives, present, past and short participles of Russian; the past of
 * English.
 */
export function isVerb({ folded }: Word): boolean {
  if (orders.has(folded)) return true;
  if (/^[a-z]/u.test(folded)) return /\p{L}{2}[^e]ed$/u.test(folded) || irregular.has(folded);
  return russianVerb.test(folded) && !lookLikeVerbs.has(folded);
}

/** Past and plural or one of a kind: «открыл», «открыла», «открыли». */
export function isRussianPast(word: string): boolean {
  return /[иеаяуыо]л[аои]?(?:с[ья])?$|^умер(?:л[аои])?$/u.test(word) && !lookLikeVerbs.has(word);
}

const russianVerb =
  /^\p{L}+(?:тся|ться|[иеаяуы]ть|[аяеую]ет|[аяую]ют|[иеаяуы]л[аои]?(?:с[ья])?|[оеёы]шл[аои]|[оеё]шел|(?:ова|рожде|дела|дела|пуще|созда|изда|да|писа|осно|строе|убе|несе|нче|влен|чен|жен|ще|рже)н[аоы]?|(?:откры|закры|уби|приня|взя|заня)т[аоы]?)$|^(?:умерл?[аи]?|возникл?[аи]?|живет|живут|ест|едят|растет|растут|идет|идут|дает|лежит|лежат|стоит|стоят|весит|весят|говорит|говорят|значит|входит|входят|водятся|состоит|состоят|находят|делает|даст|пьет|нужен|нужна|нужно)$/u;

const orders = new Set(
  `compare describe explain show summarize summarise list give find translate сравни сравните опиши опишите
   объясни объясните покажи покажите перечисли найди переведи`.split(/\s+/u),
);

const lookLikeVerbs = new Set(
  `канал материал капитал журнал генерал сигнал потенциал минерал зал квартал вокзал оригинал персонал
   филиал сериал финал идеал интервал портал скандал вал бал футбол стол пол гол сила скала шкала начало
   правило зеркало могила тело дело мыло светило чернила стрела пчела модель акула кодекс тыл стул мул
   деталь силы скалы дела тела правила начала предел отдел раздел тыла узел орел осел козел котел стиль
   подать кровать печать область сеть нефть смерть память мать часть власть скорость цель сталь`.split(
    /\s+/u,
  ),
);

const irregular = new Set([...baseOfIrregularForm.keys()].filter((form) => form !== 'death'));

const prepositions = new Set(
  `в во на у с со к ко о об обо от до из изо за по под над при про для без через между перед после около
   насчет вокруг против среди ради in on at of for from to by with about into since until during between
   after before under over near inside across against among`.split(/\s+/u),
);
