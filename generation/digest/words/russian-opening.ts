import type { PostDraft, PostLine } from '../digest-post.ts';
import { agreed, factOf, factsOf, type Fact, type FactTable } from '../fact.ts';
import { comparisonsOf } from '../scores-of.ts';
import { whatKeyOf } from '../post-form.ts';
import { sentence, termFact } from '../post-lines.ts';
import { termOf, whatOf } from './glossary.ts';
import type { PhraseOptions, PostForm } from './phrasebook.ts';
import { amountText, counted, dateText, sizeText } from './russian-numbers.ts';
import { scoreText } from './russian-scores.ts';

/** Who made what, when, and what is new in it: one or two sentences, each kind of release its own. */
export function openingOf(
  table: FactTable,
  form: PostForm,
  { hasHuggingface }: PhraseOptions,
  said: Set<string>,
): PostLine[] {
  const { facts, subject } = table;
  const maker = makerOf(facts);
  const released = factOf(facts, 'released');
  const key = whatKeyOf(facts);
  const what = key === null ? null : whatOf(key);
  const whatFact = key === null ? null : termFact(facts, key);
  const when = released === null ? '' : `${dateText(released.date)} `;
  const used = (...more: (Fact | null)[]): Fact[] =>
    [...more, whatFact, released, ...maker.facts].filter((fact) => fact !== null);
  const { name } = subject;
  const open = termFact(facts, 'open-weights');

  if (form === 'finetune') {
    const base = factOf(facts, 'base-model');
    const made = what === null ? name : `${name} — ${what.accusative}`;
    const isTuned = /tun|дообуч/iu.test(base?.quote ?? '');
    if (!isTuned || base === null) {
      const words = `${maker.name} ${when}${maker.verb('представил')} ${made} на основе ${base?.name ?? ''}`;
      return [sentence(words, used(base), 1)];
    }
    const data = factOf(facts, 'training-data');
    if (data !== null) said.add('training-data');
    const on = data === null ? '' : ` на наборе ${data.name}`;
    const words = `${maker.name} ${maker.verb('дообучил')} ${base.name}${on} и ${when}${maker.verb('выпустил')} ${made}`;
    return [sentence(words, used(base, data), 1)];
  }
  if (form === 'benchmark' || form === 'dataset') {
    const noun = what?.accusative ?? 'набор данных';
    const measured = factsOf(facts, 'term').filter(({ of }) => of === 'measures');
    for (const { key: one } of measured) said.add(one);
    const goal =
      measured.length === 0
        ? ''
        : `, который проверяет ${measured.map(({ key: one }) => termOf(one).ru).join(' и ')}`;
    const russian = factsOf(facts, 'language').find(({ name: code }) => code === 'ru');
    const tongue = russian === undefined ? '' : ' на русском языке';
    const source = factOf(facts, 'adapted-from');
    const from = source === null ? '' : ` Это русская адаптация ${source.name}`;
    return [
      sentence(
        `${maker.name} ${when}${maker.verb('опубликовал')} ${name} — ${noun}${goal}${tongue}`,
        used(...measured, russian ?? null),
        1,
      ),
      ...(from === ''
        ? []
        : [
            sentence(
              from,
              [source, russian ?? null].filter((fact) => fact !== null),
              0.9,
            ),
          ]),
    ];
  }
  if (form === 'method') {
    const noun = what === null ? '' : ` — ${what.accusative}`;
    return [sentence(`${maker.name} ${when}${maker.verb('предложил')} ${name}${noun}`, used(), 1)];
  }
  if (form === 'tool') {
    const version = factOf(facts, 'version');
    const noun = what === null ? '' : ` — ${what.accusative}`;
    return [
      sentence(
        `${maker.name} ${when}${maker.verb('выпустил')} ${name}${version === null ? '' : ` ${version.name}`}${noun}`,
        used(version),
        1,
      ),
    ];
  }
  if (form === 'story') {
    const lead = leadOf(facts);
    if (lead !== null) return [sentence(lead.text, [lead], 1)];
    const told = `${when}рассказали о ${name}`;
    return [
      sentence(
        told,
        [released].filter((fact) => fact !== null),
        1,
      ),
      ...(what === null ? [] : [sentence(`Это ${what.ru}`, used(), 1)]),
    ];
  }
  if (open !== null && hasHuggingface && subject.kind === 'model') {
    said.add('open-weights');
    const noun = what === null ? '' : ` — ${what.genitive}`;
    return [
      sentence(`${maker.name} ${when}${maker.verb('открыл')} веса ${name}${noun}`, used(open), 1),
    ];
  }
  const noun = what === null ? '' : ` — ${what.accusative}`;
  const verb =
    subject.kind === 'paper' ? 'представил' : key === 'embedding' ? 'выложил' : 'выпустил';
  return [sentence(`${maker.name} ${when}${maker.verb(verb)} ${name}${noun}`, used(), 1)];
}

/** The sentence that a story begins with. */
export function leadOf(facts: readonly Fact[]): Extract<Fact, { kind: 'sentence' }> | null {
  const sentences = factsOf(facts, 'sentence');
  return sentences.find(({ text, after }) => after === null && /[а-яё]/iu.test(text)) ?? null;
}

interface Maker {
  name: string;
  verb: (masculine: string) => string;
  facts: readonly Fact[];
}

/** «Команда X выпустила»: agrees whatever the name is. */
function makerOf(facts: readonly Fact[]): Maker {
  const publishers = factsOf(facts, 'publisher');
  const affiliation = factOf(facts, 'affiliation');
  // An account in small letters is hardly what its owners call themselves.
  const publisher =
    publishers.find(({ name }) => /\p{Lu}/u.test(name)) ??
    (affiliation === null ? publishers[0] : undefined);
  if (publisher !== undefined) {
    return { name: `Команда ${publisher.name}`, verb: (verb) => `${verb}а`, facts: [publisher] };
  }
  if (affiliation !== null) {
    const places = affiliation.name.replace(/ and (?:the )?/gu, ', ');
    return { name: `Исследователи (${places})`, verb: (verb) => `${verb}и`, facts: [affiliation] };
  }
  return { name: 'Авторы', verb: (verb) => `${verb}и`, facts: [] };
}

/** Emoji and title: the name, and the one thing that tells it from others. */
export function titleOf(table: FactTable, form: PostForm): Pick<PostDraft, 'emoji' | 'title'> {
  const key = whatKeyOf(table.facts);
  const emoji = key === null ? EMOJI[form] : whatOf(key).emoji;
  const { name } = table.subject;
  const room = LONGEST_TITLE - emoji.length - 1;
  for (const { text, facts } of hooks(table, form)) {
    const title = `${name}: ${text}`;
    if (title.length <= room) return { emoji, title: { text: title, facts, weight: 1 } };
  }
  return { emoji, title: { text: name.slice(0, room), facts: [], weight: 1 } };
}

const LONGEST_TITLE = 77;
const EMOJI: Readonly<Record<PostForm, string>> = {
  benchmark: '📏',
  dataset: '🗂',
  finetune: '🔧',
  model: '🤖',
  method: '📄',
  tool: '🛠',
  story: '📰',
};

function* hooks(table: FactTable, form: PostForm): Generator<{ text: string; facts: Fact[] }> {
  const { facts } = table;
  const total = agreed(table, 'parameters');
  const active = agreed(table, 'active-parameters');
  const tokens = agreed(table, 'training-tokens');
  const context = agreed(table, 'context');
  const base = factOf(facts, 'base-model');
  const key = whatKeyOf(facts);
  const what = key === null ? null : whatOf(key);
  const whatFacts = factsOf(facts, 'term').filter((fact) => fact.key === key);
  const kinds = factOf(facts, 'instruction-kinds');
  const categories = factOf(facts, 'category-count');
  const claim = termFact(facts, 'latent-thought');
  const ofRussian = factsOf(facts, 'language').find(({ name }) => name === 'ru');
  if (form === 'finetune' && what !== null && base !== null) {
    yield { text: `${what.ru} на основе ${base.name}`, facts: [...whatFacts, base] };
    yield { text: `на основе ${base.name}`, facts: [base] };
  }
  if (kinds !== null) {
    yield {
      text: `${counted(kinds.amount, ['вид', 'вида', 'видов'])} проверяемых инструкций${ofRussian === undefined ? '' : ' на русском'}`,
      facts: [kinds, ...(ofRussian === undefined ? [] : [ofRussian])],
    };
  }
  if (form === 'benchmark' && categories !== null) {
    const judge = termFact(facts, 'judge-rated');
    const by = judge === null ? '' : ' и модель-судья';
    yield {
      text: `${counted(categories.amount, ['категория', 'категории', 'категорий'])} вопросов${by}`,
      facts: [categories, ...(judge === null ? [] : [judge])],
    };
  }
  if (claim !== null)
    yield { text: 'рассуждения в латентном пространстве вместо слов', facts: [claim] };
  if (total !== null && active !== null) {
    yield {
      text: `${counted(total.amount, ['параметр', 'параметра', 'параметров'])}, из них активны ${amountText(active.amount)}`,
      facts: [total, active],
    };
  }
  if (total !== null && what !== null) {
    yield {
      text: `${what.ru}${total.amount.bound === null ? ' на' : ','} ${counted(total.amount, ['параметр', 'параметра', 'параметров'])}`,
      facts: [total, ...whatFacts],
    };
  }
  if (total !== null && tokens !== null) {
    yield {
      text: `${counted(total.amount, ['параметр', 'параметра', 'параметров'])} и ${counted(tokens.amount, ['токен', 'токена', 'токенов'])} обучения`,
      facts: [total, tokens],
    };
  }
  const [best] = comparisonsOf(table, { most: 1 });
  if (best !== undefined && best.others.length === 1) {
    yield { text: scoreText(best), facts: [best.own, ...best.others] };
  }
  if (context !== null)
    yield {
      text: `контекст ${counted(context.amount, ['токен', 'токена', 'токенов'])}`,
      facts: [context],
    };
  const sizes = factOf(facts, 'sizes');
  const [least, most] = [sizes?.amounts[0], sizes?.amounts.at(-1)];
  if (sizes?.of === 'family' && least !== undefined && most !== undefined) {
    yield { text: `модели от ${sizeText(least)} до ${sizeText(most)}`, facts: [sizes] };
  }
  if (what !== null) yield { text: what.ru, facts: whatFacts };
}
