import type { FileTask } from '../answer/requested-files.ts';

/** What a question wants done with code, beside being answered; null where it only asks. */
export function codeTaskIn(question: string): FileTask | null {
  const text = question.toLowerCase().replaceAll('ё', 'е');
  return tasks.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

// Cyrillic has no \b in JavaScript: a word starts where no letter stands before it.
const tasks: readonly [FileTask, RegExp][] = [
  [
    'tests',
    /(?<!\p{L})(?:(?:напиши|добавь|сделай|сгенерируй|создай|покрой|придумай|нужны)\p{L}*[\s,]+(?:[\p{L}-]+[\s,]+){0,4}?(?:юнит-?)?тест\p{L}*|(?:write|add|generate|create|make)\s(?:[\p{L}-]+\s){0,4}?tests?)(?!\p{L})/u,
  ],
  [
    'documentation',
    /(?<!\p{L})(?:задокументируй\p{L}*|(?:напиши|добавь|сделай|сгенерируй|создай)\p{L}*[\s,]+(?:[\p{L}-]+[\s,]+){0,4}?(?:документаци\p{L}*|докстринг\p{L}*|комментари\p{L}*)|(?:write|add|generate|create)\s(?:[\p{L}-]+\s){0,4}?(?:documentation|docstrings?|docs|comments)|document\s(?:this|the|it))(?!\p{L})/u,
  ],
  [
    'refactor',
    /(?<!\p{L})(?:отрефактор\p{L}*|рефактор\p{L}*|(?:улучши|перепиши|упрости|почисти|оптимизируй)\p{L}*|как (?:улучшить|упростить|переписать)|refactor|(?:improve|simplify|clean up|rewrite|optimi[sz]e)\s(?:this|the|it|my))(?!\p{L})/u,
  ],
  [
    'explain',
    /(?<!\p{L})(?:(?:объясни|поясни|разбери|растолкуй)\p{L}*(?:\s(?:мне|пожалуйста|этот|эту|этого|весь|код\p{L}*|скрипт\p{L}*|файл\p{L}*|что|тут|здесь|происходит))*|что (?:делает|происходит в) (?:этот |этом |этой |эта |данн\p{L}+ )?(?:код\p{L}?|скрипт\p{L}?|файл\p{L}?|программ\p{L}|функци\p{L})|explain(?:\s(?:this|the|it|me|please|code|script|file))*|what does (?:this|the) (?:code|script|file|program|function) do)[^\p{L}\p{N}]*$/u,
  ],
];
