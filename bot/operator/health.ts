import { GrammyError } from 'grammy';

import { ModelError } from '../../generation/models/chat-model.ts';
import { RetrievalError } from '../../retrieval/errors.ts';

import type { Fault } from './fault.ts';
import type { OperatorNotices } from './operator-notices.ts';

/** What a question's way depends on, and Telegram's updates. */
export type Part =
  | 'search'
  | 'model'
  | 'embeddings'
  | 'index-reading'
  | 'index-writing'
  | 'updates';

/** Is told of each success and each failure, and knows a fault from a blip. Never throws. */
export interface Health {
  worked(part: Part): void;
  failed(part: Part, error: unknown): void;
}

export interface HealthOptions {
  notices: Pick<OperatorNotices, 'began' | 'ended'>;
  /** Milliseconds. */
  now?: () => number;
}

/** When failures of one kind are a fault, and when that is over. */
interface Rule {
  /** So many in a row … */
  failures: number;
  /** … or fewer, with so much time between the first and the last. */
  standsMs: number;
  /** How long after the last failure a success counts. */
  calmMs: number;
}

const RULES: Record<Exclude<Fault, 'disk-low' | 'channel'>, Rule> = {
  'search-down': { failures: 3, standsMs: 60_000, calmMs: 0 },
  // Neither a key nor an account mends itself.
  'model-key': { failures: 1, standsMs: 0, calmMs: 0 },
  'model-balance': { failures: 1, standsMs: 0, calmMs: 0 },
  'model-down': { failures: 3, standsMs: 60_000, calmMs: 0 },
  'embeddings-down': { failures: 3, standsMs: 60_000, calmMs: 0 },
  'index-not-read': { failures: 3, standsMs: 60_000, calmMs: 0 },
  'index-not-written': { failures: 3, standsMs: 60_000, calmMs: 0 },
  // A program that is replaced by its next start ends within half a minute; two that go on take
  // turns, so that every other call succeeds.
  'other-instance': { failures: Infinity, standsMs: 45_000, calmMs: 120_000 },
  'leftover-webhook': { failures: 2, standsMs: 0, calmMs: 0 },
};

export function createHealth({ notices, now = Date.now }: HealthOptions): Health {
  const startedAt = now();
  const failures = new Map<Fault, { count: number; firstAt: number; lastAt: number }>();

  return {
    worked(part) {
      for (const fault of FAULTS_OF[part]) {
        const lastAt = failures.get(fault)?.lastAt ?? startedAt;
        if (now() - lastAt < RULES[fault].calmMs) continue;
        failures.delete(fault);
        notices.ended(fault);
      }
    },
    failed(part, error) {
      const fault = faultOf(part, error);
      if (fault === null) return;
      const before = failures.get(fault);
      const row = {
        count: (before?.count ?? 0) + 1,
        firstAt: before?.firstAt ?? now(),
        lastAt: now(),
      };
      failures.set(fault, row);
      const { failures: many, standsMs } = RULES[fault];
      const hasStood = row.count > 1 && row.lastAt - row.firstAt >= standsMs;
      if (row.count >= many || hasStood) notices.began(fault, detailsOf(error));
    },
  };
}

type WatchedFault = keyof typeof RULES;

const FAULTS_OF: Record<Part, readonly WatchedFault[]> = {
  search: ['search-down'],
  model: ['model-key', 'model-balance', 'model-down'],
  embeddings: ['embeddings-down'],
  'index-reading': ['index-not-read'],
  'index-writing': ['index-not-written'],
  updates: ['other-instance', 'leftover-webhook'],
};

/** Null for what an operator can do nothing about. */
function faultOf(part: Part, error: unknown): WatchedFault | null {
  switch (part) {
    case 'search':
      return 'search-down';
    case 'model':
      return faultOfModel(error);
    case 'embeddings':
      return 'embeddings-down';
    case 'index-reading':
      return 'index-not-read';
    case 'index-writing':
      return 'index-not-written';
    case 'updates':
      return faultOfUpdates(error);
  }
}

function faultOfModel(error: unknown): WatchedFault | null {
  const fault = error instanceof ModelError ? error.fault : 'unavailable';
  if (fault === 'unauthorized') return 'model-key';
  if (fault === 'payment-required') return 'model-balance';
  // It was asked too much, and answers the next question.
  return fault === 'prompt-too-long' ? null : 'model-down';
}

function faultOfUpdates(error: unknown): WatchedFault | null {
  if (!(error instanceof GrammyError) || error.error_code !== 409) return null;
  return /webhook/iu.test(error.description) ? 'leftover-webhook' : 'other-instance';
}

/** Only sentences that were written to be shown: others may hold anything. */
function detailsOf(error: unknown): string {
  const isSentence = error instanceof RetrievalError || error instanceof ModelError;
  const sentence = error instanceof GrammyError ? error.description : isSentence && error.message;
  return (sentence || 'see the log').replaceAll(/\s+/gu, ' ').slice(0, 500);
}
