/** Where new releases are looked for. */
export type ReleaseService = 'huggingface' | 'arxiv' | 'github' | 'feed' | 'telegram';

export interface Popularity {
  /** Of a model; the last 30 days, as Hugging Face counts them. */
  downloads: number | null;
  /** Of a model. */
  likes: number | null;
  /** Of a paper among the daily ones. */
  upvotes: number | null;
  /** Of a repository. */
  stars: number | null;
}

/** What a model has to do with the one that it names as its base. */
export type ModelRelation = 'finetune' | 'adapter' | 'merge' | 'quantized' | 'unknown';

/** One place where something new appeared, as its service gives it. */
export interface Appearance {
  /**
   * Stays the same from one collection to the next: `huggingface:acme/model-7b`, `arxiv:2412.19437`
   * (without its version), `github:acme/model@v1.2`, `feed:` and `telegram:` with the item's own id.
   */
  id: string;
  service: ReleaseService;
  kind: 'model' | 'paper' | 'repository' | 'post';
  url: string;
  title: string;
  /** Who publishes it there: an organisation, a channel; null where the service does not say. */
  publisher: string | null;
  /** As plain text: an abstract, a post, notes of a release, the opening of a card; '' for none. */
  summary: string;
  /** Null where the service gives no date that can be true. */
  publishedAt: Date | null;
  updatedAt: Date | null;
  /** Canonical addresses that it names: its paper, its code, its weights. */
  links: readonly string[];
  /** As the service has them: `license:mit`, `text-generation`, `cs.CL`. */
  tags: readonly string[];
  /** Models that it was made from, `acme/model-7b`; only a model's. */
  baseModels: readonly { id: string; relation: ModelRelation }[];
  popularity: Popularity;
  /** What else its service knows it by, and still does after it was renamed. */
  aliases?: readonly string[];
  /** Who passed it on, where that is not who wrote it: the channel that forwarded a post. */
  via?: string;
  /** It was there when its source was read for the first time: known, but no news. */
  isLearned?: boolean;
}

/** One release, however many places it appeared in. */
export interface Release {
  /** The id of the appearance that it was first known by; it stays when others join. */
  id: string;
  title: string;
  kind: 'model' | 'paper' | 'repository' | 'post';
  /** In the order in which they were seen. */
  appearances: readonly Appearance[];
  /** One address each, canonical; null where nothing names one. */
  links: { github: string | null; huggingface: string | null; paper: string | null };
  /** The earliest of its appearances that have a date. */
  publishedAt: Date | null;
  firstSeenAt: Date;
  /** When an appearance joined or changed. */
  changedAt: Date;
  /** Ids of releases that turned out to be this one: who published one of them published this. */
  absorbed?: readonly string[];
}
