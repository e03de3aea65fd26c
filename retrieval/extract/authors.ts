import { foldText } from './text-folding.ts';
import { comparable } from './titles.ts';

/** The names in the first list that has any, each once and without «By»; addresses are no names. */
export function authorNames(lists: readonly (readonly string[])[]): string[] {
  for (const list of lists) {
    const names = new Map<string, string>();
    for (const written of list.slice(0, 20)) {
      const name = foldText(written.slice(0, 400)).replace(label, '');
      if (isName(name) && names.size < 5) names.set(comparable(name), name);
    }
    if (names.size > 0) return [...names.values()];
  }
  return [];
}

const label =
  /^(?:(?:written |posted )?by|authors?|автор(?:ы|ом)?|текст)(?:\s*:\s*|\s+(?=\p{Lu}))/iu;

function isName(text: string): boolean {
  return /\p{L}/u.test(text) && text.length <= 100 && !/:\/\/|@\w+\.|^www\./u.test(text);
}
