import type { DraftParagraph, PostDraft, PostLine } from '../digest-post.ts';
import { agreed, factOf, factsOf, type Amount, type Fact, type FactTable } from '../fact.ts';
import { formOf, whatKeyOf } from '../post-form.ts';
import { sentence, termFact } from '../post-lines.ts';
import { russianScores, scoreText } from './russian-scores.ts';
import { amountText, counted, dateText, listed, sizeText } from './russian-numbers.ts';
import { leadOf, openingOf, titleOf } from './russian-opening.ts';
import { termOf, whatOf } from './glossary.ts';
import { NOUNS } from './nouns.ts';
import type { PhraseOptions } from './phrasebook.ts';
import { quotationOf } from '../quotation.ts';
import { comparisonsOf } from '../scores-of.ts';

/** A post in Russian. What its pages do not state is not said, save that Russian is unknown. */
export function writeInRussian(table: FactTable, options: PhraseOptions): PostDraft {
  const form = formOf(table);
  const isStory = form === 'story';
  const what = whatKeyOf(table.facts);
  const said = new Set<string>(what === null ? [] : [what]);
  const opening = openingOf(table, form, options, said);
  const paragraphs: DraftParagraph[] = [
    text([...opening, ...sizeLines(table, said), ...benchmarkLines(table, said)]),
    text([
      ...storyLines(table, form),
      ...(isStory ? [] : [...insideLines(table, said), ...propertyLines(table, said)]),
    ]),
    text([...trainingLines(table, said), ...costLines(table)]),
    ...russianScores(table),
    text([
      ...comparisonLines(table),
      ...(isStory || form === 'tool' ? [] : useLines(table)),
      ...licenceLines(table, options),
      ...priceLines(table, options),
    ]),
    text([...russianLines(table, form), ...caveatLines(table, said)]),
  ];
  return {
    ...titleOf(table, form),
    paragraphs: paragraphs.filter(
      (paragraph) => paragraph.kind === 'bullets' || paragraph.lines.length > 0,
    ),
  };
}

function text(lines: readonly PostLine[]): DraftParagraph {
  return { kind: 'text', lines };
}

const PARAMETERS = ['параметр', 'параметра', 'параметров'] as const;
const DOLLARS = ['доллар', 'доллара', 'долларов'] as const;
const TOKENS = ['токен', 'токена', 'токенов'] as const;

function sizeLines(table: FactTable, said: Set<string>): PostLine[] {
  const lines: PostLine[] = [];
  const moe = termFact(table.facts, 'moe');
  const sizes = factOf(table.facts, 'sizes');
  const total = sizes?.of === 'family' ? null : agreed(table, 'parameters');
  const active = agreed(table, 'active-parameters');
  const context = agreed(table, 'context');
  if (sizes !== null && sizes.of === 'family') {
    lines.push(sentence(`Размеры: ${sizesText(sizes.amounts)} параметров`, [sizes], 0.9));
  }
  if (total !== null && active !== null) {
    said.add('moe');
    lines.push(
      sentence(
        `${moe === null ? 'Всего' : 'Это смесь экспертов (MoE): всего'} ${counted(total.amount, PARAMETERS)}, на каждый токен приходится ${amountText(active.amount)}`,
        [total, active, ...(moe === null ? [] : [moe])],
        1,
      ),
    );
  } else if (total !== null) {
    const key = whatKeyOf(table.facts);
    const isModel = key !== null && /модель/u.test(whatOf(key).ru);
    const words = isModel
      ? `В модели ${counted(total.amount, PARAMETERS)}`
      : `Параметров — ${amountText(total.amount)}`;
    lines.push(sentence(words, [total], 1));
  }
  if (context !== null) {
    lines.push(sentence(`Контекст — ${counted(context.amount, TOKENS)}`, [context], 0.9));
  }
  const tongues = factOf(table.facts, 'language-count');
  if (tongues !== null) {
    lines.push(sentence(`Языков — ${amountText(tongues.amount)}`, [tongues], 0.7));
  }
  const dimensions = factOf(table.facts, 'dimensions');
  if (dimensions !== null) {
    lines.push(
      sentence(`Размерность вектора — ${amountText(dimensions.amount)}`, [dimensions], 0.6),
    );
  }
  for (const { kind, facts } of table.conflicts) {
    const name = CONFLICTING[kind];
    const amounts = facts.flatMap((fact) => ('amount' in fact ? [amountText(fact.amount)] : []));
    if (name === undefined || amounts.length < 2) continue;
    lines.push(
      sentence(
        `Данные ${name[0]} в источниках расходятся: ${listed(amounts)}${name[1]}`,
        facts,
        0.95,
      ),
    );
  }
  return lines;
}

const CONFLICTING: Partial<Record<Fact['kind'], readonly [of: string, unit: string]>> = {
  parameters: ['о числе параметров', ''],
  'active-parameters': ['об активных параметрах', ''],
  context: ['о контексте', ' токенов'],
  'training-tokens': ['об объёме обучающих данных', ' токенов'],
  'gpu-hours': ['о времени обучения', ' GPU-часов'],
  'training-cost': ['о стоимости обучения', ' долларов'],
};

function sizesText(amounts: readonly Amount[]): string {
  // Sizes are names of a kind: nobody writes «1,5 млрд» in a row of six.
  return listed(amounts.map(sizeText));
}

function benchmarkLines({ facts }: FactTable, said: Set<string>): PostLine[] {
  const lines: PostLine[] = [];
  const kinds = factOf(facts, 'instruction-kinds');
  const prompts = factOf(facts, 'prompt-count');
  const categories = factOf(facts, 'category-count');
  if (kinds !== null) {
    lines.push(
      sentence(
        `Внутри ${counted(kinds.amount, ['вид', 'вида', 'видов'])} проверяемых инструкций`,
        [kinds],
        1,
      ),
    );
  }
  if (prompts !== null) {
    lines.push(
      sentence(
        `Всего ${counted(prompts.amount, ['задание', 'задания', 'заданий'])}`,
        [prompts],
        0.9,
      ),
    );
  }
  if (categories !== null && whatKeyOf(facts) === 'benchmark') {
    lines.push(
      sentence(
        `Задания разбиты на ${counted(categories.amount, ['категорию', 'категории', 'категорий'])}`,
        [categories],
        0.8,
      ),
    );
  }
  const rated = termFact(facts, 'judge-rated');
  const judge = factOf(facts, 'judge');
  const top = factOf(facts, 'scale-top');
  if (rated !== null && whatKeyOf(facts) === 'benchmark') {
    said.add('judge-rated');
    const scale = top === null ? '' : ` по шкале от 1 до ${amountText(top.amount)}`;
    const who = judge === null ? '' : ` (например, ${judge.name})`;
    const used = [rated, ...(judge === null ? [] : [judge]), ...(top === null ? [] : [top])];
    lines.push(sentence(`Ответы оценивает модель-судья${who}${scale}`, used, 0.9));
  }
  return lines;
}

/** For a story in Russian: its own words, as a quotation. */
function storyLines(table: FactTable, form: string): PostLine[] {
  if (form !== 'story' && form !== 'tool') return [];
  // What is said in figures below need not be quoted.
  const told = new Set(
    table.facts.flatMap((fact) =>
      'amount' in fact || fact.kind === 'licence' ? [fact.quote] : [],
    ),
  );
  const opening = leadOf(table.facts)?.text ?? null;
  const options = { language: 'ru', most: LONGEST_QUOTATION, told, opening } as const;
  const quotation = quotationOf(table, options);
  return quotation === null ? [] : [quotation];
}

const LONGEST_QUOTATION = 760;

function insideLines({ facts }: FactTable, said: Set<string>): PostLine[] {
  const lines: PostLine[] = [];
  const family = factOf(facts, 'base-family');
  if (family !== null) {
    said.add('decoder');
    lines.push(sentence(`Основа — языковая модель семейства ${family.name}`, [family], 0.9));
  }
  const parts = terms(facts, 'architecture', said).slice(0, 4);
  if (parts.length > 0) {
    const names = listed(parts.map(({ key }) => termOf(key).ru));
    lines.push(sentence(`Внутри — ${names}`, parts, 0.8));
  }
  const experts = factOf(facts, 'experts');
  const active = factOf(facts, 'active-experts');
  if (experts !== null && active !== null) {
    lines.push(
      sentence(
        `Экспертов — ${amountText(experts.amount)}, на каждый токен выбирают ${amountText(active.amount)}`,
        [experts, active],
        0.5,
      ),
    );
  }
  return lines;
}

function propertyLines({ facts }: FactTable, said: Set<string>): PostLine[] {
  return terms(facts, 'property', said)
    .filter(({ key }) => key !== 'open-weights' && !OF_TRAINING.has(key))
    .map((fact, at) => sentence(termOf(fact.key).ru, [fact], 0.85 - at / 20));
}

/** Said of training, beside its methods. */
const OF_TRAINING = new Set(['no-critic', 'no-critic-baseline']);

function trainingLines(table: FactTable, said: Set<string>): PostLine[] {
  const { facts } = table;
  const lines: PostLine[] = [];
  const tokens = agreed(table, 'training-tokens');
  const precision = termFact(facts, 'fp8');
  const data = factOf(facts, 'training-data');
  const samples = factOf(facts, 'training-samples');
  const bases = formOf(table) === 'finetune' ? [] : factsOf(facts, 'base-model').slice(0, 3);
  if (bases.length > 0) {
    lines.push(sentence(`За основу взяли ${listed(bases.map(({ name }) => name))}`, bases, 0.95));
  }
  if (tokens !== null) {
    const used = [tokens, ...(precision === null ? [] : [precision])];
    if (precision !== null) said.add('fp8');
    const how = precision === null ? '' : ' в смешанной точности FP8';
    lines.push(
      sentence(
        `Обучали на ${counted(tokens.amount, ['токене', 'токенах', 'токенов'])}${how}`,
        used,
        0.95,
      ),
    );
  }
  if ((data !== null && !said.has('training-data')) || samples !== null) {
    const used = [...(data === null ? [] : [data]), ...(samples === null ? [] : [samples])];
    const words = [
      ...(data === null ? [] : [`набор ${data.name}`]),
      ...(samples === null ? [] : [counted(samples.amount, ['пример', 'примера', 'примеров'])]),
    ];
    lines.push(sentence(`Данные для обучения: ${words.join(', ')}`, used, 0.85));
  }
  const methods = terms(facts, 'method', said).slice(0, 4);
  if (methods.length > 0) {
    const names = listed(methods.map(({ key }) => termOf(key).ru));
    lines.push(
      sentence(
        methods.length > 1 ? `В обучении — ${names}` : `Способ обучения — ${names}`,
        methods,
        0.85,
      ),
    );
  }
  for (const fact of factsOf(facts, 'term').filter(({ key }) => OF_TRAINING.has(key))) {
    lines.push(sentence(termOf(fact.key).ru, [fact], 0.6));
  }
  const distilled = factOf(facts, 'sizes');
  if (distilled?.of === 'distilled') {
    lines.push(
      sentence(
        `Есть и дистиллированные модели: ${sizesText(distilled.amounts)} параметров`,
        [distilled],
        0.8,
      ),
    );
  }
  return lines;
}

function costLines(table: FactTable): PostLine[] {
  const hours = agreed(table, 'gpu-hours');
  const cost = agreed(table, 'training-cost');
  const rate = factOf(table.facts, 'gpu-hour-price');
  const chip = factOf(table.facts, 'accelerator');
  const lines: PostLine[] = [];
  const used: Fact[] = [];
  const parts: string[] = [];
  if (hours !== null) {
    used.push(hours);
    if (chip !== null) used.push(chip);
    parts.push(
      `заняло ${counted(hours.amount, ['GPU-час', 'GPU-часа', 'GPU-часов'])}${chip === null ? '' : ` на ${chip.name}`}`,
    );
  }
  if (cost !== null) {
    used.push(cost);
    parts.push(`стоило ${counted(cost.amount, DOLLARS)}`);
  }
  if (parts.length === 0) return [];
  const at =
    cost !== null && rate !== null
      ? `, если считать по ${counted(rate.amount, ['доллару', 'доллара', 'долларов'])} за час`
      : '';
  if (at !== '' && rate !== null) used.push(rate);
  lines.push(sentence(`Обучение ${parts.join(' и ')}${at}`, used, 0.9));
  const partial = termFact(table.facts, 'cost-partial');
  if (partial !== null && cost !== null) {
    lines.push(sentence(termOf('cost-partial').ru, [partial], 0.88));
  }
  return lines;
}

function comparisonLines({ facts }: FactTable): PostLine[] {
  const lines: PostLine[] = [];
  const claim = factOf(facts, 'outperforms');
  if (claim !== null) {
    const { other, on } = claim;
    lines.push(
      sentence(
        `По данным авторов, превосходит ${nounIn(other)}${on === null ? '' : ` ${onNoun(on)}`}`,
        [claim],
        0.9,
      ),
    );
  }
  return lines;
}

function useLines({ facts }: FactTable): PostLine[] {
  const lines: PostLine[] = [];
  const draftFor = factOf(facts, 'draft-for');
  const uses = terms(facts, 'use', new Set(draftFor === null ? [] : ['drafting'])).slice(0, 3);
  const parts = uses.map(({ key }) => termOf(key).ru);
  if (parts.length > 0) lines.push(sentence(`Подойдёт для ${listed(parts)}`, uses, 0.8));
  if (draftFor !== null) {
    lines.push(
      sentence(
        `Может служить черновой моделью для ${draftFor.name}: предлагает токены, которые проверяет большая`,
        [draftFor, ...factsOf(facts, 'term').filter(({ key }) => key === 'drafting')],
        0.85,
      ),
    );
  }
  const engines = factsOf(facts, 'engine').slice(0, 4);
  if (engines.length > 0)
    lines.push(sentence(`Запускается в ${listed(engines.map(({ name }) => name))}`, engines, 0.6));
  const temperature = factOf(facts, 'temperature');
  if (temperature !== null)
    lines.push(
      sentence(`Авторы советуют температуру ${amountText(temperature.amount)}`, [temperature], 0.5),
    );
  return lines;
}

function licenceLines(table: FactTable, { hasHuggingface }: PhraseOptions): PostLine[] {
  const licence = agreed(table, 'licence');
  const open = termFact(table.facts, 'open-weights');
  const disputed = table.conflicts.find(({ kind }) => kind === 'licence')?.facts ?? [];
  const names = disputed.flatMap((fact) => ('name' in fact ? [fact.name] : []));
  if (names.length > 1)
    return [sentence(`Лицензия указана по-разному: ${listed(names)}`, disputed, 0.95)];
  if (licence !== null && open !== null) {
    return [sentence(`Веса открыты, лицензия — ${licence.name}`, [licence, open], 0.9)];
  }
  if (licence !== null) return [sentence(`Лицензия — ${licence.name}`, [licence], 0.9)];
  return open !== null && !hasHuggingface ? [sentence('Веса открыты', [open], 0.6)] : [];
}

function priceLines(table: FactTable, { now }: PhraseOptions): PostLine[] {
  const input = agreed(table, 'price-input');
  const output = agreed(table, 'price-output');
  if (input === null && output === null) return [];
  const parts = [
    ...(input === null ? [] : [`${counted(input.amount, DOLLARS)} за миллион входных токенов`]),
    ...(output === null ? [] : [`${counted(output.amount, DOLLARS)} за миллион выходных`]),
  ];
  const used = [...(input === null ? [] : [input]), ...(output === null ? [] : [output])];
  return [sentence(`Цена API на ${dateText(now)}: ${listed(parts)}`, used, 0.95)];
}

/** A benchmark or a method has no Russian of its own to be good at. */
function russianLines(table: FactTable, form: string): PostLine[] {
  const { facts } = table;
  if (form === 'benchmark' || form === 'dataset' || form === 'method' || form === 'tool') return [];
  if (form === 'story') return [];
  const measured = comparisonsOf(table, { russian: true, most: 3 });
  if (measured.length > 0) {
    const scores = measured.map((one) => scoreText(one)).join('; ');
    return [
      sentence(
        `Русский: ${scores}`,
        measured.flatMap(({ own, others }) => [own, ...others]),
        1,
      ),
    ];
  }
  const named = factsOf(facts, 'language').find(({ name }) => name === 'ru');
  return named === undefined
    ? [sentence('Качество на русском неизвестно: в источниках о нём ничего нет', [], 1)]
    : [
        sentence(
          'Русский заявлен, но качество на нём неизвестно: оценок в источниках нет',
          [named],
          1,
        ),
      ];
}

function caveatLines({ facts }: FactTable, said: Set<string>): PostLine[] {
  const caveats = terms(facts, 'caveat', said)
    .filter(({ key }) => key !== 'cost-partial')
    .slice(0, 2);
  if (caveats.length > 0) {
    const words = caveats.map(({ key }) => termOf(key).ru);
    return [
      sentence(
        `${caveats.length === 1 ? 'Ограничение' : 'Ограничения'}: ${words.join('; ')}`,
        caveats,
        0.97,
      ),
    ];
  }
  const quoted = factOf(facts, 'caveat-quote');
  return quoted === null
    ? []
    : [
        sentence(
          `Ограничение, по словам авторов: «${quoted.text.replace(/[.!]$/u, '')}»`,
          [quoted],
          0.97,
        ),
      ];
}

/** Terms of a kind that were not said yet, without those that another one covers; they count as said. */
function terms(
  facts: readonly Fact[],
  of: string,
  said: Set<string>,
): Extract<Fact, { kind: 'term' }>[] {
  const found = factsOf(facts, 'term').filter((fact) => fact.of === of && !said.has(fact.key));
  const covered = new Set(found.flatMap(({ key }) => termOf(key).covers ?? []));
  const kept = found.filter(({ key }) => !covered.has(key));
  for (const { key } of found) said.add(key);
  return kept;
}

function nounIn(keyOrName: string): string {
  return NOUNS.find(({ key }) => key === keyOrName)?.accusative ?? keyOrName;
}

function onNoun(key: string): string {
  return NOUNS.find((noun) => noun.key === key)?.onWhat ?? '';
}
