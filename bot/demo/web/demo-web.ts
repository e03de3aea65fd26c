import type { IncomingMessage, ServerResponse } from 'node:http';

import { hrefOf } from './markup.ts';
import { pageText } from './page-text.ts';
import { readPagesOf } from './read-pages.ts';
import { createSiteHandler } from './serve-site.ts';
import { sites } from './sites.ts';

export interface DemoWebPage {
  /** `http://entsiklopediya.localhost:8080/wiki/GigaChat`. */
  url: string;
  title: string;
  /** Its own text, a line for each block, without the site around it. */
  text: string;
  language: 'ru' | 'en';
  /** ISO 8601 date. */
  publishedAt: string;
}

/** A small web of made-up sites, for a demo that needs no network. */
export interface DemoWeb {
  /** Names under `.localhost`, without a port. */
  readonly hosts: readonly string[];
  /** Every page that a search can find; the addresses hold the port of this moment. */
  readonly pages: readonly DemoWebPage[];
  /** Whether a request's Host header, with or without a port, names one of the sites. */
  handles(host: string): boolean;
  /** Answers a request to one of the sites; any other host gets 404. */
  handle(request: IncomingMessage, response: ServerResponse): void;
}

export interface DemoWebOptions {
  /** The port that the sites are reached at, asked for whenever an address is written. */
  port: () => number;
  /** How long the slow pages keep their readers waiting. */
  slowMs?: number;
}

/**
 * Reads the sites' files and serves them by the Host header.
 * @throws {Error} when a file is missing or cannot be understood.
 */
export function createDemoWeb({ port, slowMs = 1200 }: DemoWebOptions): DemoWeb {
  const loaded = sites.map((site) => ({ site, pages: readPagesOf(site.host) }));
  const handlers = new Map(
    loaded.map(({ site, pages }) => [
      site.host,
      createSiteHandler({ site, pages, origin: () => `http://${site.host}:${port()}`, slowMs }),
    ]),
  );
  const texts = new Map(
    loaded.flatMap(({ pages }) => pages.map((page) => [page, pageText(page.content)] as const)),
  );

  return {
    hosts: sites.map(({ host }) => host),
    get pages() {
      return loaded.flatMap(({ site, pages }) =>
        pages.map((page) => ({
          url: `http://${site.host}:${port()}${hrefOf(page)}`,
          title: page.title,
          text: texts.get(page) ?? '',
          language: site.language,
          publishedAt: page.published,
        })),
      );
    },
    handles: (host) => handlers.has(hostName(host)),
    handle(request, response) {
      const handler = handlers.get(hostName(request.headers.host ?? ''));
      if (handler === undefined) {
        response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
        response.end('no such site\n');
        return;
      }
      handler(request, response);
    },
  };
}

function hostName(host: string): string {
  return host.toLowerCase().replace(/:\d*$/u, '').replace(/\.$/u, '');
}
