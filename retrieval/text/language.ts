import type { Language } from '../passage.ts';

/**
 * The language of a text by its letters and commonest words. Only positive evidence makes a text
 * `other`, so that «GigaChat?» or a bare name is still taken: Latin letters are English, Cyrillic
 * ones Russian, unless they hold more words of a neighbour's language than of their own. A text
 * without letters is English.
 */
export function detectLanguage(text: string): Language {
  // A long page is known by its beginning.
  const sample = text.slice(0, 4000);
  const cyrillic = count(sample, /\p{Script=Cyrillic}/gu);
  const latin = count(sample, /\p{Script=Latin}/gu);
  const letters = count(sample, /\p{L}/gu);
  if (letters === 0) return 'en';
  if (letters - cyrillic - latin > letters / 2) return 'other';
  // A Russian question names its subject in Latin letters: «чем DeepSeek-V3 лучше GPT-4o?»
  if (cyrillic > 0 && cyrillic * 3 >= latin) return isRussian(sample) ? 'ru' : 'other';
  return isEnglish(sample) ? 'en' : 'other';
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function isRussian(sample: string): boolean {
  const words = sample.toLowerCase().match(/\p{L}[\p{L}\p{M}]*/gu) ?? [];
  const foreign =
    countIn(words, foreignCyrillicWords) + countMatching(words, foreignCyrillicLetters);
  return foreign <= countIn(words, russianWords);
}

function isEnglish(sample: string): boolean {
  if (/[¿¡]/u.test(sample)) return false;
  // «EST» and «IST» are times of day.
  const spelt = new Set(
    sample.match(/\p{L}[\p{L}\p{M}]*/gu)?.filter((word) => !isAllCapitals(word)),
  );
  const words = new Set([...spelt].map((word) => word.toLowerCase()));
  const own = countIn(words, englishWords);
  const telling = countIn(words, foreignTellingWords);
  const weak = countIn(words, foreignWords) + countMatching(spelt, /^\p{Ll}*[^a-z\P{Ll}]/u);
  // «La La Land» and "Mies van der Rohe" are names: little words alone say little.
  return (telling === 0 && weak < 3) || own >= weak + 2 * telling;
}

function isAllCapitals(word: string): boolean {
  return word.length > 1 && word === word.toUpperCase();
}

function countIn(words: Iterable<string>, list: ReadonlySet<string>): number {
  return [...words].filter((word) => list.has(word)).length;
}

function countMatching(words: Iterable<string>, pattern: RegExp): number {
  return [...words].filter((word) => pattern.test(word)).length;
}

const russianWords = wordSet(`
  что кто где когда как почему зачем сколько какой какая какое какие каком какую каких чем чего чей
  чья куда откуда и в во не он она они это эта этот эти с со или для был была было были есть такой
  такое такая такие к из у о об от по при но чтобы если так же ли его её их расскажи объясни
`);

const foreignCyrillicLetters = /[іїєґўђјљњћџѓќәғқңөұүһ]/u;

// Ukrainian, Belarusian, Bulgarian, Serbian: what no Russian text holds.
const foreignCyrillicWords = wordSet(`
  хто що де коли чому скільки який яка яке які якого якій якому як це цей від або ні таке
  дзе калі чаму колькі што гэта гэты быў
  къде какво коя кой кое кои кога защо колко това този тази са е се съм ще няма
  шта је зашто колико није бити
`);

const englishWords = wordSet(`
  the of and to in is was are were for on with as by at from that this it its be has have had what
  which who whom whose when where why how does do did can could should would will not or an
  there their about between into many much
`);

// What may stand in a name as well.
const foreignWords = wordSet(`
  der die das dem des ein eine einer mit für auf zu im
  le la les du et au aux un une dans avec sur qui que
  el los las y es una del por para
  il lo gli di nel della per che chi
  os um uma foi da
  en het een niet hoe
  się na w z ile nie ve bir bu ne och är inte hur yang dan
`);

// What asks, links or is, and hardly ever stands in a name.
const foreignTellingWords = wordSet(`
  und ist sind wie wer wo wann warum welche welcher welches nicht
  est sont était quoi quel quelle quels où quand pourquoi combien
  qué quién cuál cuándo cuánto dónde fue è sono perché quanto quando quem onde são
  wat wie waar wanneer hoeveel zijn
  jest są był kto kiedy gdzie dlaczego jak kdo kde
  nerede nasıl için vad när hvad hvor siapa adalah kuka mikä
`);

function wordSet(list: string): Set<string> {
  return new Set(list.trim().split(/\s+/u));
}
