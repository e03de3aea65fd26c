import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { describe, expect, test } from 'vitest';

import { createDemoWeb } from '../../../../bot/demo/web/demo-web.ts';
import { createDemoServices } from '../../../../bot/demo/web/services/demo-services.ts';
import { createPageFetcher } from '../../../../retrieval/crawl/fetch-page.ts';
import { chooseReleases } from '../../../../retrieval/releases/choose.ts';
import { collectReleases } from '../../../../retrieval/releases/collect.ts';
import { openReleaseSources } from '../../../../retrieval/releases/open-sources.ts';
import { openReleaseStore } from '../../../../retrieval/releases/release-store.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

async function openDemo() {
  const { promise, resolve } = Promise.withResolvers<number>();
  let port = 0;
  const web = createDemoWeb({ port: () => port });
  const services = createDemoServices({ port: () => port });
  const server = createServer((request, response) => {
    if (services.handles(request)) services.handle(request, response);
    else web.handle(request, response);
  });
  server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  port = await promise;
  const hosts = [...web.hosts, ...services.hosts].map((host) => `${host}:${port}`);
  const fetcher = createPageFetcher({
    userAgent: 'IstokTest',
    allowPrivateHosts: hosts,
    minGapMs: 0,
  });
  return {
    services,
    fetcher,
    port,
    async [Symbol.asyncDispose]() {
      await fetcher.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('the services of the demo', () => {
  test('show ten systems, each as one release with every link that there is', async () => {
    await using demo = await openDemo();
    await using folder = await temporaryFolder();
    const { services, fetcher, port } = demo;
    const store = openReleaseStore({ folder: folder.path });
    const { sources, addresses } = openReleaseSources({
      ...services.settings,
      fetchPage: fetcher.fetchPage,
      arxivGapMs: 0,
    });
    const report = await collectReleases({
      sources,
      addresses,
      store,
      signal: new AbortController().signal,
      isFirstRunSilent: false,
    });
    expect(
      report.sources.filter(({ failed, notes }) => failed !== null || notes.length > 0),
    ).toEqual([]);
    const { chosen } = chooseReleases(report.changed, {
      now: report.at,
      atMost: 20,
      include: services.include,
      isTaken: () => false,
      popularityAt: store.popularityAt,
    });
    store.close();
    const hub = `http://modelhub.localhost:${port}`;
    const archive = `http://papers.localhost:${port}/abs`;
    const code = `http://codehub.localhost:${port}`;
    const links = chosen.map(({ release }) => [
      release.title,
      release.links.github,
      release.links.huggingface,
      release.links.paper,
    ]);
    expect(links.toSorted()).toEqual(
      [
        [
          'DeepSeek-R1',
          `${code}/deepseek-ai/DeepSeek-R1`,
          `${hub}/deepseek-ai/DeepSeek-R1`,
          `${archive}/deepseek-r1`,
        ],
        [
          'DeepSeek-V3',
          `${code}/deepseek-ai/DeepSeek-V3`,
          `${hub}/deepseek-ai/DeepSeek-V3`,
          `${archive}/deepseek-v3`,
        ],
        ['SmallThinker-3B-Preview', null, `${hub}/PowerInfer/SmallThinker-3B-Preview`, null],
        ['Giga-Embeddings-instruct', null, `${hub}/ai-sage/Giga-Embeddings-instruct`, null],
        ['EagleX_1-7T', null, `${hub}/recursal/EagleX_1-7T`, null],
        [
          'Chain of Continuous Thought: Reasoning in a Latent Space',
          `${code}/facebookresearch/coconut`,
          null,
          `${archive}/coconut`,
        ],
        [
          'ruIFEval: проверяем, как модель выполняет инструкции по-русски',
          null,
          `${hub}/datasets/NLP-Core-Team/ruIFEval`,
          null,
        ],
        [
          'ruMT-Bench: беседа из двух реплик и судья',
          null,
          `${hub}/datasets/NLP-Core-Team/ruMT-Bench`,
          null,
        ],
        ['GigaSearch: как GigaChat отвечает по найденным документам', null, null, null],
        ['GigaCode: ассистент разработчика и его чат CodeChat', null, null, null],
      ].toSorted(),
    );
  });

  test('leave the rest of their hosts to the web', async () => {
    await using demo = await openDemo();
    const { fetcher, port } = demo;
    const { signal } = new AbortController();
    const card = await fetcher.fetchPage(
      `http://modelhub.localhost:${port}/deepseek-ai/DeepSeek-V3`,
      { signal },
    );
    expect(card.contentType).toBe('text/html');
    const readme = await fetcher.fetchPage(
      `http://modelhub.localhost:${port}/deepseek-ai/DeepSeek-V3/raw/main/README.md`,
      { signal },
    );
    expect(readme.text).toContain('671B parameters in total');
    await expect(
      fetcher.fetchPage(`http://codehub.localhost:${port}/nobody/nothing`, { signal }),
    ).rejects.toThrow('HTTP 404');
  });
});
