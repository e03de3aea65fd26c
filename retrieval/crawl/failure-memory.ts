import type { PageError } from '../errors.ts';
import { TurnError } from './host-queue.ts';
import { mayBeTheNetwork } from './page-fault.ts';

/** Addresses that could not be read a moment ago, so that a dead page does not cost each question anew. */
export interface FailureMemory {
  /** The fault that is still remembered, or null. */
  recall(address: string): PageError | null;
  /** `startedAt` is when the attempt began that ended so. */
  remember(url: URL, fault: PageError, startedAt: number): void;
  forget(address: string): void;
  /** A host has answered something: the network works. */
  answered(url: URL): void;
}

export interface FailureMemoryOptions {
  now: () => number;
  /** Of faults that stay: a page that is gone. */
  lastingMs?: number;
  /** Of faults that may pass: a server that is overloaded. */
  passingMs?: number;
  maxAddresses?: number;
}

/**
 * What may be the fault of our own network is remembered only when another host answered meanwhile: an
 * outage must be over for each page as soon as it is over. What robots.txt says has a memory of its own.
 */
export function createFailureMemory({
  now,
  lastingMs = 60_000,
  passingMs = 15_000,
  maxAddresses = 2000,
}: FailureMemoryOptions): FailureMemory {
  const faults = new Map<string, { fault: PageError; until: number }>();
  let latest = { host: '', at: -Infinity };
  let ofAnotherHost = { host: '', at: -Infinity };

  const othersAnsweredAt = (host: string): number =>
    latest.host === host ? ofAnotherHost.at : latest.at;

  return {
    recall(address) {
      const known = faults.get(address);
      if (known === undefined) return null;
      if (now() < known.until) return known.fault;
      faults.delete(address);
      return null;
    },
    remember(url, fault, startedAt) {
      if (fault instanceof TurnError || UNREMEMBERED.test(fault.message)) return;
      if (mayBeTheNetwork(fault) && othersAnsweredAt(url.host) < startedAt) return;
      const until = now() + (fault.retryable ? passingMs : lastingMs);
      faults.delete(url.href);
      faults.set(url.href, { fault, until });
      const oldest = faults.keys().next().value;
      if (faults.size > maxAddresses && oldest !== undefined) faults.delete(oldest);
    },
    forget: (address) => void faults.delete(address),
    answered({ host }) {
      if (latest.host !== host) ofAnotherHost = latest;
      latest = { host, at: now() };
    },
  };
}

/** A wait that a site asks for is kept by the host's line, and to the second. */
const UNREMEMBERED = /^cancelled$|robots\.txt|the site asks to wait/u;
