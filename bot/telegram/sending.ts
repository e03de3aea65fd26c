import { Api } from 'grammy';
import type { ApiClientOptions, Transformer } from 'grammy';
import type { ApiError } from 'grammy/types';
import type { Logger } from 'pino';

import { SYSTEM_CLOCK, wait } from './clock.ts';
import type { Clock } from './clock.ts';
import { chatIdOf, MovedChats } from './moved-chats.ts';
import { hasCertainlyNotArrived, NotSentError, UnknownOutcomeError } from './sending-failure.ts';
import type { SendingPace } from './sending-pace.ts';
import { SendingRetries } from './sending-retries.ts';
import type { Fault, RetryLimits } from './sending-retries.ts';
import { ONCE, sendingRules } from './sending-rules.ts';
import type { SendingRules } from './sending-rules.ts';

export interface SendingOptions {
  pace: SendingPace;
  logger: Logger;
  /** Ends all waiting when the program stops; what is under way comes to its end. */
  stopping?: AbortSignal;
  /** Told that a group has become a supergroup, before its message goes there. */
  onMigrated?: (fromChatId: number, toChatId: number) => void;
  clock?: Clock;
  limits?: Partial<RetryLimits>;
}

/**
 * Makes an API send as Telegram wants it: in turns, after the wait that it asks for, again where that
 * cannot show a message twice, and to the supergroup that a group has become. Calls then throw what
 * `sendingFailureOf` judges: GrammyError when refused, HttpError when Telegram stays unreachable,
 * UnknownOutcomeError when a message may have arrived, NotSentError when its waiting was called off.
 */
export function configureSending(api: Api, options: SendingOptions): void {
  api.config.use(sendWithCare(options));
}

/** An API for frames that may be left out: nothing waits, nothing is sent again. */
export function createFrameApi(
  token: string,
  { timeoutSeconds = 5, ...client }: ApiClientOptions = {},
): Api {
  return new Api(token, { ...client, timeoutSeconds });
}

function sendWithCare({
  pace,
  logger,
  stopping = new AbortController().signal,
  onMigrated = () => {},
  clock = SYSTEM_CLOCK,
  limits = {},
}: SendingOptions): Transformer {
  const moved = new MovedChats();
  const retryLimits = { ...LIMITS, ...limits };

  return async (prev, method, payload, signal) => {
    const rules = sendingRules(method);
    if (rules.patience === 'not-here') return prev(method, payload, signal);
    const calledOff = signal === undefined ? stopping : AbortSignal.any([native(signal), stopping]);
    const isOnce = ONCE in payload;
    const retries = new SendingRetries(rules, retryLimits, { isOnce });
    let hasMoved = false;

    for (;;) {
      const sent = moved.redirect(payload);
      const laneId = rules.isMessage ? laneIdOf(sent) : null;
      if (laneId !== null) await unlessCalledOff(pace.turn(laneId, calledOff));
      const response = await prev(method, sent, signal).catch((error: unknown) => ({
        ok: null,
        error,
      }));
      if (response.ok === true) return response;
      if (response.ok === false) {
        // The same stood there already: from a frame, or from a try whose answer was lost.
        if (isUnchanged(method, response)) return { ok: true, result: true as never };
        const movedTo = response.parameters?.migrate_to_chat_id;
        if (movedTo !== undefined && !hasMoved) {
          hasMoved = true;
          const movedFrom = moved.add(sent, movedTo);
          if (movedFrom !== null) onMigrated(movedFrom, movedTo);
          continue;
        }
      }

      const isCalledOff = signal?.aborted === true;
      const pauseMs = isCalledOff ? null : retries.pauseAfter(response, clock.now());
      if (pauseMs === null) {
        if (isOnce && response.ok === false && response.error_code >= 500) {
          throw new UnknownOutcomeError(method, new Error(response.description));
        }
        if (response.ok === false) return response;
        throw whatBroke(method, rules, response.error);
      }
      logger.info({ method, pauseMs, ...reasonOf(response) }, 'a call to Telegram is sent again');
      // The next turn comes after the wait, and before those who ask for one meanwhile.
      if (isFlood(response) && laneId !== null) pace.holdOff(laneId, pauseMs);
      else await unlessCalledOff(wait(clock, pauseMs, calledOff));
    }

    async function unlessCalledOff(waiting: Promise<void>): Promise<void> {
      try {
        await waiting;
      } catch (error) {
        throw new NotSentError(method, error);
      }
    }
  };
}

const LIMITS: RetryLimits = {
  longestWaitMs: 3_600_000,
  floodTries: 10,
  serverFaultTries: 4,
  unreachableMs: 600_000,
};

/** A lane for each chat; channels that go by name get one far below all ids. */
function laneIdOf(payload: object): number | null {
  const chatId = chatIdOf(payload);
  if (chatId !== null || !('chat_id' in payload)) return chatId;
  let hash = 0;
  for (const character of String(payload.chat_id).toLowerCase()) {
    hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  }
  return -(2 ** 52) - hash;
}

function isUnchanged(method: string, { description }: ApiError): boolean {
  return method.startsWith('edit') && description.includes('message is not modified');
}

function isFlood(fault: Fault): boolean {
  return fault.ok === false && fault.error_code === 429;
}

function reasonOf(fault: Fault): object {
  return fault.ok === false ? { description: fault.description } : { err: fault.error };
}

function whatBroke(method: string, rules: SendingRules, error: unknown): unknown {
  const isUnknown = !rules.isRepeatable && !hasCertainlyNotArrived(error);
  return isUnknown ? new UnknownOutcomeError(method, error) : error;
}

/** grammY's signal type is that of a polyfill, which Node's own functions do not take. */
function native(signal: { aborted: boolean; addEventListener: unknown }): AbortSignal {
  if (signal instanceof AbortSignal) return signal;
  const controller = new AbortController();
  const { addEventListener } = signal as unknown as AbortSignal;
  if (signal.aborted) controller.abort();
  else addEventListener.call(signal, 'abort', () => controller.abort());
  return controller.signal;
}
