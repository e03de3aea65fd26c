export type FactKind = 'figure' | 'date' | 'name';

export interface FactPlace {
  text: string;
  start: number;
  end: number;
  /** Only facts of one shape may stand for each other. */
  shape: string;
  /** What may not be shared with what replaces it. */
  parts: string[];
}

/** Where a text has facts of a kind, as they are written. */
export function findPlaces(text: string, kind: FactKind): FactPlace[] {
  if (kind === 'name') return findNames(text);
  return [...text.matchAll(kind === 'date' ? datePattern : figurePattern)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
    shape: /^[\d.,\s]+$/u.test(match[0]) ? 'digits' : 'words',
    parts: [comparable(match[0]), ...(kind === 'date' ? years(match[0]) : [])],
  }));
}

const month =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)';
// A whole date, or a year by itself.
const datePattern = new RegExp(
  `(?<![\\p{L}\\d.,-])(?:\\d{1,2} ${month} \\d{4}|${month} \\d{1,2}, \\d{4}|${month} \\d{4}|\\d{4}-\\d\\d-\\d\\d|\\d\\d\\.\\d\\d\\.\\d{4}|1[0-9]\\d\\d|20[0-2]\\d)(?![\\p{L}\\d–-]|[.,]\\d)`,
  'gu',
);
// Digits that are no year, no part of a date, no part of a name and no place in an order.
const figurePattern = new RegExp(
  `(?<![\\p{L}\\d$.,:/–-]|\\d[ \\u00a0]|${month} |№ ?|No\\. ?)(?!\\d\\d\\.\\d\\d\\.\\d{4}|(?:1[0-9]\\d\\d|20[0-2]\\d)(?!\\d))\\d+(?:[ \\u00a0]\\d{3})*(?:[.,]\\d+)*(?![\\p{L}\\d–:/-]|[.,]\\d| ${month}|[ \\u00a0](?:\\d|тыс|млн|млрд|thousand|million))`,
  'gu',
);

function findNames(text: string): FactPlace[] {
  const places: FactPlace[] = [];
  const pattern = /(?<![\p{L}\d'’-])\p{Lu}\p{Ll}{2,}(?:[-' ]\p{Lu}\p{Ll}+)*(?![\p{L}\d'’-])/gu;
  for (const match of text.matchAll(pattern)) {
    const before = text.slice(0, match.index);
    if (before === '' || /[.!?:;"“«(]\s*$/u.test(before) || isCalendar(match[0])) continue;
    places.push({
      text: match[0],
      start: match.index,
      end: match.index + match[0].length,
      shape: /\p{Script=Cyrillic}/u.test(match[0]) ? 'cyrillic' : 'latin',
      // «Лютер» and «Лютера» are one name.
      parts: match[0].split(/[-' ]/u).map((word) => word.toLowerCase().slice(0, 4)),
    });
  }
  return places;
}

function isCalendar(name: string): boolean {
  return /^(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|The|This|These|They|January|February|March|April|May|June|July|August|September|October|November|December)(?![\p{L}])/u.test(
    name,
  );
}

function comparable(text: string): string {
  return text.replace(/[\s\u00a0]/gu, '');
}

function years(text: string): string[] {
  return text.match(/\d{4}/gu) ?? [];
}
