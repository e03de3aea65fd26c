import { createChance, type Chance } from './random.ts';
import { SIZES } from './names.ts';
import type { World, WorldModel } from './world.ts';

/** What is so of a model, and what its pages say of others beside it. */
export interface ModelTruth {
  id: string;
  /** As its card calls it. */
  name: string;
  /** Numbers of weights. */
  total: number;
  active: number | null;
  /** Tokens. */
  context: number | null;
  trainingTokens: number | null;
  gpuHours: number | null;
  /** Dollars. */
  cost: number | null;
  /** Dollars for a million tokens. */
  price: { input: number; output: number } | null;
  languages: number | null;
  /** Points of a hundred, by benchmark. */
  scores: Map<string, { own: number; rivals: Map<string, number> }>;
  rivals: readonly string[];
}

const BENCHMARKS =
  'MMLU,GSM8K,MATH-500,HumanEval,GPQA Diamond,IFEval,LiveCodeBench,AIME 2024'.split(',');
const RIVALS = 'Harrow-9B,Okapi 2 12B,Tern-Large,Bison-V4,Lynx-3-70B,Wren 1.5'.split(',');
const CONTEXTS = [4096, 8192, 32_768, 65_536, 131_072, 262_144, 1_000_000];

/** The same for the same model in whatever process it is asked for. */
export function truthOf({ id, pipeline }: Pick<WorldModel, 'id' | 'pipeline'>): ModelTruth {
  const chance = chanceOf(`truth ${id}`);
  const name = id.slice(id.indexOf('/') + 1).replaceAll('_', ' ');
  const rivals = chance.some(RIVALS, chance.whole(1, 2));
  const { total, active } = sizeOf(name, chance);
  const isPriced = chance.happens(0.3);
  const isCounted = chance.happens(0.3);
  const hours = chance.whole(10, 900) * 1000;
  const scores: ModelTruth['scores'] = new Map();
  for (const benchmark of chance.some(BENCHMARKS, chance.whole(1, 4))) {
    const own = chance.whole(200, 960) / 10;
    const beside = new Map(rivals.map((rival) => [rival, chance.whole(200, 960) / 10]));
    scores.set(benchmark, { own, rivals: beside });
  }
  return {
    id,
    name,
    total,
    active,
    context: chance.happens(0.8) ? chance.one(CONTEXTS) : null,
    trainingTokens: chance.happens(0.7) ? chance.whole(5, 360) * 1e11 : null,
    gpuHours: isCounted ? hours : null,
    cost: isCounted && chance.happens(0.7) ? hours * 2 : null,
    price: isPriced
      ? { input: chance.whole(5, 300) / 100, output: chance.whole(310, 1500) / 100 }
      : null,
    languages: chance.happens(0.4) ? chance.whole(12, 119) : null,
    scores: pipeline === 'text-generation' ? scores : new Map(),
    rivals,
  };
}

/** By its name where that has a size: a model of 7B has 7.6 billion weights as often as not. */
function sizeOf(name: string, chance: Chance): { total: number; active: number | null } {
  const size = SIZES.find((one) => new RegExp(`(?:^|[-_ ])${one}(?:$|[-_ ])`, 'iu').test(name));
  if (size === '8x7B') return { total: 46.7e9, active: 12.9e9 };
  if (size === '30B-A3B') return { total: 30.5e9, active: 3.3e9 };
  if (size === '671B') return { total: 671e9, active: 37e9 };
  const billions = size === undefined ? chance.whole(1, 90) : Number.parseFloat(size);
  const tenths = Math.round(billions * 10) + chance.whole(0, 4);
  return { total: tenths * 1e8, active: null };
}

/** A card as its author writes it: figures in many formats, and those of others among them. */
export function cardOf(model: WorldModel, world: World): string {
  const copied = originalOf(model, world);
  if (copied !== null) return copyCard(model, copied);
  const truth = truthOf(model);
  const chance = chanceOf(`card ${model.id}`);
  const rival = truth.rivals[0] ?? 'Harrow-9B';
  const previous = `${truth.name.split(/[-\s\d.]/u)[0] ?? ''}-0.9`;
  const other = { tokens: chance.whole(5, 90) * 1e11, context: chance.one(CONTEXTS) };
  const mixture =
    truth.active === null ? '' : `, of which ${weights(truth.active, chance)} are active per token`;
  const parts = [
    `# ${truth.name}`,
    chance.one([
      `${truth.name} is a language model with ${weights(truth.total, chance)} parameters${mixture}.`,
      `We release ${truth.name}, a language model. ${truth.name} has ${weights(truth.total, chance)} parameters${mixture}.`,
      truth.active === null
        ? `${truth.name} — языковая модель на ${russian(truth.total)} параметров.`
        : `${truth.name} has ${weights(truth.total, chance)} parameters in total and ${weights(truth.active, chance)} active parameters per token.`,
    ]),
    chance.one([
      `Its predecessor ${previous} had ${weights(truth.total * 3, chance)} parameters and was trained on ${tokens(other.tokens, chance)} tokens.`,
      `Unlike ${rival}, which has ${weights(truth.total * 2 + 1e9, chance)} parameters, it runs on one card.`,
      `A reward model with ${weights(truth.total * 5, chance)} parameters filtered the data.`,
      '',
    ]),
    truth.context === null
      ? `The context length of ${rival} is ${other.context} tokens.`
      : chance.one([
          `The context length of ${truth.name} is ${length(truth.context, chance)} tokens; ${rival} has ${length(other.context, chance)}.`,
          `${truth.name} supports a context of ${length(truth.context, chance)} tokens.`,
          `${truth.name} has a context window of ${length(truth.context, chance)} tokens.`,
        ]),
    truth.trainingTokens === null
      ? ''
      : chance.one([
          `${truth.name} was trained on ${tokens(truth.trainingTokens, chance)} tokens.`,
          `## Training\n\n${truth.name} was pretrained on ${tokens(truth.trainingTokens, chance)} tokens, while ${rival} saw ${tokens(other.tokens, chance)} tokens.`,
        ]),
    truth.languages === null ? '' : `${truth.name} understands ${truth.languages} languages.`,
    truth.gpuHours === null
      ? ''
      : `The training of ${truth.name} took ${grouped(truth.gpuHours)} H100 GPU hours${truth.cost === null ? '' : ` and cost $${chance.one([grouped(truth.cost), `${truth.cost / 1e6}M`])}`}.`,
    truth.price === null
      ? ''
      : `The API of ${truth.name} costs $${truth.price.input.toFixed(2)} per million input tokens and $${truth.price.output.toFixed(2)} per million output tokens.`,
    scoreTable(truth, chance),
    chance.one([
      '## Limitations\n\nThe model may produce incorrect facts.',
      '## Limitations\n\nThe model may repeat itself.',
      '',
    ]),
    `## Citation\n\n\`\`\`\n@misc{x, year={2026}, pages={1--${chance.whole(9, 60)}}}\n\`\`\``,
  ];
  return `${frontMatterOf(model, chance)}${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** `{"max_position_embeddings": …}` and the like, where the model has one. */
export function configOf(model: WorldModel, world: World): string | null {
  if (originalOf(model, world) !== null) return null;
  const { context } = truthOf(model);
  const chance = chanceOf(`config ${model.id}`);
  if (context === null || chance.happens(0.5)) return null;
  return JSON.stringify({
    architectures: ['LlamaForCausalLM'],
    hidden_size: chance.one([2048, 4096, 5120]),
    num_hidden_layers: chance.whole(20, 90),
    vocab_size: chance.whole(32, 250) * 1000,
    torch_dtype: 'bfloat16',
  });
}

/** The page of a paper: its abstract, and for a model's own report what the card says, by another hand. */
export function paperOf(
  { number, title, abstract }: { number: string; title: string; abstract: string },
  model: WorldModel | null,
): string {
  const chance = chanceOf(`paper ${number}`);
  const sentences = [abstract];
  if (model !== null) {
    const truth = truthOf(model);
    const rival = truth.rivals[0] ?? 'Harrow-9B';
    if (truth.trainingTokens !== null && chance.happens(0.5)) {
      sentences.push(`${truth.name} is trained on ${tokens(truth.trainingTokens, chance)} tokens.`);
    }
    const [[benchmark, score] = []] = truth.scores;
    if (benchmark !== undefined && score !== undefined) {
      sentences.push(
        `On ${benchmark}, ${rival} reaches ${score.rivals.get(rival)}%, and ${truth.name} ${score.own}%.`,
      );
    }
    sentences.push(`${rival} was trained on ${tokens(chance.whole(5, 90) * 1e11, chance)} tokens.`);
  } else if (chance.happens(0.6)) {
    sentences.push(
      `Harrow-9B gains ${chance.whole(11, 99) / 10} points, and its cost falls by ${chance.whole(11, 80)}%.`,
    );
  }
  return `<!DOCTYPE html><html lang="en"><head><title>${escape(title)}</title></head><body><article>
<h1>${escape(title)}</h1><p>${sentences.map(escape).join(' ')}</p>
<p>${chance.whole(9, 40)} pages, ${chance.whole(2, 12)} figures</p></article></body></html>`;
}

/** The page of a repository; its stars and versions are nobody's parameters. */
export function repositoryPage(name: string, description: string): string {
  const chance = chanceOf(`repository ${name}`);
  return `<!DOCTYPE html><html lang="en"><head><title>${escape(name)}</title></head><body><article>
<h1>${escape(name.slice(name.indexOf('/') + 1))}</h1><p>${escape(description)}. Needs Python 3.${chance.whole(9, 13)} and ${chance.whole(16, 96)} GB of memory.</p>
<p>Evaluation takes about ${chance.whole(2, 30)} hours on ${chance.one([4, 8])} cards.</p></article></body></html>`;
}

/** Whose weights somebody only packed anew. */
export function originalOf(model: WorldModel, world: World): WorldModel | null {
  const first = world.items.find((item) => item.kind === 'model' && item.label === model.label);
  if (first?.kind !== 'model' || first === model) return null;
  const owner = first.id.slice(0, first.id.indexOf('/'));
  return model.id.startsWith(`${owner}/`) ? null : first;
}

function copyCard(model: WorldModel, original: WorldModel): string {
  const chance = chanceOf(`copy ${model.id}`);
  const rows = ['Q4_K_M', 'Q5_K_M', 'Q8_0'].map(
    (format) => `| ${format} | ${chance.whole(20, 700) / 10} GB |`,
  );
  return `# ${model.id.slice(model.id.indexOf('/') + 1)}\n\nQuantizations of ${original.id}.\n\n| File | Size |\n| --- | --- |\n${rows.join('\n')}\n`;
}

function frontMatterOf({ tags }: WorldModel, chance: Chance): string {
  const licence = tags.find((tag) => tag.startsWith('license:'))?.slice('license:'.length) ?? 'mit';
  if (chance.happens(0.2)) return '';
  return `---\nlicense: ${licence}\npipeline_tag: text-generation\n---\n\n`;
}

function scoreTable({ name, scores, rivals }: ModelTruth, chance: Chance): string {
  if (scores.size === 0) return '';
  const inRows = chance.happens(0.5);
  const style = chance.one(['plain', 'percent', 'bold', 'comma'] as const);
  const shown = (value: number, isOwn: boolean): string => {
    if (style === 'percent') return `${value}%`;
    if (style === 'comma') return String(value).replace('.', ',');
    return style === 'bold' && isOwn ? `**${value}**` : String(value);
  };
  const systems = chance.happens(0.5) ? [name, ...rivals] : [...rivals, name];
  const scoreOf = (benchmark: string, system: string): string => {
    const score = scores.get(benchmark);
    const value = system === name ? score?.own : score?.rivals.get(system);
    return value === undefined ? '—' : shown(value, system === name);
  };
  const benchmarks = [...scores.keys()];
  const lines = inRows
    ? [
        ['Model', ...benchmarks],
        ...systems.map((system) => [
          system,
          ...benchmarks.map((benchmark) => scoreOf(benchmark, system)),
        ]),
      ]
    : [
        ['Benchmark', ...systems],
        ...benchmarks.map((benchmark) => [
          benchmark,
          ...systems.map((system) => scoreOf(benchmark, system)),
        ]),
      ];
  const [head = [], ...rows] = lines.map((cells) => `| ${cells.join(' | ')} |`);
  const rule = `|${' --- |'.repeat(lines[0]?.length ?? 0)}`;
  return `## Evaluation\n\n${[head, rule, ...rows].join('\n')}`;
}

function weights(count: number, chance: Chance): string {
  const billions = count / 1e9;
  return chance.one([
    `${billions}B`,
    `${billions} billion`,
    `${billions}B`,
    grouped(Math.round(count)),
  ]);
}

function russian(count: number): string {
  return `${String(count / 1e9).replace('.', ',')} млрд`;
}

function tokens(count: number, chance: Chance): string {
  const trillions = count / 1e12;
  return chance.one([`${trillions}T`, `${trillions} trillion`, `${Math.round(trillions * 1000)}B`]);
}

function length(context: number, chance: Chance): string {
  return chance.happens(0.5) || context % 1024 !== 0 ? grouped(context) : String(context);
}

function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/gu, ',');
}

function chanceOf(words: string): Chance {
  let seed = 2_166_136_261;
  for (const character of words) {
    seed = Math.imul(seed ^ (character.codePointAt(0) ?? 0), 16_777_619);
  }
  return createChance(seed >>> 0);
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
