import type { User } from 'grammy/types';

import { startApiServer, doCall } from './api-server.ts';
import { BotProfile } from './bot-profile.ts';
import { CallLog } from './call-log.ts';
import { CallbackQueries } from './callback-queries.ts';
import { ChatEvents } from './chat-events.ts';
import { Drafts } from './drafts.ts';
import type { FakeState } from './fake-state.ts';
import type { ChatEvent, FakeTelegram, FakeTelegramOptions } from './fake-telegram.ts';
import { Files } from './files.ts';
import { InlineQueries } from './inline-queries.ts';
import { Memberships } from './memberships.ts';
import { People } from './people.ts';
import { Rooms } from './rooms.ts';
import { SendingLimits } from './sending-limits.ts';
import { Taps } from './taps.ts';
import { UpdateQueue } from './update-queue.ts';
import { Webhook } from './webhook.ts';

const TOKEN = '424242:AAtest-token_of-the-loopback-server';

/** Starts it on loopback. @throws what keeps it from listening. */
export async function startFakeTelegram({
  port = 0,
  host = '127.0.0.1',
  token = TOKEN,
  bot: given = {},
  limits = 'telegram',
  now = Date.now,
  objectTo = () => null,
  webhookRetryMs = 100,
}: FakeTelegramOptions = {}): Promise<FakeTelegram> {
  const bot: User = {
    id: Number(/^\d+/u.exec(token)?.[0] ?? 424_242),
    is_bot: true,
    first_name: 'Исток',
    username: 'istok_test_bot',
    ...given,
  };
  const log = new CallLog();
  const events = new ChatEvents();
  const updates = new UpdateQueue();
  const stopped = new AbortController();
  const webhook = new Webhook({
    updates,
    now,
    retryMs: webhookRetryMs,
    async callInAnswer(method, parameters) {
      const body = { parameters, uploads: new Map(), isForm: false };
      await doCall(method, body, { state, log, gone: stopped.signal });
    },
  });
  const state: FakeState = {
    bot,
    rooms: new Rooms({ bot }),
    events,
    updates,
    webhook,
    drafts: new Drafts({ events, now }),
    files: new Files(),
    callbackQueries: new CallbackQueries({ now }),
    inlineQueries: new InlineQueries({ now }),
    profile: new BotProfile(),
    limits: limits === 'telegram' ? new SendingLimits({ now }) : null,
    objectTo,
    now,
  };
  const people = new People(state);
  const taps = new Taps(state, people);
  const memberships = new Memberships(state, { defaultUser: () => people.defaultUser() });
  const server = await startApiServer({ host, port, token, state, log });

  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => {
    closing ??= (async () => {
      stopped.abort();
      webhook.remove();
      state.drafts.close();
      state.callbackQueries.close();
      state.inlineQueries.close();
      await server.close();
    })();
    return closing;
  };

  return {
    url: server.url,
    token,
    bot,
    calls: log.calls,
    get polls() {
      return log.polls;
    },
    callsOf: (method) => log.callsOf(method),
    waitFor: (method, count) => log.waitFor(method, count),
    waitForEvent: (isIt: (event: ChatEvent) => boolean) => events.waitFor(isIt) as Promise<never>,
    failNext: (method, fault) => log.failNext(method, fault),
    failWhen: (decide) => log.failWhen(decide),

    createUser: (user) => state.rooms.createUser(user).user,
    createGroup: (group) => memberships.createGroup(group),
    createChannel: (channel) => memberships.createChannel(channel),
    chat: (chatId) => state.rooms.find(chatId)?.chat ?? null,
    messages: (chatId) => [...(state.rooms.find(chatId)?.messages.values() ?? [])],
    message: (chatId, messageId) => state.rooms.find(chatId)?.messages.get(messageId) ?? null,
    commandsFor(user, chatId) {
      const room = state.rooms.get(chatId);
      const isPrivate = room.chat.type === 'private';
      const isAdmin = state.rooms.isAdmin(room, user.id);
      return state.profile.commandsFor(user, { id: chatId, isPrivate, isAdmin });
    },

    write: (text, options) => people.write(text, options),
    send: (content, options) => people.send(content, options),
    sendFile: (file, options) => people.sendFile(file, options),
    edit: (messageId, text, options) => people.edit(messageId, text, options),
    delete: (messageId, chatId) => people.delete(messageId, chatId),
    press: (data, options) => taps.press(data, options),
    stopDraft: (chatId, draftId) => taps.stopDraft(chatId, draftId),
    inlineQuery: (query, options) => taps.inlineQuery(query, options),
    chooseInline: (result, options) => taps.chooseInline(result, options),
    block: (user) => memberships.block(user),
    unblock: (user) => memberships.unblock(user),
    addBot: (chatId, options) => memberships.addBot(chatId, options),
    kickBot: (chatId, options) => memberships.kickBot(chatId, options),
    migrate: (chatId) => memberships.migrate(chatId),
    deliver: (update) => updates.addAnyway(update),
    subscribe: (listener) => events.subscribe(listener),
    close,
    [Symbol.asyncDispose]: close,
  };
}
