import type { CheckSubject } from './checked-message.ts';

/**
 * Telegram's apps send what a person writes to a forwarded message as a message of its own, just before
 * it; others forward first and ask then. This brings the two together, by chat and asker.
 */
export interface RecentForwards {
  /** A message was forwarded. Whether it was just asked if what comes is true. */
  came(key: string, subject: CheckSubject): boolean;
  /**
   * It is asked whether something is true. Resolves to the message that was forwarded before, to null
   * when there is none, or to `taken` when one came right after, which then knows.
   */
  asked(key: string): Promise<CheckSubject | 'taken' | null>;
  forget(chatId: number): void;
}

export interface RecentForwardsOptions {
  /** How long the forwarded message may be behind the words that go with it. */
  behindMs?: number;
  /** How long one that came before is meant. */
  keptMs?: number;
  keptChats?: number;
  now?: () => Date;
  /** Calls back after so long; returns how to cancel. */
  after?: (ms: number, callback: () => void) => () => void;
}

interface Wish {
  isTaken: boolean;
  end: () => void;
}

export function createRecentForwards({
  behindMs = 1_500,
  keptMs = 10 * 60_000,
  keptChats = 1_000,
  now = () => new Date(),
  after = afterTimeout,
}: RecentForwardsOptions = {}): RecentForwards {
  /** The one that came last comes last. */
  const forwards = new Map<string, { subject: CheckSubject; at: number }>();
  const wishes = new Map<string, Wish>();

  return {
    came(key, subject) {
      const wish = wishes.get(key);
      if (wish !== undefined) {
        // More may follow: a person forwards several posts at once.
        wish.isTaken = true;
        return true;
      }
      forwards.delete(key);
      forwards.set(key, { subject, at: now().getTime() });
      const [oldest] = forwards.keys();
      if (forwards.size > keptChats && oldest !== undefined) forwards.delete(oldest);
      return false;
    },
    async asked(key) {
      const before = forwards.get(key);
      forwards.delete(key);
      if (before !== undefined && now().getTime() - before.at <= keptMs) return before.subject;
      wishes.get(key)?.end();
      const { promise, resolve } = Promise.withResolvers<void>();
      const cancel = after(behindMs, resolve);
      const wish: Wish = { isTaken: false, end: resolve };
      wishes.set(key, wish);
      await promise;
      cancel();
      if (wishes.get(key) === wish) wishes.delete(key);
      return wish.isTaken ? 'taken' : null;
    },
    forget(chatId) {
      for (const key of forwards.keys()) {
        if (key.startsWith(`${chatId}:`)) forwards.delete(key);
      }
    },
  };
}

function afterTimeout(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}
