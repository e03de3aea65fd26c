import { setTimeout as pause } from 'node:timers/promises';

import { ModelError } from './chat-model.ts';
import type { ChatEvent, ChatMessage, ChatModel } from './chat-model.ts';

/** What a script does next. A `fail` ends it; without a `finish` it ends with `stop`. */
export type ScriptStep =
  | ChatEvent
  | { type: 'wait'; ms: number }
  | { type: 'hang' }
  | ScriptFailure;

export interface ScriptFailure {
  type: 'fail';
  /** What failed, as it stands after the model's name. */
  sentence: string;
  retryable: boolean;
}

/** The play for one call; `signal` is the caller's. */
export type ChatScript = (
  messages: readonly ChatMessage[],
  options: { signal: AbortSignal; maxOutputTokens: number },
) => Iterable<ScriptStep> | AsyncIterable<ScriptStep>;

export interface ScriptedModelOptions {
  script: ChatScript;
  name?: string;
  contextTokens?: number;
}

/** A chat model that plays a script: for the demo, where there is no key, and for tests. */
export function createScriptedModel({
  script,
  name = 'scripted',
  contextTokens = 32_000,
}: ScriptedModelOptions): ChatModel {
  return {
    name,
    contextTokens,
    async *stream(messages, { signal, maxOutputTokens }) {
      signal.throwIfAborted();
      for await (const step of script(messages, { signal, maxOutputTokens })) {
        signal.throwIfAborted();
        switch (step.type) {
          case 'wait':
            await orAborted(pause(step.ms, undefined, { signal }), signal);
            break;
          case 'hang':
            await orAborted(new Promise<never>(() => {}), signal);
            break;
          case 'fail':
            throw new ModelError(`model ${name}: ${step.sentence}`, { retryable: step.retryable });
          case 'finish':
            yield step;
            return;
          case 'fallback':
          case 'text-delta':
          case 'reasoning-delta':
            yield step;
        }
      }
      signal.throwIfAborted();
      yield { type: 'finish', reason: 'stop' };
    },
  };
}

/** A script that writes a text word by word. */
export function writeOut(
  text: string,
  {
    firstTokenMs = 0,
    tokensPerSecond = Infinity,
  }: { firstTokenMs?: number; tokensPerSecond?: number } = {},
): ScriptStep[] {
  const perToken = 1000 / tokensPerSecond;
  return (text.match(/\s*\S+|\s+$/gu) ?? []).flatMap((word, index): ScriptStep[] => {
    const ms = index === 0 ? firstTokenMs : perToken;
    const delta: ScriptStep = { type: 'text-delta', text: word };
    return ms > 0 ? [{ type: 'wait', ms }, delta] : [delta];
  });
}

/** Ends with the reason of the signal, also where what is waited for ignores it or words it its own way. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => {
    reject(signal.reason);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  work.catch(() => {});
  try {
    return await Promise.race([promise, work]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
