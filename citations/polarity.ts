import { fold, stem } from '../retrieval/text/terms.ts';
import type { Statement, Term } from './statement.ts';

/** The terms that a statement denies: «не вышла», "did not win", "never", «без». */
export function negatedTerms({ terms }: Statement): Set<Term> {
  const negated = new Set<Term>();
  terms.forEach((term, at) => {
    if (term.kind !== 'word' || !isNegation(term.word)) return;
    const next = terms[at + 1];
    const previous = terms[at - 1];
    // "Prime or not", «или нет» leave it open.
    const isOpen = previous?.kind === 'word' && /^(?:or|или|ли)$/u.test(previous.word);
    if (isOpen && term.word !== 'не') return;
    // «Не только», "not only" deny nothing.
    if (next?.kind === 'word' && onlyWords.has(next.word)) return;
    // «Тем не менее»; «не более 5» is the figure's bound.
    if (next?.kind === 'word' && /^(?:менее|более|меньше|больше)$/u.test(next.word)) return;
    const target = terms.slice(at + 1).find((other) => !(other.kind === 'word' && other.isStop));
    if (target !== undefined) negated.add(target);
  });
  return negated;
}

/** Whether two folded words name the two ends of one scale: «выше» and «ниже», "won" and "lost". */
export function areOpposite(one: string, other: string): boolean {
  const first = stem(one);
  const second = stem(other);
  return opposites.some(
    ({ left, right }) =>
      (left.has(first) && right.has(second)) || (left.has(second) && right.has(first)),
  );
}

/** Whether a folded word names an end of a scale, and so grades what it is said of. */
export function isGrading(word: string): boolean {
  const own = stem(word);
  return opposites.some(({ left, right }) => left.has(own) || right.has(own));
}

function isNegation(word: string): boolean {
  return negations.has(word) || /n['’]t$/u.test(word);
}

const negations = new Set(
  'не ни нет нельзя без никогда never not no cannot without neither nor'.split(' '),
);
const onlyWords = new Set('только просто лишь only just merely'.split(' '));

const opposites = [
  ['больше более выше свыше', 'меньше менее ниже'],
  ['до прежде', 'после'],
  ['вырос выросла растёт рост увеличил увеличился', 'упал упала падает падение снизил снизился'],
  ['повысил повысился', 'понизил понизился снизил снизился'],
  ['победил выиграл победа', 'проиграл уступил поражение'],
  ['первый начал начался', 'последний закончил закончился'],
  ['лучший лучше', 'худший хуже'],
  ['максимальный', 'минимальный'],
  ['быстрее', 'медленнее'],
  ['дороже', 'дешевле'],
  ['разрешил', 'запретил'],
  ['more above over higher', 'less fewer below under lower'],
  ['before', 'after'],
  ['rose increased increase grew growth', 'fell decreased decrease declined decline dropped'],
  ['won win beat victory', 'lost lose defeat'],
  ['first began started', 'last ended finished'],
  ['best better', 'worst worse'],
  ['largest biggest', 'smallest'],
  ['maximum', 'minimum'],
  ['most', 'least'],
  ['all every always', 'none never'],
  ['many', 'few'],
  ['majority', 'minority'],
  ['often frequently', 'rarely seldom'],
  ['early earlier', 'late later'],
  ['large big great', 'small little'],
  ['long longest longer', 'short shortest shorter'],
  ['high highest', 'low lowest'],
  ['deepest deep deeper', 'shallowest shallow shallower'],
  ['strong stronger strongest', 'weak weaker weakest'],
  ['old older oldest', 'new newer newest young younger youngest'],
  ['rich', 'poor'],
  ['major', 'minor'],
  ['north northern', 'south southern'],
  ['east eastern', 'west western'],
  ['left', 'right'],
  ['open', 'closed'],
  ['public', 'private'],
  ['free', 'paid'],
  ['with', 'without'],
  ['include includes included', 'exclude excludes excluded'],
  ['все всех каждый всегда', 'никто никакие никакой никогда'],
  ['много многие большинство', 'мало немногие меньшинство'],
  ['часто чаще', 'редко реже'],
  ['рано раньше ранний', 'поздно позже поздний'],
  ['большой крупный великий', 'маленький мелкий'],
  ['длинный длинная длиннее', 'короткий короче'],
  ['высокий высоко', 'низкий низко'],
  ['глубокий глубже', 'мелкий мельче'],
  ['сильный сильнее', 'слабый слабее'],
  ['старый старше', 'новый молодой младше моложе'],
  ['богатый', 'бедный'],
  ['север северный', 'юг южный'],
  ['восток восточный', 'запад западный'],
  ['левый', 'правый'],
  ['открыл открытый', 'закрыл закрытый'],
  ['бесплатный', 'платный'],
  ['с', 'без'],
  ['faster', 'slower'],
  ['allowed', 'banned forbidden prohibited'],
].map(([left = '', right = '']) => ({ left: stemsOf(left), right: stemsOf(right) }));

function stemsOf(words: string): Set<string> {
  return new Set(words.split(' ').map((word) => stem(fold(word))));
}
