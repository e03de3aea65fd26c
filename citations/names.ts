import { stem } from '../retrieval/text/terms.ts';

/** Whether a word as written is a name or a designation wherever it stands: "NASA", "iPhone", «V3». */
export function isUnmistakableName(raw: string): boolean {
  // Anchored: tried from every letter, it would take the square of an endless word's length.
  return /^\P{L}*\p{L}.*\p{Lu}/u.test(raw) || /\p{N}/u.test(raw);
}

/** Whether two folded names are one, in whatever Russian case: «Маском» and «Маска». */
export function isSameName(one: string, other: string): boolean {
  if (one === other) return true;
  // A digit makes another model, road or aircraft of it.
  if (hasDigit(one) || hasDigit(other)) return false;
  if (stem(one) === stem(other)) return true;
  const isFarther = one[0] !== other[0] && hasCyrillic(one) === hasCyrillic(other);
  if (isFarther) return false;
  if (hasCyrillic(one) !== hasCyrillic(other)) return soundsAlike(one, other);
  let shared = 0;
  while (shared < one.length && one[shared] === other[shared]) shared += 1;
  if (shared < 3) return false;
  return caseEnding.test(one.slice(shared)) && caseEnding.test(other.slice(shared));
}

function hasCyrillic(word: string): boolean {
  return /[а-я]/u.test(word);
}

function hasDigit(word: string): boolean {
  return /[0-9]/u.test(word) || (/[^\x20-\x7eа-я]/u.test(word) && /\p{N}/u.test(word));
}

const caseEnding =
  /^(?:|'s|s|а|я|у|ю|ы|и|е|ь|й|ом|ем|ой|ей|ою|ею|ам|ям|ами|ями|ах|ях|ий|ый|ого|его|ому|ему|ым|им|ых|их|ую|юю|ая|яя|ое|ые)$/u;

/** Consonants carry a name from one alphabet to the other: «Дэвис» and "Davis" are both dvs. */
function soundsAlike(one: string, other: string): boolean {
  const sound = consonants(one);
  return sound.length >= 2 && sound === consonants(other);
}

function consonants(name: string): string {
  const known = consonantsOf.get(name);
  if (known !== undefined) return known;
  if (consonantsOf.size >= consonantsLimit) consonantsOf.clear();
  const read = readConsonants(name);
  consonantsOf.set(name, read);
  return read;
}

// Every name of a claim meets every word of its sources; bounded, so that no text can fill memory.
const consonantsOf = new Map<string, string>();
const consonantsLimit = 20_000;

function readConsonants(name: string): string {
  const latin = hasCyrillic(name) ? transliterate(stem(name)) : name;
  return latin
    .replace(/'s$/u, '')
    .replace(/ph/gu, 'f')
    .replace(/dzh/gu, 'j')
    .replace(/tch|ch|tsh/gu, 'c')
    .replace(/ck|q|kh/gu, 'k')
    .replace(/c(?=[aoulrk])/gu, 'k')
    .replace(/x/gu, 'ks')
    .replace(/w/gu, 'v')
    .replace(/z/gu, 's')
    .replace(/[aeiouyh']/gu, '')
    .replace(/(.)\1+/gu, '$1');
}

const letters = new Map(
  `а=a б=b в=v г=g д=d е=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=h ц=ts
   ч=ch ш=sh щ=sh ъ= ы=y ь= э=e ю=yu я=ya`
    .split(/\s+/u)
    .map((pair): [string, string] => [pair.slice(0, 1), pair.slice(2)]),
);

function transliterate(word: string): string {
  return [...word].map((letter) => letters.get(letter) ?? letter).join('');
}
