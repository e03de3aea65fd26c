import {
  brand,
  COMMON_NAMES,
  DOMAINS,
  organisation,
  PEOPLE,
  QUANTIZERS,
  SIZES,
  TOPICS,
  VARIANTS,
  VERBS,
  version,
  WITH,
} from './names.ts';
import { createChance } from './random.ts';
import type { Chance } from './random.ts';

/** Milliseconds since 1970. */
type Time = number;

interface WorldItem {
  /** The release that it is of, as its maker means it. */
  label: string;
  /** From when its service shows it. */
  from: Time;
}

export interface WorldModel extends WorldItem {
  kind: 'model';
  internalId: string;
  id: string;
  /** Its name from that time on. */
  renamed: { id: string; at: Time } | null;
  createdAt: Time | null;
  tags: string[];
  /** Tags that are added later. */
  lateTags: { tags: string[]; at: Time } | null;
  baseModel: string[];
  pipeline: string;
  likes: number;
  gated: boolean;
  /** What is not as it should be: a type, a date, a missing field. */
  fault: 'none' | 'types' | 'future' | 'undated';
}

export interface WorldPaper extends WorldItem {
  kind: 'paper';
  number: string;
  title: string;
  abstract: string;
  comment: string;
  categories: string[];
  submittedAt: Time;
  /** When v2 came, under another title at times. */
  revised: { at: Time; title: string } | null;
}

export interface WorldDailyPaper extends WorldItem {
  kind: 'daily';
  number: string;
  title: string;
  summary: string;
  submittedAt: Time;
  upvotes: number;
  githubRepo: string | null;
}

export interface WorldCode extends WorldItem {
  kind: 'code';
  repository: string;
  tag: string;
  title: string;
  notes: string;
  releaseId: number;
  prerelease: boolean;
}

export interface WorldRepository {
  name: string;
  description: string;
  homepage: string;
  stars: number;
}

export interface WorldPost extends WorldItem {
  kind: 'post';
  /** A feed's or a channel's number. */
  place: number;
  medium: 'feed' | 'telegram';
  number: number;
  title: string;
  text: string;
  links: string[];
  /** Its feed gives it a new id from that time on. */
  newIdAt: Time | null;
  forwardedFrom: string | null;
}

export type Item = WorldModel | WorldPaper | WorldDailyPaper | WorldCode | WorldPost;

export interface World {
  from: Time;
  to: Time;
  items: Item[];
  repositories: Map<string, WorldRepository>;
  /** Labels of releases that a channel on models and papers must not miss. */
  major: Set<string>;
}

export const FEEDS = 6;
export const CHANNELS = 4;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Thirty days of what services show, and which release each of it is of. Names, links and delays vary
 * as they do in the world; two releases with the same evidence are never made, since nobody could
 * tell them apart.
 */
export function makeWorld({ seed, items: wanted }: { seed: number; items: number }): World {
  const chance = createChance(seed);
  const from = Date.UTC(2026, 2, 1);
  const to = from + 30 * DAY;
  const world: World = { from, to, items: [], repositories: new Map(), major: new Set() };
  const maker = new WorldMaker(chance, world);
  maker.makeTools(16);
  while (world.items.length < wanted) maker.makeOne();
  world.items.length = wanted;
  const shown = new Set(world.items.filter(isNoticed).map(({ label }) => label));
  for (const label of world.major) if (!shown.has(label)) world.major.delete(label);
  return world;
}

/** By this one item readers can see that its release is worth a post. */
function isNoticed(item: Item): boolean {
  if (item.kind === 'model') return item.likes >= 90 && item.fault !== 'types';
  return item.kind === 'daily' ? item.upvotes >= 30 : item.kind === 'code';
}

interface Family {
  organisation: { hub: string; code: string; title: string };
  name: string;
  label: string;
  at: Time;
  models: WorldModel[];
  paper: string | null;
}

class WorldMaker {
  #chance: Chance;
  #world: World;
  #count = 0;
  #organisations: { hub: string; code: string; title: string }[] = [];
  #families: Family[] = [];
  #names = new Set<string>();
  #numbers: number[] = [];

  constructor(chance: Chance, world: World) {
    this.#chance = chance;
    this.#world = world;
    for (let made = 0; made < 60; made += 1) this.#organisations.push(organisation(chance));
    for (let made = 0; made < FEEDS + CHANNELS; made += 1) this.#numbers.push(100);
  }

  makeOne(): void {
    const kind = this.#chance.number();
    if (kind < 0.3) this.#makeFamily();
    else if (kind < 0.62) this.#makePaper();
    else if (kind < 0.82) this.#makeTuned();
    else if (kind < 0.9) this.#makeCommonName();
    else if (kind < 0.94) this.#makeRoundup();
    else if (kind < 0.97) this.#makeNews();
    else this.#makeStudyOfFamily();
  }

  /** Watched tools: versions over the month, whose notes name models that they came to support. */
  makeTools(count: number): void {
    const chance = this.#chance;
    for (let made = 0; made < count; made += 1) {
      const { code } = chance.one(this.#organisations);
      const project = `${brand(chance).toLowerCase()}-${chance.one(['serve', 'kit', 'hub', 'flow', 'tools'])}`;
      const name = `${code}/${project}`;
      this.#repository(name, 'An engine for language models', chance.whole(500, 40_000));
      let [minor, patch] = [chance.whole(1, 9), 0];
      for (let at = this.#when(); at < this.#world.to; at += chance.whole(3, 12) * DAY) {
        const isPatch = chance.happens(0.5);
        [minor, patch] = isPatch ? [minor, patch + 1] : [minor + 1, 0];
        const tag = `v0.${minor}.${patch}`;
        const label = this.#label('tool');
        const prerelease = chance.happens(0.15);
        if (patch === 0 && !prerelease) this.#world.major.add(label);
        const supported = chance.some(this.#families, chance.whole(0, 2));
        this.#add({
          kind: 'code',
          label,
          from: at,
          repository: name,
          tag: prerelease ? `${tag}-rc1` : tag,
          title: chance.one([tag, `${project} ${tag}`, '']),
          notes: `Bug fixes and new models. ${supported.map((one) => `Support https://huggingface.co/${one.models[0]?.id ?? ''}.`).join(' ')}`,
          releaseId: chance.whole(1, 2 ** 30),
          prerelease,
        });
      }
    }
  }

  #makeFamily(): void {
    const chance = this.#chance;
    const owner = chance.one(this.#organisations);
    const previous = this.#families.find(
      (family) => family.organisation === owner && chance.happens(0.4),
    );
    const label = this.#label('family');
    const { text } = version(chance);
    const domain = chance.happens(0.3) ? `-${chance.one(DOMAINS)}` : '';
    let name = `${brand(chance)}${text}${domain}`;
    let at = this.#when();
    if (previous !== undefined) {
      // Another version, or another kind of the same brand, some weeks later.
      const stem = previous.name.replace(/-?[vVR]?\d[\d.]*.*$/u, '');
      name = `${stem}${chance.one(['-V9', '-4.5', '6', '-7.1'])}${domain}`;
      at = previous.at + chance.whole(10, 20) * DAY;
    }
    // Two who give one name to two things within a month leave nothing to tell them apart by.
    const key = name.toLowerCase().replaceAll(/[^a-z0-9.]/gu, '');
    if (this.#names.has(key) || at >= this.#world.to) return;
    this.#names.add(key);
    const isMajor = chance.happens(0.25);
    if (isMajor) this.#world.major.add(label);
    const family: Family = { organisation: owner, name, label, at, models: [], paper: null };
    const hasPaper = chance.happens(0.6);
    const isNamedInTitle = chance.happens(0.85);
    const number = this.#paperNumber(at);
    const isTagged = chance.number();
    const sizes = chance.some(SIZES, chance.one([1, 1, 1, 2, 2, 3, 4]));
    const variants = chance.happens(0.6) ? chance.some(VARIANTS, chance.whole(1, 2)) : [''];
    for (const size of sizes) {
      for (const variant of variants) {
        const parts = [name, chance.happens(0.95) ? size : '', variant].filter((one) => one !== '');
        const id = `${owner.hub}/${parts.join(chance.happens(0.95) ? '-' : '_')}`;
        if (family.models.some((model) => model.id === id)) continue;
        const own = hasPaper && (isTagged < 0.6 || !isNamedInTitle);
        const late = hasPaper && !own && isTagged < 0.8;
        const model = this.#model({
          label,
          id,
          at: at + chance.whole(0, 30) * HOUR * 0.5,
          tags: [
            ...(own ? [`arxiv:${number}`] : []),
            ...(chance.happens(0.15) ? ['arxiv:2106.09685', 'arxiv:1706.03762'] : []),
          ],
          likes: isMajor ? chance.whole(90, 2500) : chance.whole(0, 15),
        });
        if (late)
          model.lateTags = {
            tags: [`arxiv:${number}`],
            at: model.from + chance.whole(6, 120) * HOUR,
          };
        if (variant !== '' && chance.happens(0.3)) {
          const base = `${owner.hub}/${[name, size].join('-')}`;
          if (base !== id) {
            model.baseModel = [base];
            model.tags.push(`base_model:${base}`, `base_model:finetune:${base}`);
          }
        }
        family.models.push(model);
      }
    }
    this.#families.push(family);
    const code = chance.happens(0.35) ? `${owner.code}/${name.replaceAll(' ', '-')}` : null;
    if (code !== null) {
      const homepage = chance.happens(0.3)
        ? `https://huggingface.co/${family.models[0]?.id ?? ''}`
        : '';
      this.#repository(
        code,
        `Official code of ${name}`,
        isMajor ? chance.whole(300, 9000) : chance.whole(1, 60),
        homepage,
      );
      // Few of them are watched.
      if (chance.happens(0.3)) {
        this.#add({
          kind: 'code',
          label,
          from: at + chance.whole(-24, 72) * HOUR,
          repository: code,
          tag: chance.one(['v1.0', 'v1.0.0', 'release', name]),
          title: chance.one([name, 'Initial release', '']),
          notes: chance.happens(0.5)
            ? `Weights: https://huggingface.co/${family.models[0]?.id ?? ''}`
            : 'First public version.',
          releaseId: chance.whole(1, 2 ** 30),
          prerelease: false,
        });
      }
    }
    if (hasPaper) {
      family.paper = number;
      const topic = chance.one(TOPICS);
      const title = isNamedInTitle
        ? chance.one([
            `${name} Technical Report`,
            `${name}: ${chance.one(VERBS)} ${topic} ${chance.one(WITH)}`,
            `${name.replaceAll('-', ' ')}: An Open Model for ${topic}`,
            `Introducing ${name}: ${topic} ${chance.one(WITH)}`,
          ])
        : this.#newTitle(topic);
      const introduced =
        isNamedInTitle || chance.happens(0.7)
          ? `We introduce ${name}, a model for ${topic}.`
          : `We study ${topic} and train a model for it.`;
      this.#paper({
        label,
        number,
        title,
        abstract: `${introduced} It improves over prior work on six benchmarks. ${code !== null && chance.happens(0.6) ? `Code and weights: https://github.com/${code}.` : ''}`,
        at: at + chance.whole(-6 * 24, 10 * 24) * HOUR,
        upvotes: isMajor ? chance.whole(30, 250) : chance.whole(0, 8),
        daily: chance.happens(0.5),
        code: code !== null && chance.happens(0.5) ? code : null,
      });
    }
    this.#makeCopies(family);
    this.#makePosts(family, { code });
  }

  #makeCopies(family: Family): void {
    const chance = this.#chance;
    const isMajor = this.#world.major.has(family.label);
    const count = isMajor ? chance.whole(1, 7) : chance.happens(0.4) ? chance.whole(1, 3) : 0;
    for (let made = 0; made < count; made += 1) {
      const original = chance.one(family.models);
      const [owner = '', title = ''] = original.id.split('/');
      const quantizer = chance.one(QUANTIZERS);
      const format = chance.one([
        'GGUF',
        'AWQ',
        'GPTQ-Int4',
        '4bit',
        'bnb-4bit',
        'mlx-8bit',
        'i1-GGUF',
        'Q4_K_M-GGUF',
        'FP8',
        'exl2',
        'w4a16',
        'onnx',
      ]);
      const isReupload = chance.happens(0.15);
      const name = isReupload
        ? title
        : chance.happens(0.15)
          ? `${owner}_${title}-${format}`
          : `${title}-${format}`;
      const id = `${isReupload ? chance.one(PEOPLE) : quantizer}/${name}`;
      if (this.#names.has(id)) continue;
      this.#names.add(id);
      const copy = this.#model({
        label: family.label,
        id,
        at: original.from + chance.whole(1, 9 * 24) * HOUR,
        tags: original.tags.filter((tag) => tag.startsWith('arxiv:') && chance.happens(0.7)),
        likes: chance.whole(0, 30),
      });
      const told = chance.number();
      if (told < 0.7) {
        copy.baseModel = [original.id];
        copy.tags.push(
          `base_model:${original.id}`,
          `base_model:${isReupload ? 'finetune' : 'quantized'}:${original.id}`,
        );
      } else if (told < 0.85) {
        copy.baseModel = [original.id];
        copy.tags.push(`base_model:${original.id}`);
      }
    }
  }

  #makePosts(family: Family, { code }: { code: string | null }): void {
    const chance = this.#chance;
    const isMajor = this.#world.major.has(family.label);
    const count = isMajor ? chance.whole(1, 4) : chance.happens(0.25) ? 1 : 0;
    const spoken = family.name.replaceAll('-', chance.happens(0.5) ? ' ' : '-');
    for (let made = 0; made < count; made += 1) {
      const model = `https://huggingface.co/${chance.one(family.models).id}`;
      const paper =
        family.paper === null
          ? null
          : `https://arxiv.org/abs/${family.paper}${chance.happens(0.2) ? 'v1' : ''}`;
      const style = chance.number();
      const links =
        style < 0.45
          ? [model]
          : style < 0.75
            ? [
                ...(code === null ? [] : [`https://github.com/${code}`]),
                model,
                ...(paper === null ? [] : [paper]),
              ]
            : style < 0.85 && paper !== null
              ? [paper]
              : [];
      this.#post({
        label: family.label,
        at: family.at + chance.whole(2, 5 * 24) * HOUR,
        title: chance.one([
          `${spoken} is out`,
          `${family.organisation.title} releases ${spoken}`,
          `Вышла ${spoken} от ${family.organisation.title}`,
          `🔥 ${spoken}: открытые веса`,
          `Introducing ${spoken}`,
          ...(links.length > 0 ? ['Новая открытая модель', 'A new open model worth a look'] : []),
        ]),
        text: `${family.organisation.title} shows ${chance.one(TOPICS)} results.`,
        links,
      });
    }
  }

  #makePaper(): void {
    const chance = this.#chance;
    const label = this.#label('paper');
    const at = this.#when();
    const isMajor = chance.happens(0.06);
    if (isMajor) this.#world.major.add(label);
    const subject = chance.happens(0.4)
      ? `${brand(chance)}${chance.one(['', 'Bench', '-RL', 'Net', 'QA'])}: `
      : '';
    const title = `${subject}${chance.one(VERBS)} ${chance.one(TOPICS)} ${chance.one(WITH)}`;
    if (this.#names.has(title)) return;
    this.#names.add(title);
    const code = chance.happens(0.3)
      ? `${chance.one(PEOPLE)}/${brand(chance).toLowerCase()}`
      : null;
    const number = this.#paperNumber(at);
    const compared =
      chance.happens(0.3) && this.#families.length > 0
        ? ` We compare with ${chance.one(this.#families).name}.`
        : '';
    this.#paper({
      label,
      number,
      title,
      abstract: `We propose a method for ${chance.one(TOPICS)}.${compared} ${code === null ? '' : `Code is at https://github.com/${code} .`}`,
      at,
      upvotes: isMajor ? chance.whole(35, 300) : chance.whole(0, 9),
      daily: isMajor || chance.happens(0.15),
      code: code !== null && chance.happens(0.5) ? code : null,
    });
    if (isMajor && chance.happens(0.4)) {
      this.#post({
        label,
        at: at + chance.whole(24, 96) * HOUR,
        title: chance.one([title, 'Статья дня']),
        text: 'Worth reading.',
        links: [`https://arxiv.org/abs/${number}`],
      });
    }
  }

  /** Someone's model on another's: it names that one's papers, and those of its methods. */
  #makeTuned(): void {
    const chance = this.#chance;
    if (this.#families.length === 0) return;
    const family = chance.one(this.#families);
    const base = chance.one(family.models);
    const at = base.from + chance.whole(4, 240) * HOUR;
    if (at >= this.#world.to) return;
    const [, title = ''] = base.id.split('/');
    const id = `${chance.one(PEOPLE)}/${chance.one([
      `${title}-${chance.one(['ru', 'finance', 'medical', 'roleplay', 'sql', 'uncensored'])}`,
      `${brand(chance)}-${chance.one(SIZES)}-${chance.one(['lora', 'merge', 'sft'])}`,
      `${title}-lora-${chance.whole(1, 99)}`,
      `${chance.one(['legal', 'poetry', 'tutor'])}-${title.toLowerCase()}`,
    ])}`;
    if (this.#names.has(id)) return;
    this.#names.add(id);
    const label = this.#label('tuned');
    const relation = chance.one(['finetune', 'adapter', 'merge']);
    const model = this.#model({
      label,
      id,
      at,
      tags: [
        ...base.tags.filter((tag) => tag.startsWith('arxiv:') && chance.happens(0.5)),
        ...(chance.happens(0.3) ? ['arxiv:2305.14314'] : []),
        `base_model:${base.id}`,
        `base_model:${relation}:${base.id}`,
      ],
      likes: chance.whole(0, 12),
    });
    model.baseModel = [base.id];
    if (chance.happens(0.2)) {
      this.#model({
        label,
        id: `${chance.one(QUANTIZERS)}/${id.split('/')[1] ?? ''}-GGUF`,
        at: at + chance.whole(2, 90) * HOUR,
        tags: [`base_model:${id}`, `base_model:quantized:${id}`],
        likes: 0,
      }).baseModel = [id];
    }
  }

  #makeCommonName(): void {
    const chance = this.#chance;
    const id = `${chance.one(PEOPLE)}/${chance.one(COMMON_NAMES)}`;
    if (this.#names.has(id)) return;
    this.#names.add(id);
    const model = this.#model({
      label: this.#label('common'),
      id,
      at: this.#when(),
      tags: chance.happens(0.5) ? ['arxiv:1910.01108'] : [],
      likes: chance.whole(0, 4),
    });
    const base = id.split('/')[1]?.split('-')[0] ?? 'gpt2';
    if (chance.happens(0.6)) {
      model.baseModel = [`openbase/${base}`];
      model.tags.push(`base_model:openbase/${base}`, `base_model:finetune:openbase/${base}`);
    }
  }

  #makeRoundup(): void {
    const chance = this.#chance;
    if (this.#families.length < 6) return;
    const chosen = chance.some(this.#families, chance.whole(3, 6));
    this.#post({
      label: this.#label('roundup'),
      at: this.#when(),
      title: chance.one([
        'Итоги недели',
        'What happened in open models this week',
        `${chosen[0]?.name ?? ''}, ${chosen[1]?.name ?? ''} и другие`,
      ]),
      text: chosen.map((family) => family.name).join(', '),
      links: chosen.map((family) => `https://huggingface.co/${family.models[0]?.id ?? ''}`),
    });
  }

  #makeNews(): void {
    const chance = this.#chance;
    this.#post({
      label: this.#label('news'),
      at: this.#when(),
      title: `${chance.one(['Как мы', 'Why we', 'Опыт:', 'Notes on how we'])} ${chance.one(['moved to vLLM', 'перешли на новый поиск', 'cut our costs', 'считали токены', 'hired a team'])} ${chance.whole(1, 900)}`,
      text: 'A story of a team.',
      links: chance.happens(0.3) ? [`https://example.org/story/${chance.whole(1, 9999)}`] : [],
    });
  }

  /** Others write about a model. */
  #makeStudyOfFamily(): void {
    const chance = this.#chance;
    if (this.#families.length === 0) return;
    const family = chance.one(this.#families);
    const title = `${chance.one(['Evaluating', 'Red-Teaming', 'How Good Is', 'A Closer Look at'])} ${family.name} on ${chance.one(TOPICS)} ${chance.one(WITH)}`;
    if (this.#names.has(title)) return;
    this.#names.add(title);
    const at = Math.min(family.at + chance.whole(24, 400) * HOUR, this.#world.to - DAY);
    this.#paper({
      label: this.#label('study'),
      number: this.#paperNumber(at),
      title,
      abstract: `We test ${family.name} and others. ${chance.happens(0.3) ? `The model is at https://huggingface.co/${family.models[0]?.id ?? ''}.` : ''}`,
      at,
      upvotes: chance.whole(0, 9),
      daily: chance.happens(0.2),
      code: null,
    });
  }

  #model({
    label,
    id,
    at,
    tags,
    likes,
  }: {
    label: string;
    id: string;
    at: Time;
    tags: string[];
    likes: number;
  }): WorldModel {
    const chance = this.#chance;
    const fault = chance.number();
    const model: WorldModel = {
      kind: 'model',
      label,
      from: at + (chance.happens(0.05) ? chance.whole(1, 40) * HOUR : 0),
      internalId: chance
        .whole(1, 2 ** 30)
        .toString(16)
        .padStart(24, '6'),
      id,
      renamed: chance.happens(0.015)
        ? { id: `${id}-hf`, at: at + chance.whole(24, 200) * HOUR }
        : null,
      createdAt: at,
      tags: [
        ...tags,
        'transformers',
        'safetensors',
        'region:us',
        chance.one(['license:mit', 'license:apache-2.0', 'license:other']),
      ],
      lateTags: null,
      baseModel: [],
      pipeline: chance.one([
        'text-generation',
        'text-generation',
        'image-text-to-text',
        'automatic-speech-recognition',
      ]),
      likes,
      gated: chance.happens(0.05),
      fault: fault < 0.005 ? 'types' : fault < 0.01 ? 'future' : fault < 0.015 ? 'undated' : 'none',
    };
    this.#add(model);
    return model;
  }

  #paper({
    label,
    number,
    title,
    abstract,
    at,
    upvotes,
    daily,
    code,
  }: {
    label: string;
    number: string;
    title: string;
    abstract: string;
    at: Time;
    upvotes: number;
    daily: boolean;
    code: string | null;
  }): void {
    const chance = this.#chance;
    const isOnArxiv = !daily || chance.happens(0.85);
    if (isOnArxiv) {
      this.#add({
        kind: 'paper',
        label,
        from: at + chance.whole(12, 48) * HOUR,
        number,
        title,
        abstract,
        comment: chance.happens(0.3) ? '12 pages, 5 figures' : '',
        categories: chance.one([['cs.CL'], ['cs.CL', 'cs.LG'], ['cs.LG'], ['cs.CV', 'cs.CL']]),
        submittedAt: at,
        revised: chance.happens(0.2)
          ? {
              at: at + chance.whole(3, 14) * DAY,
              title: chance.happens(0.2) ? `${title} (Extended)` : title,
            }
          : null,
      });
    }
    if (daily) {
      this.#add({
        kind: 'daily',
        label,
        from: at + chance.whole(20, 90) * HOUR,
        number,
        title,
        summary: abstract,
        submittedAt: at,
        upvotes,
        githubRepo: code === null ? null : `https://github.com/${code}`,
      });
    }
  }

  #post({
    label,
    at,
    title,
    text,
    links,
  }: {
    label: string;
    at: Time;
    title: string;
    text: string;
    links: string[];
  }): void {
    const chance = this.#chance;
    const medium = chance.happens(0.5) ? 'feed' : 'telegram';
    const place = chance.whole(0, (medium === 'feed' ? FEEDS : CHANNELS) - 1);
    const counter = medium === 'feed' ? place : FEEDS + place;
    const number = (this.#numbers[counter] ?? 0) + 1;
    this.#numbers[counter] = number;
    this.#add({
      kind: 'post',
      label,
      from: at,
      place,
      medium,
      number,
      title,
      text,
      links,
      newIdAt: medium === 'feed' && chance.happens(0.1) ? at + chance.whole(6, 72) * HOUR : null,
      forwardedFrom: medium === 'telegram' && chance.happens(0.1) ? 'Другой канал' : null,
    });
  }

  #repository(name: string, description: string, stars: number, homepage = ''): void {
    this.#world.repositories.set(name, { name, description, homepage, stars });
  }

  #add(item: Item): void {
    if (item.from >= this.#world.from && item.from < this.#world.to) this.#world.items.push(item);
  }

  /** One that no other paper has. */
  #newTitle(topic: string): string {
    for (;;) {
      const title = `${this.#chance.one(VERBS)} ${topic} ${this.#chance.one(WITH)}${this.#chance.happens(0.5) ? ` and ${this.#chance.one(TOPICS)}` : ''}`;
      if (this.#names.has(title)) continue;
      this.#names.add(title);
      return title;
    }
  }

  #when(): Time {
    return this.#world.from + Math.floor(this.#chance.number() * 29 * DAY);
  }

  #label(kind: string): string {
    this.#count += 1;
    return `${kind} ${this.#count}`;
  }

  /** By the month, counting up, as arXiv does. */
  #paperNumber(at: Time): string {
    const date = new Date(at);
    const month = `${date.getUTCFullYear() % 100}${String(date.getUTCMonth() + 1).padStart(2, '0')}`;
    this.#count += 1;
    return `${month}.${String(this.#count).padStart(5, '0')}`;
  }
}
