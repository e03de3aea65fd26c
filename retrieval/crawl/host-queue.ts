import { PageError } from '../errors.ts';

/** Requests to one host pass one at a time, with a pause between them. Hosts do not wait for each other. */
export interface HostQueue {
  /**
   * Resolves when the host may be asked; whoever enters has to leave when the answer is over. Those who
   * may go are let in in the order they came.
   *
   * @throws {TurnError} at once, when the turn cannot come before `endsAt`, or when it did not.
   * @throws the signal's reason.
   */
  enter(url: URL, options: TurnOptions): Promise<Turn>;
  /** The site asks for so much time from the end of one page to the start of the next. */
  pace(url: URL, betweenPagesMs: number): void;
  /** The site asks to be left alone for so long. */
  pause(url: URL, ms: number): void;
  /** On the queue's own clock. */
  now(): number;
}

/**
 * `page` keeps the pause that the site asks for since the last page. What belongs to reading a page
 * keeps the shorter one that every request keeps: its robots.txt, and the hops of a redirect to it.
 */
export type RequestKind = 'page' | 'hop' | 'robots';

export interface TurnOptions {
  kind: RequestKind;
  /** When there is no use in a turn any more, by `now()`. */
  endsAt: number;
  signal: AbortSignal;
}

export interface Turn {
  /** Idempotent. */
  leave(): void;
}

export interface HostQueueOptions {
  /** From the end of any request to the start of the next, but for what follows robots.txt. */
  minGapMs?: number;
  /** What a site may ask for at most, between pages and when it wants to be left alone. */
  maxPauseMs?: number;
  /** Requests of one host that wait. */
  maxWaiting?: number;
  /** Hosts remembered; those that nobody asks go first. */
  maxHosts?: number;
  clock?: QueueClock;
}

/** Milliseconds that never jump; `after` gives back what cancels the call. */
export interface QueueClock {
  now(): number;
  after(ms: number, callback: () => void): () => void;
}

/** The request was not made: it is no fault of the page, and says nothing about it. */
export class TurnError extends PageError {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, { retryable: true, ...options });
  }
}

export function createHostQueue({
  minGapMs = 200,
  maxPauseMs = 3_600_000,
  maxWaiting = 100,
  maxHosts = 5000,
  clock = SYSTEM_CLOCK,
}: HostQueueOptions = {}): HostQueue {
  const hosts = new Map<string, Host>();

  const hostOf = (url: URL): Host => {
    const key = hostKey(url);
    let host = hosts.get(key);
    if (host === undefined) {
      host = new Host({ minGapMs, maxWaiting, clock });
      if (hosts.size >= maxHosts) forgetIdle(hosts);
      hosts.set(key, host);
    }
    return host;
  };

  return {
    enter: (url, options) => hostOf(url).enter(options),
    pace: (url, betweenPagesMs) => hostOf(url).pace(Math.min(betweenPagesMs, maxPauseMs)),
    pause: (url, ms) => hostOf(url).pause(Math.min(ms, maxPauseMs)),
    now: () => clock.now(),
  };
}

const SYSTEM_CLOCK: QueueClock = {
  now: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** http and https are one server; another port is another. */
function hostKey({ hostname, port }: URL): string {
  return port === '' ? hostname : `${hostname}:${port}`;
}

/** A host at rest is like one that was never seen, but for the pace, which each page sets anew. */
function forgetIdle(hosts: Map<string, Host>): void {
  for (const [key, host] of hosts) {
    if (host.isAtRest()) hosts.delete(key);
  }
}

interface Waiter extends TurnOptions {
  admit: (turn: Turn) => void;
  refuse: (error: unknown) => void;
}

class Host {
  readonly #minGapMs: number;
  readonly #maxWaiting: number;
  readonly #clock: QueueClock;
  readonly #waiting: Waiter[] = [];
  #isBusy = false;
  #pageGapMs: number;
  #lastEnd = -Infinity;
  #lastPageEnd = -Infinity;
  #closedUntil = -Infinity;
  #cancelTimer: () => void = () => {};

  constructor(options: { minGapMs: number; maxWaiting: number; clock: QueueClock }) {
    this.#minGapMs = options.minGapMs;
    this.#pageGapMs = options.minGapMs;
    this.#maxWaiting = options.maxWaiting;
    this.#clock = options.clock;
  }

  async enter({ kind, endsAt, signal }: TurnOptions): Promise<Turn> {
    signal.throwIfAborted();
    if (this.#waiting.length >= this.#maxWaiting) throw new TurnError(TOO_MANY);
    const { promise, resolve: admit, reject: refuse } = Promise.withResolvers<Turn>();
    const waiter: Waiter = { kind, endsAt, signal, admit, refuse };
    this.#waiting.push(waiter);
    const giveUp = (): void => {
      this.#remove(waiter);
      refuse(
        isTimeout(signal.reason) ? new TurnError(NO_TURN, { cause: signal.reason }) : signal.reason,
      );
      this.#next();
    };
    signal.addEventListener('abort', giveUp, { once: true });
    this.#refuseHopeless(this.#isBusy || this.#waiting.length > 1 ? TOO_MANY : 'timeout');
    this.#next();
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  pace(betweenPagesMs: number): void {
    this.#pageGapMs = Math.max(this.#minGapMs, betweenPagesMs);
    this.#refuseHopeless();
    this.#next();
  }

  pause(ms: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, this.#clock.now() + ms);
    this.#refuseHopeless();
    this.#next();
  }

  isAtRest(): boolean {
    const isIdle = !this.#isBusy && this.#waiting.length === 0;
    return isIdle && this.#opensAt('page') <= this.#clock.now();
  }

  #opensAt(kind: RequestKind): number {
    const afterAny = this.#lastEnd + this.#minGapMs;
    const afterPage = kind === 'page' ? this.#lastPageEnd + this.#pageGapMs : -Infinity;
    return Math.max(afterAny, afterPage, this.#closedUntil);
  }

  #next(): void {
    this.#cancelTimer();
    if (this.#isBusy || this.#waiting.length === 0) return;
    const now = this.#clock.now();
    const waiter = this.#waiting.find(({ kind }) => this.#opensAt(kind) <= now);
    if (waiter === undefined) {
      const opensAt = Math.min(...this.#waiting.map(({ kind }) => this.#opensAt(kind)));
      // Timers may be early by the fraction of a millisecond that they cannot count.
      this.#cancelTimer = this.#clock.after(Math.ceil(opensAt - now), () => this.#next());
      return;
    }
    this.#remove(waiter);
    this.#isBusy = true;
    waiter.admit({ leave: once(() => this.#left(waiter.kind)) });
  }

  #left(kind: RequestKind): void {
    this.#isBusy = false;
    // A page follows its robots.txt at once: it is read for the page, and weighs nothing.
    if (kind !== 'robots') {
      this.#lastEnd = this.#clock.now();
      this.#lastPageEnd = this.#lastEnd;
    }
    this.#refuseHopeless();
    this.#next();
  }

  /** Whoever cannot be served in time is told at once, and holds up nobody behind. */
  #refuseHopeless(crowded = NO_TURN): void {
    let pagesAhead = 0;
    for (const waiter of this.#waiting.slice()) {
      const reason = this.#whyHopeless(waiter, pagesAhead, crowded);
      if (reason === null) {
        if (waiter.kind === 'page') pagesAhead += 1;
      } else {
        this.#remove(waiter);
        waiter.refuse(new TurnError(reason));
      }
    }
  }

  #whyHopeless({ kind, endsAt }: Waiter, pagesAhead: number, crowded: string): string | null {
    const now = this.#clock.now();
    const gapMs = kind === 'page' ? this.#pageGapMs : this.#minGapMs;
    const ahead = kind === 'page' ? pagesAhead : 0;
    const opensAt = Math.max(this.#opensAt(kind), this.#isBusy ? now + gapMs : now);
    if (opensAt + ahead * gapMs < endsAt) return null;
    if (this.#closedUntil >= endsAt)
      return `the site asks to wait ${seconds(this.#closedUntil - now)}`;
    if (this.#pageGapMs > this.#minGapMs && kind === 'page') {
      return `the site asks for ${seconds(this.#pageGapMs)} between pages`;
    }
    return crowded;
  }

  #remove(waiter: Waiter): void {
    const at = this.#waiting.indexOf(waiter);
    if (at !== -1) this.#waiting.splice(at, 1);
  }
}

const TOO_MANY = 'too many pages of this site are waiting';
const NO_TURN = 'other pages of this site took too long';

function isTimeout(reason: unknown): boolean {
  return reason instanceof PageError && reason.message === 'timeout';
}

/** `0.5 s`, `10 s`. */
export function seconds(ms: number): string {
  return ms < 1000 ? `${Math.ceil(ms / 100) / 10} s` : `${Math.ceil(ms / 1000)} s`;
}

function once(callback: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    callback();
  };
}
