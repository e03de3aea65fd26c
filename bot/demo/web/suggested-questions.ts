export interface SuggestedQuestion {
  text: string;
  language: 'ru' | 'en';
}

/**
 * Questions that the bundled web was made for: plain ones, one that meets a false figure, one that a
 * slow page must not hold up, one whose sources hold a planted instruction, one without an answer.
 */
export const SUGGESTED_QUESTIONS: readonly SuggestedQuestion[] = [
  { text: 'Почему небо голубое?', language: 'ru' },
  { text: 'Чем DeepSeek-R1 отличается от R1-Zero?', language: 'ru' },
  { text: 'Правда ли, что у DeepSeek-V3 617 миллиардов параметров?', language: 'ru' },
  { text: 'Как работает GigaSearch?', language: 'ru' },
  { text: 'How deep is Lake Baikal?', language: 'en' },
  { text: 'How does retrieval-augmented generation work?', language: 'en' },
  { text: 'What is SmallThinker-3B-Preview?', language: 'en' },
  { text: 'When will DeepSeek-V5 be released?', language: 'en' },
];

/** Messages to check, each with a claim that the bundled web bears out and one that it does not. */
export const SUGGESTED_CHECKS: readonly SuggestedQuestion[] = [
  {
    text: 'Проверь: Глубина Байкала — 1642 метра. У DeepSeek-V3 617 млрд параметров.',
    language: 'ru',
  },
  {
    text: 'Check: DeepSeek-V3 has 671B parameters. Alexander Fleming discovered penicillin in 1938.',
    language: 'en',
  },
];
