import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startFakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import type { FakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import { callRaw } from '../../../support/bot-api.ts';

let telegram: FakeTelegram;
beforeEach(async () => {
  telegram = await startFakeTelegram({ limits: 'none' });
  telegram.write('привет');
});
afterEach(() => telegram.close());

const button = { text: 'Да', callback_data: 'yes' };
const bold = { type: 'bold', offset: 0, length: 1 };

describe('a call', () => {
  test.each<[string, string, object, string]>([
    [
      'misspells a parameter',
      'sendMessage',
      { chat_id: 77, txet: 'x', text: 'x' },
      'there is no parameter "txet"',
    ],
    ['leaves one out', 'sendMessage', { chat_id: 77 }, 'required parameter "text" is missing'],
    [
      'gives a number for a text',
      'sendMessage',
      { chat_id: 77, text: 5 },
      'parameter "text" must be a string',
    ],
    ['gives null', 'sendMessage', { chat_id: 77, text: null }, 'parameter "text" must be a string'],
    [
      'gives a text for a number',
      'editMessageText',
      { chat_id: 77, message_id: '1', text: 'x' },
      'parameter "message_id" must be a number',
    ],
    [
      'gives a text for a boolean',
      'sendMessage',
      { chat_id: 77, text: 'x', protect_content: 'yes' },
      'parameter "protect_content" must be a boolean',
    ],
    [
      'gives an object for a list',
      'sendMessage',
      { chat_id: 77, text: 'x', entities: bold },
      'parameter "entities" must be an array',
    ],
    [
      'misspells a field',
      'sendMessage',
      { chat_id: 77, text: 'x', link_preview_options: { disabled: true } },
      'there is no parameter "link_preview_options.disabled"',
    ],
    [
      'misspells a field of an entity',
      'sendMessage',
      { chat_id: 77, text: 'x', entities: [{ ...bold, lenght: 1 }] },
      'there is no parameter "entities[0].lenght"',
    ],
    [
      'leaves out a field of an entity',
      'sendMessage',
      { chat_id: 77, text: 'x', entities: [{ type: 'text_link', offset: 0, length: 1 }] },
      'required parameter "entities[0].url" is missing',
    ],
    [
      'misspells a field of a button',
      'sendMessage',
      {
        chat_id: 77,
        text: 'x',
        reply_markup: { inline_keyboard: [[{ text: 'Да', callbackData: 'x' }]] },
      },
      'there is no parameter "reply_markup.inline_keyboard[0][0].callbackData"',
    ],
    [
      'gives a button two kinds',
      'sendMessage',
      {
        chat_id: 77,
        text: 'x',
        reply_markup: { inline_keyboard: [[{ ...button, url: 'https://a.example/' }]] },
      },
      'there is no parameter "reply_markup.inline_keyboard[0][0].',
    ],
    [
      'names an action that is none',
      'sendChatAction',
      { chat_id: 77, action: 'thinking' },
      'parameter "action" must be one of "typing", ',
    ],
    [
      'asks for updates that are none',
      'getUpdates',
      { allowed_updates: ['mesage'] },
      'parameter "allowed_updates[0]" must be one of "message", ',
    ],
    [
      'uses an emoji that is no reaction',
      'setMessageReaction',
      { chat_id: 77, message_id: 1, reaction: [{ type: 'emoji', emoji: '🧡' }] },
      'parameter "reaction[0].emoji" must be one of ',
    ],
    [
      'uses a scope that is none',
      'setMyCommands',
      { commands: [], scope: { type: 'everyone' } },
      'parameter "scope.type" must be ',
    ],
  ])('that %s is refused with its name', async (_, method, parameters, problem) => {
    const { status, description } = await callRaw(telegram, method, parameters);
    expect(status).toBe(400);
    expect(description).toContain(`Bad Request: ${problem}`);
    expect(telegram.messages(77)).toHaveLength(1);
  });

  test.each<[string, object]>([
    [
      'JSON',
      { chat_id: 77, text: 'x', reply_markup: { inline_keyboard: [[button]] }, entities: [bold] },
    ],
    [
      'a form',
      new URLSearchParams({
        chat_id: '77',
        text: 'x',
        protect_content: 'false',
        reply_markup: JSON.stringify({ inline_keyboard: [[button]] }),
        entities: JSON.stringify([bold]),
      }),
    ],
    [
      'a form with parts',
      formOf({
        chat_id: '77',
        text: 'x',
        reply_markup: JSON.stringify({ inline_keyboard: [[button]] }),
        entities: JSON.stringify([bold]),
      }),
    ],
  ])('is read from %s', async (_, body) => {
    const { result } = await callRaw(telegram, 'sendMessage', body);
    expect(result).toMatchObject({
      chat: { id: 77 },
      text: 'x',
      entities: [bold],
      reply_markup: { inline_keyboard: [[button]] },
    });
  });

  test('is read from its address, in any case of its name', async () => {
    const url = `${telegram.url}/bot${telegram.token}/SENDMESSAGE?chat_id=77&text=12`;
    expect(await (await fetch(url)).json()).toMatchObject({ ok: true, result: { text: '12' } });
    expect(telegram.callsOf('sendMessage')).toHaveLength(1);
  });

  test('of a form with a value that means nothing names the parameter', async () => {
    const body = new URLSearchParams({ chat_id: '77', text: 'x', entities: '[{' });
    expect((await callRaw(telegram, 'sendMessage', body)).description).toBe(
      'Bad Request: parameter "entities" must be an array',
    );
    const number = new URLSearchParams({ chat_id: '77', message_id: 'last', text: 'x' });
    expect((await callRaw(telegram, 'editMessageText', number)).description).toBe(
      'Bad Request: parameter "message_id" must be a number',
    );
  });

  test('with a body that cannot be read is refused', async () => {
    for (const [body, type] of [
      ['{', 'application/json'],
      ['[]', 'application/json'],
      ['x', 'multipart/form-data'],
      ['x', 'text/plain'],
    ] as const) {
      const headers = { 'content-type': type };
      const url = `${telegram.url}/bot${telegram.token}/getMe`;
      expect((await fetch(url, { method: 'POST', body, headers })).status).toBe(400);
    }
  });

  test('of a method that is not built says so', async () => {
    const parameters = { chat_id: 77, latitude: 1, longitude: 1, title: 'x', address: 'x' };
    const { status, description } = await callRaw(telegram, 'sendVenue', parameters);
    expect([status, description]).toEqual([501, 'Not Implemented: the fake does not do sendVenue']);
  });

  test('is kept with what was answered, but for those that ask for updates', async () => {
    await callRaw(telegram, 'getUpdates', {});
    await callRaw(telegram, 'sendMessage', { chat_id: 77, text: 'x' });
    await callRaw(telegram, 'sendMessage', { chat_id: 77, text: '' });
    expect(telegram.polls).toBe(1);
    expect(telegram.calls).toMatchObject([
      { method: 'sendMessage', ok: true, description: null, result: { text: 'x' } },
      {
        method: 'sendMessage',
        ok: false,
        description: 'Bad Request: message text is empty',
        result: null,
      },
    ]);
  });
});

function formOf(values: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}
