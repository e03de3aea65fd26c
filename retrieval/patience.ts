export interface PatienceOptions {
  /** With so many pages in, nobody waits for more. */
  enoughPages?: number;
  /** How long a further page is waited for once 1, 2, 3 … pages are in, in milliseconds. */
  afterPageMs?: readonly number[];
  /** Pages that land together are taken together: how long a silence ends the wait. */
  settleMs?: number;
  /** How long the others are waited for at least, however many were in the cache and came at once. */
  leastMs?: number;
  /** Whether a page that has come is still being read or indexed; it is waited for so long. */
  isLanding?: () => boolean;
  landingMs?: number;
}

export interface Patience {
  /** Resolves when reading should go on to ranking. */
  enough: Promise<void>;
  pageIn(): void;
  pageLost(): void;
  /** No page is to be expected any more. */
  end(): void;
}

/**
 * Decides when enough pages have come: with five in, but not before 0.3 s, or 1.0 s after the third, or
 * when all have landed or failed. With fewer the wait is longer, for one source alone is a poor answer, but it
 * always ends: each page's own deadline bounds it.
 */
export function createPatience(
  pages: number,
  {
    enoughPages = 5,
    afterPageMs = [3000, 2000, 1000],
    settleMs = 60,
    leastMs = 300,
    landingMs = 300,
    isLanding = () => false,
  }: PatienceOptions = {},
): Patience {
  const { promise, resolve } = Promise.withResolvers<void>();
  const beganAt = performance.now();
  let expected = pages;
  let read = 0;
  let timer: NodeJS.Timeout | undefined;
  let patienceEndsAt = Infinity;
  let landingEndsAt = Infinity;

  const wait = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(finish, milliseconds);
  };
  const settle = (): void => {
    const before = read;
    const giveTurns = (turns: number): void => {
      if (read !== before) return;
      if (turns > 0) setImmediate(() => giveTurns(turns - 1));
      else if (isLanding() && performance.now() < landingEndsAt) settle();
      else finish();
    };
    clearTimeout(timer);
    const leastLeft = beganAt + leastMs - performance.now();
    timer = setTimeout(() => giveTurns(turnsToLand), Math.max(settleMs, leastLeft));
  };
  const finish = (): void => {
    clearTimeout(timer);
    resolve();
  };
  const landed = (): void => {
    expected -= 1;
    if (expected <= 0) finish();
  };
  if (pages === 0) finish();

  return {
    enough: promise,
    pageIn() {
      read += 1;
      if (read >= enoughPages) {
        landingEndsAt = Math.min(landingEndsAt, performance.now() + landingMs);
        settle();
      } else {
        const patienceMs = afterPageMs[Math.min(read, afterPageMs.length) - 1] ?? 0;
        // A later page never prolongs the wait that an earlier one began, unless it shortens it.
        patienceEndsAt = Math.min(patienceEndsAt, performance.now() + patienceMs);
        wait(Math.max(0, patienceEndsAt - performance.now()));
      }
      landed();
    },
    pageLost: landed,
    end: finish,
  };
}

/**
 * On a busy process the silence may be our own: pages stand unread in the sockets. The event loop gets
 * so many turns to bring them in: head, body, text, passages.
 */
const turnsToLand = 12;
