import { splitSentences } from '../../../retrieval/text/sentences.ts';
import { stem } from '../../../retrieval/text/terms.ts';
import type { EarlierTurn } from '../answer-event.ts';

import { askOf } from './ellipsis.ts';
import { namesIn, type NounPhrase } from './noun-phrases.ts';
import { lowerFirst, sentence } from './sentence-case.ts';
import { cutWords } from './words.ts';

/**
 * «А вторая?», «расскажи про первую», «а у той?», "and the second one?": one of several things that were
 * said before. Of names that stand in a row it is named; behind «самое большое …» the next in order is
 * asked for; else the words stand behind the earlier question. Null where a text is nothing of the kind.
 */
export function askOfOne(text: string, history: readonly EarlierTurn[]): string | null {
  const meant = oneOf.exec(text)?.groups;
  const last = history.at(-1);
  if (meant === undefined || last === undefined) return null;
  const place = placeIn(meant['russian'] ?? meant['english'] ?? '');
  const earlier = last.standaloneQuestion;
  for (const turn of history.toReversed()) {
    const members = membersOf(turn);
    if (members.length < 2) continue;
    const spoken = turn === last ? -1 : members.findIndex((member) => isIn(member, earlier));
    const named =
      place === 'other' ? members.at(spoken === 0 ? 1 : spoken === 1 ? 0 : 1) : members.at(place);
    if (named === undefined) break;
    if (spoken === -1) return behind(named, earlier);
    const preposition = meant['preposition'] === undefined ? '' : `${meant['preposition']} `;
    const asked = askOf(`${preposition}${named}`, earlier, { isAnnounced: true });
    return asked === null ? behind(named, earlier) : sentence(asked);
  }
  const next = typeof place === 'number' && place > 0 ? nextInOrder(earlier, place) : null;
  return next ?? withEarlier(text, earlier);
}

/** What is asked behind what was asked before: it names the subject, whatever is meant of it. */
export function withEarlier(text: string, earlier: string): string {
  return sentence(`${earlier.replace(/[\s?!.…]+$/u, '')}: ${lowerFirst(text)}`);
}

function behind(named: string, earlier: string): string {
  return sentence(`${named}: ${lowerFirst(earlier)}`);
}

/** Names in a row: of the question, or else of the beginning or the list of its answer. */
function membersOf({ standaloneQuestion, answer }: EarlierTurn): string[] {
  const asked = longestRow(standaloneQuestion);
  if (asked.length > 1) return asked;
  const text = answer.slice(0, 2000).replace(/\s?[[【][\d\s,]*[\]】]/gu, '');
  const listed = [...text.matchAll(listItem)].map(([, item = '']) => item.trim());
  if (listed.length > 1) return listed;
  const rows = splitSentences(text.slice(0, 600)).slice(0, 2);
  // In an answer «and» joins two things sooner than the words of a title.
  return (
    rows
      .map((one) => longestRow(one.text).flatMap((name) => name.split(/ (?:and|и) /u)))
      .find((row) => row.length > 1) ?? []
  );
}

function longestRow(text: string): string[] {
  const rows: NounPhrase[][] = [];
  for (const name of namesIn(text)) {
    const row = rows.at(-1);
    const before = row?.at(-1);
    const between = before === undefined ? '' : text.slice(before.end, name.start);
    if (row !== undefined && rowJoint.test(between)) row.push(name);
    else rows.push([name]);
  }
  const longest = rows.toSorted((one, other) => other.length - one.length)[0] ?? [];
  return longest.map((name) => name.text);
}

function isIn(member: string, question: string): boolean {
  const said = new Set(cutWords(question).map(({ folded }) => stem(folded)));
  return cutWords(member).every(({ folded }) => said.has(stem(folded)));
}

/** «Какое самое большое озеро …» and «а второе?» */
function nextInOrder(earlier: string, place: number): string | null {
  const question = earlier.replace(/[\s?!.…]+$/u, '');
  const english = /(?<=\bthe )(?=\p{L}+est\b|most \p{L}+)/iu;
  const ordinal = englishOrdinals[place];
  if (english.test(question) && ordinal !== undefined) {
    return sentence(question.replace(english, `${ordinal} `));
  }
  const superlative = /(?<!\p{L})сам(ый|ая|ое)(?= \p{L}+)/iu.exec(question);
  const stemOf = russianOrdinals[place];
  if (superlative === null || stemOf === undefined) return null;
  const gender = superlative[1]?.toLowerCase() ?? '';
  const ending = stemOf === 'трет' ? { ый: 'ий', ая: 'ья', ое: 'ье' }[gender] : gender;
  const word = stemOf === 'втор' && gender === 'ый' ? 'второй' : `${stemOf}${ending}`;
  return sentence(question.replace(superlative[0], `${word} ${superlative[0]}`));
}

function placeIn(word: string): number | 'other' {
  const folded = word.toLowerCase().replaceAll('ё', 'е');
  if (/^(?:последн|last|latter)/u.test(folded)) return -1;
  if (folded.startsWith('former')) return 0;
  const at = [...russianOrdinals, ...englishOrdinals].findIndex((ordinal) =>
    folded.startsWith(ordinal),
  );
  return at === -1 ? 'other' : at % russianOrdinals.length;
}

const russianOrdinals = ['перв', 'втор', 'трет', 'четверт', 'пят', 'шест', 'седьм'];
const englishOrdinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh'];

const rowJoint =
  /^\s*(?:,|и|или|and|or|&|vs\.?|versus|против|от|from|with|с|со|,\s*(?:и|and|or|или))\s*(?:the )?$/iu;
const listItem = /^\s*(?:\d{1,2}[.)]|[-*•])\s+(?:\*\*)?([^\n—–:*(]{2,60})/gmu;
const oneOf =
  /^(?:(?:(?:расскажи|опиши|объясни|покажи)(?:те)?(?: мне)?(?: подробнее)? )?(?:(?<preposition>о|об|обо|про|у|в|во|на|для|с|со|по|к) )?(?<russian>(?:перв|втор|трет|четв[её]рт|пят|шест|седьм|последн|друг)(?:ый|ая|ое|ой|ом|ого|ую|ий|ья|ье|ьей|ьем|ью|ого|его|яя|ее|ей|ем|юю)|та|тот|то|той|того|том|ту)(?: из (?:них|этих))?|(?:(?:tell|show) me )?(?:more )?(?:about |of |in |for )?(?:the |that )?(?:(?<english>first|second|third|fourth|fifth|sixth|seventh|last|other|former|latter)(?: one)?(?: of them)?|one))$/iu;
