import { describe, expect, test } from 'vitest';

import type { AnswerEvent, Ask } from '../../generation/answer/answer-event.ts';
import { penicillinReport } from '../support/answer-report.ts';
import { startTestBot } from '../support/running-bot.ts';
import { startTelegram } from '../support/telegram.ts';

function answered(question: string): AnswerEvent {
  const report = penicillinReport({ question, standaloneQuestion: question });
  return { type: 'answered', report: { ...report, answer: `Ответ на «${question}» [1].` } };
}

const atOnce: Ask = async function* atOnce({ question }) {
  yield answered(question);
};

async function startGroup(ask: Ask = atOnce, group: { isForum?: boolean } = {}) {
  const telegram = await startTelegram();
  const bot = await startTestBot({ telegram, ask });
  const anna = telegram.createUser({ language_code: 'ru' });
  const boris = telegram.createUser({ language_code: 'ru' });
  const chat = telegram.createGroup({ type: 'supergroup', members: [anna, boris], ...group });
  const name = `@${telegram.bot.username}`;
  return {
    telegram,
    anna,
    boris,
    name,
    chatId: chat.id,
    said: (chatId = chat.id) =>
      telegram.messages(chatId).filter(({ from }) => from?.id === telegram.bot.id),
    textSaid(text: string) {
      return telegram.waitForEvent(
        (event) =>
          (event.type === 'message' || event.type === 'edited') &&
          event.message.from?.id === telegram.bot.id &&
          event.message.text?.startsWith(text) === true,
      );
    },
    async [Symbol.asyncDispose]() {
      await bot[Symbol.asyncDispose]();
      await telegram.close();
    },
  };
}

describe('in a group', () => {
  test('the bot answers who calls it, as a reply, and is silent otherwise', async () => {
    await using group = await startGroup();
    const { telegram, anna, chatId } = group;
    telegram.write('Кто открыл пенициллин?', { from: anna, chatId });
    const asked = telegram.write(`${group.name} кто открыл пенициллин?`, { from: anna, chatId });
    await group.textSaid('Ответ на «кто открыл пенициллин?»');
    expect(group.said()).toHaveLength(1);
    expect(group.said()[0]?.reply_to_message?.message_id).toBe(asked.message_id);
  });

  test('a command and a reply ask as well', async () => {
    await using group = await startGroup();
    const { telegram, anna, chatId } = group;
    telegram.write(`/ask${group.name} первый?`, { from: anna, chatId });
    await group.textSaid('Ответ на «первый?»');
    const answer = group.said()[0]?.message_id ?? 0;
    telegram.write('второй?', { from: anna, chatId, replyTo: answer });
    await group.textSaid('Ответ на «второй?»');
    expect(group.said()).toHaveLength(2);
  });

  test('a bare call asks what the message says that it replies to, or gets a hint', async () => {
    await using group = await startGroup();
    const { telegram, anna, boris, chatId } = group;
    const { message_id: replyTo } = telegram.write('кто открыл пенициллин?', {
      from: boris,
      chatId,
    });
    telegram.write(group.name, { from: anna, chatId, replyTo });
    await group.textSaid('Ответ на «кто открыл пенициллин?»');
    telegram.write(group.name, { from: anna, chatId });
    await group.textSaid('Не вижу вопроса. Напишите его');
    expect(group.said()).toHaveLength(2);
  });

  test('one slow answer holds up nobody else', async () => {
    const slow = Promise.withResolvers<void>();
    await using group = await startGroup(async function* slowAsk({ question }) {
      if (question === 'медленный?') await slow.promise;
      yield answered(question);
    });
    const { telegram, anna, boris, chatId } = group;
    telegram.write(`${group.name} медленный?`, { from: anna, chatId });
    telegram.write(`${group.name} быстрый?`, { from: boris, chatId });
    await group.textSaid('Ответ на «быстрый?»');
    expect(group.said()).toHaveLength(1);
    slow.resolve();
    await group.textSaid('Ответ на «медленный?»');
  });

  test('a slow answer grows in a message with a button that only its asker may press', async () => {
    await using group = await startGroup(async function* slowAsk({ question }, { stopWriting }) {
      yield { type: 'reading', pages: 5 };
      const stopped = Promise.withResolvers<void>();
      stopWriting?.addEventListener('abort', () => stopped.resolve());
      await stopped.promise;
      yield answered(question);
    });
    const { telegram, anna, boris, chatId } = group;
    telegram.write(`${group.name} кто?`, { from: anna, chatId });
    await group.textSaid('Читаю 5 страниц');
    const [placeholder] = group.said();
    const [button] = placeholder?.reply_markup?.inline_keyboard.flat() ?? [];
    expect(button?.text).toBe('Стоп');
    const data = button !== undefined && 'callback_data' in button ? button.callback_data : '';
    const at = { chatId, messageId: placeholder?.message_id ?? 0 };
    expect(await telegram.press(data, { from: boris, ...at })).toMatchObject({
      text: 'Остановить может только тот, кто спросил.',
    });
    expect(await telegram.press(data, { from: anna, ...at })).toMatchObject({
      text: 'Останавливаю.',
    });
    await group.textSaid('Ответ на «кто?»');
    expect(group.said()).toHaveLength(1);
    expect(group.said()[0]?.message_id).toBe(placeholder?.message_id);
  });

  test('an answer comes in the topic where it was asked', async () => {
    await using group = await startGroup(atOnce, { isForum: true });
    const { telegram, anna, chatId } = group;
    telegram.write(`${group.name} кто?`, { from: anna, chatId, threadId: 7 });
    await group.textSaid('Ответ на «кто?»');
    expect(telegram.callsOf('sendMessage').at(-1)?.payload).toMatchObject({
      chat_id: chatId,
      message_thread_id: 7,
    });
  });

  test('an anonymous admin is answered', async () => {
    await using group = await startGroup();
    const { telegram, chatId } = group;
    const chat = telegram.chat(chatId);
    telegram.write(`${group.name} кто?`, {
      from: telegram.createUser({
        id: 1_087_968_824,
        is_bot: true,
        first_name: 'Group',
        username: 'GroupAnonymousBot',
      }),
      chatId,
      ...(chat !== null && { extra: { sender_chat: chat } }),
    });
    await group.textSaid('Ответ на «кто?»');
    expect(group.said()).toHaveLength(1);
  });

  test('an answer finds the supergroup that its group has become', async () => {
    const slow = Promise.withResolvers<void>();
    await using group = await startGroup(async function* slowAsk({ question }) {
      if (question === 'медленный?') await slow.promise;
      yield answered(question);
    });
    const { telegram, anna } = group;
    const { id: chatId } = telegram.createGroup({ type: 'group', members: [anna] });
    telegram.write(`@${telegram.bot.username} медленный?`, { from: anna, chatId });
    await telegram.waitFor('sendChatAction');
    const moved = telegram.migrate(chatId);
    slow.resolve();
    await telegram.waitForEvent(
      (event) =>
        event.type === 'message' &&
        event.chatId === moved.id &&
        event.message.text?.startsWith('Ответ на «медленный?»') === true,
    );
    expect(group.said(moved.id)).toHaveLength(1);
    // Its buttons belong to the group that it is now.
    const answer = group.said(moved.id)[0];
    const at = { from: anna, chatId: moved.id, messageId: answer?.message_id ?? 0 };
    expect(await telegram.press('rate:up:1', at)).toMatchObject({ text: 'Спасибо!' });
  });

  test('who adds the bot is told what it needs', async () => {
    await using group = await startGroup();
    const { telegram, anna, chatId } = group;
    telegram.kickBot(chatId, { by: anna });
    telegram.addBot(chatId, { by: anna });
    await group.textSaid('Здравствуйте! Я отвечаю на вопросы');
    expect(group.said()[0]?.text).toContain(`${group.name} и вопрос`);
    expect(group.said()).toHaveLength(1);
  });

  test('an answer that nobody is left to read costs nobody else theirs', async () => {
    const slow = Promise.withResolvers<void>();
    await using group = await startGroup(async function* slowAsk({ question }) {
      if (question === 'медленный?') await slow.promise;
      yield answered(question);
    });
    const { telegram, anna, chatId } = group;
    telegram.write(`${group.name} медленный?`, { from: anna, chatId });
    await telegram.waitFor('sendChatAction');
    telegram.kickBot(chatId, { by: anna });
    slow.resolve();
    telegram.write('Кто?', { from: anna });
    await telegram.waitForEvent(
      (event) =>
        event.type === 'message' && event.message.text?.startsWith('Ответ на «Кто?»') === true,
    );
    expect(group.said()).toEqual([]);
  });

  test('two bots do not talk to each other', async () => {
    await using group = await startGroup();
    const { telegram, anna, chatId } = group;
    const other = telegram.createUser({ is_bot: true, username: 'other_bot' });
    telegram.write(`${group.name} кто?`, { from: other, chatId });
    telegram.write(`${group.name} а это?`, { from: anna, chatId });
    await group.textSaid('Ответ на «а это?»');
    expect(group.said()).toHaveLength(1);
  });

  test('a reply to any part of an answer carries its conversation on', async () => {
    const histories: number[] = [];
    await using group = await startGroup(async function* longAsk({ question, history = [] }) {
      histories.push(history.length);
      const event = answered(question);
      if (event.type !== 'answered') return;
      const filler = 'Слово за словом. '.repeat(300);
      yield { ...event, report: { ...event.report, answer: `${event.report.answer} ${filler}` } };
    });
    const { telegram, anna, chatId } = group;
    telegram.write(`${group.name} первый?`, { from: anna, chatId });
    await telegram.waitForEvent(() => group.said().length === 2);
    telegram.write('а когда?', { from: anna, chatId, replyTo: group.said()[0]?.message_id ?? 0 });
    await group.textSaid('Ответ на «а когда?»');
    expect(histories).toEqual([0, 1]);
  });

  test('what grew while it was written goes when the group is to be forgotten', async () => {
    await using group = await startGroup(async function* slowAsk(_, { signal }) {
      yield { type: 'reading', pages: 5 };
      const aborted = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => aborted.resolve());
      await aborted.promise;
    });
    const { telegram, anna, chatId, name } = group;
    const own = telegram.createGroup({ type: 'supergroup', members: [anna], adminIds: [anna.id] });
    telegram.write(`${name} кто?`, { from: anna, chatId: own.id });
    await group.textSaid('Читаю 5 страниц');
    telegram.write(`/forget${name}`, { from: anna, chatId: own.id });
    await telegram.waitForEvent(() => group.said(own.id).length === 2);
    const asked = group.said(own.id).at(-1);
    const at = { from: anna, chatId: own.id, messageId: asked?.message_id ?? 0 };
    await telegram.press('forget:yes', at);
    await telegram.waitForEvent((event) => event.type === 'deleted');
    expect(group.said(own.id).map(({ text }) => text)).not.toContain('Читаю 5 страниц…');
    expect(group.said(chatId)).toEqual([]);
  });
});
