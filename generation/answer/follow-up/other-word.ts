import { cutWords, isVerb } from './words.ts';

/**
 * «Когда началась война?» and «а закончилась?», «Когда началась Вторая …?» and «а Первая?»: one word
 * gives way to one of its kind. Null when the earlier question has none.
 */
export function askWithOther(text: string, earlier: string): string | null {
  const [other, ...more] = cutWords(text);
  if (other === undefined || more.length > 0 || !/[а-яё]/u.test(other.folded)) return null;
  const isSame = isVerb(other)
    ? isVerb
    : ordinal.test(other.folded)
      ? ({ folded }: { folded: string }): boolean => ordinal.test(folded)
      : null;
  if (isSame === null) return null;
  const given = cutWords(earlier).find((word) => isSame(word));
  if (given === undefined) return null;
  return earlier.slice(0, given.start) + other.text + earlier.slice(given.end);
}

const ordinal =
  /^(?:перв|втор|трет|четверт|пят|шест|седьм|последн)(?:ый|ая|ое|ые|ой|ого|ую|ых|ий|ья|ье|ьи|ьей|ом|ым)$/u;
