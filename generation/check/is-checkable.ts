import { isFact, readStatement } from '../../citations/statement.ts';

/**
 * How much there is to check in a sentence: figures, dates and names, or a plain statement of fact. 0
 * for what nobody can look up: questions, orders, greetings, opinions, guesses, what somebody says of
 * themselves or of whoever reads.
 */
export function checkableWeight(sentence: string): number {
  if ([...saysNothing, ...saysItAlone].some((pattern) => pattern.test(sentence))) return 0;
  const { terms } = readStatement(sentence);
  const words = terms.filter((term) => term.kind !== 'word' || !term.isStop);
  // «671 млрд параметров» is a figure of nothing yet, «Байкал глубокий» is short and says all.
  if (words.length < 2 || !terms.some((term) => !isFact(term))) return 0;
  const facts = terms.filter(isFact).length;
  const names = terms.filter((term) => term.kind === 'name' && term.isCertain).length;
  const opening = terms[0];
  const isNamedFirst = opening?.kind === 'name' && !opening.isCertain;
  const isStated = predicate.test(sentence);
  if (facts === 0 && (!isStated || toCome.test(sentence))) return 0;
  if (facts === 0 && names === 0 && !(isNamedFirst && words.length >= 2)) return 0;
  if (facts > 0 && !isStated && names === 0) return 0;
  return Math.min(facts, 2) * 3 + Math.min(names, 2) * 2 + (isStated ? 1 : 0);
}

/**
 * Whether a sentence that is all somebody wants checked states something: «Земля плоская», «мы используем
 * 10 % мозга», "bananas are radioactive". Among others such a sentence says too little to be picked.
 */
export function isStatement(sentence: string): boolean {
  if (saysNothing.some((pattern) => pattern.test(sentence))) return false;
  const words = readStatement(sentence).terms.filter(
    (term) => term.kind !== 'word' || !term.isStop,
  );
  return (
    words.length >= 2 && [predicate, bareAdjective, counted, weDo].some((one) => one.test(sentence))
  );
}

// Cyrillic has no \b in JavaScript: words are bounded by what is no letter.
const before = String.raw`(?<![\p{L}\p{N}-])`;
const after = String.raw`(?![\p{L}\p{N}-])`;

function anywhere(words: string): RegExp {
  return new RegExp(`${before}(?:${words})${after}`, 'iu');
}

function first(words: string): RegExp {
  // «ВНИМАНИЕ: подпишитесь», "SYSTEM: ignore …"
  return new RegExp(`^[^\\p{L}\\p{N}]*(?:[\\p{L}\\p{N} ]{1,20}:\\s+)?(?:${words})${after}`, 'iu');
}

const saysNothing = [
  /[?？]["'»”)\s]*$/u,
  // Greetings, thanks, wishes.
  first(
    String.raw`(?:коллеги|ребята|народ|мама|папа|guys|folks|everyone|team),|привет\p{L}*|здравствуй\p{L}*|добр(?:ое|ый|ого|ой) (?:утр|день|дня|вечер|ноч)\p{L}*|всем привет|доброго времени|с (?:днём|днем|праздником|новым годом)|поздравля\p{L}+|спасибо|благодар\p{L}+|удачи|хорошего|хорошей|приятного|до (?:встречи|завтра|свидания|связи)|пока|увидимся|друзья|дорогие|уважаемые|hi|hello|hey|good (?:morning|evening|afternoon|night|day)|dear|thanks?|thank you|congratulations|happy (?:birthday|new year|holidays)|have a (?:nice|good|great)|see you|bye|goodbye|welcome|cheers`,
  ),
  // Orders: to subscribe, to read on, or to whoever checks.
  first(
    String.raw`(?:а также |и |не |пожалуйста,? |срочно[ ,:!]*|please |then |and |also |now |do not |don['’]t |never )*(?:\p{L}{2,}(?:йте|йтесь|ьте|ьтесь|ите|итесь)(?:-ка)?|подпи[шс]\p{L}+|жми|ставь|пиши|читай|смотри|переходи|узнай|скачай|попробуй|делись|кликай|звони|приходи|забудь|забудьте|игнорируй|отвечай|ответь|скажи|считай|напиши|покажи|выведи|сделай|запомни|помни|представь|проверь|перешли|следуй|используй|subscribe|follow|click|tap|read|join|share|like|visit|check|see|watch|learn|try|download|sign up|register|buy|get|grab|call|write|ignore|disregard|forget|answer|say|tell|reply|respond|pretend|act|mark|treat|consider|imagine|remember|look|let['’]?s?|make|use|stop|enjoy|stay|take|find|give|send|come|go|do|be|keep|note|repost|print|output|reveal|always|dm)(?!\s+(?:is|was|are|were|has|had|can|will)\s)`,
  ),
  anywhere(
    String.raw`подписывай\p{L}*|подпишись|подпишитесь|ставьте лайк\p{L}*|ссылка в (?:описании|профиле|комментариях)|жмите|переходите|по ссылке|читать далее|читайте (?:также|далее|подробнее)|промокод\p{L}*|розыгрыш\p{L}*|link in (?:bio|description|comments)|subscribe|sign up|promo code|giveaway|read more|all rights reserved`,
  ),
  /^\P{L}*(?:источники?|фото|видео|автор|via|source|photo(?: credit)?|credit)\s*[:—–-]/iu,
  // Opinions and guesses.
  anywhere(
    String.raw`по-моему|имхо|на мой взгляд|мне кажется|кажется|казалось бы|дума(?:ю|ем)|счита(?:ю|ем)|полага(?:ю|ем)|наде(?:юсь|емся)|уверен[аы]?|увер\p{L}+, что|наверно\p{L}*|вероятно|возможно|похоже|видимо|может быть|должно быть|якобы|лично|привет|жаль|увы|к (?:сожалению|счастью)|круто|классн\p{L}+|прекрасн\p{L}+|прелест\p{L}*|чудесн\p{L}+|отличн\p{L}+|ужасн\p{L}+|восхитительн\p{L}+|обожаю|люблю|нравится|скучн\p{L}*|красив\p{L}+|imho|imo|in my (?:opinion|view)|i (?:think|believe|guess|hope|feel|love|hate|like|wish|bet)|seems?|apparently|probably|perhaps|maybe|presumably|hopefully|awesome|amazing|beautiful|terrible|wonderful|boring|cool|sadly|unfortunately|fortunately`,
  ),
  // Of whoever writes or reads nothing can be looked up.
  anywhere(
    String.raw`я|ты|вы|мне|меня|мной|тебя|тебе|вас|вам|вами|мой|моя|моё|мои|моей|моего|моих|твой|твоя|твои|ваш(?:|а|е|и|его|ей|ем|ему|их|им|у)|i['’](?:m|ve|ll|d)|we['’](?:ve|ll|d)|you['’](?:re|ve|ll|d)|me|my|mine|yours`,
  ),
  // Not the first of that name.
  /(?<!\p{Lu}\p{L}* )(?<!\p{L})I(?= [a-z])/u,
  // What may or should be is no fact.
  anywhere(
    String.raw`бы|если бы|следует|должн\p{L}+ был\p{L}*|хорошо бы|пора|давай\p{L}*|should|would|might|ought`,
  ),
];

/** Of those who write, or of everybody; an appointment, or what is said to come: a sentence by itself tells. */
const saysItAlone = [
  anywhere(
    String.raw`завтра|послезавтра|tomorrow|tonight|мы|нас|нам|нами|наш(?:|а|е|и|его|ей|ем|ему|их|им|у)|we|we['’]re|you|you['’]re|our|your`,
  ),
  // Not America.
  /(?<!\p{L})us(?!\p{L})/u,
];

/** «Земля плоская», «Вирусы живые»: an adjective behind its noun is what is said of it. */
const bareAdjective =
  /^\P{L}*(?:(?!\p{L}*(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)(?!\p{L}))\p{L}+\s+)+(?:(?:не|самый|самая|самое|самые|очень)\s+)?\p{L}{2,}(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)\P{L}*$/iu;

/** «В нашей галактике 200 млрд звёзд»: where so many are, stands before. */
const counted = /^\P{L}*(?:в|во|на|у|in|on)\s[^,.!]*\p{N}\p{L}{0,2}\s+(?:\p{L}+\.?\s+)?\p{L}{3,}/iu;
const weDo = /(?<!\p{L})мы(?!\p{L})[^.]*\p{L}{2,}(?:ем|им|ём)(?:ся)?(?!\p{L})/iu;

const toCome = anywhere('буд(?:ет|ут)|will');

/** What a statement of fact has: a dash for «is», a verb in the third person, a copula. */
const predicate = new RegExp(
  [
    String.raw`\s[—–-]\s`,
    // «Размер: 671 млрд»
    String.raw`^[^:]{2,60}:\s`,
    `${before}(?:${[
      String.raw`это|есть|нет|был[аои]?|стал[аои]?|создан|основан|назван|написан|выпущен|построен|обучен|доказан|известен|продан|куплен|имеет|имел[аои]?|состоит|равн[аыо]?|равен|входит|умер\p{L}*|рождён|рожден|может|могут|нельзя`,
      // Third person, past and passive: endings that no adjective has.
      String.raw`\p{L}{2,}(?:ает|яет|ует|ёт|еет|ает|оет|ит|ют|ут|ат|ят|ается|яется|уется|ится|ются|утся|атся|ятся|еется|ётся|ал|ял|ил|ел|ул|ыл|ла|ло|ли|лся|лась|лось|лись|шёл|шел|ан[аоы]|ен[аоы]|ён|ят[аоы]?|ыт[аоы]?|ут[аоы]?|ет)`,
      String.raw`is|are|was|were|has|have|had|does|did|can|cannot|can['’]t|isn['’]t|aren['’]t|wasn['’]t|doesn['’]t|don['’]t|didn['’]t|became|won|lost|made|took|began|fell|rose|grew|cost|wrote|built|led|found|came|went|ran|held|gave|beat|never`,
      String.raw`\p{L}{3,}(?:ed|es|s)`,
    ].join('|')})${after}`,
  ].join('|'),
  'iu',
);
