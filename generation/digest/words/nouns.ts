/** A phrase of the field in the cases that posts need. */
export interface Noun {
  key: string;
  pattern: RegExp;
  /** кого, что. */
  accusative: string;
  /** на чём: with its preposition. */
  onWhat: string;
  en: string;
}

/** What is compared, and on what: phrases that a sentence «X outperforms Y on Z» is made of. */
export const NOUNS: readonly Noun[] = [
  {
    key: 'chain-of-thought',
    pattern: /chain[- ]of[- ]thought|цепочк\p{L}+ рассуждений/iu,
    accusative: 'обычную цепочку рассуждений',
    onWhat: 'на цепочках рассуждений',
    en: 'ordinary chain-of-thought',
  },
  {
    key: 'logic',
    pattern:
      /logic(?:al)? (?:reasoning )?(?:tasks|problems|puzzles|reasoning)|логическ\p{L}+ задач\p{L}*/iu,
    accusative: 'логические задачи',
    onWhat: 'на логических задачах',
    en: 'logical tasks',
  },
  {
    key: 'maths',
    pattern:
      /math(?:ematic\p{L}+)?(?: reasoning| problems| tasks)?(?!\p{L})|математическ\p{L}+ задач\p{L}*/iu,
    accusative: 'математику',
    onWhat: 'на математике',
    en: 'mathematics',
  },
  {
    key: 'coding',
    pattern: /\bcod(?:e|ing)(?: generation| tasks)?(?!\p{L})|программирован\p{L}+/iu,
    accusative: 'программирование',
    onWhat: 'на задачах по программированию',
    en: 'coding',
  },
  {
    key: 'long-context',
    pattern: /long[- ]context(?: tasks)?|длинн\p{L}+ контекст\p{L}*/iu,
    accusative: 'длинный контекст',
    onWhat: 'на длинном контексте',
    en: 'long contexts',
  },
  {
    key: 'open-domain-qa',
    pattern: /open-domain (?:question answering|questions|QA)/iu,
    accusative: 'ответы на вопросы',
    onWhat: 'на вопросах из любой области',
    en: 'open-domain questions',
  },
  {
    key: 'retrieval',
    pattern: /\bretrieval(?: tasks| benchmarks)?(?!\p{L}|-)/iu,
    accusative: 'поиск',
    onWhat: 'на поисковых задачах',
    en: 'retrieval',
  },
  {
    key: 'transformers',
    pattern: /(?:standard |vanilla |ordinary )?transformers?(?: baselines?)?(?!\p{L})/iu,
    accusative: 'обычные трансформеры',
    onWhat: 'на трансформерах',
    en: 'ordinary transformers',
  },
  {
    key: 'larger-models',
    pattern: /(?:much )?larger (?:open )?models|models (?:several|\d+)? ?times (?:its|larger)/iu,
    accusative: 'более крупные модели',
    onWhat: 'на более крупных моделях',
    en: 'larger models',
  },
];

/** The phrase of a text that is known; null where it says more or other than that. */
export function nounKeyIn(text: string): string | null {
  return NOUNS.find(({ pattern }) => pattern.test(text))?.key ?? null;
}
