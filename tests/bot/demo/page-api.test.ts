import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { PageChat } from '../../../bot/demo/page/protocol.ts';

import { startDemoSite } from '../../support/demo-site.ts';
import type { DemoSiteUnderTest } from '../../support/demo-site.ts';

let site: DemoSiteUnderTest;
let visitorId: number;
beforeEach(async () => {
  site = await startDemoSite({ pressTimeoutMs: 20 });
  visitorId = site.chats.visitor('ru').id;
});
afterEach(async () => {
  await site[Symbol.asyncDispose]();
});

/** What the bot would do, by the Bot API. */
async function botCalls(method: string, body: Record<string, unknown>): Promise<void> {
  const { url, token } = site.telegram;
  const response = await fetch(`${url}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(await response.json()).toMatchObject({ ok: true });
}

const chatOf = (chats: PageChat[], kind: PageChat['kind']): PageChat => {
  const chat = chats.find((one) => one.kind === kind);
  if (chat === undefined) throw new Error(`there is no ${kind}`);
  return chat;
};

describe('the switch that makes the writer lie', () => {
  test('is off at first, and stays as it was left for the next page', async () => {
    const events = await site.events();
    expect(events.state.isLying).toBe(false);
    expect(await site.post('lie', { isOn: true })).toEqual({ status: 200, body: { isOn: true } });
    const later = await site.events('en');
    expect(later.state.isLying).toBe(true);
    expect(later.state.texts['page-lie']).toBe('Lie');
    expect(await site.post('lie', { isOn: 'yes' })).toMatchObject({ status: 400 });
    expect((await site.events()).state.isLying).toBe(true);
  });
});

describe('a message that the page shows', () => {
  test('is forwarded to the bot with where it comes from', async () => {
    const { channel } = site.chats;
    await botCalls('sendMessage', { chat_id: channel.id, text: 'Запись о модели.' });
    const [post] = site.telegram.messages(channel.id);

    await site.post('forward', { chatId: channel.id, messageId: post?.message_id, language: 'ru' });

    expect(site.telegram.messages(visitorId)).toMatchObject([
      {
        text: 'Запись о модели.',
        from: { id: visitorId },
        forward_origin: { type: 'channel', chat: { username: 'model_news' } },
      },
    ]);
  });

  test.each([
    ['of another chat', -5, 1],
    ['that does not exist', null, 999],
  ])('is not forwarded %s', async (_what, chatId, messageId) => {
    const body = { chatId: chatId ?? visitorId, messageId, language: 'ru' };

    expect(await site.post('forward', body)).toMatchObject({ status: 409 });
    expect(site.telegram.messages(visitorId)).toEqual([]);
  });
});

describe('a file that the page sends', () => {
  test('comes to the bot with its name, its bytes and its caption', async () => {
    const content = Buffer.from('Исток').toString('base64');
    const body = { chatId: visitorId, name: 'исток.txt', content, caption: 'Что это?' };
    expect(await site.post('sendFile', { ...body, language: 'ru' })).toMatchObject({ status: 200 });
    expect(site.telegram.messages(visitorId)).toMatchObject([
      { caption: 'Что это?', document: { file_name: 'исток.txt', file_size: 10 } },
    ]);
  });

  test('may be one of the samples, in the language of the page', async () => {
    const body = { chatId: visitorId, sample: 'document', language: 'en' };
    expect(await site.post('sendSample', body)).toMatchObject({ status: 200 });
    expect(site.telegram.messages(visitorId)).toMatchObject([
      { document: { file_name: 'observatory.md' } },
    ]);
  });

  test.each([
    ['with bytes that are none', { name: 'a.txt', content: '%%%' }],
    ['without a name', { name: '', content: 'AAAA' }],
  ])('is refused %s', async (_what, file) => {
    const body = { chatId: visitorId, language: 'ru', ...file };
    expect(await site.post('sendFile', body)).toMatchObject({ status: 400 });
    expect(site.telegram.messages(visitorId)).toEqual([]);
  });
});

describe('the events', () => {
  test('begin with the chats, the words and the questions of the language', async () => {
    const events = await site.events('en');
    const { state } = events;
    expect(state.ownIds).toEqual([visitorId, site.chats.editor('ru').id]);
    expect(state.chats.map(({ kind, title }) => [kind, title])).toEqual([
      ['bot', 'Исток'],
      ['editor', "Editor's desk"],
      ['group', 'Читальный зал'],
      ['channel', 'Новости моделей'],
    ]);
    expect(state.suggestions).toEqual(['How deep is Lake Baikal?', 'Почему небо голубое?']);
    expect(state.texts['page-send']).toBe('Send');
    expect(state.texts['page-message-field-group']).toBe('Message, or @istok_bot and a question');
    await events.close();
  });

  test('hold the chat of the editor, in whose name the visitor writes and taps there', async () => {
    const editor = site.chats.editor('en');
    const { body } = await site.post('write', {
      chatId: editor.id,
      text: '/digest',
      language: 'en',
    });
    expect(body).toMatchObject({
      message: { from: { id: editor.id, first_name: 'Editor', language_code: 'en' } },
    });
    const events = await site.events();
    expect(chatOf(events.state.chats, 'editor').messages).toMatchObject([
      { text: '/start' },
      { text: '/digest' },
    ]);
    await events.close();
  });

  test('tell what the bot writes, and hold it when one comes back', async () => {
    await site.post('write', { chatId: visitorId, text: 'Почему?', language: 'ru' });
    const events = await site.events();
    await botCalls('sendChatAction', { chat_id: visitorId, action: 'typing' });
    expect(await events.next(({ type }) => type === 'typing')).toEqual({
      type: 'typing',
      chatId: visitorId,
    });
    await botCalls('sendMessageDraft', { chat_id: visitorId, draft_id: 5, text: 'Потому' });
    expect(await events.next(({ type }) => type === 'draft')).toMatchObject({
      chatId: visitorId,
      draft: { draftId: 5, text: 'Потому' },
    });
    await events.close();

    const again = await site.events();
    expect(chatOf(again.state.chats, 'bot').drafts).toMatchObject([{ text: 'Потому' }]);
    await botCalls('sendMessage', { chat_id: visitorId, text: 'Потому что.' });
    await again.next(({ type }) => type === 'message');
    await again.close();

    const last = await site.events();
    const { drafts, messages } = chatOf(last.state.chats, 'bot');
    expect(drafts).toEqual([]);
    expect(messages.map(({ text }) => text)).toEqual(['Почему?', 'Потому что.']);
    await last.close();
  });

  test('bring the bot into the group once, by whoever comes first', async () => {
    const first = await site.events('en');
    await (await site.events('ru')).close();
    const { messages } = chatOf((await site.events('ru')).state.chats, 'group');
    expect(messages.map(({ new_chat_members: members }) => members?.[0]?.first_name)).toEqual([
      'Исток',
    ]);
    expect(messages[0]?.from?.language_code).toBe('en');
    await first.close();
  });

  test('tell the commands in the language of the page', async () => {
    const events = await site.events('en');
    await botCalls('setMyCommands', { commands: [{ command: 'help', description: 'help' }] });
    const told = await events.next(
      (event) => event.type === 'commands' && event.chatId === visitorId,
    );
    expect(told).toMatchObject({ commands: [{ command: 'help', description: 'help' }] });
    await events.close();
  });
});

describe('the visitor', () => {
  test('writes, replies, edits and deletes as somebody whose app has a language', async () => {
    const first = await site.post('write', { chatId: visitorId, text: 'Раз', language: 'ru' });
    expect(first).toMatchObject({
      status: 200,
      body: { message: { text: 'Раз', from: { first_name: 'Гость', language_code: 'ru' } } },
    });
    const { message_id: id = 0 } = site.telegram.messages(visitorId)[0] ?? {};
    const reply = { chatId: visitorId, text: 'Two', replyTo: id, language: 'en' };
    expect((await site.post('write', reply)).body).toMatchObject({
      message: { reply_to_message: { message_id: id }, from: { language_code: 'en' } },
    });
    const edit = { chatId: visitorId, messageId: id, text: 'Один', language: 'ru' };
    expect((await site.post('edit', edit)).body).toMatchObject({ message: { text: 'Один' } });
    expect((await site.post('delete', { chatId: visitorId, messageId: id })).status).toBe(200);
    expect(site.telegram.messages(visitorId).map(({ text }) => text)).toEqual(['Two']);
  });

  test('can neither write into the channel nor edit what the bot wrote', async () => {
    await site.post('write', { chatId: visitorId, text: 'Раз', language: 'ru' });
    await botCalls('sendMessage', { chat_id: visitorId, text: 'Два' });
    const messageId = site.telegram.messages(visitorId)[1]?.message_id;
    expect(
      await site.post('edit', { chatId: visitorId, messageId, text: 'Три', language: 'ru' }),
    ).toEqual({ status: 409, body: { error: 'Only the writer can edit a message.' } });
    const events = await site.events();
    const chatId = chatOf(events.state.chats, 'channel').id;
    await events.close();
    expect((await site.post('write', { chatId, text: 'Раз', language: 'ru' })).status).toBe(409);
    expect((await site.post('write', { chatId: 77, text: 'Раз', language: 'ru' })).status).toBe(
      409,
    );
    expect(site.telegram.messages(chatId)).toEqual([]);
  });

  test('sees nothing when the bot leaves a button unanswered', async () => {
    await site.post('write', { chatId: visitorId, text: 'Раз', language: 'ru' });
    const button = { text: 'Ещё', callback_data: 'more:1' };
    const markup = { inline_keyboard: [[button]] };
    await botCalls('sendMessage', { chat_id: visitorId, text: 'Два', reply_markup: markup });
    const messageId = site.telegram.messages(visitorId)[1]?.message_id;
    const press = { chatId: visitorId, messageId, data: 'more:1', language: 'ru' };
    expect(await site.post('press', press)).toEqual({
      status: 200,
      body: { text: null, showAlert: false, url: null },
    });
  });

  test('cannot send an inline result that nobody offered', async () => {
    const choice = { queryId: 1, resultId: 'x', chatId: visitorId, language: 'ru' };
    expect(await site.post('chooseInline', choice)).toEqual({
      status: 409,
      body: { error: 'These results are no longer known: type it again.' },
    });
  });
});
