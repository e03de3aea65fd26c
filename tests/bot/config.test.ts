import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { ConfigError, loadEnvironment, readConfig, secretsOf } from '../../bot/config.ts';
import type { Environment } from '../../bot/config.ts';

describe('readConfig', () => {
  test('needs no setting at all', () => {
    expect(readConfig({})).toEqual({
      telegram: { token: null, apiRoot: 'https://api.telegram.org', webhook: null },
      access: { mode: 'public', allowedIds: [], adminIds: [] },
      limits: { questionsPerDay: null },
      port: 8080,
      search: {
        searxngUrl: null,
        wikipedia: true,
        wikipediaBaseUrl: 'https://{lang}.wikipedia.org',
      },
      model: null,
      contextTokens: 8192,
      verifyModel: null,
      gigachat: null,
      embeddings: null,
      rerank: null,
      crawl: {
        userAgent: 'IstokBot/0.1 (question answering; contact: not set)',
        timeoutMs: 8000,
        maxBytes: 5_000_000,
        allowPrivateHosts: [],
        readerBaseUrl: null,
      },
      qdrant: null,
      channel: null,
      releases: {
        huggingFaceBaseUrl: 'https://huggingface.co',
        arxivBaseUrl: 'https://export.arxiv.org',
        arxivQueries: ['cat:cs.CL'],
        githubBaseUrl: 'https://api.github.com',
        githubToken: null,
        githubRepositories: [],
        telegramChannels: [],
        feeds: [],
        topics: [],
        include: [],
        exclude: [],
        maxPerDay: 5,
        language: 'ru',
      },
      dataDir: './data',
      logLevel: null,
      warnings: [],
    });
  });

  test('reads every setting', () => {
    expect(
      readConfig({
        BOT_TOKEN: ' 123:abc-DEF_1 ',
        TELEGRAM_API_ROOT: 'http://127.0.0.1:9000/',
        ACCESS: 'allowlist',
        ALLOWED_IDS: '11, -1001234567890,11',
        ADMIN_IDS: ' 7 ,8',
        LIMIT_QUESTIONS_PER_DAY: '20',
        WEBHOOK_URL: 'https://bot.example.org/telegram/',
        WEBHOOK_SECRET: 'a-secret_1',
        PORT: '0',
        SEARXNG_URL: 'http://127.0.0.1:8888/',
        WIKIPEDIA: 'on',
        WIKIPEDIA_BASE_URL: 'http://127.0.0.1:9001/{lang}',
        OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1',
        OPENAI_API_KEY: 'key-one',
        OPENAI_MODEL: 'small',
        MODEL_CONTEXT_TOKENS: '4096',
        OPENAI_FALLBACK_MODELS: ' smaller, small ,, smallest,smaller ',
        VERIFY_MODEL: 'judge',
        GIGACHAT_CREDENTIALS: 'aWQ6c2VjcmV0',
        GIGACHAT_SCOPE: 'GIGACHAT_API_B2B',
        GIGACHAT_MODEL: 'GigaChat-2-Max',
        GIGACHAT_BASE_URL: 'http://127.0.0.1:7000/api/v1/',
        GIGACHAT_AUTH_URL: 'http://127.0.0.1:7001/oauth',
        GIGACHAT_CA_FILE: '/srv/ca.pem',
        EMBEDDINGS_PROVIDER: 'openai',
        EMBEDDINGS_BASE_URL: 'http://127.0.0.1:8081/v1',
        EMBEDDINGS_API_KEY: 'key-two',
        EMBEDDINGS_MODEL: 'e5',
        EMBEDDINGS_QUERY_INSTRUCTION: 'query:',
        RERANK_BASE_URL: 'http://127.0.0.1:8082/',
        RERANK_MODEL: 'jina-reranker-v2',
        RERANK_API_KEY: 'key-three',
        CRAWL_USER_AGENT: 'IstokBot/0.1 (+mailto:owner@example.org)',
        CRAWL_TIMEOUT_MS: '2500',
        CRAWL_MAX_BYTES: '1000000',
        READER_BASE_URL: 'http://127.0.0.1:3000/',
        CRAWL_ALLOW_PRIVATE_HOSTS: '127.0.0.1:80, Wiki.local:8080,[::1]:90',
        QDRANT_URL: 'http://127.0.0.1:6333/',
        QDRANT_API_KEY: 'key-four',
        HUGGINGFACE_BASE_URL: 'http://127.0.0.1:9100/',
        ARXIV_BASE_URL: 'http://127.0.0.1:9101/',
        ARXIV_QUERIES: 'cat:cs.CL, all:"speech recognition" AND cat:eess.AS',
        GITHUB_BASE_URL: 'http://127.0.0.1:9102',
        GITHUB_TOKEN: 'key-five',
        GITHUB_REPOSITORIES: 'acme/model,acme/model, other/kit.js',
        TELEGRAM_CHANNELS: '@models, papers',
        FEEDS: 'https://example.org/feed.xml, http://127.0.0.1:9103/a?b=c',
        CHANNEL_ID: '@model_news',
        DIGEST_CRON: '30 8,18 * * 1-5',
        DIGEST_TZ: 'Asia/Omsk',
        DIGEST_MODE: 'auto',
        DIGEST_QUIET_HOURS: '22:30-8',
        DIGEST_TOPICS: 'распознавание речи, LLM',
        DIGEST_INCLUDE: 'русский',
        DIGEST_EXCLUDE: 'крипта',
        DIGEST_MAX_PER_DAY: '3',
        DIGEST_LANGUAGE: 'ru',
        QDRANT_COLLECTION: 'istok-2',
        DATA_DIR: '/srv/istok',
        LOG_LEVEL: 'debug',
      }),
    ).toEqual({
      telegram: {
        token: '123:abc-DEF_1',
        apiRoot: 'http://127.0.0.1:9000',
        webhook: { url: 'https://bot.example.org/telegram/', secret: 'a-secret_1' },
      },
      access: { mode: 'allowlist', allowedIds: [11, -1_001_234_567_890], adminIds: [7, 8] },
      limits: { questionsPerDay: 20 },
      port: 0,
      search: {
        searxngUrl: 'http://127.0.0.1:8888',
        wikipedia: true,
        wikipediaBaseUrl: 'http://127.0.0.1:9001/{lang}',
      },
      model: {
        baseUrl: 'http://127.0.0.1:11434/v1',
        apiKey: 'key-one',
        name: 'small',
        fallbacks: ['smaller', 'smallest'],
      },
      contextTokens: 4096,
      verifyModel: 'judge',
      gigachat: {
        credentials: 'aWQ6c2VjcmV0',
        scope: 'GIGACHAT_API_B2B',
        model: 'GigaChat-2-Max',
        baseUrl: 'http://127.0.0.1:7000/api/v1',
        authUrl: 'http://127.0.0.1:7001/oauth',
        caFile: '/srv/ca.pem',
      },
      embeddings: {
        provider: 'openai',
        baseUrl: 'http://127.0.0.1:8081/v1',
        apiKey: 'key-two',
        model: 'e5',
        queryInstruction: 'query:',
      },
      rerank: {
        baseUrl: 'http://127.0.0.1:8082',
        apiKey: 'key-three',
        model: 'jina-reranker-v2',
      },
      crawl: {
        userAgent: 'IstokBot/0.1 (+mailto:owner@example.org)',
        timeoutMs: 2500,
        maxBytes: 1_000_000,
        allowPrivateHosts: ['127.0.0.1:80', 'wiki.local:8080', '[::1]:90'],
        readerBaseUrl: 'http://127.0.0.1:3000',
      },
      qdrant: { url: 'http://127.0.0.1:6333', apiKey: 'key-four', collection: 'istok-2' },
      channel: {
        name: '@model_news',
        mode: 'auto',
        cron: '30 8,18 * * 1-5',
        timeZone: 'Asia/Omsk',
        quietHours: '22:30-8',
      },
      releases: {
        huggingFaceBaseUrl: 'http://127.0.0.1:9100',
        arxivBaseUrl: 'http://127.0.0.1:9101',
        arxivQueries: ['cat:cs.CL', 'all:"speech recognition" AND cat:eess.AS'],
        githubBaseUrl: 'http://127.0.0.1:9102',
        githubToken: 'key-five',
        githubRepositories: ['acme/model', 'other/kit.js'],
        telegramChannels: ['models', 'papers'],
        feeds: ['https://example.org/feed.xml', 'http://127.0.0.1:9103/a?b=c'],
        topics: ['распознавание речи', 'LLM'],
        include: ['русский'],
        exclude: ['крипта'],
        maxPerDay: 3,
        language: 'ru',
      },
      dataDir: '/srv/istok',
      logLevel: 'debug',
      warnings: [],
    });
  });

  test('takes an empty value for one that is not set', () => {
    const empty = {
      BOT_TOKEN: '',
      SEARXNG_URL: ' ',
      LOG_LEVEL: '',
      DATA_DIR: '',
      OPENAI_MODEL: '',
    };
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  test('keeps the blank that ends an instruction, and cuts those around other values', () => {
    const { embeddings } = readConfig({
      EMBEDDINGS_BASE_URL: ' http://127.0.0.1:8081/v1 ',
      EMBEDDINGS_MODEL: ' e5 ',
      EMBEDDINGS_QUERY_INSTRUCTION: 'query: ',
    });
    expect(embeddings).toMatchObject({
      queryInstruction: 'query: ',
      baseUrl: 'http://127.0.0.1:8081/v1',
      model: 'e5',
    });
  });

  test('leaves Wikipedia out when another engine is configured, unless it is asked for', () => {
    const searxng = { SEARXNG_URL: 'http://127.0.0.1:8888' };
    expect(readConfig(searxng).search.wikipedia).toBe(false);
    expect(readConfig({ ...searxng, WIKIPEDIA: 'on' }).search.wikipedia).toBe(true);
    expect(readConfig({ ...searxng, WIKIPEDIA: 'off' }).search.wikipedia).toBe(false);
  });

  test.each<[Environment, string]>([
    [
      { GITHUB_REPOSITORIES: 'acme' },
      'GITHUB_REPOSITORIES must be repositories as owner/name, separated by commas, like vllm-project/vllm; it is "acme".',
    ],
    [
      { TELEGRAM_CHANNELS: 'https://t.me/models' },
      'TELEGRAM_CHANNELS must be names of public channels separated by commas, like @durov; it is "https://t.me/models".',
    ],
    [
      { FEEDS: 'example.org/feed' },
      'FEEDS must be http or https addresses separated by commas, like https://example.org/feed.xml; it is "example.org/feed".',
    ],
    [
      { CHANNEL_ID: 'model_news' },
      'CHANNEL_ID must be the name of a public channel, like @model_news, or the id of one, like -1001234567890; it is "model_news".',
    ],
    [
      { DIGEST_CRON: 'каждое утро' },
      'DIGEST_CRON must be five fields as cron takes them (minute, hour, day, month, day of the week), like 0 9 * * 1-5; it is "каждое утро".',
    ],
    [
      { DIGEST_CRON: '0 9 30 2 *' },
      'DIGEST_CRON must be five fields as cron takes them (minute, hour, day, month, day of the week), like 0 9 * * 1-5; no day fits it; it is "0 9 30 2 *".',
    ],
    [
      { DIGEST_TZ: 'Москва' },
      'DIGEST_TZ must be the name of a time zone, like Europe/Moscow or UTC; it is "Москва".',
    ],
    [{ DIGEST_MODE: 'manual' }, 'DIGEST_MODE must be approve or auto; it is "manual".'],
    [
      { DIGEST_QUIET_HOURS: 'ночью' },
      'DIGEST_QUIET_HOURS must be two different times of the day, like 22-8 or 22:30-08:00; it is "ночью".',
    ],
    [
      { DIGEST_MAX_PER_DAY: '0' },
      'DIGEST_MAX_PER_DAY must be a whole number of posts from 1 to 100; it is "0".',
    ],
    [
      { GITHUB_TOKEN: 'два слова' },
      'GITHUB_TOKEN must be a token of GitHub: letters, digits and _.',
    ],
    [
      { SEARXNG_URL: 'localhost:8888' },
      'SEARXNG_URL must be an http or https address, like http://127.0.0.1:8888; it is "localhost:8888".',
    ],
    [
      { TELEGRAM_API_ROOT: 'ftp://files' },
      'TELEGRAM_API_ROOT must be an http or https address, like https://api.telegram.org; it is "ftp://files".',
    ],
    [{ WIKIPEDIA: 'yes' }, 'WIKIPEDIA must be auto, on or off; it is "yes".'],
    [
      { WIKIPEDIA: 'off' },
      'WIKIPEDIA is off and SEARXNG_URL is not set, so there is nothing to search in: set SEARXNG_URL, or WIKIPEDIA to auto or on.',
    ],
    [
      { OPENAI_BASE_URL: 'http://127.0.0.1/v1' },
      'OPENAI_BASE_URL is set but OPENAI_MODEL is not: set both, or neither.',
    ],
    [
      { EMBEDDINGS_MODEL: 'e5' },
      'EMBEDDINGS_MODEL is set but EMBEDDINGS_BASE_URL is not: set both, or neither.',
    ],
    [
      { CRAWL_TIMEOUT_MS: '5s' },
      'CRAWL_TIMEOUT_MS must be a whole number of milliseconds from 100 to 120000; it is "5s".',
    ],
    [
      { CRAWL_MAX_BYTES: '-1' },
      'CRAWL_MAX_BYTES must be a whole number of bytes from 10000 to 100000000; it is "-1".',
    ],
    [
      { CRAWL_ALLOW_PRIVATE_HOSTS: '127.0.0.1' },
      'CRAWL_ALLOW_PRIVATE_HOSTS must be host:port with a port from 1 to 65535, several separated by commas, like 127.0.0.1:8080; it is "127.0.0.1".',
    ],
    [
      { CRAWL_ALLOW_PRIVATE_HOSTS: '127.0.0.1:99999' },
      'CRAWL_ALLOW_PRIVATE_HOSTS must be host:port with a port from 1 to 65535, several separated by commas, like 127.0.0.1:8080; it is "127.0.0.1:99999".',
    ],
    [{ ACCESS: 'friends' }, 'ACCESS must be public or allowlist; it is "friends".'],
    [
      { ALLOWED_IDS: '11,twelve' },
      'ALLOWED_IDS must be ids of users or groups, not names: whole numbers separated by commas, like 123456789,-1001234567890; it is "11,twelve".',
    ],
    [
      { ADMIN_IDS: '-100123' },
      'ADMIN_IDS must be ids of users, not names: whole numbers separated by commas, like 123456789; it is "-100123".',
    ],
    [
      { LIMIT_QUESTIONS_PER_DAY: '0' },
      'LIMIT_QUESTIONS_PER_DAY must be a whole number of questions from 1 to 1000000; it is "0".',
    ],
    [{ PORT: '65536' }, 'PORT must be a whole number from 0 to 65535; it is "65536".'],
    [
      { WEBHOOK_URL: 'http://bot.example.org', WEBHOOK_SECRET: 'a' },
      'WEBHOOK_URL must be an https address, like https://bot.example.org/telegram (http only for 127.0.0.1); it is "http://bot.example.org".',
    ],
    [
      { WEBHOOK_URL: 'https://bot.example.org' },
      'WEBHOOK_URL is set but WEBHOOK_SECRET is not: set both, since only the secret tells Telegram from others, or neither.',
    ],
    [
      { CRAWL_USER_AGENT: 'Исток' },
      'CRAWL_USER_AGENT must be plain ASCII, since it is sent as an HTTP header; it is "Исток".',
    ],
    [
      { LOG_LEVEL: 'loud' },
      'LOG_LEVEL must be one of silent, fatal, error, warn, info, debug, trace; it is "loud".',
    ],
  ])('says in one sentence what is wrong and what is accepted: %j', (environment, sentence) => {
    expect(() => readConfig(environment)).toThrow(new ConfigError(sentence));
  });

  test.each(['11,', '11,,12', '0', '@somebody', '1e3', '9007199254740993', '+11', '- 5'])(
    'does not take %j for ids',
    (value) => {
      expect(() => readConfig({ ALLOWED_IDS: value })).toThrow(/^ALLOWED_IDS must be ids/u);
    },
  );

  test.each([
    'http://127.0.0.1:8080/hook',
    'http://localhost:8080',
    'http://[::1]:8080/',
    'https://bot.example.org:8443/hook?of=istok',
  ])('takes %s for the address of a webhook, as it is', (url) => {
    const { telegram } = readConfig({ WEBHOOK_URL: url, WEBHOOK_SECRET: 'a' });
    expect(telegram.webhook).toEqual({ url, secret: 'a' });
  });

  test.each(['http://127.0.0.1.example.org', 'http://10.0.0.1', 'ftp://127.0.0.1', 'bot.example'])(
    'does not take %s for the address of a webhook',
    (url) => {
      expect(() => readConfig({ WEBHOOK_URL: url, WEBHOOK_SECRET: 'a' })).toThrow(
        /^WEBHOOK_URL must be an https address/u,
      );
    },
  );

  test('says when a list of who may ask does nothing, or leaves nobody', () => {
    expect(readConfig({ ALLOWED_IDS: '11' }).warnings).toEqual([
      'ALLOWED_IDS is set but ACCESS is public, so everybody may ask.',
    ]);
    expect(readConfig({ ACCESS: 'allowlist' }).warnings).toEqual([
      'ACCESS is allowlist but ALLOWED_IDS and ADMIN_IDS are empty, so nobody may ask but an admin who was made one by the code in the log.',
    ]);
    expect(readConfig({ ACCESS: 'allowlist', ADMIN_IDS: '7' }).warnings).toEqual([]);
  });

  test('says when a secret alone does nothing, and that a promise is not built', () => {
    const config = readConfig({
      WEBHOOK_SECRET: 'a',
      BRAVE_API_KEY: 'b',
      DIGEST_CRON: '0 9 * * *',
    });
    expect(config.telegram.webhook).toBeNull();
    expect(config.warnings).toEqual([
      'WEBHOOK_SECRET is set without WEBHOOK_URL, so updates are fetched by long polling.',
      'DIGEST_CRON is set without CHANNEL_ID, so there is nowhere to publish.',
      'BRAVE_API_KEY is set and does nothing in this version.',
    ]);
  });

  test('never prints a secret, nor an address that may carry one', () => {
    const token = 'not a token at all';
    expect(messageOf(() => readConfig({ BOT_TOKEN: token }))).toBe(
      'BOT_TOKEN must be a token from @BotFather: digits, a colon, letters and digits.',
    );
    expect(messageOf(() => readConfig({ WEBHOOK_SECRET: 'not one!' }))).toBe(
      'WEBHOOK_SECRET must be 1 to 256 Latin letters, digits, _ and -.',
    );
    const address = 'htp://user:password@127.0.0.1';
    expect(messageOf(() => readConfig({ SEARXNG_URL: address }))).not.toContain('password');
  });

  test('says when a key alone does nothing', () => {
    const config = readConfig({ OPENAI_API_KEY: 'sk-secret' });
    expect(config.model).toBeNull();
    expect(config.warnings).toEqual([
      'OPENAI_API_KEY is set without OPENAI_BASE_URL and OPENAI_MODEL, so no model is used.',
    ]);
  });

  test.each<[string, Environment, string]>([
    [
      'GigaChat’s embeddings without its access',
      { EMBEDDINGS_PROVIDER: 'gigachat' },
      'EMBEDDINGS_PROVIDER is gigachat but GIGACHAT_CREDENTIALS is not set: set it, or leave the provider out.',
    ],
    [
      'a table and a server',
      { EMBEDDINGS_FOLDER: '/m', EMBEDDINGS_BASE_URL: 'http://127.0.0.1', EMBEDDINGS_MODEL: 'm' },
      'EMBEDDINGS_FOLDER and EMBEDDINGS_BASE_URL are both set, and vectors of two models do not mix: set one of them.',
    ],
    [
      'a key with the word before it',
      { GIGACHAT_CREDENTIALS: 'Basic aWQ6c2VjcmV0' },
      'GIGACHAT_CREDENTIALS must be the authorization key of the account: base64, without the word Basic.',
    ],
  ])('refuses %s', (_what, environment, sentence) => {
    expect(messageOf(() => readConfig(environment))).toBe(sentence);
  });

  test('knows the embeddings of GigaChat and of a folder', () => {
    const { embeddings, gigachat, warnings } = readConfig({
      EMBEDDINGS_PROVIDER: 'gigachat',
      GIGACHAT_CREDENTIALS: 'aWQ6c2VjcmV0',
    });
    expect(embeddings).toEqual({
      provider: 'gigachat',
      model: 'Embeddings',
      queryInstruction: null,
    });
    expect(gigachat).toEqual({
      credentials: 'aWQ6c2VjcmV0',
      scope: 'GIGACHAT_API_PERS',
      model: 'GigaChat-2',
      baseUrl: 'https://gigachat.devices.sberbank.ru/api/v1',
      authUrl: 'https://ngw.devices.sberbank.ru:9443/api/v2/oauth',
      caFile: null,
    });
    expect(warnings).toEqual([]);
    expect(readConfig({ EMBEDDINGS_FOLDER: '/srv/table' }).embeddings).toEqual({
      provider: 'folder',
      folder: '/srv/table',
    });
  });

  test('says that a key of Qdrant alone does nothing', () => {
    const { qdrant, warnings } = readConfig({ QDRANT_API_KEY: 'secret' });
    expect(qdrant).toBeNull();
    expect(warnings).toEqual([
      'QDRANT_API_KEY is set without QDRANT_URL, so the index is kept in DATA_DIR.',
    ]);
  });

  test('lists its secrets', () => {
    const config = readConfig({
      BOT_TOKEN: '1:a',
      WEBHOOK_URL: 'https://bot.example.org',
      WEBHOOK_SECRET: 'hook',
      OPENAI_BASE_URL: 'http://127.0.0.1',
      OPENAI_MODEL: 'm',
      OPENAI_API_KEY: 'b',
      GIGACHAT_CREDENTIALS: 'aWQ6c2VjcmV0',
      RERANK_BASE_URL: 'http://127.0.0.1',
      RERANK_API_KEY: 'c',
      QDRANT_URL: 'http://127.0.0.1:6333',
      QDRANT_API_KEY: 'd',
      GITHUB_TOKEN: 'e',
    });
    expect(secretsOf(config)).toEqual(['1:a', 'hook', 'b', 'aWQ6c2VjcmV0', 'c', 'd', 'e']);
    expect(secretsOf(readConfig({}))).toEqual([]);
  });
});

describe('loadEnvironment', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'istok-env-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('puts the environment over the file, even when it empties a variable', () => {
    const file = join(folder, '.env');
    writeFileSync(file, 'BOT_TOKEN=1:file\nLOG_LEVEL="warn" # quiet\nDATA_DIR=/from/file\n');
    const environment = loadEnvironment({ file, environment: { BOT_TOKEN: '', DATA_DIR: '/env' } });
    expect(environment).toEqual({ BOT_TOKEN: '', LOG_LEVEL: 'warn', DATA_DIR: '/env' });
  });

  test('goes without a file', () => {
    const file = join(folder, 'missing');
    expect(loadEnvironment({ file, environment: { LOG_LEVEL: 'info' } })).toEqual({
      LOG_LEVEL: 'info',
    });
  });

  test('says when the file cannot be read', () => {
    const file = join(folder, '.env');
    mkdirSync(file);
    chmodSync(file, 0o700);
    expect(() => loadEnvironment({ file, environment: {} })).toThrow(
      new ConfigError(`The file ${file} cannot be read (EISDIR).`),
    );
  });
});

describe('.env.example', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  const names = [...example.matchAll(/^#?([A-Z][A-Z_]+)=/gmu)].map((match) => match[1]);

  test('names every setting once', () => {
    expect(names.toSorted()).toEqual([
      'ACCESS',
      'ADMIN_IDS',
      'ALLOWED_IDS',
      'ARXIV_BASE_URL',
      'ARXIV_QUERIES',
      'BOT_TOKEN',
      'CHANNEL_ID',
      'CRAWL_ALLOW_PRIVATE_HOSTS',
      'CRAWL_MAX_BYTES',
      'CRAWL_TIMEOUT_MS',
      'CRAWL_USER_AGENT',
      'DATA_DIR',
      'DIGEST_CRON',
      'DIGEST_EXCLUDE',
      'DIGEST_INCLUDE',
      'DIGEST_LANGUAGE',
      'DIGEST_MAX_PER_DAY',
      'DIGEST_MODE',
      'DIGEST_QUIET_HOURS',
      'DIGEST_TOPICS',
      'DIGEST_TZ',
      'EMBEDDINGS_API_KEY',
      'EMBEDDINGS_BASE_URL',
      'EMBEDDINGS_FOLDER',
      'EMBEDDINGS_MODEL',
      'EMBEDDINGS_PROVIDER',
      'EMBEDDINGS_QUERY_INSTRUCTION',
      'FEEDS',
      'GIGACHAT_AUTH_URL',
      'GIGACHAT_BASE_URL',
      'GIGACHAT_CA_FILE',
      'GIGACHAT_CREDENTIALS',
      'GIGACHAT_MODEL',
      'GIGACHAT_SCOPE',
      'GITHUB_BASE_URL',
      'GITHUB_REPOSITORIES',
      'GITHUB_TOKEN',
      'HUGGINGFACE_BASE_URL',
      'LIMIT_QUESTIONS_PER_DAY',
      'LOG_LEVEL',
      'MODEL_CONTEXT_TOKENS',
      'OPENAI_API_KEY',
      'OPENAI_BASE_URL',
      'OPENAI_FALLBACK_MODELS',
      'OPENAI_MODEL',
      'PORT',
      'QDRANT_API_KEY',
      'QDRANT_COLLECTION',
      'QDRANT_URL',
      'READER_BASE_URL',
      'RERANK_API_KEY',
      'RERANK_BASE_URL',
      'RERANK_MODEL',
      'SEARXNG_URL',
      'TELEGRAM_API_ROOT',
      'TELEGRAM_CHANNELS',
      'VERIFY_MODEL',
      'WEBHOOK_SECRET',
      'WEBHOOK_URL',
      'WIKIPEDIA',
      'WIKIPEDIA_BASE_URL',
    ]);
  });

  test('shows the defaults that are in force', () => {
    const uncommented = example.replaceAll(/^#([A-Z][A-Z_]+=)/gmu, '$1');
    const shown = parseEnv(uncommented);
    expect(readConfig(shown)).toEqual(readConfig({}));
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof ConfigError ? error.message : 'another error';
  }
  return 'no error';
}
