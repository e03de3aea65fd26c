import { fold } from '../retrieval/text/terms.ts';

/** The value of a folded number word in any case, or null: «трёх» and "three" are 3. */
export function cardinalValue(word: string): number | null {
  return cardinals.get(word) ?? null;
}

/** The place that a folded ordinal names, or null: «второй» and "second" of a war are 2. */
export function ordinalValue(word: string): number | null {
  const english = ordinalsEnglish.indexOf(word);
  if (english !== -1) return english + 2;
  const russian = ordinalsRussian.findIndex((ordinal) => ordinal.test(word));
  return russian === -1 ? null : russian + 2;
}

/** The factor of a folded scale word, or null: «млрд» and "billion" are 1e9. */
export function scaleFactor(word: string): number | null {
  return scales.find(([pattern]) => pattern.test(word))?.[1] ?? null;
}

/** The value of a Roman numeral up to 39 (centuries, kings, wars), or null. A lone letter is none. */
export function romanValue(word: string): number | null {
  if (!/^(?=[IVX]{2,})X{0,3}(?:IX|IV|V?I{0,3})$/u.test(word)) return null;
  const values: Record<string, number> = { I: 1, V: 5, X: 10 };
  return [...word].reduce((sum, letter, at) => {
    const value = values[letter] ?? 0;
    return value < (values[word[at + 1] ?? ''] ?? 0) ? sum - value : sum + value;
  }, 0);
}

// «Один» and "one" are pronouns as often as numbers, so they count nothing.
const cardinals = new Map<string, number>(
  [
    '2 два две двух двум двумя two',
    '3 три трёх трём тремя three',
    '4 четыре четырёх четырём четырьмя four',
    '5 пять пяти пятью five',
    '6 шесть шести шестью six',
    '7 семь семи семью seven',
    '8 восемь восьми восемью eight',
    '9 девять девяти девятью nine',
    '10 десять десяти десятью ten',
    '11 одиннадцать одиннадцати eleven',
    '12 двенадцать двенадцати twelve',
    '13 тринадцать тринадцати thirteen',
    '14 четырнадцать четырнадцати fourteen',
    '15 пятнадцать пятнадцати fifteen',
    '16 шестнадцать шестнадцати sixteen',
    '17 семнадцать семнадцати seventeen',
    '18 восемнадцать восемнадцати eighteen',
    '19 девятнадцать девятнадцати nineteen',
    '20 двадцать двадцати двадцатью twenty',
    '30 тридцать тридцати тридцатью thirty',
    '40 сорок сорока forty',
    '50 пятьдесят пятидесяти fifty',
    '60 шестьдесят шестидесяти sixty',
    '70 семьдесят семидесяти seventy',
    '80 восемьдесят восьмидесяти eighty',
    '90 девяносто девяноста ninety',
    '100 сто ста hundred',
    '200 двести двухсот двумстам двумястами',
    '300 триста трёхсот трёмстам тремястами',
    '400 четыреста четырёхсот четырёмстам',
    '500 пятьсот пятисот пятистам',
    '600 шестьсот шестисот шестистам',
    '700 семьсот семисот семистам',
    '800 восемьсот восьмисот восьмистам',
    '900 девятьсот девятисот девятистам',
  ].flatMap((line) => {
    const [value, ...words] = line.split(' ');
    return words.map((word): [string, number] => [fold(word), Number(value)]);
  }),
);

const ordinalsEnglish =
  'second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  );
const ordinalsRussian = [
  'втор',
  'трет',
  'четвёрт',
  'пят',
  'шест',
  'седьм',
  'восьм',
  'девят',
  'десят',
  'одиннадцат',
  'двенадцат',
  'тринадцат',
  'четырнадцат',
  'пятнадцат',
  'шестнадцат',
  'семнадцат',
  'восемнадцат',
  'девятнадцат',
  'двадцат',
].map(
  (stem) =>
    new RegExp(
      `^${fold(stem)}(?:ый|ой|ий|ого|ому|ым|ом|ая|ую|ое|ые|ых|ыми|ья|ье|ьего|ьей|ьем|ью)$`,
    ),
);

const scales: [RegExp, number][] = [
  [/^(?:тыс|тысяч[а-я]*|thousands?)$/u, 1e3],
  [/^(?:млн|миллион[а-я]*|millions?|mln|mn)$/u, 1e6],
  [/^(?:млрд|миллиард[а-я]*|billions?|bln|bn)$/u, 1e9],
  [/^(?:трлн|триллион[а-я]*|trillions?|trn|tn)$/u, 1e12],
];
