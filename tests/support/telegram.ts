import type { MessageEntity } from 'grammy/types';
import { onTestFinished } from 'vitest';

import { startFakeTelegram } from '../../bot/demo/fake-telegram/fake-telegram.ts';
import type {
  FakeTelegram,
  FakeTelegramOptions,
} from '../../bot/demo/fake-telegram/fake-telegram.ts';
import { objectionToText } from '../../bot/demo/fake-telegram/text-limits.ts';

import { objectionOfTdlib, tdlibMissing } from './tdlib.ts';

export interface TestTelegram extends FakeTelegram {
  /** What was wrong with calls of the bot so far. For tests in which that is the point. */
  takeObjections(): string[];
}

/**
 * The fake Telegram for a test: without limits of sending, and with Telegram's own parser. When the
 * bot sent a message that Telegram would refuse or change, the test fails at its end.
 */
export async function startTelegram(options: FakeTelegramOptions = {}): Promise<TestTelegram> {
  const telegram = await startFakeTelegram({
    limits: 'none',
    objectTo: ({ text, entities }) =>
      tdlibMissing === null ? objectionOfTdlib(text, entities) : null,
    ...options,
  });
  const planned = watchPlannedFaults(telegram);
  let judged = 0;
  const takeObjections = (): string[] => {
    const calls = telegram.calls.slice(judged);
    judged = telegram.calls.length;
    return calls.flatMap(({ ok, method, description }) => {
      const isOurs = !ok && MISTAKES.test(description ?? '') && !planned.has(description ?? '');
      return isOurs ? [`${method}: ${description}`] : [];
    });
  };
  onTestFinished(() => {
    const objections = takeObjections();
    if (objections.length > 0) {
      throw new Error(`Telegram would not show what the bot sent:\n${objections.join('\n')}`);
    }
  });
  return Object.assign(telegram, { takeObjections });
}

/** What is wrong with a text that is to be one message, by the limits and by Telegram's parser. */
export function objectionTo(text: string, entities: readonly MessageEntity[] = []): string | null {
  const byLimits = objectionToText(text, entities);
  if (byLimits !== null || tdlibMissing !== null) return byLimits;
  return objectionOfTdlib(text, entities);
}

/** Refusals that no state of a chat explains, only a mistake in what was sent. */
const MISTAKES =
  /can't parse|too long|TOO_LONG|TOO_MUCH|text is empty|entity URL|BUTTON|button|RESULT_|OFFSET_|parameter|UTF-8|method not found|Not Implemented|not modified/u;

/** Descriptions that the test asked for itself. */
function watchPlannedFaults(telegram: FakeTelegram): Set<string> {
  const planned = new Set<string>();
  const { failNext, failWhen } = telegram;
  telegram.failNext = (method, fault) => {
    if (fault.type === 'refusal') planned.add(fault.description);
    failNext(method, fault);
  };
  telegram.failWhen = (decide) => {
    failWhen(
      decide &&
        ((call) => {
          const fault = decide(call);
          if (fault?.type === 'refusal') planned.add(fault.description);
          return fault;
        }),
    );
  };
  return planned;
}
