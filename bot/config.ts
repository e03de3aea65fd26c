import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

import { z } from 'zod';

import { readQuietHours } from './digest/quiet-hours.ts';
import { isTimeZone, readSchedule } from './digest/schedule.ts';
import {
  address,
  addresses,
  hostsAndPorts,
  ids,
  listOf,
  webhookAddress,
  wholeNumber,
} from './setting-kinds.ts';
import { settingsNotBuilt } from './settings-not-built.ts';

/** Everything that can be set, parsed and checked. `null` means: not configured. */
export interface Config {
  telegram: {
    /** Null when no bot token is set: then there is only the terminal. */
    token: string | null;
    /** Without a slash at its end. */
    apiRoot: string;
    /** With none, updates are fetched by long polling. */
    webhook: {
      /** What Telegram calls. */
      url: string;
      /** What Telegram shows with each call. */
      secret: string;
    } | null;
  };
  access: {
    /** Who may ask: everybody, or only those of `allowedIds` and the admins. */
    mode: 'public' | 'allowlist';
    /** Of users, and of groups, whose ids are negative. */
    allowedIds: number[];
    /** Of users who run the bot. More may be named in the database. */
    adminIds: number[];
  };
  limits: {
    /** Of one asker in 24 hours. Null: as many as they like. */
    questionsPerDay: number | null;
  };
  /** Where the demo's page and the webhook are served; 0 is any that is free. */
  port: number;
  search: {
    /** Without a slash at its end. */
    searxngUrl: string | null;
    /** Whether Wikipedia takes part: `auto` is resolved here. */
    wikipedia: boolean;
    /** `{lang}` stands for the wiki's language. Without a slash at its end. */
    wikipediaBaseUrl: string;
  };
  /** An OpenAI-compatible chat model; with none, answers are quoted from pages. */
  model: {
    baseUrl: string;
    apiKey: string | null;
    name: string;
    /** Models of the same server that are asked, in this order, when that one fails. */
    fallbacks: string[];
  } | null;
  /** How many tokens a chat model takes, prompt and answer together. */
  contextTokens: number;
  /** Gives a second opinion on what an answer claims: a model of the same server. */
  verifyModel: string | null;
  /** GigaChat's access, for embeddings and for the chat: after the models above, where there are any. */
  gigachat: {
    /** The authorization key, in base64. */
    credentials: string;
    scope: string;
    /** Of the chat. */
    model: string;
    baseUrl: string;
    authUrl: string;
    /** PEM; null: only the authorities that Node knows are trusted. */
    caFile: string | null;
  } | null;
  /** What turns passages into vectors; with none, ranking is lexical. */
  embeddings: EmbeddingsConfig | null;
  /** A server with the `/rerank` call of TEI, Jina and Cohere. */
  rerank: { baseUrl: string; apiKey: string | null; model: string | null } | null;
  crawl: {
    userAgent: string;
    timeoutMs: number;
    maxBytes: number;
    /** `host:port`, lower-case, that may be fetched although they are not public addresses. */
    allowPrivateHosts: string[];
    /** A Jina-compatible reader for pages that need a browser. Without a slash at its end. */
    readerBaseUrl: string | null;
  };
  /** Where the index is kept; with none, in the data folder. */
  qdrant: {
    /** Without a slash at its end. */
    url: string;
    apiKey: string | null;
    collection: string;
  } | null;
  /** Where posts on releases are published; null: nowhere. */
  channel: {
    /** `@name` or `-100…`. */
    name: string;
    /** Whether an admin decides on each post. */
    mode: 'approve' | 'auto';
    /** When rounds begin: five fields, as cron takes them, by the clocks of the time zone. */
    cron: string;
    timeZone: string;
    /** As readQuietHours takes them. */
    quietHours: string | null;
  } | null;
  /** Where releases are looked for. Addresses without a slash at their end. */
  releases: {
    huggingFaceBaseUrl: string;
    arxivBaseUrl: string;
    /** As arXiv writes them: `cat:cs.CL`. */
    arxivQueries: string[];
    githubBaseUrl: string;
    githubToken: string | null;
    /** `owner/name`. */
    githubRepositories: string[];
    /** Without the @. */
    telegramChannels: string[];
    /** Addresses of RSS, Atom and JSON feeds. */
    feeds: string[];
    /** With none, releases on anything are chosen. */
    topics: string[];
    include: string[];
    exclude: string[];
    maxPerDay: number;
    /** Of the posts. */
    language: 'ru' | 'en';
  };
  dataDir: string;
  /** Null when not set: the bot then logs from `info`, a program in the terminal from `error`. */
  logLevel: LogLevel | null;
  /** Settings that are not wrong but do nothing, one English sentence each, for the log. */
  warnings: string[];
}

/** `queryInstruction` is put before a question, never before a passage. */
export type EmbeddingsConfig =
  /** Any OpenAI-compatible server. */
  | {
      provider: 'openai';
      baseUrl: string;
      apiKey: string | null;
      model: string;
      queryInstruction: string | null;
    }
  | { provider: 'gigachat'; model: string; queryInstruction: string | null }
  /** A table in model2vec's format. */
  | { provider: 'folder'; folder: string };

export type LogLevel = (typeof LOG_LEVELS)[number];

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** A setting is wrong. The message is one sentence that names it and never holds a secret. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

export type Environment = Record<string, string | undefined>;

/**
 * The process's environment over the `.env` file of the working directory. A variable that the
 * environment sets, even to nothing, wins: `BOT_TOKEN= npm start` goes without the token.
 * @throws {ConfigError} when there is a file and it cannot be read.
 */
export function loadEnvironment({
  file = '.env',
  environment = process.env,
}: { file?: string; environment?: Environment } = {}): Environment {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { ...environment };
    throw new ConfigError(`The file ${file} cannot be read (${codeOf(error)}).`, { cause: error });
  }
  return { ...parseEnv(text), ...environment };
}

/**
 * Reads the settings; an empty value counts as not set.
 * @throws {ConfigError} for the first value that is wrong.
 */
export function readConfig(environment: Environment): Config {
  const values: Environment = {};
  for (const name of Object.keys(SETTINGS.shape)) {
    const value = environment[name];
    if (value === undefined || value.trim() === '') continue;
    // E5 wants the space at the end of «query: ».
    values[name] = name === 'EMBEDDINGS_QUERY_INSTRUCTION' ? value : value.trim();
  }
  const parsed = SETTINGS.safeParse(values);
  if (!parsed.success) throw toConfigError(parsed.error, values);
  const config = assemble(parsed.data);
  config.warnings.push(...settingsNotBuilt(environment));
  return config;
}

/** The values that must never be printed or logged. */
export function secretsOf(config: Config): string[] {
  return [
    config.telegram.token,
    config.telegram.webhook?.secret,
    config.model?.apiKey,
    config.gigachat?.credentials,
    config.embeddings?.provider === 'openai' ? config.embeddings.apiKey : null,
    config.rerank?.apiKey,
    config.qdrant?.apiKey,
    config.releases.githubToken,
  ].filter((secret) => typeof secret === 'string');
}

const SECRETS = new Set([
  'BOT_TOKEN',
  'WEBHOOK_SECRET',
  'OPENAI_API_KEY',
  'GIGACHAT_CREDENTIALS',
  'EMBEDDINGS_API_KEY',
  'RERANK_API_KEY',
  'QDRANT_API_KEY',
  'GITHUB_TOKEN',
]);

/** Anything that holds a letter or a digit. */
const SAID = /[\p{L}\p{N}]/u;

const SETTINGS = z.object({
  BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]+$/u, 'must be a token from @BotFather: digits, a colon, letters and digits')
    .optional(),
  TELEGRAM_API_ROOT: address('https://api.telegram.org'),
  ACCESS: z
    .enum(['public', 'allowlist'], { error: 'must be public or allowlist' })
    .default('public'),
  ALLOWED_IDS: ids({ groups: true }),
  ADMIN_IDS: ids({ groups: false }),
  LIMIT_QUESTIONS_PER_DAY: wholeNumber({ from: 1, to: 1_000_000, unit: 'questions' }),
  WEBHOOK_URL: webhookAddress(),
  WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{1,256}$/u, 'must be 1 to 256 Latin letters, digits, _ and -')
    .optional(),
  PORT: wholeNumber({ from: 0, to: 65_535 }),
  SEARXNG_URL: address('http://127.0.0.1:8888').optional(),
  WIKIPEDIA: z.enum(['auto', 'on', 'off'], { error: 'must be auto, on or off' }).default('auto'),
  WIKIPEDIA_BASE_URL: address('https://{lang}.wikipedia.org'),
  OPENAI_BASE_URL: address('https://api.deepseek.com/v1').optional(),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_MODEL: z.string().optional(),
  OPENAI_FALLBACK_MODELS: z.string().optional(),
  VERIFY_MODEL: z.string().optional(),
  MODEL_CONTEXT_TOKENS: wholeNumber({ from: 2_000, to: 10_000_000, unit: 'tokens' }),
  GIGACHAT_CREDENTIALS: z
    .string()
    .regex(
      /^[A-Za-z\d+/_-]{8,}={0,2}$/u,
      'must be the authorization key of the account: base64, without the word Basic',
    )
    .optional(),
  GIGACHAT_SCOPE: z
    .enum(['GIGACHAT_API_PERS', 'GIGACHAT_API_B2B', 'GIGACHAT_API_CORP'], {
      error: 'must be GIGACHAT_API_PERS, GIGACHAT_API_B2B or GIGACHAT_API_CORP',
    })
    .optional(),
  GIGACHAT_MODEL: z.string().optional(),
  GIGACHAT_BASE_URL: address('https://gigachat.devices.sberbank.ru/api/v1'),
  GIGACHAT_AUTH_URL: address('https://ngw.devices.sberbank.ru:9443/api/v2/oauth'),
  GIGACHAT_CA_FILE: z.string().optional(),
  EMBEDDINGS_PROVIDER: z
    .enum(['openai', 'gigachat'], { error: 'must be openai or gigachat' })
    .optional(),
  EMBEDDINGS_FOLDER: z.string().optional(),
  EMBEDDINGS_BASE_URL: address('http://127.0.0.1:8081/v1').optional(),
  EMBEDDINGS_API_KEY: z.string().optional(),
  EMBEDDINGS_MODEL: z.string().optional(),
  EMBEDDINGS_QUERY_INSTRUCTION: z.string().optional(),
  RERANK_BASE_URL: address('http://127.0.0.1:8082'),
  RERANK_MODEL: z.string().optional(),
  RERANK_API_KEY: z.string().optional(),
  CRAWL_USER_AGENT: z
    .string()
    .regex(/^[\x20-\x7E]+$/u, 'must be plain ASCII, since it is sent as an HTTP header')
    .default('IstokBot/0.1 (question answering; contact: not set)'),
  CRAWL_TIMEOUT_MS: wholeNumber({ from: 100, to: 120_000, unit: 'milliseconds' }),
  CRAWL_MAX_BYTES: wholeNumber({ from: 10_000, to: 100_000_000, unit: 'bytes' }),
  READER_BASE_URL: address('https://r.jina.ai'),
  CRAWL_ALLOW_PRIVATE_HOSTS: hostsAndPorts(),
  QDRANT_URL: address('http://127.0.0.1:6333').optional(),
  QDRANT_API_KEY: z.string().optional(),
  QDRANT_COLLECTION: z
    .string()
    .regex(/^[\w-]{1,200}$/u, 'must be 1 to 200 Latin letters, digits, _ and -')
    .default('istok'),
  CHANNEL_ID: z
    .string()
    .regex(
      /^(?:@[A-Za-z]\w{3,31}|-100\d{1,12})$/u,
      'must be the name of a public channel, like @model_news, or the id of one, like -1001234567890',
    )
    .optional(),
  DIGEST_CRON: z.string().optional(),
  DIGEST_MODE: z.enum(['approve', 'auto'], { error: 'must be approve or auto' }).default('approve'),
  DIGEST_TZ: z
    .string()
    .refine(isTimeZone, 'must be the name of a time zone, like Europe/Moscow or UTC')
    .default('Europe/Moscow'),
  DIGEST_QUIET_HOURS: z.string().optional(),
  DIGEST_MAX_PER_DAY: wholeNumber({ from: 1, to: 100, unit: 'posts' }),
  DIGEST_LANGUAGE: z.enum(['ru', 'en'], { error: 'must be ru or en' }).default('ru'),
  DIGEST_TOPICS: listOf(SAID, 'must be words or phrases separated by commas'),
  DIGEST_INCLUDE: listOf(SAID, 'must be words or phrases separated by commas'),
  DIGEST_EXCLUDE: listOf(SAID, 'must be words or phrases separated by commas'),
  HUGGINGFACE_BASE_URL: address('https://huggingface.co'),
  ARXIV_BASE_URL: address('https://export.arxiv.org'),
  ARXIV_QUERIES: listOf(
    SAID,
    "must be queries of arXiv's API separated by commas, like cat:cs.CL,cat:cs.CV",
  ),
  GITHUB_BASE_URL: address('https://api.github.com'),
  GITHUB_TOKEN: z
    .string()
    .regex(/^[\x21-\x7E]+$/u, 'must be a token of GitHub: letters, digits and _')
    .optional(),
  GITHUB_REPOSITORIES: listOf(
    /^[\w.-]+\/[\w.-]+$/u,
    'must be repositories as owner/name, separated by commas, like vllm-project/vllm',
  ),
  TELEGRAM_CHANNELS: listOf(
    /^@?[A-Za-z]\w{3,31}$/u,
    'must be names of public channels separated by commas, like @durov',
  ),
  FEEDS: addresses('https://example.org/feed.xml'),
  DATA_DIR: z.string().default('./data'),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).optional(),
});

const DEFAULTS = {
  apiRoot: 'https://api.telegram.org',
  port: 8_080,
  wikipediaBaseUrl: 'https://{lang}.wikipedia.org',
  contextTokens: 8_192,
  gigachatScope: 'GIGACHAT_API_PERS',
  gigachatModel: 'GigaChat-2',
  gigachatBaseUrl: 'https://gigachat.devices.sberbank.ru/api/v1',
  gigachatAuthUrl: 'https://ngw.devices.sberbank.ru:9443/api/v2/oauth',
  gigachatEmbeddings: 'Embeddings',
  timeoutMs: 8_000,
  maxBytes: 5_000_000,
  postsPerDay: 5,
  cron: '0 9 * * *',
  huggingFaceBaseUrl: 'https://huggingface.co',
  arxivBaseUrl: 'https://export.arxiv.org',
  arxivQueries: ['cat:cs.CL'],
  githubBaseUrl: 'https://api.github.com',
};

function assemble(settings: z.output<typeof SETTINGS>): Config {
  const searxngUrl = settings.SEARXNG_URL ?? null;
  if (settings.WIKIPEDIA === 'off' && searxngUrl === null) {
    throw new ConfigError(
      'WIKIPEDIA is off and SEARXNG_URL is not set, so there is nothing to search in: set SEARXNG_URL, or WIKIPEDIA to auto or on.',
    );
  }
  const warnings: string[] = [];
  return {
    telegram: {
      token: settings.BOT_TOKEN ?? null,
      apiRoot: settings.TELEGRAM_API_ROOT ?? DEFAULTS.apiRoot,
      webhook: readWebhook(settings, warnings),
    },
    access: readAccess(settings, warnings),
    limits: { questionsPerDay: settings.LIMIT_QUESTIONS_PER_DAY ?? null },
    port: settings.PORT ?? DEFAULTS.port,
    search: {
      searxngUrl,
      wikipedia:
        settings.WIKIPEDIA === 'on' || (settings.WIKIPEDIA === 'auto' && searxngUrl === null),
      wikipediaBaseUrl: settings.WIKIPEDIA_BASE_URL ?? DEFAULTS.wikipediaBaseUrl,
    },
    model: readModel(settings, warnings),
    contextTokens: settings.MODEL_CONTEXT_TOKENS ?? DEFAULTS.contextTokens,
    verifyModel: readVerifyModel(settings, warnings),
    gigachat: readGigaChat(settings, warnings),
    embeddings: readEmbeddings(settings, warnings),
    rerank: readRerank(settings, warnings),
    crawl: {
      userAgent: settings.CRAWL_USER_AGENT,
      timeoutMs: settings.CRAWL_TIMEOUT_MS ?? DEFAULTS.timeoutMs,
      maxBytes: settings.CRAWL_MAX_BYTES ?? DEFAULTS.maxBytes,
      allowPrivateHosts: settings.CRAWL_ALLOW_PRIVATE_HOSTS ?? [],
      readerBaseUrl: settings.READER_BASE_URL ?? null,
    },
    qdrant: readQdrant(settings, warnings),
    channel: readChannel(settings, warnings),
    releases: readReleases(settings),
    dataDir: settings.DATA_DIR,
    logLevel: settings.LOG_LEVEL ?? null,
    warnings,
  };
}

function readChannel(settings: z.output<typeof SETTINGS>, warnings: string[]): Config['channel'] {
  const { CHANNEL_ID: name, DIGEST_MODE: mode, DIGEST_TZ: timeZone } = settings;
  const { DIGEST_CRON: cron = DEFAULTS.cron, DIGEST_QUIET_HOURS: quietHours = null } = settings;
  accepts('DIGEST_CRON', cron, () => readSchedule(cron, timeZone));
  if (quietHours !== null) {
    accepts('DIGEST_QUIET_HOURS', quietHours, () => readQuietHours(quietHours, timeZone));
  }
  if (name !== undefined) return { name, mode, cron, timeZone, quietHours };
  if (settings.DIGEST_CRON !== undefined) {
    warnings.push('DIGEST_CRON is set without CHANNEL_ID, so there is nowhere to publish.');
  }
  return null;
}

/** @throws {ConfigError} with what `read` says of the value */
function accepts(setting: string, value: string, read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ConfigError(`${setting} ${error.message}; it is "${value}".`, { cause: error });
  }
}

function readReleases(settings: z.output<typeof SETTINGS>): Config['releases'] {
  return {
    huggingFaceBaseUrl: settings.HUGGINGFACE_BASE_URL ?? DEFAULTS.huggingFaceBaseUrl,
    arxivBaseUrl: settings.ARXIV_BASE_URL ?? DEFAULTS.arxivBaseUrl,
    arxivQueries: settings.ARXIV_QUERIES ?? DEFAULTS.arxivQueries,
    githubBaseUrl: settings.GITHUB_BASE_URL ?? DEFAULTS.githubBaseUrl,
    githubToken: settings.GITHUB_TOKEN ?? null,
    githubRepositories: settings.GITHUB_REPOSITORIES ?? [],
    telegramChannels: (settings.TELEGRAM_CHANNELS ?? []).map((name) => name.replace(/^@/u, '')),
    feeds: settings.FEEDS ?? [],
    topics: settings.DIGEST_TOPICS ?? [],
    include: settings.DIGEST_INCLUDE ?? [],
    exclude: settings.DIGEST_EXCLUDE ?? [],
    maxPerDay: settings.DIGEST_MAX_PER_DAY ?? DEFAULTS.postsPerDay,
    language: settings.DIGEST_LANGUAGE,
  };
}

function readQdrant(settings: z.output<typeof SETTINGS>, warnings: string[]): Config['qdrant'] {
  const {
    QDRANT_URL: url,
    QDRANT_API_KEY: apiKey = null,
    QDRANT_COLLECTION: collection,
  } = settings;
  if (url !== undefined) return { url, apiKey, collection };
  if (apiKey !== null) {
    warnings.push('QDRANT_API_KEY is set without QDRANT_URL, so the index is kept in DATA_DIR.');
  }
  return null;
}

function readWebhook(
  settings: z.output<typeof SETTINGS>,
  warnings: string[],
): Config['telegram']['webhook'] {
  const { WEBHOOK_URL: url, WEBHOOK_SECRET: secret } = settings;
  if (url !== undefined && secret === undefined) {
    throw new ConfigError(
      'WEBHOOK_URL is set but WEBHOOK_SECRET is not: set both, since only the secret tells Telegram from others, or neither.',
    );
  }
  if (url !== undefined && secret !== undefined) return { url, secret };
  if (secret !== undefined) {
    warnings.push(
      'WEBHOOK_SECRET is set without WEBHOOK_URL, so updates are fetched by long polling.',
    );
  }
  return null;
}

function readAccess(settings: z.output<typeof SETTINGS>, warnings: string[]): Config['access'] {
  const access = {
    mode: settings.ACCESS,
    allowedIds: settings.ALLOWED_IDS ?? [],
    adminIds: settings.ADMIN_IDS ?? [],
  };
  if (access.mode === 'public' && access.allowedIds.length > 0) {
    warnings.push('ALLOWED_IDS is set but ACCESS is public, so everybody may ask.');
  }
  // No mistake: whoever sends the code of the first start becomes an admin, and admins may ask.
  if (access.mode === 'allowlist' && access.allowedIds.length + access.adminIds.length === 0) {
    warnings.push(
      'ACCESS is allowlist but ALLOWED_IDS and ADMIN_IDS are empty, so nobody may ask but an admin who was made one by the code in the log.',
    );
  }
  return access;
}

function readModel(settings: z.output<typeof SETTINGS>, warnings: string[]): Config['model'] {
  const { OPENAI_BASE_URL: baseUrl, OPENAI_MODEL: name, OPENAI_API_KEY: apiKey } = settings;
  requirePair('OPENAI_BASE_URL', baseUrl, 'OPENAI_MODEL', name);
  if (baseUrl !== undefined && name !== undefined) {
    const fallbacks = (settings.OPENAI_FALLBACK_MODELS ?? '')
      .split(',')
      .map((fallback) => fallback.trim())
      .filter(
        (fallback, at, all) => fallback !== '' && fallback !== name && all.indexOf(fallback) === at,
      );
    return { baseUrl, apiKey: apiKey ?? null, name, fallbacks };
  }
  if (settings.OPENAI_FALLBACK_MODELS !== undefined) {
    warnings.push(
      'OPENAI_FALLBACK_MODELS is set without OPENAI_BASE_URL and OPENAI_MODEL, so there is nothing to fall back from.',
    );
  }
  // Many shells export this key for other programs: alone it is no mistake, and no wish either.
  if (apiKey !== undefined) {
    warnings.push(
      'OPENAI_API_KEY is set without OPENAI_BASE_URL and OPENAI_MODEL, so no model is used.',
    );
  }
  return null;
}

function readVerifyModel(settings: z.output<typeof SETTINGS>, warnings: string[]): string | null {
  const { VERIFY_MODEL: name, OPENAI_BASE_URL: baseUrl, GIGACHAT_CREDENTIALS: sber } = settings;
  if (name === undefined) return null;
  if (baseUrl !== undefined || sber !== undefined) return name;
  warnings.push(
    'VERIFY_MODEL is set without OPENAI_BASE_URL or GIGACHAT_CREDENTIALS, so no model checks answers.',
  );
  return null;
}

function readGigaChat(settings: z.output<typeof SETTINGS>, warnings: string[]): Config['gigachat'] {
  const { GIGACHAT_CREDENTIALS: credentials } = settings;
  if (credentials !== undefined) {
    return {
      credentials,
      scope: settings.GIGACHAT_SCOPE ?? DEFAULTS.gigachatScope,
      model: settings.GIGACHAT_MODEL ?? DEFAULTS.gigachatModel,
      baseUrl: settings.GIGACHAT_BASE_URL ?? DEFAULTS.gigachatBaseUrl,
      authUrl: settings.GIGACHAT_AUTH_URL ?? DEFAULTS.gigachatAuthUrl,
      caFile: settings.GIGACHAT_CA_FILE ?? null,
    };
  }
  if (settings.GIGACHAT_CA_FILE !== undefined) {
    warnings.push('GIGACHAT_CA_FILE is set without GIGACHAT_CREDENTIALS, so GigaChat is not used.');
  }
  return null;
}

function readEmbeddings(
  settings: z.output<typeof SETTINGS>,
  warnings: string[],
): Config['embeddings'] {
  const {
    EMBEDDINGS_PROVIDER: provider,
    EMBEDDINGS_FOLDER: folder,
    EMBEDDINGS_BASE_URL: baseUrl,
    EMBEDDINGS_MODEL: model,
  } = settings;
  const queryInstruction = settings.EMBEDDINGS_QUERY_INSTRUCTION ?? null;
  const places = [
    ['EMBEDDINGS_FOLDER', folder !== undefined],
    ['EMBEDDINGS_BASE_URL', baseUrl !== undefined],
    ['EMBEDDINGS_PROVIDER=gigachat', provider === 'gigachat'],
  ] as const;
  const [first, second] = places.filter(([, isSet]) => isSet).map(([name]) => name);
  if (second !== undefined) {
    throw new ConfigError(
      `${first} and ${second} are both set, and vectors of two models do not mix: set one of them.`,
    );
  }
  if (provider === 'gigachat') {
    if (settings.GIGACHAT_CREDENTIALS === undefined) {
      throw new ConfigError(
        'EMBEDDINGS_PROVIDER is gigachat but GIGACHAT_CREDENTIALS is not set: set it, or leave the provider out.',
      );
    }
    return { provider, model: model ?? DEFAULTS.gigachatEmbeddings, queryInstruction };
  }
  if (folder !== undefined) return { provider: 'folder', folder };
  requirePair('EMBEDDINGS_BASE_URL', baseUrl, 'EMBEDDINGS_MODEL', model);
  if (baseUrl !== undefined && model !== undefined) {
    const apiKey = settings.EMBEDDINGS_API_KEY ?? null;
    return { provider: 'openai', baseUrl, apiKey, model, queryInstruction };
  }
  for (const name of ['EMBEDDINGS_API_KEY', 'EMBEDDINGS_QUERY_INSTRUCTION'] as const) {
    if (settings[name] === undefined) continue;
    warnings.push(
      `${name} is set without EMBEDDINGS_BASE_URL and EMBEDDINGS_MODEL, so no embeddings are used.`,
    );
  }
  return null;
}

function readRerank(settings: z.output<typeof SETTINGS>, warnings: string[]): Config['rerank'] {
  const { RERANK_BASE_URL: baseUrl, RERANK_MODEL: model, RERANK_API_KEY: apiKey } = settings;
  if (baseUrl !== undefined) return { baseUrl, apiKey: apiKey ?? null, model: model ?? null };
  for (const name of ['RERANK_MODEL', 'RERANK_API_KEY'] as const) {
    if (settings[name] === undefined) continue;
    warnings.push(`${name} is set without RERANK_BASE_URL, so nothing is reranked.`);
  }
  return null;
}

function requirePair(
  firstName: string,
  first: string | undefined,
  secondName: string,
  second: string | undefined,
): void {
  if ((first === undefined) === (second === undefined)) return;
  const [present, absent] = first === undefined ? [secondName, firstName] : [firstName, secondName];
  throw new ConfigError(`${present} is set but ${absent} is not: set both, or neither.`);
}

function toConfigError(error: z.ZodError, values: Environment): ConfigError {
  const issue = error.issues[0];
  const name = String(issue?.path[0]);
  const field = SETTINGS.shape[name as keyof typeof SETTINGS.shape];
  const accepted = z.globalRegistry.get(field)?.['accepted'] ?? issue?.message;
  return new ConfigError(`${name} ${String(accepted)}${shown(name, values[name] ?? '')}.`);
}

function shown(name: string, value: string): string {
  // An address may carry a password or a key in its query.
  if (SECRETS.has(name) || /[@?]/u.test(value)) return '';
  return `; it is ${JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)}`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
