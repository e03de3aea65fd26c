/** A time of day as written: 14:30, "2:30 pm", «10 утра». */
export interface ClockTime {
  /** Minutes since midnight; both where nothing tells morning from afternoon: "at 2:30". */
  minutes: number[];
  start: number;
  end: number;
}

/** Times of day in a Russian or English text, in order. */
export function findClockTimes(text: string): ClockTime[] {
  const isRussian = /\p{Script=Cyrillic}/u.test(text);
  return [...text.matchAll(written)].flatMap(({ index: start, groups, 0: { length } }) => {
    const part = (groups?.['half'] ?? groups?.['part'] ?? groups?.['time'] ?? '').toLowerCase();
    const hour = Number(groups?.['hour'] ?? groups?.['bare'] ?? groups?.['full']);
    const minute = Number(groups?.['minute'] ?? 0);
    if (hour > 24 || (part !== '' && hour > 12 && groups?.['minute'] === undefined)) return [];
    return [
      {
        minutes: hoursOf(hour, part, isRussian).map((h) => h * 60 + minute),
        start,
        end: start + length,
      },
    ];
  });
}

const half = String.raw`(?:[ap]\.?\s?m\b\.?|утра|вечера|дня|ночи)(?!\p{L})`;
// «3 дня» are days: of the words for parts of the day only that one needs its hour named.
const written = new RegExp(
  String.raw`(?<![\p{N}:.,/])(?:(?<hour>[01]?\d|2[0-4]):(?<minute>[0-5]\d)(?![\d:%])(?:\s?(?<half>${half}))?|(?<bare>\d{1,2})\s?(?<part>[ap]\.?\s?m\b\.?|(?:утра|вечера|ночи)(?!\p{L}))|(?<full>\d{1,2})\s?(?:ч\.?|час(?:а|ов)?)\s(?<time>${half}))`,
  'giu',
);

function hoursOf(hour: number, part: string, isRussian: boolean): number[] {
  const early = hour % 12;
  if (/^(?:a|утра)/u.test(part)) return [early];
  if (/^(?:p|вечера)/u.test(part)) return [hour > 12 ? hour : early + 12];
  if (part === 'дня') return [hour >= 10 ? hour : hour + 12];
  if (part === 'ночи') return [hour >= 9 && hour <= 11 ? hour + 12 : early];
  // A clock of twelve hours is an English habit, and no hour of it begins with a nought.
  return isRussian || hour === 0 || hour > 12 ? [hour % 24] : [early, early + 12];
}
