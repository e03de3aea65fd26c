/** Holds back the beginning of an answer that may be a refusal. One for each answer. */
export interface RefusalGate {
  /** What of the text so far may be shown: nothing of a refusal's first sentence. */
  push(text: string): string;
  end(): string;
  /** The model will not speak about it. The text that was held is then still to be had from `end`. */
  readonly isRefusal: boolean;
}

/**
 * Models refuse by policy in few ways: they say that they cannot, may not or will not do what was
 * asked, what they are, or that they would rather speak of something else, often after an apology, and
 * without a source. Whatever cites is none.
 */
export function createRefusalGate(): RefusalGate {
  let held = '';
  let state: 'open' | 'passed' | 'refusal' = 'open';

  const judge = (isEnd: boolean): typeof state => {
    const start = plain(held);
    const said = start.replace(courtesies, '');
    if (start === '') return 'open';
    const word = said.match(/^[\p{L}'-]*/u)?.[0] ?? '';
    const isWhole = isEnd || word.length < said.length;
    const mayRefuse = isWhole
      ? firstWords.has(word)
      : [...firstWords].some((first) => first.startsWith(word));
    if (!mayRefuse) return 'passed';
    if (!isEnd && said.length <= 400 && !sentenceEnd.test(said)) return 'open';
    const sentence = said.split(sentenceEnd, 1)[0] ?? '';
    const isCited = cites.test(start.slice(0, start.length - said.length + sentence.length + 8));
    const regrets = said.length < start.length && failing.test(sentence);
    const isRefusal = regrets || refusals.some((form) => form.test(sentence));
    return isRefusal && !isCited ? 'refusal' : 'passed';
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

function plain(text: string): string {
  return text
    .trimStart()
    .replace(/^[«"“*_#\s]+/u, '')
    .replaceAll(/[*_]{2}/gu, '')
    .replaceAll('’', "'")
    .replaceAll('ё', 'е')
    .toLowerCase();
}

const cites = /[[【]\d/u;
// Whoever cites does so before the next sentence begins.
const sentenceEnd = /(?<=[.!?…]["»”]?)\s+(?=[\p{L}«"“*])|\n/u;

/** What comes before a refusal, and before answers too. */
const courtesies =
  /^(?:(?:(?:i'm|i am) (?:so |very |really |truly )?sorry|sorry|(?:i|my) apologi[sz]e?s?|apologies|unfortunately|regrettably|thank(?:s| you)(?: for [^.!?,]{1,60}(?=[.!?,]))?|i (?:understand|appreciate)[^.!?,]{0,80}(?=[.!?,])|извините|простите|прошу прощения|к сожалению|увы|сожалею|спасибо за (?:ваш )?вопрос|(?:я )?понимаю[^.!?,]{0,80}(?=[.!?,])|боюсь)(?:\s*[,.!:;…—–-]+\s*|\s+)(?:(?:but|however|но|однако|что|that)\s*,?\s+)?)+/u;

const firstWords = new Set(
  `but however но однако что that i i'm as my this it that such we as не я мы мне мной нам как у иногда генеративные давайте что-то данная данный данные эта этот это эти такие такая подобные вынужден вынуждена отказываюсь обсуждать на моя мои мой ответ sorry unfortunately apologies извините простите увы сожалею к прошу боюсь понимаю спасибо thank thanks`.split(
    ' ',
  ),
);

/** After an apology. */
const failing = /^(?:я )?не |^i (?:do|did|could|was|am|have)(?:n't| not| un)|^i can(?:'t|not)/u;

const doing =
  'помо|ответ|отвеч|обсу|предостав|говор|комментир|поддерж|выполн|рассказ|сказат|дать|делит|подели|продолж|высказ|участв|рассужд|выраж|созда|напис|давать|консульт|рекоменд|удовлетвор|обработ|найти|ска[зж]|дел(?:ать|иться)|сделать';
const helping =
  'assist|help|answer|provide|discuss|do (?:that|this|so|it)|engage|comply|fulfil|talk|comment|share|give|offer|respond|participate|support|continue|creat|generat|writ|speculat|access|brows|recommend|advi[sc]e|express|have|process|complete|speak|offer|satisfy|tell|find';

const refusals: readonly RegExp[] = [
  new RegExp(
    `^i (?:really |simply |just )?(?:can't|cannot|can not|could not|am (?:un|not )able to|am not (?:allowed|permitted|comfortable)|do not feel comfortable|don't feel comfortable)(?: (?:\\p{L}+ ){0,2}(?:${helping})|$)`,
    'u',
  ),
  /^i(?:'m| am) (?:unable to|not (?:able|allowed|permitted|programmed|designed|comfortable|in a position))/u,
  /^i(?:'m| am) (?:just |only )?an? (?:ai|artificial|(?:large )?language model|chatbot)(?!\p{L})/u,
  /^(?:i|we) (?:must|have to|need to|will have to) (?:respectfully )?(?:decline|refuse)|^i (?:respectfully )?(?:decline|refuse)|^i (?:won't|will not)(?!\p{L})/u,
  /^as an? (?:(?:\p{L}+ )?ai|artificial intelligence|(?:large )?language model)(?!\p{L})/u,
  /^(?:this|that|it|such)(?: \p{L}+)? (?:violates|goes against|is (?:against|outside) my|is not something i)|^my (?:guidelines|programming|policies|policy|training) (?:do|does|prevent|prohibit|forbid|limit)/u,
  new RegExp(
    `^(?:я |мы )?(?:пока |просто |действительно )?(?:не (?:могу|смогу|можем|в состоянии|имею права|вправе|уполномочена?|готова?|буду|стану|умею))(?: (?:\\p{L}+ ){0,3}(?:${doing})|[ .]*$)`,
    'u',
  ),
  /^(?:я )?(?:вынужден[аы]? (?:вам )?отказа|отказываюсь)/u,
  /^мне (?:не (?:разрешен|позволен|следует|положен)|запрещен|нельзя|сложно (?:ответить|говорить|судить))/u,
  /^(?:обсуждать )?(?:на )?(?:данн|эт|подобн|так)\p{L}* (?:тем|вопрос|запрос)\p{L}* (?:не |я не |выходит за|нарушает|запрещен|является чувствительн|мне )/u,
  /^(?:я|мы) ?[—–-] ?(?:всего лишь |просто |только )?(?:\p{L}+ )?(?:языков|нейросет|ии(?!\p{L})|искусственн|виртуальн)/u,
  /^(?:как (?:и )?(?:люб\p{L}+ |больш\p{L}+ )?|у |иногда |)(?:генеративн\p{L}+ )?(?:языков\p{L}+ модел|нейросетев\p{L}+|генеративн\p{L}+ (?:модел|языков)|ии(?!\p{L})|искусственн\p{L}+ интеллект)/u,
  /^не люблю менять тему|^что-то в вашем вопросе меня смущает|^давайте (?:лучше )?(?:сменим тему|поговорим о (?:чем|друг))/u,
];
