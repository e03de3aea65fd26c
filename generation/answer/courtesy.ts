/**
 * A question without the words that only ask for an answer: «Подскажите, пожалуйста, …», «Расскажи
 * о …», "Could you tell me …", "Describe …". No page has them, so they must not be looked for.
 * Words that are nothing else stay.
 */
export function withoutCourtesy(question: string): string {
  const rest = question.replace(greetings, '').replace(request, '');
  return /[\p{L}\p{N}]/u.test(rest) ? rest.trim() : question;
}

const greetings =
  /^(?:(?:привет|здравствуй(?:те)?|добрый (?:день|вечер)|слушай(?:те)?|пожалуйста|будь(?:те)? добр[ыа]?|ну|hi|hello|hey|please|ok|so)[\s,.!]+)+/iu;

const inRussian = [
  String.raw`(?:не )?(?:можешь|можете|мог(?:ла|ли)? бы|могу)(?: (?:ли|ты|вы|бы|мне|пожалуйста))*,? (?:рас|под)?(?:сказать|объяснить|описать|пояснить|узнать)`,
  String.raw`(?:я )?(?:хочу|хотел(?:а|и)? бы|хотелось бы|надо|нужно|мне интересно|интересно)(?: (?:бы|мне))* (?:узнать|знать|понять|спросить)`,
  String.raw`(?:а )?(?:ты|вы)? ?(?:не )?(?:знаешь|знаете|подскажешь|подскажете|скажешь|скажете)(?: (?:ли|ты|вы))*`,
  String.raw`(?:(?:рас|под)?скажи|объясни|опиши|поясни|ответь)(?:те)?`,
  String.raw`(?:мне )?интересно(?=,)`,
];

const inEnglish = [
  String.raw`(?:can|could|would|will) you (?:please |kindly )?(?:tell|explain|describe|show)`,
  String.raw`i(?:['’]d| would) (?:like|love) to (?:know|learn|understand|hear|ask)`,
  String.raw`i (?:want|need) to (?:know|learn|understand|ask)`,
  String.raw`(?:do|would) you (?:happen to )?know`,
  String.raw`i (?:wonder|was wondering)`,
  String.raw`(?:tell|remind) (?:me|us)|explain|describe|let me know`,
];

/** What may follow: to whom and how, and about. */
const request = new RegExp(
  String.raw`^(?:${[...inRussian, ...inEnglish].join('|')})(?:,? (?:мне|нам|пожалуйста|(?:по)?подробнее|подробно|кратко|вкратце|коротко|ещ[её]|me|us|please|more|briefly|in detail))*(?:[,:] ?| (?:об?о?|про|насч[её]т|about|to me) (?!ч[её]м|ком|как)| (?=\S))`,
  'iu',
);
