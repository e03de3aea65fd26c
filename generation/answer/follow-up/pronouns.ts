import { isQuestionWord } from '../../../retrieval/text/stop-words.ts';

import type { Wanted } from './referent.ts';
import type { Case } from './russian-case.ts';
import { isLight, isPreposition, isVerb, type Word } from './words.ts';

export interface Pronoun {
  wanted: Wanted;
  /** `named`: «эта модель», a noun whose name was said before. */
  use: 'subject' | 'object' | 'possessive' | 'place' | 'named';
}

/** What the word at a place stands for, if it is one that stands for something said before. */
export function pronounAt(words: readonly Word[], at: number): Pronoun | null {
  const word = words[at]?.folded ?? '';
  if (/^(?:этот?|эта|эти|эт(?:ого|ой|ому|им|ом|у|их)|this|that|these|those)$/u.test(word)) {
    return demonstrativeAt(words, at);
  }
  const known = pronouns.get(word);
  if (known === undefined) return null;
  const next = words[at + 1];
  const before = words[at - 1]?.folded ?? '';
  if (word === 'it' && isExpletive(words, at)) return null;
  // «Туда и обратно»; "there are", "are there any".
  if (known.use === 'place' && next?.folded === 'и') return null;
  if (word === 'there' && /^(?:is|are|was|were|has|have|be|been)$/u.test(next?.folded ?? before))
    return null;
  if (word === 'there' && /^(?:is|are|was|were|be|been)$/u.test(before)) return null;
  const mayOwn = word === 'her' || /^(?:его|ее|их)$/u.test(word);
  if (mayOwn && next !== undefined && !isLight(next) && !isVerb(next))
    return { ...known, use: 'possessive' };
  return known;
}

/** «Как это работает», «сколько параметров в этой модели», "how does this work". */
function demonstrativeAt(words: readonly Word[], at: number): Pronoun | null {
  const word = words[at]?.folded ?? '';
  const next = words[at + 1];
  const before = words[at - 1];
  const any: Pronoun = { wanted: { gender: null, role: 'any' }, use: 'subject' };
  const asksWho = /^(?:кто|who)$/u.test(words[0]?.folded ?? '');
  if (word === 'это' || word === 'this' || word === 'that') {
    if (next === undefined && asksWho) return { ...any, wanted: { gender: null, role: 'person' } };
    if (next === undefined) return before === undefined ? null : any;
    if (word === 'это' && (isVerb(next) || /^так(?:ой|ая|ое|ие)$/u.test(next.folded))) return any;
    const isLast = words.length === at + 2;
    if (isLast && /^(?:do|does|did)$/u.test(before?.folded ?? '')) return any;
  }
  if (next === undefined || !named.test(next.folded) || words.length > 8) return null;
  if (
    word === 'that' &&
    before !== undefined &&
    !isPreposition(before) &&
    !isQuestionWord(before.folded)
  )
    return null;
  return { ...any, use: 'named' };
}

/** Nouns of things with a name of their own; «этот указ» and "this case" may mean anything. */
const named =
  /^(?:модел|город|стран|компани|рек[аиуое]|озер|гор[аыуое]|человек|книг|роман|фильм|язык|метод|бенчмарк|нейросет|программ|сервис|систем|model|city|country|company|river|lake|mountain|person|book|novel|film|movie|language|method|benchmark|program|service|system|man|woman)/u;

/** "How long does it take to …", "is it true that …" stand for nothing. */
function isExpletive(words: readonly Word[], at: number): boolean {
  const rest = words.slice(at + 1).map(({ folded }) => folded);
  const follows = rest[0] ?? '';
  // "What time is it in …"
  if (words.slice(0, at).some(({ folded }) => /^(?:time|day|date)$/u.test(folded))) return true;
  const goesOn = rest.some((word) => /^(?:to|that|if|for)$/u.test(word));
  return (
    /^(?:rain|snow|raining|snowing|possible|true|time)$/u.test(follows) ||
    (impersonal.test(follows) && goesOn) ||
    (/^(?:take|takes|took|cost|mean|means)$/u.test(follows) && rest.length > 1)
  );
}

const impersonal =
  /^(?:likely|legal|illegal|safe|necessary|important|better|best|easy|hard|difficult|good|bad|ok|okay)$/u;

/** The case that a Russian pronoun stands in, by its form and the preposition before it. */
export function caseOf(pronoun: string, preposition: string | null): Case {
  const moves = /^(?:в|во|на|за|под|про|через)$/u.test(preposition ?? 'на');
  const isDative =
    preposition === null || preposition === 'к' || preposition === 'ко' || preposition === 'по';
  switch (pronoun) {
    case 'нем':
      return 'prepositional';
    case 'нему':
    case 'ему':
      return 'dative';
    case 'ним':
      return preposition === 'к' || preposition === 'по' ? 'dative' : 'instrumental';
    case 'нею':
      return 'instrumental';
    case 'ней':
    case 'ей':
      if (isDative) return 'dative';
      return /^(?:в|во|на|о|об|при)$/u.test(preposition ?? '') ? 'prepositional' : 'instrumental';
    default:
      return moves ? 'accusative' : 'genitive';
  }
}

function entries(list: string, pronoun: Pronoun): [string, Pronoun][] {
  return list.split(' ').map((word) => [word, pronoun]);
}

const of = (gender: Wanted['gender'], role: Wanted['role'], use: Pronoun['use']): Pronoun => ({
  wanted: { gender, role },
  use,
});

const pronouns = new Map<string, Pronoun>([
  ...entries('он', of('masculine', 'any', 'subject')),
  ...entries('она', of('feminine', 'any', 'subject')),
  ...entries('оно', of('neuter', 'any', 'subject')),
  ...entries('они', of('plural', 'any', 'subject')),
  ...entries('нем него ним нему ему его', of('masculine', 'any', 'object')),
  ...entries('ней нее нею ей ее', of('feminine', 'any', 'object')),
  ...entries('них ними их', of('plural', 'any', 'object')),
  ...entries('там туда оттуда there', of(null, 'place', 'place')),
  ...entries('he she', of(null, 'person', 'subject')),
  ...entries('him her', of(null, 'person', 'object')),
  ...entries('his', of(null, 'person', 'possessive')),
  ...entries('it', of(null, 'thing', 'subject')),
  ...entries('its', of(null, 'thing', 'possessive')),
  ...entries('they them', of('plural', 'any', 'subject')),
  ...entries('their', of('plural', 'any', 'possessive')),
]);
