/** The eight-bit charsets that Russian pages without a label come in. */
export type CyrillicCharset =
  | 'windows-1251'
  | 'koi8-r'
  | 'ibm866'
  | 'koi8-u'
  | 'iso-8859-5'
  | 'x-mac-cyrillic';

/** The likeliest Cyrillic charset, or null when the bytes do not look like Cyrillic text in any. */
export function guessCyrillic(bytes: Uint8Array): CyrillicCharset | null {
  if (isLatinText(bytes)) return null;
  const best = likeliest(sampleOf(bytes));
  return best.meanScore > LEAST_PLAUSIBLE ? best.charset : null;
}

/** The labelled charset, unless there is enough text to prove that it is another one. */
export function correctCyrillic(bytes: Uint8Array, label: CyrillicCharset): CyrillicCharset {
  const sample = sampleOf(bytes);
  const best = likeliest(sample);
  const gain = best.meanScore - reading(sample, label).meanScore;
  return gain * best.characters > OVERRULING_EVIDENCE ? best.charset : label;
}

interface Reading {
  charset: CyrillicCharset;
  /**
   * How well the bytes read as Russian: log-probability (nats) of each character beyond ASCII and its
   * neighbour, on average. Russian text scores above −4, the wrong charset below −5.
   */
  meanScore: number;
  /** Characters beyond ASCII that were judged. */
  characters: number;
}

function likeliest(sample: Uint8Array): Reading {
  return CANDIDATES.map((charset) => reading(sample, charset)).reduce((best, other) =>
    other.meanScore > best.meanScore ? other : best,
  );
}

function reading(sample: Uint8Array, charset: CyrillicCharset): Reading {
  const text = new TextDecoder(charset).decode(sample);
  let score = 0;
  let characters = 0;
  let previous = ' ';
  for (const character of text) {
    if (character > '\x7f') {
      score += knownScoreOf(previous, character);
      characters += 1;
    }
    previous = character;
  }
  return { charset, characters, meanScore: score / Math.max(1, characters) };
}

/** Nats by which a reading must be likelier as a whole than the one the label asks for. */
const OVERRULING_EVIDENCE = 25;

/** Of two that read the same, the first: most small letters of the Macintosh are those of Windows. */
const CANDIDATES: readonly CyrillicCharset[] = [
  'windows-1251',
  'koi8-r',
  'ibm866',
  'iso-8859-5',
  'x-mac-cyrillic',
];

const LEAST_PLAUSIBLE = -4.6;

/** Bytes beyond ASCII that are looked at; with what stands between them. */
const SAMPLE_SIZE = 4000;

/** Occurrences of each letter in a thousand of Russian text, rounded. */
const LETTERS_PER_THOUSAND: Readonly<Record<string, number>> = {
  о: 110,
  е: 84,
  а: 80,
  и: 74,
  н: 67,
  т: 63,
  с: 55,
  р: 47,
  в: 45,
  л: 44,
  к: 35,
  м: 32,
  д: 30,
  п: 28,
  у: 26,
  я: 20,
  ы: 19,
  ь: 17,
  г: 17,
  з: 16,
  б: 16,
  ч: 14,
  й: 12,
  х: 10,
  ж: 9,
  ш: 7,
  ю: 6,
  ц: 5,
  щ: 4,
  э: 3,
  ф: 3,
  ъ: 0.5,
  ё: 1,
  і: 0.5,
  ї: 0.5,
  є: 0.5,
  ґ: 0.2,
  ў: 0.2,
};

/** Pairs that Russian words are full of; a wrong charset seldom makes them. */
const COMMON_PAIRS: ReadonlySet<string> = new Set(
  (
    'ст но ен то на ов ни ра во ко по пр ро не ре ли ол ос ва та ет ел ка ть ан го ом ас ор ал он ер ' +
    'ит ло ла за од де ат ам от те ти об ин ри ил да ес ск мо ве ми тр до ле ви бо ог об ки ма ый ия ие'
  ).split(' '),
);

/** Typography that stands in running text: no-break space, quotes, dashes, ellipsis, signs. */
const PUNCTUATION = /[\u00A0«»„“”‘’–—…№©®™°§•·]/u;

const PUNCTUATION_SCORE = -4.5;
const IMPOSSIBLE_SCORE = -9;

// A text repeats its pairs thousands of times; bounded, since noise has all that there are.
const pairScores = new Map<string, number>();
const mostPairs = 20_000;

function knownScoreOf(previous: string, character: string): number {
  const pair = previous + character;
  const known = pairScores.get(pair);
  if (known !== undefined) return known;
  const score = scoreOf(previous, character);
  if (pairScores.size >= mostPairs) pairScores.clear();
  pairScores.set(pair, score);
  return score;
}

function scoreOf(previous: string, character: string): number {
  const lower = character.toLowerCase();
  const perThousand = LETTERS_PER_THOUSAND[lower];
  if (perThousand === undefined) {
    return PUNCTUATION.test(character) ? PUNCTUATION_SCORE : IMPOSSIBLE_SCORE;
  }
  let score = Math.log(perThousand / 1000);
  const previousLower = previous.toLowerCase();
  // КОИ-8 and Windows-1251 have each other's capitals: «пРИВЕТ» gives the wrong one away.
  if (character !== lower && previous !== previousLower.toUpperCase()) score -= 4;
  // Few words are shouted: «ключ от сейфа» is no «ЙКЧВ НР ЯЕИТЮ».
  else if (character !== lower && previous !== previousLower) score -= 0.5;
  if (character === lower && /[А-ЯЁ]{2}/u.test(previous + character.toUpperCase())) score -= 0.2;
  if (COMMON_PAIRS.has(previousLower + lower)) score += 1;
  if (/[a-z]/.test(previousLower)) score -= 2;
  return score;
}

/** «é» or a dash stands alone among ASCII; Cyrillic letters come in words of their own. */
function isLatinText(bytes: Uint8Array): boolean {
  let beyond = 0;
  let inWords = 0;
  let touchingLatin = 0;
  for (let index = 0; index < bytes.length && beyond < SAMPLE_SIZE; index += 1) {
    if ((bytes[index] ?? 0) < 0x80) continue;
    beyond += 1;
    const before = bytes[index - 1] ?? 0;
    const after = bytes[index + 1] ?? 0;
    if (before >= 0x80 || after >= 0x80) inWords += 1;
    if (isLatinLetter(before) || isLatinLetter(after)) touchingLatin += 1;
  }
  return beyond < 3 || inWords < beyond * 0.5 || touchingLatin > beyond * 0.4;
}

function isLatinLetter(byte: number): boolean {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

function sampleOf(bytes: Uint8Array): Uint8Array {
  const sample: number[] = [];
  let beyond = 0;
  for (let index = 0; index < bytes.length && beyond < SAMPLE_SIZE; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte >= 0x80) {
      // One ASCII neighbour on each side is enough to see where a word starts.
      if (index > 0 && (bytes[index - 1] ?? 0) < 0x80) sample.push(bytes[index - 1] ?? 0);
      sample.push(byte);
      beyond += 1;
    }
  }
  return Uint8Array.from(sample);
}
