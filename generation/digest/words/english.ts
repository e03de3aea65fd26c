import type { DraftParagraph, PostDraft, PostLine } from '../digest-post.ts';
import { agreed, factOf, factsOf, type Amount, type Fact, type FactTable } from '../fact.ts';
import { formOf, whatKeyOf } from '../post-form.ts';
import { sentence, termFact } from '../post-lines.ts';
import { changesOf, comparisonsOf, type Comparison } from '../scores-of.ts';
import { termOf, whatOf } from './glossary.ts';
import { NOUNS } from './nouns.ts';
import type { PhraseOptions } from './phrasebook.ts';

/** A post in English. What its pages do not state is not said, save that Russian is unknown. */
export function writeInEnglish(table: FactTable, { now }: PhraseOptions): PostDraft {
  const { facts, subject, conflicts } = table;
  const form = formOf(table);
  const key = whatKeyOf(facts);
  const what = key === null ? null : whatOf(key);
  const said = new Set<string>(key === null ? [] : [key, 'open-weights', 'cost-partial']);
  const total = factOf(facts, 'sizes') === null ? agreed(table, 'parameters') : null;
  const active = agreed(table, 'active-parameters');
  const context = agreed(table, 'context');
  const tokens = agreed(table, 'training-tokens');
  const hours = agreed(table, 'gpu-hours');
  const cost = agreed(table, 'training-cost');
  const licence = agreed(table, 'licence');

  const paragraphs: DraftParagraph[] = [
    text(
      [opening(table, what === null ? '' : `, ${what.en}`)],
      [
        line(
          (one) =>
            `It has ${amount(one)} parameters${active === null ? '' : `, ${amount(active.amount)} of them active for each token`}`,
          total,
          1,
          active,
        ),
        line((one) => `The context is ${amount(one)} tokens`, context, 0.9),
        line(
          (one) => `It has ${amount(one)} kinds of verifiable instructions`,
          agreed(table, 'instruction-kinds'),
          0.9,
        ),
        line(
          (one) => `The tasks fall into ${amount(one)} categories`,
          form === 'benchmark' ? factOf(facts, 'category-count') : null,
          0.8,
        ),
        line((one) => `It covers ${amount(one)} languages`, factOf(facts, 'language-count'), 0.7),
      ],
      conflicts.flatMap(({ kind, facts: stated }) => {
        const amounts = stated.flatMap((fact) =>
          'amount' in fact ? [amount(fact.amount)] : 'name' in fact ? [fact.name] : [],
        );
        return amounts.length < 2
          ? []
          : [
              sentence(
                `Sources differ on the ${kind.replaceAll('-', ' ')}: ${listed(amounts)}`,
                stated,
                0.95,
              ),
            ];
      }),
    ),
    text(
      form === 'story' ? quotation(facts) : [],
      each(terms(facts, 'architecture', said), (names) => `Inside: ${names}`, 0.8),
      terms(facts, 'property', said).map((fact) => sentence(termOf(fact.key).en, [fact], 0.7)),
    ),
    text(
      [
        line((one) => `It was trained on ${amount(one)} tokens`, tokens, 0.95),
        line((one) => `Training took ${amount(one)} GPU hours`, hours, 0.9),
        line((one) => `Training cost $${amount(one)}`, cost, 0.9),
      ],
      each(factsOf(facts, 'base-model').slice(0, 3), (names) => `It is based on ${names}`, 0.95),
      each(factsOf(facts, 'training-data').slice(0, 2), (names) => `Training data: ${names}`, 0.8),
      each(terms(facts, 'method', said), (names) => `Training used ${names}`, 0.85),
      cost === null
        ? []
        : each(
            factsOf(facts, 'term').filter((fact) => fact.key === 'cost-partial'),
            () => 'Earlier experiments are not included',
            0.88,
          ),
    ),
    ...scores(table),
    text(
      outperforms(facts),
      each(factsOf(facts, 'draft-for'), (name) => `It can be a draft model for ${name}`, 0.8),
      each(terms(facts, 'use', said), (names) => `It is meant for ${names}`, 0.7),
      each(factsOf(facts, 'engine').slice(0, 4), (names) => `It runs in ${names}`, 0.6),
      licence === null ? [] : [sentence(`The licence is ${licence.name}`, [licence], 0.9)],
      prices(table, now),
    ),
    text(
      russian(table, form),
      each(terms(facts, 'caveat', said), (names) => `Limitations: ${names}`, 0.97),
      (factsOf(facts, 'term').some(({ of }) => of === 'caveat')
        ? []
        : factsOf(facts, 'caveat-quote').slice(0, 1)
      ).map((fact) =>
        sentence(
          `A limitation, as its authors put it: “${fact.text.replace(/[.!]$/u, '')}”`,
          [fact],
          0.97,
        ),
      ),
    ),
  ];
  const emoji = what?.emoji ?? '📄';
  return {
    emoji,
    title: title(subject.name, emoji, [
      ...(total === null
        ? []
        : [
            {
              words: `${amount(total.amount)} parameters${active === null ? '' : `, ${amount(active.amount)} active`}`,
              facts: [total, ...(active === null ? [] : [active])],
            },
          ]),
      ...(what === null || key === null
        ? []
        : [{ words: what.en, facts: [termFact(facts, key)].filter((fact) => fact !== null) }]),
    ]),
    paragraphs: paragraphs.filter(
      (paragraph) => paragraph.kind === 'bullets' || paragraph.lines.length > 0,
    ),
  };
}

function text(...groups: readonly (readonly (PostLine | null)[])[]): DraftParagraph {
  return { kind: 'text', lines: groups.flat().filter((one) => one !== null) };
}

function line(
  words: (amount: Amount) => string,
  fact: Extract<Fact, { amount: Amount }> | null,
  weight: number,
  ...more: (Fact | null)[]
): PostLine | null {
  if (fact === null) return null;
  return sentence(words(fact.amount), [fact, ...more.filter((one) => one !== null)], weight);
}

function each<One extends Fact>(
  found: readonly One[],
  words: (names: string) => string,
  weight: number,
): PostLine[] {
  if (found.length === 0) return [];
  const names = found.map((fact) =>
    'name' in fact ? fact.name : fact.kind === 'term' ? termOf(fact.key).en : '',
  );
  return [sentence(words(listed(names)), found, weight)];
}

function opening({ facts, subject }: FactTable, what: string): PostLine {
  const publisher = factsOf(facts, 'publisher').find(({ name }) => /\p{Lu}/u.test(name)) ?? null;
  const maker = publisher ?? factOf(facts, 'affiliation') ?? factOf(facts, 'publisher');
  const released = factOf(facts, 'released');
  const when = released === null ? '' : ` on ${dateText(released.date)}`;
  const key = whatKeyOf(facts);
  const whatFact = key === null ? null : termFact(facts, key);
  const used = [maker, released, whatFact].filter((fact) => fact !== null);
  const verb = subject.kind === 'paper' ? 'presented' : 'released';
  return sentence(
    `${maker === null ? 'Its authors' : /^\p{Lu}/u.test(maker.name) ? maker.name : `The team ${maker.name}`} ${verb} ${subject.name}${what}${what === '' || when === '' ? '' : ','}${when}`,
    used,
    1,
  );
}

function quotation(facts: readonly Fact[]): PostLine[] {
  return factsOf(facts, 'sentence')
    .filter(({ text: words, after }) => after === null && !/[а-яё]/iu.test(words))
    .slice(0, 3)
    .map((fact) => ({ text: `“${fact.text.replace(/[.!]$/u, '')}”.`, facts: [fact], weight: 0.7 }));
}

function words(key: string): string {
  return NOUNS.find((noun) => noun.key === key)?.en ?? key;
}

function scores(table: FactTable): DraftParagraph[] {
  const comparisons = comparisonsOf(table);
  const rose = changesOf(table)
    .slice(0, 1)
    .map((fact) =>
      sentence(
        `${fact.score.system ?? 'Its score'} on ${fact.score.benchmark} went from ${fact.score.from?.digits ?? ''} to ${fact.score.amount.digits}, by its authors' account`,
        [fact],
        0.9,
      ),
    );
  const [only] = comparisons;
  if (only === undefined || comparisons.length === 1) {
    const lines =
      only === undefined
        ? []
        : [sentence(`As its authors report: ${scoreText(only)}`, [only.own, ...only.others], 0.95)];
    return [text(lines, rose)];
  }
  const items = comparisons.map((one, at) => ({
    text: scoreText(one),
    facts: [one.own, ...one.others],
    weight: 0.95 - at / 10,
  }));
  return [
    text(rose),
    { kind: 'bullets', lead: { text: 'As its authors report:', facts: [], weight: 1 }, items },
  ];
}

function scoreText({ benchmark, own, others }: Comparison): string {
  const beside = others.map(({ score }) => `${score.amount.digits} of ${score.system ?? ''}`);
  return `${benchmark}: ${own.score.amount.digits}${beside.length === 0 ? '' : ` against ${beside.join(' and ')}`}`;
}

function outperforms(facts: readonly Fact[]): PostLine[] {
  const claim = factOf(facts, 'outperforms');
  if (claim === null) return [];
  const on = claim.on === null ? '' : ` on ${words(claim.on)}`;
  return [
    sentence(`By its authors' account it outperforms ${words(claim.other)}${on}`, [claim], 0.9),
  ];
}

function prices(table: FactTable, now: Date): PostLine[] {
  const input = agreed(table, 'price-input');
  const output = agreed(table, 'price-output');
  const parts = [
    ...(input === null ? [] : [`$${input.amount.digits} for a million input tokens`]),
    ...(output === null ? [] : [`$${output.amount.digits} for a million output tokens`]),
  ];
  const used = [input, output].filter((fact) => fact !== null);
  return parts.length === 0
    ? []
    : [sentence(`API price on ${dateText(now)}: ${listed(parts)}`, used, 0.95)];
}

function russian(table: FactTable, form: string): PostLine[] {
  if (form !== 'model' && form !== 'finetune') return [];
  const measured = comparisonsOf(table, { russian: true, most: 3 });
  if (measured.length > 0) {
    return [
      sentence(
        `Russian: ${listed(measured.map(scoreText))}`,
        measured.flatMap(({ own, others }) => [own, ...others]),
        1,
      ),
    ];
  }
  const named = factsOf(table.facts, 'language').find(({ name }) => name === 'ru');
  return named === undefined
    ? [sentence('Its quality in Russian is unknown', [], 1)]
    : [sentence('Russian is among its languages, its quality there is unknown', [named], 1)];
}

function title(
  name: string,
  emoji: string,
  hooks: readonly { words: string; facts: Fact[] }[],
): PostLine {
  const room = 77 - emoji.length - 1;
  const hook = hooks.find(({ words }) => `${name}: ${words}`.length <= room);
  if (hook === undefined) return { text: name.slice(0, room), facts: [], weight: 1 };
  return { text: `${name}: ${hook.words}`, facts: hook.facts, weight: 1 };
}

function terms(
  facts: readonly Fact[],
  of: string,
  said: Set<string>,
): Extract<Fact, { kind: 'term' }>[] {
  const found = factsOf(facts, 'term').filter((fact) => fact.of === of && !said.has(fact.key));
  const covered = new Set(found.flatMap(({ key }) => termOf(key).covers ?? []));
  for (const { key } of found) said.add(key);
  return found.filter(({ key }) => !covered.has(key)).slice(0, 4);
}

function amount({ digits, scale, bound }: Amount): string {
  const letter = new Map([
    [1e3, 'K'],
    [1e6, 'M'],
    [1e9, 'B'],
    [1e12, 'T'],
  ]).get(scale);
  const number =
    letter === undefined ? (Number(digits) * scale).toLocaleString('en-US') : `${digits}${letter}`;
  return bound === null ? number : `${bound === 'about' ? 'about' : 'more than'} ${number}`;
}

function dateText(date: Date): string {
  return date.toLocaleDateString('en-US', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}
