import { takeLinks } from '../../retrieval/links.ts';
import { splitSentences } from '../../retrieval/text/sentences.ts';
import { isQuestionWord, isStopWord } from '../../retrieval/text/stop-words.ts';
import { tokenize } from '../../retrieval/text/terms.ts';

/** What a long text asks. */
export interface QuestionInText {
  /** Its own words. */
  asked: string;
  /** So that it can be searched for: with what the text is about, where the words only point there. */
  standalone: string;
}

/**
 * The question that somebody put after or before a text that they pasted, else the last one in it;
 * null when nothing in it asks. Either result has at most `maxLength` UTF-16 units.
 */
export function questionInText(
  text: string,
  { maxLength = 300, longestText = 20_000 }: { maxLength?: number; longestText?: number } = {},
): QuestionInText | null {
  if (text.length > longestText) return null;
  const lines = text
    .split(/[\n\r\u2028\u2029]+/u)
    .map((line) => splitSentences(line.replaceAll(/\s+/gu, ' ')).map((sentence) => sentence.text))
    .map((line) => line.filter((sentence) => !isCourtesy(sentence)))
    .filter((line) => line.length > 0);
  const sentences = lines.flat();
  const chosen = choose(lines, sentences);
  if (chosen === undefined) return null;
  const asked = shortened(chosen, maxLength);
  if (!pointsElsewhere(asked)) return { asked, standalone: asked };
  const subject = subjectOf(chosen, sentences);
  if (subject === undefined) return null;
  const room = maxLength - asked.length - 1;
  return { asked, standalone: `${firstWords(subject, room)} ${asked}`.trim() };
}

/**
 * Who adds a question to a text gives it a line of its own, below or above. Without such a line its
 * end and its beginning are looked at, and then what the text itself asks.
 */
function choose(lines: readonly string[][], sentences: readonly string[]): string | undefined {
  const edges = lines.length === 1 ? [] : [...lines.slice(-2).toReversed(), ...lines.slice(0, 2)];
  for (const line of edges.filter(({ length }) => length <= 3)) {
    const found = askedInLine(line);
    if (found !== undefined) return found;
  }
  return [sentences.at(-1), sentences[0]].find(asks) ?? sentences.findLast(isQuestion);
}

/** A question that the line goes on to answer is its author's own. */
function askedInLine([first = '', ...others]: readonly string[]): string | undefined {
  const last = others.at(-1) ?? first;
  if (asks(last) || beginsLikeQuestion(last)) return last;
  return isRequest(first) ? first : undefined;
}

function asks(text: string | undefined): boolean {
  return text !== undefined && (isQuestion(text) || isRequest(text));
}

/** «Кто открыл пенициллин? А когда?»: the question before, else what the text opens with. */
function subjectOf(chosen: string, sentences: readonly string[]): string | undefined {
  const before = sentences[sentences.lastIndexOf(chosen) - 1];
  if (before !== undefined && isQuestion(before) && !pointsElsewhere(before)) return before;
  return sentences.find((text) => text !== chosen && tellingWords(text).length > 1);
}

function isQuestion(text: string): boolean {
  return /\?[?!)"'»”’\s]*$/u.test(takeLinks(text).rest);
}

/** A short line without its question mark: «Сколько параметров у DeepSeek-V3» */
function beginsLikeQuestion(text: string): boolean {
  const [first] = tokenize(text);
  return (
    text.length <= 200 &&
    first !== undefined &&
    isQuestionWord(first.word) &&
    !/[.:;,]$/u.test(text)
  );
}

function isRequest(text: string): boolean {
  return requestPattern.test(text.replace(greetingPattern, ''));
}

/** A whole sentence that only greets or thanks. */
function isCourtesy(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.every((word) => courteous.has(word));
}

/** Whether it can only be understood with the text: «О чём это?», «Сколько у неё параметров?» */
function pointsElsewhere(text: string): boolean {
  return tellingWords(text).length === 0 || pointerPattern.test(text);
}

function tellingWords(text: string): string[] {
  return tokenize(takeLinks(text).rest)
    .map(({ word }) => word)
    .filter((word) => !isStopWord(word) && !aboutText.test(word));
}

/** The end of a long question, where it asks; the beginning of a long request. */
function shortened(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  if (!isQuestion(text)) return firstWords(text, maxLength);
  const end = text.slice(-maxLength);
  const clause = end.search(/(?<=[,:;—–]\s)\S/u);
  return end.slice(clause === -1 ? end.search(/(?<=\s)\S/u) : clause).toWellFormed();
}

function firstWords(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, Math.max(0, maxLength));
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), 0)).toWellFormed();
}

const greetingPattern =
  /^(?:(?:привет|здравствуй(?:те)?|добрый (?:день|вечер)|пожалуйста|прошу(?: вас)?|вопрос|задача|hi|hello|hey|please|question|task)[\s,.!:—-]+)+/iu;

const courteous = new Set(
  `привет здравствуй здравствуйте добрый доброе день вечер утро заранее большое огромное спасибо
   благодарю пожалуйста hi hello hey good morning evening thanks thank you in advance a lot very much
   many please`.split(/\s+/u),
);

// Cyrillic has no \b in JavaScript: a word ends where no letter follows.
const requestPattern =
  /^(?:(?:не )?(?:мог(?:ли|ла)? бы (?:ты|вы)|можешь|можете)(?: ли)?(?: (?:ты|вы|мне|пожалуйста))* |(?:can|could|would|will) you (?:please |kindly )?|i(?:['’]d| would) like (?:you )?to |(?:я )?(?:хочу|хотел(?:а|и)? бы|надо|нужно|помогите|помоги|help me(?: to)?) )?(?:(?:объясни|поясни|расскажи|перескажи|опиши|сравни|переведи|найди|подскажи|скажи|назови|перечисли|проверь|оцени|резюмируй|суммируй|обобщи|выдели|ответь|разъясни|уточни|покажи|сократи|напиши|укажи|определи)(?:те)?|объяснить|пояснить|рассказать|пересказать|описать|сравнить|найти|узнать|понять|знать|проверить|назвать|перечислить|резюмировать|explain|summari[sz]e|sum up|describe|compare|tell (?:me|us)|list|find(?: out)?|check|translate|name|outline|clarify|answer|verify|define|extract|paraphrase|shorten|know|understand|show me|give me)(?!\p{L})/iu;

/** Words that speak of the text instead of what it is about. */
const aboutText =
  /^(?:текст|стать|отрывк|отрывок|фрагмент|материал|заметк|пост(?:а|е|у)?$|абзац|вывод|итог|суть|сути$|смысл|мысл|иде[яиюе]|главн|основн|важн|автор|отсюда|выше|ниже|написан|сказан|сообща|утвержда|говорит|речь|кратк|коротк|вкратц|подробн|простыми|слов|предложени|пункт|тезис|объясн|поясн|перескаж|переска[зж]|резюм|суммир|обобщ|выдел|переве[дс]|правда|верн|дума|счита|значит|можешь|можете|text|article|passage|paragraph|post|above|below|following|main|key|point|idea|conclusion|takeaway|summar|gist|author|mean|think|say|said|true|correct|explain|describe|brief|short|sentence|word|bullet|translate|opinion)/u;

const pointerPattern =
  /(?<!\p{L})(?:он|она|оно|они|его|её|ее|ему|ей|них|ним|неё|нее|него|ней|нём|нем|этот|эта|эти|этой|этого|этом|этих|этим|этими|эту|отсюда|it|its|they|their|them|this|these|he|she|his|her)(?!\p{L})/iu;
