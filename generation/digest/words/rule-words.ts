import type { BrokenRule, PostLanguage, RuleName } from '../digest-post.ts';

/** What a draft breaks, as one plain sentence for an editor or a model. */
export function ruleSentence(
  { rule, at, actual, allowed }: BrokenRule,
  language: PostLanguage,
): string {
  const words = (language === 'ru' ? RUSSIAN : ENGLISH)[rule];
  const numbers =
    actual === undefined ? '' : ` (${actual}${allowed === undefined ? '' : ` / ${allowed}`})`;
  const shown = at === null ? '' : `: «${at.length > 120 ? `${at.slice(0, 117)}…` : at}»`;
  return `${words}${numbers}${shown}`;
}

const RUSSIAN: Readonly<Record<RuleName, string>> = {
  'too-short': 'Пост короче нормы: фактов в источниках мало',
  'too-long': 'Пост длиннее нормы',
  'title-too-long': 'Заголовок слишком длинный',
  'title-emoji': 'В заголовке должно быть одно эмодзи',
  'emoji-in-text': 'Эмодзи в тексте, а место им в заголовке',
  paragraphs: 'В посте должно быть от одного до шести абзацев',
  opening: 'Первый абзац не говорит, кто и что сделал',
  'single-bullet': 'Список из одного пункта',
  comparison: 'Нет сравнения с обоими значениями, хотя источник его даёт',
  'how-made': 'Не сказано, как сделано, хотя источник это говорит',
  price: 'Не названа цена, хотя источник её даёт',
  'price-undated': 'Цена без даты',
  russian: 'Не сказано о качестве на русском',
  limitation: 'Не названо ограничение, о котором пишут авторы',
  links: 'Последняя строка — одна, две или три ссылки: GitHub | Huggingface | Paper',
  hashtag: 'Хештег',
  experience: 'Похоже на чужое мнение или опыт',
  language: 'Пост не на том языке',
  conflict: 'Источники расходятся, а названо одно значение',
  'unsupported-figure': 'Этого числа нет в источниках',
  'unsupported-name': 'Этого названия нет в источниках',
  'unsupported-claim': 'Источники этого не подтверждают',
};

const ENGLISH: Readonly<Record<RuleName, string>> = {
  'too-short': 'The post is shorter than it should be: the sources state too little',
  'too-long': 'The post is too long',
  'title-too-long': 'The title is too long',
  'title-emoji': 'The title must have one emoji',
  'emoji-in-text': 'An emoji stands outside the title',
  paragraphs: 'A post has one to six paragraphs',
  opening: 'The first paragraph does not say who made what',
  'single-bullet': 'A list of one point',
  comparison: 'The comparison with both values is missing, though a source gives it',
  'how-made': 'It is not said how it was made, though a source says it',
  price: 'The price is missing, though a source gives it',
  'price-undated': 'A price without a date',
  russian: 'Nothing is said of its quality in Russian',
  limitation: 'A limitation that its authors name is missing',
  links: 'The last line must be one to three links: GitHub | Huggingface | Paper',
  hashtag: 'A hashtag',
  experience: 'This reads like an opinion or an experience that nobody had',
  language: 'The post is in the wrong language',
  conflict: 'Sources differ, and one value is named',
  'unsupported-figure': 'This figure is not in the sources',
  'unsupported-name': 'This name is not in the sources',
  'unsupported-claim': 'The sources do not bear this out',
};
