import { Api, GrammyError, HttpError } from 'grammy';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';

import {
  NotSentError,
  sendingFailureOf,
  UnknownOutcomeError,
} from '../../../bot/telegram/sending-failure.ts';
import { createSendingPace } from '../../../bot/telegram/sending-pace.ts';
import { configureSending, createFrameApi } from '../../../bot/telegram/sending.ts';
import { hurriedClock } from '../../support/hurried-clock.ts';
import type { HurriedClock } from '../../support/hurried-clock.ts';
import { readBody, sendJson, startServer } from '../../support/loopback-server.ts';
import { manualClock } from '../../support/manual-clock.ts';

const FLOOD = { code: 429, description: 'Too Many Requests: retry after 7', retry_after: 7 };
const BROKEN = { code: 502, description: 'Bad Gateway' };

describe('a message', () => {
  test('waits for its turn', async () => {
    await using telegram = await startScripted([]);
    const clock = manualClock();
    const { api } = sender(telegram, { clock });
    const both = Promise.all([api.sendMessage(1, 'a'), api.sendMessage(1, 'b')]);
    await telegram.answered(1);
    expect(texts(telegram)).toEqual(['a']);
    await clock.advance(1_050);
    await both;
    expect(texts(telegram)).toEqual(['a', 'b']);
  });

  test('arrives after the wait that Telegram asks for, however long', async () => {
    await using telegram = await startScripted([
      FLOOD,
      { code: 429, description: 'Too Many Requests: retry after 3000', retry_after: 3_000 },
    ]);
    const { api, clock } = sender(telegram);
    expect((await api.sendMessage(1, 'an answer')).text).toBe('an answer');
    expect(telegram.calls).toHaveLength(3);
    expect(clock.waits).toEqual([7_000, 3_000_000]);
  });

  test('is given up where Telegram asks for more than an hour', async () => {
    await using telegram = await startScripted([
      { code: 429, description: 'Too Many Requests: retry after 3601', retry_after: 3_601 },
    ]);
    const { api } = sender(telegram);
    const error = await failure(api.sendMessage(1, 'a'));
    expect(error).toBeInstanceOf(GrammyError);
    expect(sendingFailureOf(error)).toBe('flood');
    expect(telegram.calls).toHaveLength(1);
  });

  test('holds back what follows it in its chat while Telegram has it wait', async () => {
    await using telegram = await startScripted([FLOOD]);
    const clock = manualClock();
    const { api } = sender(telegram, { clock });
    const first = api.sendMessage(1, 'first');
    await telegram.answered(1);
    const others = Promise.all([api.sendMessage(1, 'second'), api.sendMessage(2, 'elsewhere')]);
    await clock.advance(100);
    await telegram.answered(2);
    await clock.advance(6_000);
    expect(texts(telegram)).toEqual(['first', 'elsewhere']);
    await clock.advance(3_000);
    await Promise.all([first, others]);
    expect(telegram.calls).toHaveLength(4);
  });

  test('is sent again when Telegram could not process it, a few times', async () => {
    await using telegram = await startScripted([BROKEN, BROKEN]);
    const { api } = sender(telegram);
    await api.sendMessage(1, 'a');
    expect(telegram.calls).toHaveLength(3);

    telegram.script.push(BROKEN, BROKEN, BROKEN, BROKEN);
    const error = await failure(api.sendMessage(1, 'b'));
    expect(sendingFailureOf(error)).toBe('unreachable');
    expect(telegram.calls).toHaveLength(7);
  });

  test('that was refused is not sent again', async () => {
    const description = "Bad Request: can't parse entities";
    await using telegram = await startScripted([{ code: 400, description }]);
    const { api } = sender(telegram);
    expect(sendingFailureOf(await failure(api.sendMessage(1, 'a')))).toBe('refused');
    expect(telegram.calls).toHaveLength(1);
  });

  test.each(['hang-up', 'malformed'] as const)(
    'that met a %s is not sent again, since it may have arrived',
    async (fault) => {
      await using telegram = await startScripted([fault]);
      const { api, clock } = sender(telegram);
      const error = await failure(api.sendMessage(1, 'a'));
      expect(error).toBeInstanceOf(UnknownOutcomeError);
      expect(error).toBeInstanceOf(HttpError);
      expect((error as Error).cause).toBeInstanceOf(HttpError);
      expect(sendingFailureOf(error)).toBe('unknown-outcome');
      expect(telegram.calls).toHaveLength(1);
      expect(clock.waits).toEqual([]);
    },
  );

  test('that got no answer in time is not sent again', async () => {
    await using telegram = await startScripted(['silence']);
    const { api } = sender(telegram, { timeoutSeconds: 0.05 });
    expect(sendingFailureOf(await failure(api.sendMessage(1, 'a')))).toBe('unknown-outcome');
    expect(telegram.calls).toHaveLength(1);
  });

  test('that cannot have arrived is tried for ten minutes, less and less often', async () => {
    const closed = await startScripted([]);
    await closed[Symbol.asyncDispose]();
    const { api, clock } = sender(closed);
    const error = await failure(api.sendMessage(1, 'a'));
    expect(error).toBeInstanceOf(HttpError);
    expect(sendingFailureOf(error)).toBe('unreachable');
    // The rest is what was left of the second between two messages.
    const pauses = clock.waits.filter((ms) => ms % 500 === 0);
    expect(pauses.slice(0, 8)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    const totalMs = pauses.reduce((sum, ms) => sum + ms, 0);
    expect(totalMs).toBeGreaterThan(550_000);
    expect(totalMs).toBeLessThanOrEqual(600_000);
  });

  test('goes once more, to the supergroup that its group has become', async () => {
    const migrated = {
      code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      migrate_to_chat_id: -1001,
    };
    await using telegram = await startScripted([migrated]);
    const { api, moves } = sender(telegram);
    await api.sendMessage(-5, 'a');
    await api.sendMessage(-5, 'b');
    expect(moves).toEqual([[-5, -1001]]);
    expect(telegram.calls.map(({ payload }) => [payload['chat_id'], payload['text']])).toEqual([
      [-5, 'a'],
      [-1001, 'a'],
      [-1001, 'b'],
    ]);
  });

  test('is called off while it waits, and then certainly did not arrive', async () => {
    await using telegram = await startScripted([FLOOD]);
    const stopping = new AbortController();
    const { api } = sender(telegram, { clock: manualClock(), stopping: stopping.signal });
    const sent = failure(api.sendMessage(1, 'a'));
    await telegram.answered(1);
    stopping.abort(new Error('the program stops'));
    const error = await sent;
    expect(error).toBeInstanceOf(NotSentError);
    expect(sendingFailureOf(error)).toBe('unreachable');
    expect(await failure(api.sendMessage(2, 'b'))).toBeInstanceOf(NotSentError);
    expect(telegram.calls).toHaveLength(1);
  });

  test('under way comes to its end when the program stops', async () => {
    await using telegram = await startScripted([]);
    const stopping = new AbortController();
    const { api } = sender(telegram, { stopping: stopping.signal });
    const sent = api.sendMessage(1, 'a');
    await telegram.arrived(1);
    stopping.abort(new Error('the program stops'));
    expect((await sent).text).toBe('a');
  });

  test('to a channel by its name takes turns too', async () => {
    await using telegram = await startScripted([]);
    const clock = manualClock();
    const { api } = sender(telegram, { clock });
    const both = Promise.all([api.sendMessage('@News', 'a'), api.sendMessage('@news', 'b')]);
    await telegram.answered(1);
    expect(texts(telegram)).toEqual(['a']);
    await clock.advance(1_050);
    await both;
  });
});

describe('an edit', () => {
  test('whose answer was lost is sent again, and counts when nothing is left to change', async () => {
    await using telegram = await startScripted([
      'hang-up',
      { code: 400, description: 'Bad Request: message is not modified: it is the same' },
    ]);
    const { api } = sender(telegram);
    expect(await api.editMessageText(1, 5, 'a')).toBe(true);
    expect(telegram.calls).toHaveLength(2);
  });

  test('of a message that is gone fails at once', async () => {
    const description = 'Bad Request: message to edit not found';
    await using telegram = await startScripted([{ code: 400, description }]);
    const { api } = sender(telegram);
    expect(sendingFailureOf(await failure(api.editMessageText(1, 5, 'a')))).toBe('gone');
    expect(telegram.calls).toHaveLength(1);
  });
});

describe('what is no message', () => {
  test('takes no turn from one', async () => {
    await using telegram = await startScripted([]);
    const { api } = sender(telegram, { clock: manualClock() });
    await api.sendMessage(1, 'a');
    await api.sendChatAction(1, 'typing');
    await api.answerCallbackQuery('7');
    await api.deleteMessage(1, 5);
    expect(telegram.calls).toHaveLength(4);
  });

  test('is sent again where that does no harm', async () => {
    await using telegram = await startScripted(['hang-up', FLOOD, BROKEN]);
    const { api, clock } = sender(telegram);
    await api.setMyCommands([{ command: 'help', description: 'help' }]);
    expect(telegram.calls).toHaveLength(4);
    expect(clock.waits).toEqual([500, 7_000, 1_000]);
  });

  test('is given up where nobody waits for it as long', async () => {
    await using telegram = await startScripted([
      { code: 429, description: 'Too Many Requests: retry after 60', retry_after: 60 },
      FLOOD,
      'hang-up',
    ]);
    const { api } = sender(telegram);
    await expect(api.answerCallbackQuery('7')).rejects.toThrow('retry after 60');
    await expect(api.sendChatAction(1, 'typing')).rejects.toThrow('retry after 7');
    await api.sendChatAction(1, 'typing');
    expect(telegram.calls).toHaveLength(4);
  });

  test('is left to whoever asks for updates, when that is all', async () => {
    await using telegram = await startScripted([BROKEN]);
    const { api } = sender(telegram);
    await expect(api.getUpdates()).rejects.toThrow('Bad Gateway');
    expect(telegram.calls).toHaveLength(1);
  });
});

test('an API for frames tries nothing again', async () => {
  await using telegram = await startScripted([FLOOD]);
  const api = createFrameApi('42:secret', { apiRoot: telegram.url });
  await expect(api.sendMessage(1, 'a')).rejects.toThrow('retry after 7');
  expect(telegram.calls).toHaveLength(1);
});

interface Refusal {
  code: number;
  description: string;
  retry_after?: number;
  migrate_to_chat_id?: number;
}

type Reply = Refusal | 'hang-up' | 'malformed' | 'silence';

interface Scripted extends AsyncDisposable {
  url: string;
  /** What the next calls get; past its end all succeed. */
  script: Reply[];
  calls: { method: string; payload: Record<string, unknown> }[];
  /** Resolves when so many calls have come. */
  arrived(count: number): Promise<void>;
  /** Resolves when so many calls were answered and the answers had time to be read. */
  answered(count: number): Promise<void>;
}

async function startScripted(script: Reply[]): Promise<Scripted> {
  const calls: Scripted['calls'] = [];
  const watchers = new Set<() => void>();
  let answers = 0;
  const server = await startServer(async (request, response) => {
    const method = /\/(\w+)$/u.exec(request.url ?? '')?.[1] ?? '';
    const payload = JSON.parse((await readBody(request)) || '{}') as Record<string, unknown>;
    calls.push({ method, payload });
    for (const look of watchers) look();
    response.once('close', () => {
      answers += 1;
      for (const look of watchers) look();
    });
    const reply = script.shift();
    if (reply === 'hang-up') request.socket.destroy();
    else if (reply === 'malformed') response.end('<html>');
    else if (reply === undefined) {
      const message = { message_id: calls.length, text: payload['text'] };
      sendJson(response, { ok: true, result: method === 'sendMessage' ? message : true });
    } else if (reply !== 'silence') {
      const { code, description, ...parameters } = reply;
      sendJson(response, { ok: false, error_code: code, description, parameters }, code);
    }
  });
  const until = (isReached: () => boolean): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = (): void => {
      if (!isReached()) return;
      watchers.delete(look);
      resolve();
    };
    watchers.add(look);
    look();
    return promise;
  };
  return {
    url: server.url,
    script,
    calls,
    arrived: (count) => until(() => calls.length >= count),
    async answered(count) {
      await until(() => answers >= count);
      // The answer is on its way through the loopback and the client: another exchange is later.
      await fetch(`${server.url}/bot0/nothing`, { method: 'POST' });
      calls.pop();
      answers -= 1;
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
}

interface SenderOptions {
  clock?: HurriedClock | ReturnType<typeof manualClock>;
  stopping?: AbortSignal;
  timeoutSeconds?: number;
}

function sender({ url }: { url: string }, options: SenderOptions = {}) {
  const hurried = hurriedClock();
  const { clock = hurried, timeoutSeconds = 10, ...rest } = options;
  const api = new Api('42:secret', { apiRoot: url, timeoutSeconds });
  const moves: [number, number][] = [];
  configureSending(api, {
    pace: createSendingPace({ clock }),
    logger: pino({ level: 'silent' }),
    clock,
    onMigrated: (from, to) => moves.push([from, to]),
    ...rest,
  });
  return { api, moves, clock: hurried };
}

function texts({ calls }: Scripted): unknown[] {
  return calls.map(({ payload }) => payload['text']);
}

async function failure(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('The call did not fail.');
}
