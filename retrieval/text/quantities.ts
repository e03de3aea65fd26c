/**
 * Numbers with their scale or unit as one token each, in order: «671 млрд», "671B" and "671 billion"
 * are all `671000000000`, as «671 000 000 000» is; «37 ГБ» and "37 gigabytes" are `37gb`.
 */
export function quantities(text: string): string[] {
  return [...text.matchAll(pattern)].flatMap(([, digits = '', word = '', letter = '']) => {
    const value = readNumber(digits);
    const scale = letter === '' ? scaleOf(word) : scales.get(letter.toLowerCase());
    if (scale !== undefined) return [writeNumber(value * scale)];
    const unit = unitOf(word);
    return unit === null ? [] : [`${writeNumber(value)}${unit}`];
  });
}

// A word may stand apart; a single letter is a scale only when it touches the number: «5 m» is a length.
const pattern =
  /(?<![\p{L}\p{N}.,])(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{1,15}(?:[.,]\d{1,6})?)(?:[ \u00a0\u202f-]?(\p{L}{2,20}|%)|([KkКкMBb]))(?![\p{L}\p{N}])/gu;

const scales = new Map([
  ['k', 1e3],
  ['к', 1e3],
  ['m', 1e6],
  ['b', 1e9],
]);

const scaleWords: readonly (readonly [RegExp, number])[] = [
  [/^(?:тыс|тысяч\p{L}{0,3}|thousands?)$/u, 1e3],
  [/^(?:млн|миллион\p{L}{0,3}|millions?|mln|mn)$/u, 1e6],
  [/^(?:млрд|миллиард\p{L}{0,3}|billions?|bln|bn)$/u, 1e9],
  [/^(?:трлн|триллион\p{L}{0,3}|trillions?|trn|tn)$/u, 1e12],
];

const unitWords: readonly (readonly [RegExp, string])[] = [
  [/^(?:%|процент\p{L}{0,3}|percent)$/u, '%'],
  [/^(?:кб|килобайт\p{L}{0,3}|kb|kilobytes?)$/u, 'kb'],
  [/^(?:мб|мегабайт\p{L}{0,3}|mb|megabytes?)$/u, 'mb'],
  [/^(?:гб|гигабайт\p{L}{0,3}|gb|gigabytes?)$/u, 'gb'],
  [/^(?:тб|терабайт\p{L}{0,3}|tb|terabytes?)$/u, 'tb'],
  [/^(?:мм|миллиметр\p{L}{0,3}|mm|millimet(?:re|er)s?)$/u, 'mm'],
  [/^(?:см|сантиметр\p{L}{0,3}|cm|centimet(?:re|er)s?)$/u, 'cm'],
  [/^(?:метр\p{L}{0,3}|met(?:re|er)s?)$/u, 'm'],
  [/^(?:км|километр\p{L}{0,3}|km|kilomet(?:re|er)s?)$/u, 'km'],
  [/^(?:кг|килограмм\p{L}{0,3}|kg|kilograms?)$/u, 'kg'],
  [/^(?:мс|миллисекунд\p{L}{0,3}|ms|milliseconds?)$/u, 'ms'],
  [/^(?:мгц|мегагерц\p{L}{0,3}|mhz|megahertz)$/u, 'mhz'],
  [/^(?:ггц|гигагерц\p{L}{0,3}|ghz|gigahertz)$/u, 'ghz'],
  [/^(?:квт|киловатт\p{L}{0,3}|kw|kilowatts?)$/u, 'kw'],
  [/^(?:мвт|мегаватт\p{L}{0,3}|mw|megawatts?)$/u, 'mw'],
];

function scaleOf(word: string): number | undefined {
  const lower = word.toLowerCase();
  return scaleWords.find(([words]) => words.test(lower))?.[1];
}

function unitOf(word: string): string | null {
  const lower = word.toLowerCase();
  return unitWords.find(([words]) => words.test(lower))?.[1] ?? null;
}

function readNumber(digits: string): number {
  return Number(digits.replace(/[ \u00a0\u202f]/gu, '').replace(',', '.'));
}

/** Without the noise of floating point: 1.1 billion is 1100000000. */
function writeNumber(value: number): string {
  return String(Number(value.toPrecision(15)));
}
