import { z } from 'zod';

import { addressOf, paperNumber, publicAddress } from './addresses.ts';
import {
  clean,
  dateOf,
  looseCount,
  looseText,
  looseTexts,
  readItems,
  readJson,
} from './read-items.ts';
import type { Appearance, ModelRelation } from './release.ts';
import type { ReleaseSource } from './release-source.ts';
import type { AskService } from './service-request.ts';

export interface HuggingFaceOptions {
  /** `new`: by when they were made. `trending`: what people look at, whenever it was made. */
  list: 'new' | 'trending';
  ask: AskService;
  baseUrl?: string;
  /** Where people read papers. */
  arxivUrl?: string;
  /** At most so many pages of `pageSize` models. */
  pages?: number;
  pageSize?: number;
  now?: () => number;
}

/** Models of the Hugging Face Hub. https://huggingface.co/docs/hub/api */
export function createHuggingFaceModels({
  list,
  ask,
  baseUrl = 'https://huggingface.co',
  arxivUrl = 'https://arxiv.org',
  pages = 5,
  pageSize = 100,
  now = Date.now,
}: HuggingFaceOptions): ReleaseSource {
  const name = `huggingface ${list}`;
  const sort = list === 'new' ? 'createdAt' : 'trendingScore';
  const addresses = {
    huggingface: publicAddress(baseUrl),
    arxiv: publicAddress(arxivUrl),
    github: '',
  };

  return {
    name,
    async *collect({ since, signal, conditions, onNote }) {
      let url: string | null =
        `${baseUrl}/api/models?sort=${sort}&direction=-1&limit=${pageSize}&full=true&config=true&cardData=true`;
      for (let page = 1; url !== null; page += 1) {
        const reply = await ask({ name, url, accept: 'application/json', signal, conditions });
        if (reply === null) return;
        const models = readItems(readJson(name, reply.body), MODEL, { name, onNote });
        for (const model of models) {
          if (model.private || model.disabled) continue;
          yield toAppearance(model, addresses, now());
        }
        // What is popular may be old; what is new ends where the window does.
        const last = dateOf(models.at(-1)?.createdAt, now());
        if (list === 'new' && last !== null && last < since) return;
        url = nextPage(reply.headers.get('link'), baseUrl);
        if (url !== null && page === pages) {
          if (list === 'new') onNote(`${name}: only the newest ${pages * pageSize} are read`);
          return;
        }
      }
    },
  };
}

/** The next page by a Link header (RFC 8288), on the same host only. */
export function nextPage(link: string | null, baseUrl: string): string | null {
  const [, target] = /<([^>]+)>\s*;[^,]*\brel="?next"?/u.exec(link ?? '') ?? [];
  const url = target === undefined ? null : URL.parse(target, baseUrl);
  return url !== null && url.host === new URL(baseUrl).host ? url.href : null;
}

const MODEL = z
  .object({
    id: z.string().optional().catch(undefined),
    modelId: z.string().optional().catch(undefined),
    _id: looseText,
    createdAt: looseText,
    lastModified: looseText,
    private: z.boolean().catch(false),
    disabled: z.boolean().catch(false),
    gated: z.union([z.boolean(), z.string()]).catch(false),
    downloads: looseCount,
    likes: looseCount,
    pipeline_tag: looseText,
    library_name: looseText,
    tags: looseTexts,
    cardData: z
      .object({
        base_model: z.union([z.string().transform((one) => [one]), looseTexts]).catch([]),
        base_model_relation: looseText,
      })
      .catch({ base_model: [], base_model_relation: '' }),
  })
  .transform(({ id, modelId, _id: internalId, ...rest }) => ({
    ...rest,
    internalId,
    id: id ?? modelId ?? '',
  }))
  .refine(({ id }) => /^(?:[\w.-]+\/)?[\w.-]+$/u.test(id));

function toAppearance(
  model: z.output<typeof MODEL>,
  addresses: { huggingface: string; arxiv: string; github: string },
  now: number,
): Appearance {
  const [owner, title] = model.id.includes('/') ? model.id.split('/', 2) : [null, model.id];
  const papers = model.tags.flatMap((tag) => /^arxiv:(.+)$/u.exec(tag)?.[1] ?? []);
  const named = papers.flatMap(
    (paper) => addressOf(`arxiv:${paperNumber(paper).toLowerCase()}`, addresses) ?? [],
  );
  const extra = [model.pipeline_tag, model.gated === false ? '' : 'gated'];
  return {
    id: `huggingface:${model.id}`,
    service: 'huggingface',
    kind: 'model',
    url: `${addresses.huggingface}/${model.id}`,
    title: clean(title ?? model.id, 200),
    publisher: owner ?? null,
    summary: '',
    publishedAt: dateOf(model.createdAt, now),
    updatedAt: dateOf(model.lastModified, now),
    links: [...new Set(named)],
    tags: [...new Set([...extra, ...model.tags])].filter((tag) => tag !== '').slice(0, 100),
    baseModels: basesOf(model),
    popularity: { downloads: model.downloads, likes: model.likes, upvotes: null, stars: null },
    // It stays when a repository is renamed.
    ...(model.internalId === '' ? {} : { aliases: [`huggingface-id:${model.internalId}`] }),
  };
}

/** Tags say what the card does not: how a model was made from its base. */
function basesOf({ id, tags, cardData }: z.output<typeof MODEL>): Appearance['baseModels'] {
  const relations = new Map<string, ModelRelation>();
  const add = (base: string, relation: ModelRelation): void => {
    if (!/^[\w.-]+\/[\w.-]+$/u.test(base) || base === id) return;
    if (relation !== 'unknown' || !relations.has(base)) relations.set(base, relation);
  };
  for (const base of cardData.base_model) add(base, relationOf(cardData.base_model_relation));
  for (const tag of tags) {
    const [, relation, base] =
      /^base_model:(?:(finetune|adapter|merge|quantized):)?(.+)$/u.exec(tag) ?? [];
    if (base !== undefined) add(base, relationOf(relation ?? ''));
  }
  return [...relations].slice(0, 20).map(([base, relation]) => ({ id: base, relation }));
}

function relationOf(written: string): ModelRelation {
  return RELATIONS.find((relation) => relation === written) ?? 'unknown';
}

const RELATIONS = ['finetune', 'adapter', 'merge', 'quantized'] as const;
