import { GrammyError } from 'grammy';
import { beforeEach, describe, expect, test } from 'vitest';

import type { Fault } from '../../../bot/operator/fault.ts';
import { createHealth } from '../../../bot/operator/health.ts';
import type { Health, Part } from '../../../bot/operator/health.ts';
import { ModelError } from '../../../generation/models/chat-model.ts';
import type { ModelFault } from '../../../generation/models/chat-model.ts';
import { EmbedError, IndexError, SearchError } from '../../../retrieval/errors.ts';

let time: number;
let said: (`+ ${Fault}` | `- ${Fault}`)[];
let details: string[];
let health: Health;

beforeEach(() => {
  time = 1_000_000;
  said = [];
  details = [];
  health = createHealth({
    notices: {
      began(fault, detail) {
        said.push(`+ ${fault}`);
        details.push(detail);
      },
      ended: (fault) => void said.push(`- ${fault}`),
    },
    now: () => time,
  });
});

const searchError = new SearchError('searxng: too many requests (HTTP 429)', { retryable: true });

const modelError = (fault: ModelFault): ModelError =>
  new ModelError('model m: it failed', { retryable: false, fault });

const conflict = (description: string): GrammyError =>
  new GrammyError(
    "Call to 'getUpdates' failed!",
    { ok: false, error_code: 409, description, parameters: {} },
    'getUpdates',
    {},
  );

const OTHER = conflict(
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
);
const WEBHOOK = conflict("Conflict: can't use getUpdates method while webhook is active");

test.each<[Part, Error, Fault]>([
  ['search', searchError, 'search-down'],
  ['model', modelError('unavailable'), 'model-down'],
  ['embeddings', new EmbedError('embeddings: HTTP 503', { retryable: true }), 'embeddings-down'],
  ['index-reading', new IndexError('it is damaged', { retryable: true }), 'index-not-read'],
  ['index-writing', new IndexError('it is read-only', { retryable: false }), 'index-not-written'],
])('%s that fails three times in a row is a fault, twice is none', (part, error, fault) => {
  health.failed(part, error);
  health.failed(part, error);
  expect(said).toEqual([]);
  health.failed(part, error);
  expect(said).toEqual([`+ ${fault}`]);
  expect(details).toEqual([error.message]);
});

test('two failures a minute apart are a fault where nothing worked in between', () => {
  health.failed('search', searchError);
  time += 60_000;
  health.failed('search', searchError);
  expect(said).toEqual(['+ search-down']);
});

test('failures that something worked between are none', () => {
  for (let times = 0; times < 5; times += 1) {
    health.failed('search', searchError);
    health.failed('search', searchError);
    health.worked('search');
    time += 60_000;
  }
  expect(said.filter((one) => one.startsWith('+'))).toEqual([]);
});

test('what works again ends its own faults and no others', () => {
  health.worked('search');
  expect(said).toEqual(['- search-down']);
  health.worked('model');
  expect(said.slice(1)).toEqual(['- model-key', '- model-balance', '- model-down']);
});

test.each<[ModelFault, Fault]>([
  ['unauthorized', 'model-key'],
  ['payment-required', 'model-balance'],
])('a model that says %s has to be seen to at once', (fault, expected) => {
  health.failed('model', modelError(fault));
  expect(said).toEqual([`+ ${expected}`]);
});

test('a prompt that is too long is nobody’s fault', () => {
  for (let times = 0; times < 5; times += 1) health.failed('model', modelError('prompt-too-long'));
  expect(said).toEqual([]);
});

describe('another program with the token', () => {
  test('is none while one start takes over from another', () => {
    for (let at = 0; at <= 40; at += 4) {
      health.failed('updates', OTHER);
      time += 4_000;
    }
    expect(said).toEqual([]);
  });

  test('is told of when it stays, although every other call succeeds', () => {
    for (let at = 0; at < 12; at += 1) {
      health.failed('updates', OTHER);
      time += 4_000;
      health.worked('updates');
      time += 1_000;
    }
    expect(said.find((one) => one.endsWith('other-instance'))).toBe('+ other-instance');
    expect(said).not.toContain('- other-instance');
  });

  test('is over when there was none for a while, also in a program that has just started', () => {
    time += 119_999;
    health.worked('updates');
    expect(said).not.toContain('- other-instance');
    time += 1;
    health.worked('updates');
    expect(said).toContain('- other-instance');
  });
});

test('a webhook that stays in the way is told of', () => {
  health.failed('updates', WEBHOOK);
  expect(said).toEqual([]);
  health.failed('updates', WEBHOOK);
  expect(said).toEqual(['+ leftover-webhook']);
  health.worked('updates');
  expect(said).toContain('- leftover-webhook');
});

test('Telegram that cannot be reached is nothing that could be told there', () => {
  for (let times = 0; times < 9; times += 1) {
    health.failed('updates', new Error('fetch failed'));
    time += 60_000;
  }
  expect(said).toEqual([]);
});

test('tells no text of an error that was not written to be shown', () => {
  const error = new Error('https://user:password@search.example failed');
  for (let times = 0; times < 3; times += 1) health.failed('search', error);
  expect(details).toEqual(['see the log']);
});
