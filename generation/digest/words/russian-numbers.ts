import type { Amount } from '../fact.ts';

/** Three forms that a number asks for: 1 параметр, 2 параметра, 5 параметров. */
export type Forms = readonly [one: string, few: string, many: string];

/** The form for a number; a fraction asks for the second: 2,5 вида. */
export function plural(value: number, [one, few, many]: Forms): string {
  if (!Number.isInteger(value)) return few;
  const tens = Math.abs(value) % 100;
  const units = tens % 10;
  if (tens >= 11 && tens <= 14) return many;
  if (units === 1) return one;
  return units >= 2 && units <= 4 ? few : many;
}

/** «14,8 трлн», «131 072», «около 800 тыс.». */
export function amountText({ digits, scale, bound }: Amount): string {
  const word = SCALES.get(scale);
  const number = word === undefined && scale !== 1 ? String(Number(digits) * scale) : digits;
  const [whole = '', part] = number.split('.');
  const grouped = whole.length > 4 ? whole.replaceAll(/\B(?=(?:\d{3})+$)/gu, '\u00A0') : whole;
  const written = part === undefined ? grouped : `${grouped},${part}`;
  const scaled = word === undefined ? written : `${written}\u00A0${word}`;
  return bound === null ? scaled : `${bound === 'about' ? 'около' : 'более'} ${scaled}`;
}

/** A model's size as it stands in names: 1.5B. */
export function sizeText({ digits, scale }: Amount): string {
  return `${digits}${LETTERS.get(scale) ?? ''}`;
}

const LETTERS = new Map([
  [1e6, 'M'],
  [1e9, 'B'],
  [1e12, 'T'],
]);

/** An amount with what it counts; after «млрд» that is always in the plural of the genitive. */
export function counted(amount: Amount, forms: Forms): string {
  const isScaled = SCALES.has(amount.scale);
  // «около» and «более» ask for the genitive.
  const form = isScaled || amount.bound !== null ? forms[2] : plural(amount.value, forms);
  return `${amountText(amount)} ${form}`;
}

/** «26 декабря 2024 года». */
export function dateText(date: Date): string {
  const month = MONTHS[date.getUTCMonth()] ?? '';
  return `${date.getUTCDate()} ${month} ${date.getUTCFullYear()} года`;
}

/** «A, B и C». */
export function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} и ${last}`;
}

const SCALES = new Map([
  [1e3, 'тыс.'],
  [1e6, 'млн'],
  [1e9, 'млрд'],
  [1e12, 'трлн'],
]);

const MONTHS =
  'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' ');
