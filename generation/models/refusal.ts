/** Holds back the beginning of an answer that may be a refusal. One for each answer. */
export interface RefusalGate {
  /** What of the text so far may be shown: nothing of a refusal's first sentence. */
  push(text: string): string;
  end(): string;
  /** The model will not speak about it. The text that was held is then still to be had from `end`. */
  readonly isRefusal: boolean;
}

/**
 * Models refuse by policy in set phrases, and without a source: «Не люблю менять тему разговора, но
 * вот сейчас тот самый случай», "I'm sorry, but I can't help with that". Whatever cites is none.
 */
export function createRefusalGate(): RefusalGate {
  let held = '';
  let state: 'open' | 'passed' | 'refusal' = 'open';

  const judge = (isEnd: boolean): typeof state => {
    const start = held
      .trimStart()
      .replace(/^[«"“*]+/u, '')
      .toLowerCase()
      .replaceAll('’', "'");
    if (start === '') return 'open';
    const opener = openers.find((words) => start.startsWith(words));
    if (opener === undefined) {
      return !isEnd && openers.some((words) => words.startsWith(start)) ? 'open' : 'passed';
    }
    if (cites.test(held)) return 'passed';
    return isEnd || held.length > 400 || sentenceEnd.test(start) ? 'refusal' : 'open';
  };

  const release = (isEnd: boolean): string => {
    if (state === 'open') state = judge(isEnd);
    if (state === 'open' || (state === 'refusal' && !isEnd)) return '';
    const text = held;
    held = '';
    return text;
  };

  return {
    push(text) {
      held += text;
      return release(false);
    },
    end: () => release(true),
    get isRefusal() {
      return state === 'refusal';
    },
  };
}

const cites = /[[【]\d/u;
// Whoever cites does so before the next sentence begins.
const sentenceEnd = /[.!?…]["»”]?\s+\p{L}|\n/u;

const openers = [
  "i'm sorry, but i",
  "i'm sorry, i",
  'i am sorry, but i',
  'sorry, but i',
  "sorry, i can't",
  'sorry, i cannot',
  "i can't assist",
  "i can't help",
  "i can't answer",
  "i can't provide",
  "i can't discuss",
  'i cannot assist',
  'i cannot help',
  'i cannot answer',
  'i cannot provide',
  'i cannot discuss',
  "i'm unable to",
  'i am unable to',
  "i won't",
  'as an ai',
  'извините, но я не',
  'извините, я не',
  'простите, но я не',
  'простите, я не',
  'к сожалению, я не могу',
  'я не могу помочь',
  'я не могу ответить',
  'я не могу обсуждать',
  'я не могу предоставить',
  'я не буду',
  'не люблю менять тему',
  'как языковая модель',
  'как нейросетевая модель',
  'как у нейросетевой',
  'как искусственный интеллект',
  'генеративные языковые модели не обладают',
  'что-то в вашем вопросе меня смущает',
  'давайте сменим тему',
  'давайте поговорим о чём-нибудь другом',
];
