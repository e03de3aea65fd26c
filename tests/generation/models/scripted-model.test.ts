import { describe, expect, it } from 'vitest';

import type { ChatMessage } from '../../../generation/models/chat-model.ts';
import { createScriptedModel, writeOut } from '../../../generation/models/scripted-model.ts';
import type { ScriptStep } from '../../../generation/models/scripted-model.ts';
import { describeChatModel } from '../../contracts/chat-model.ts';
import type { ChatPlay } from '../../contracts/chat-model.ts';

describeChatModel('scripted-model', async (play) => {
  const received = Promise.withResolvers<readonly ChatMessage[]>();
  const givenUp = Promise.withResolvers<void>();
  const model = createScriptedModel({
    *script(messages) {
      received.resolve(messages);
      try {
        yield* stepsOf(play);
      } finally {
        givenUp.resolve();
      }
    },
  });
  return {
    model,
    received: () => received.promise,
    givenUp: () => givenUp.promise,
    async [Symbol.asyncDispose]() {},
  };
});

describe('a scripted model', () => {
  it('writes a text out word by word', () => {
    expect(writeOut('Два  слова.\n')).toEqual([
      { type: 'text-delta', text: 'Два' },
      { type: 'text-delta', text: '  слова.' },
      { type: 'text-delta', text: '\n' },
    ]);
  });

  it('waits before the first word and between words when told to', () => {
    expect(writeOut('a b', { firstTokenMs: 400, tokensPerSecond: 50 })).toEqual([
      { type: 'wait', ms: 400 },
      { type: 'text-delta', text: 'a' },
      { type: 'wait', ms: 20 },
      { type: 'text-delta', text: ' b' },
    ]);
  });
});

function stepsOf({ reasoning = [], text = [], end }: ChatPlay): ScriptStep[] {
  const failure: ScriptStep = { type: 'fail', sentence: 'the server failed', retryable: true };
  const last: Record<ChatPlay['end'], ScriptStep> = {
    stop: { type: 'finish', reason: 'stop' },
    length: { type: 'finish', reason: 'length' },
    'content-filter': { type: 'finish', reason: 'content-filter' },
    hang: { type: 'hang' },
    refuse: failure,
    break: failure,
  };
  return [
    ...reasoning.map((piece): ScriptStep => ({ type: 'reasoning-delta', text: piece })),
    ...text.map((piece): ScriptStep => ({ type: 'text-delta', text: piece })),
    last[end],
  ];
}
