import { fold, stem } from '../../../retrieval/text/terms.ts';

import { isArithmetic } from './arithmetic.ts';
import { asksForInvention } from './invention.ts';
import { bringsItsOwnText } from './own-text.ts';
import { isSmallTalk, isThanksAlone, withoutCourtesies } from './small-talk.ts';
import { asksAboutTheBot } from './the-bot.ts';

/** What a message is like, by the names of its features, each with how strongly it counts. */
export type MessageFeatures = Map<string, number>;

/**
 * What tells whether a message has to be looked up: its words and their order, its form, and what each
 * kind of message that needs no search says of it. Words that are not known count as such: what nobody
 * says in passing is mostly what somebody asks about.
 */
export function featuresOf(message: string, isKnown: (stem: string) => boolean): MessageFeatures {
  const features: MessageFeatures = new Map();
  const add = (name: string, value = 1): void => void features.set(name, value);
  const text = fold(message).replaceAll('’', "'");
  const material = materialOf(text);
  const outside = material === '' ? text : text.replace(material, ` ${MATERIAL} `);
  const tokens = (outside.match(TOKEN) ?? []).slice(0, MOST_TOKENS);
  const words = tokens.filter((token) => /[\p{L}\p{N}§]/u.test(token)).map(wordOf);
  const stems = words.map((word) => (isOrdinary(word) ? stem(word) : word));

  for (const [at, word] of words.entries()) {
    add(`word ${word}`);
    add(`stem ${stems[at] ?? ''}`);
    const next = stems[at + 1];
    if (next !== undefined) add(`pair ${stems[at] ?? ''} ${next}`);
    for (const part of partsOf(word)) add(`part ${part}`, 0.4);
  }
  const [first, second] = words;
  if (first !== undefined) {
    add(`first ${first}`);
    add(`first -${first.slice(-3)}`, 0.7);
  }
  if (second !== undefined) add(`first two ${first ?? ''} ${second}`);
  add(`last ${words.at(-1) ?? ''}`);
  for (const sign of new Set(tokens.filter((token) => !/[\p{L}\p{N}§]/u.test(token)))) {
    add(`sign ${/\p{Extended_Pictographic}/u.test(sign) ? 'picture' : sign}`, 0.7);
  }

  const numbers = words.filter((word) => word === NUMBER).length;
  const unknown = stems.filter((one) => isOrdinary(one) && !isKnown(one)).length;
  const asks = words.some((word) => QUESTION_WORDS.has(word)) ? 'asks' : 'states';
  const toWhom = words.some((word) => SECOND_PERSON.has(word)) ? 'you' : '';
  const ofWhom = words.some((word) => FIRST_PERSON.has(word)) ? 'me' : '';
  add(`length ${LENGTHS.find((most) => words.length <= most) ?? 'long'}`);
  add(
    /\?[\s)"»]*$/u.test(text)
      ? 'question mark last'
      : text.includes('?')
        ? 'question mark'
        : 'no question mark',
  );
  if (material !== '') add(`material ${wordCount(material) > 12 ? 'long' : 'short'}`);
  add(`names ${Math.min(2, capitalised(message))}`);
  add(`numbers ${Math.min(3, numbers)}`);
  add(`${asks} ${toWhom} ${ofWhom}`);
  add(`${asks} numbers ${Math.min(2, numbers)}`);
  add(`unknown ${Math.min(4, unknown)}`);
  add('unknown share', words.length === 0 ? 0 : unknown / words.length);
  add(`unknown ${unknown > 0 ? 'some' : 'none'} ${toWhom} ${ofWhom}`);
  if (words.length <= 3) add(`unknown ${Math.min(2, unknown)} of ${words.length}`);

  const rest = withoutCourtesies(text.trim());
  const kinds = {
    'own text': bringsItsOwnText(message),
    arithmetic: isArithmetic(rest),
    invention: asksForInvention(rest),
    'small talk': isSmallTalk(rest),
    'the bot': asksAboutTheBot(rest),
    thanks: isThanksAlone(text),
    courtesy: rest === '',
  };
  for (const [kind, isSo] of Object.entries(kinds)) if (isSo) add(`kind ${kind}`, 1.5);
  return features;
}

/** What is quoted, set apart by a line or a colon, or code: what is said about it stands outside. */
function materialOf(text: string): string {
  return (
    FENCED.exec(text)?.[0] ??
    QUOTED.exec(text)?.[0] ??
    AFTER_COLON.exec(text)?.[1] ??
    (text.includes('\n') ? text.slice(text.indexOf('\n')) : '')
  );
}

const FENCED = /```[\s\S]*?(?:```|$)/u;
const QUOTED = /«[^»]{3,}»|"[^"]{3,}"|“[^”]{3,}”|`[^`]{3,}`/u;
const AFTER_COLON = /:\s+(\S[\s\S]{12,})$/u;

const MATERIAL = '§';
const NUMBER = '#';
const TOKEN = /[\p{L}\p{N}'-]+|§|[?!:,.()"«»`=+*/%<>{};\n-]|\p{Extended_Pictographic}/gu;
const MOST_TOKENS = 400;
const LENGTHS = [1, 2, 4, 7, 14, 29];

/** Numbers are as good as each other, but a year is a year and `7b` a name. */
function wordOf(token: string): string {
  if (!/\d/u.test(token)) return token;
  if (/^(?:19|20)\d\d$/u.test(token)) return '#year';
  return /\p{L}/u.test(token) ? '#mixed' : NUMBER;
}

function isOrdinary(word: string): boolean {
  return !word.startsWith(NUMBER) && word !== MATERIAL;
}

/** How a word begins and ends: forms and derivations of the same have one of both in common. */
function* partsOf(word: string): Generator<string> {
  if (!isOrdinary(word) || word.length < 5) return;
  yield `${word.slice(0, 4)}-`;
  yield `-${word.slice(-3)}`;
  yield `-${word.slice(-2)}`;
}

/** Words with a capital letter that do not begin a sentence. */
function capitalised(message: string): number {
  const inside = message.trim().replaceAll(/(?:^|[.!?…\n]\s*)["«(]?\p{Lu}/gu, '');
  const names = inside.match(/(?<!\p{L})\p{Lu}[\p{L}\d-]*/gu) ?? [];
  return names.filter((name) => name !== 'I').length;
}

function wordCount(text: string): number {
  return text.match(/[\p{L}\p{N}'-]+/gu)?.length ?? 0;
}

const setOf = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/u));

const QUESTION_WORDS = setOf(`
  кто что чего чем чему ком кого кому когда где куда откуда почему зачем сколько скока скок какой какая
  какое какие каких каком какую как ли чей who whom whose when where why which how what whats is are does
  do did can could should was were will`);
const SECOND_PERSON = setOf(
  "ты тебе тебя тобой твой твоя твое твои вы вас вам you your ur u yours you're youre",
);
const FIRST_PERSON = setOf(`
  я мне меня мной мой моя мое мои моего моей мою моим мы нас нам наш наша наши i i'm im i've me my mine we
  our us`);
