import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Debian's searx 1.1.0, which is there after `apt-get install searx`. */
export const searxIsInstalled = existsSync('/usr/bin/searx-run');

export interface SearxServer {
  url: string;
  stop(): Promise<void>;
}

export interface SearxSettings {
  /** Engines by name, each with the loopback address of the JSON it reads results from. */
  engines: Record<string, string>;
  /** Without one, searx 1.1.0 fails with an HTML page on a caller that is no browser. */
  defaultLanguage?: string;
}

/** Starts the real searx on a free loopback port with engines that point at loopback only. */
export async function startSearx(settings: SearxSettings): Promise<SearxServer> {
  const folder = await mkdtemp(join(tmpdir(), 'istok-searx-'));
  const settingsPath = join(folder, 'settings.yml');
  // JSON is YAML.
  await writeFile(settingsPath, JSON.stringify(settingsFile(settings)));
  const child = spawn('/usr/bin/python3', ['/usr/bin/searx-run'], {
    cwd: folder,
    env: { PATH: '/usr/bin:/bin', SEARX_SETTINGS_PATH: settingsPath, PYTHONUNBUFFERED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { url: await untilRunning(child), stop: end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function untilRunning(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let output = '';
  const listen = (chunk: Buffer): void => {
    output += chunk.toString();
    const address = /Running on (http:\/\/127\.0\.0\.1:\d+)/u.exec(output)?.[1];
    if (address !== undefined) resolve(address);
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  child.once('error', reject);
  child.once('exit', (code) => {
    reject(new Error(`searx ended with ${code} before it listened:\n${output}`));
  });
  return promise;
}

function settingsFile({ engines, defaultLanguage }: SearxSettings): unknown {
  return {
    general: { debug: false, instance_name: 'searx' },
    search: {
      safe_search: 0,
      autocomplete: '',
      ban_time_on_fail: 0,
      max_ban_time_on_fail: 0,
      ...(defaultLanguage === undefined ? {} : { default_lang: defaultLanguage }),
    },
    server: {
      port: 0,
      bind_address: '127.0.0.1',
      secret_key: 'only for tests on loopback',
      base_url: false,
      image_proxy: false,
      http_protocol_version: '1.0',
      method: 'GET',
    },
    ui: {
      static_path: '/usr/share/python3-searx/static',
      templates_path: '/usr/share/python3-searx/templates',
      default_theme: 'simple',
      default_locale: '',
    },
    outgoing: { request_timeout: 1, useragent_suffix: '', pool_connections: 10, pool_maxsize: 10 },
    locales: { en: 'English', ru: 'Русский' },
    doi_resolvers: { none: 'http://127.0.0.1/' },
    default_doi_resolver: 'none',
    enabled_plugins: [],
    engines: Object.entries(engines).map(([name, address], index) => ({
      name,
      engine: 'json_engine',
      shortcut: `e${index}`,
      categories: 'general',
      search_url: `${address}?q={query}&p={pageno}`,
      results_query: 'results',
      url_query: 'url',
      title_query: 'title',
      content_query: 'content',
      enable_http: true,
      paging: true,
      timeout: 1,
    })),
  };
}
