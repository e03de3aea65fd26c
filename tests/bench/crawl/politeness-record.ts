import type { Socket } from 'node:net';

export interface Violations {
  /** A host was asked while another answer of it was still under way. */
  requestsAtOnce: number;
  /** A host had a second connection while the first still stood. */
  connectionsAtOnce: number;
  /** A host was asked sooner than the gap between two requests allows, or its crawl-delay. */
  gapTooShort: number;
  crawlDelayBroken: number;
  /** What robots.txt closes was asked for. */
  forbiddenPaths: number;
}

export interface HostRules {
  minGapMs: number;
  crawlDelayMs: number | null;
  isForbidden: (path: string) => boolean;
}

/** What a crawler does to one host, as the host sees it. */
export class PolitenessRecord {
  readonly violations: Violations = {
    requestsAtOnce: 0,
    connectionsAtOnce: 0,
    gapTooShort: 0,
    crawlDelayBroken: 0,
    forbiddenPaths: 0,
  };
  requests = 0;
  readonly #rules: HostRules;
  readonly #sockets = new Set<Socket>();
  #answering = 0;
  #lastEnd = -Infinity;
  #lastPageEnd = -Infinity;

  constructor(rules: HostRules) {
    this.#rules = rules;
  }

  connected(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  /** Returns what to call when the answer is over. */
  asked(path: string): () => void {
    this.requests += 1;
    const { violations } = this;
    if (this.#answering > 0) violations.requestsAtOnce += 1;
    if (this.#sockets.size > 1) violations.connectionsAtOnce += 1;
    if (this.#rules.isForbidden(path)) violations.forbiddenPaths += 1;
    const isPage = path !== '/robots.txt';
    this.#judgeGap(isPage);
    this.#answering += 1;
    let over = false;
    return () => {
      if (over) return;
      over = true;
      this.#answering -= 1;
      if (!isPage) return;
      this.#lastEnd = performance.now();
      this.#lastPageEnd = this.#lastEnd;
    };
  }

  /** From the end of a page to the next request; a crawl-delay counts between pages. */
  #judgeGap(isPage: boolean): void {
    const now = performance.now() + TOLERANCE_MS;
    const { minGapMs, crawlDelayMs } = this.#rules;
    if (now - this.#lastEnd < minGapMs) this.violations.gapTooShort += 1;
    else if (isPage && crawlDelayMs !== null && now - this.#lastPageEnd < crawlDelayMs) {
      this.violations.crawlDelayBroken += 1;
    }
  }
}

/** Both ends see the same moment a little apart, now more, now less. */
const TOLERANCE_MS = 20;
