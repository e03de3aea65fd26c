import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

import { encodeText } from '../../support/charset-encoder.ts';
import { pageMarkup } from './page-text.ts';

export interface Fault {
  /** What of the address says that robots may not go there: `/closed`; else empty. */
  path?: string;
  /** What `notRead` has to say; null where the page is odd, but has to be read. */
  reason: string | null;
  /** Its text is Russian, whatever its number says. */
  isRussian?: boolean;
  answer: (request: IncomingMessage, response: ServerResponse, number: number) => void;
}

/** Bytes a page may have in this benchmark. */
export const maxBytes = 1_000_000;

/** All that goes wrong on the web, each with what has to be said of it. */
export const faults: Readonly<Record<string, Fault>> = {
  ...Object.fromEntries(
    [401, 403, 404, 410, 429, 451, 500, 502, 503].map((status) => [
      `status-${status}`,
      sends(status, HTML(), '<h1>sorry</h1>', `HTTP ${status}`),
    ]),
  ),
  silent: { reason: 'timeout', answer: () => {} },
  drip: {
    reason: 'sent too slowly',
    answer: (_request, response) => writeOn(response, '.', 100),
  },
  'head-only': {
    reason: 'timeout',
    answer: (_request, response) => {
      response.writeHead(200, HTML());
      response.flushHeaders();
    },
  },
  truncated: {
    reason: 'connection cut',
    answer: (_request, response) => {
      response.writeHead(200, { ...HTML(), 'content-length': '50000' });
      response.write('<!doctype html><p>Cut', () => response.destroy());
    },
  },
  reset: { reason: 'connection cut', answer: ({ socket }) => void socket.resetAndDestroy() },
  endless: {
    reason: 'too large',
    answer: (_request, response) => writeOn(response, '<p>on and on</p>'.repeat(5000), 1),
  },
  'announced-too-large': sends(
    200,
    { ...HTML(), 'content-length': `${maxBytes + 1}` },
    '<p>',
    'too large',
  ),
  bomb: {
    reason: 'compressed beyond the limit',
    // Made by the web alone: the process that is measured reads this file too.
    answer: (_request, response) => {
      response.writeHead(200, { ...HTML(), 'content-encoding': 'gzip' });
      response.end(gzipSync(Buffer.alloc(20_000_000, 'a')));
    },
  },
  'damaged-compression': sends(
    200,
    { ...HTML(), 'content-encoding': 'gzip' },
    'no gzip',
    'damaged compression',
  ),
  'redirect-loop': {
    reason: 'redirect loop',
    answer: (request, response) => {
      response.writeHead(302, { location: request.url ?? '/', 'content-length': '0' }).end();
    },
  },
  'redirect-inside': sends(
    302,
    { location: 'http://169.254.169.254/latest/' },
    '',
    'not a public address',
  ),
  'redirect-to-port': sends(301, { location: 'http://127.0.0.1:22/' }, '', 'port 22 not allowed'),
  'redirect-to-file': sends(307, { location: 'file:///etc/hosts' }, '', 'not a web address'),
  closed: { path: '/closed', reason: 'forbidden by robots.txt', answer: sendPage },
  picture: sends(
    200,
    { 'content-type': 'image/png' },
    '\x89PNG\r\n',
    'unsupported content type image/png',
  ),
  'picture-called-page': sends(
    200,
    HTML(),
    Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
    'unsupported content type image/png',
  ),
  'script-only': sends(
    200,
    HTML(),
    '<!doctype html><html><head><title>App</title><script src="/app.js"></script></head><body><div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript></body></html>',
    'needs a browser to be read',
  ),
  challenge: sends(
    403,
    HTML(),
    '<!doctype html><title>One moment, please</title><noscript>Enable JavaScript and cookies to continue</noscript><script src="/challenge.js"></script>',
    'needs a browser to be read',
  ),
  empty: sends(200, HTML(), '', 'empty page'),
  wordless: sends(
    200,
    HTML(),
    '<!doctype html><html><body><img src="/a.png"></body></html>',
    'no text found on the page',
  ),
  'bad-status-line': {
    reason: 'bad response',
    answer: ({ socket }) => void socket.end('HTTP/1.1 banana\r\n\r\n'),
  },
  'bad-header': {
    reason: 'bad response headers',
    answer: ({ socket }) => {
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello');
    },
  },
  'broken-pdf': sends(
    200,
    { 'content-type': 'application/pdf' },
    '%PDF-1.7\nthis is no document\n%%EOF',
    'damaged PDF',
  ),
  'charset-missing': oddRussian((number) => ({
    type: 'text/html',
    content: encodeText(russian(number), 'windows-1251'),
  })),
  'charset-wrong': oddRussian((number) => ({
    type: 'text/html; charset=utf-8',
    content: encodeText(russian(number), 'windows-1251'),
  })),
  'charset-koi8-r': oddRussian((number) => ({
    type: 'text/html; charset=koi8-r',
    content: encodeText(russian(number), 'koi8-r'),
  })),
  nested: odd((number) => ({
    type: 'text/html; charset=utf-8',
    content: pageMarkup(number).replace('<main>', '<div>'.repeat(100_000)),
  })),
  'nul-bytes': odd((number) => ({
    type: 'text/html; charset=utf-8',
    content: pageMarkup(number).replaceAll('е', '\0е').replaceAll('e ', 'e\0 '),
  })),
};

export function sendPage(
  _request: IncomingMessage,
  response: ServerResponse,
  number: number,
): void {
  response.writeHead(200, HTML()).end(pageMarkup(number));
}

function HTML(): Record<string, string> {
  return { 'content-type': 'text/html; charset=utf-8' };
}

function sends(
  status: number,
  headers: Record<string, string>,
  content: string | Buffer,
  reason: string,
): Fault {
  return {
    reason,
    answer: (_request, response) => response.writeHead(status, headers).end(content),
  };
}

function odd(make: (number: number) => { type: string; content: string | Uint8Array }): Fault {
  return {
    reason: null,
    answer(_request, response, number) {
      const { type, content } = make(number);
      response.writeHead(200, { 'content-type': type }).end(content);
    },
  };
}

function oddRussian(make: Parameters<typeof odd>[0]): Fault {
  return { ...odd(make), isRussian: true };
}

/** Another charset shows in Russian alone. */
function russian(number: number): string {
  return pageMarkup(number, { charset: '', isRussian: true });
}

function writeOn(response: ServerResponse, chunk: string, pauseMs: number): void {
  response.writeHead(200, HTML());
  const timer = setInterval(() => response.write(chunk), pauseMs);
  response.on('close', () => clearInterval(timer));
}
