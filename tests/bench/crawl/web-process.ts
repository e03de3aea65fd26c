import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { once } from 'node:events';

import { faults, sendPage } from './faults.ts';
import { PolitenessRecord } from './politeness-record.ts';
import type { Violations } from './politeness-record.ts';
import { crawlDelay, hostAddress, hostCount, planPages, robotsTxt } from './site-plan.ts';
import type { PlannedPage } from './site-plan.ts';

export interface WebOptions {
  minGapMs: number;
}

/** What the web's process says: first where it is, then, asked, what was done to it. */
export type WebMessage =
  | { kind: 'listening'; port: number }
  | { kind: 'report'; requests: number; violations: Violations };

// Only as a program of its own: importing the types above runs nothing.
if (import.meta.main) await run(JSON.parse(process.argv[2] ?? '{}') as WebOptions);

/** The generated web in a process of its own, so that its memory and work are not the crawler's. */
async function run({ minGapMs }: WebOptions): Promise<void> {
  const pages = new Map(planPages().map((page) => [page.path, page]));
  const records: PolitenessRecord[] = [];
  let port = 0;
  for (let host = 0; host < hostCount; host += 1) {
    const delay = crawlDelay(host);
    const record = new PolitenessRecord({
      minGapMs,
      crawlDelayMs: delay === null ? null : delay * 1000,
      isForbidden: (path) => robotsTxt(host) !== null && path.startsWith('/closed'),
    });
    records.push(record);
    port = await listen(serverOf(host, pages, record), hostAddress(host), port);
  }
  process.on('message', () => {
    const violations = records.map((record) => record.violations);
    const sum = (of: keyof Violations): number =>
      violations.reduce((total, each) => total + each[of], 0);
    tell({
      kind: 'report',
      requests: records.reduce((total, { requests }) => total + requests, 0),
      violations: {
        requestsAtOnce: sum('requestsAtOnce'),
        connectionsAtOnce: sum('connectionsAtOnce'),
        gapTooShort: sum('gapTooShort'),
        crawlDelayBroken: sum('crawlDelayBroken'),
        forbiddenPaths: sum('forbiddenPaths'),
      },
    });
  });
  process.on('disconnect', () => process.exit());
  tell({ kind: 'listening', port });
}

function serverOf(
  host: number,
  pages: ReadonlyMap<string, PlannedPage>,
  record: PolitenessRecord,
): Server {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    // A response that is written past node:http never ends, but its connection does.
    const over = record.asked(path);
    const { socket } = request;
    socket.once('close', over);
    response.once('close', () => {
      socket.off('close', over);
      over();
    });
    const page = pages.get(path);
    if (path === '/robots.txt') {
      const rules = robotsTxt(host);
      response.writeHead(rules === null ? 404 : 200, { 'content-type': 'text/plain' });
      response.end(rules ?? 'not found');
    } else if (page === undefined || page.host !== host) response.writeHead(404).end();
    else {
      const fault = page.fault === null ? undefined : faults[page.fault];
      (fault?.answer ?? sendPage)(request, response, page.number);
    }
  });
  server.on('connection', (socket) => {
    record.connected(socket);
    socket.on('error', () => {});
  });
  return server;
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return address.port;
}

function tell(message: WebMessage): void {
  process.send?.(message);
}
