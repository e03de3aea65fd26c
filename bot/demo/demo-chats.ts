import type { Chat, Message, User } from 'grammy/types';

import type { Locales } from '../locales/locale.ts';

import type { Draft, FakeTelegram } from './fake-telegram/fake-telegram.ts';
import type { Liar } from './liar.ts';
import type { PageChat, PageEvent, PageLanguage, PageState } from './page/protocol.ts';
import { PAGE_TEXTS } from './page/text-keys.ts';
import type { SuggestedQuestion } from './web/suggested-questions.ts';

/**
 * Who and what the page shows: a visitor's chat with the bot, a group, a channel, and the chat of its
 * editor with the bot. The visitor writes in all but the channel.
 */
export interface DemoChats extends Disposable {
  readonly group: Chat;
  readonly channel: Chat;
  /** The visitor with an app in such a language. */
  visitor(language: PageLanguage): User;
  /** Who decides on the channel's posts. */
  editor(language: PageLanguage): User;
  /** As whom the visitor writes into a chat. */
  writer(chatId: number, language: PageLanguage): User;
  /** Whether the page shows the chat, and whether the visitor may write into it. */
  has(chatId: number): boolean;
  isWritable(chatId: number): boolean;
  /** A message that the page shows. */
  message(chatId: number, messageId: number): Message | null;
  state(language: PageLanguage): PageState;
  /** Hears what changes from now on, for an app in such a language. Returns how to stop. */
  subscribe(language: PageLanguage, listener: (event: PageEvent) => void): () => void;
}

export interface DemoChatsOptions {
  telegram: FakeTelegram;
  locales: Locales;
  suggestions: readonly SuggestedQuestion[];
  liar?: Liar;
}

export function createDemoChats({
  telegram,
  locales,
  suggestions,
  liar = { isOn: false },
}: DemoChatsOptions): DemoChats {
  const account = telegram.createUser({ first_name: 'Гость', language_code: 'ru' });
  const editorAccount = telegram.createUser({ first_name: 'Редактор', language_code: 'ru' });
  const visitor = (language: PageLanguage): User => ({
    ...account,
    first_name: locales[language].t('demo-visitor'),
    language_code: language,
  });
  const editor = (language: PageLanguage): User => ({
    ...editorAccount,
    first_name: locales[language].t('demo-editor'),
    language_code: language,
  });
  const group = telegram.createGroup({
    title: 'Читальный зал',
    type: 'supergroup',
    members: [account],
    adminIds: [account.id],
  });
  const channel = telegram.createChannel({ title: 'Новости моделей', username: 'model_news' });
  // Before the bot runs: an admin who never wrote to it could be sent nothing.
  telegram.write('/start', { from: editor('ru') });

  const drafts = new Map<number, Map<number, Draft>>();
  const stopFollowing = telegram.subscribe((event) => {
    if (event.type === 'draft') {
      const ofChat = drafts.get(event.chatId) ?? new Map<number, Draft>();
      ofChat.set(event.draft.draftId, event.draft);
      drafts.set(event.chatId, ofChat);
    }
    if (event.type === 'draft-ended') drafts.get(event.chatId)?.delete(event.draftId);
  });

  let isBotAdded = false;

  const kinds = new Map<number, PageChat['kind']>([
    [account.id, 'bot'],
    [editorAccount.id, 'editor'],
    [group.id, 'group'],
    [channel.id, 'channel'],
  ]);
  const titleOf = (chatId: number, kind: PageChat['kind'], language: PageLanguage): string => {
    if (kind === 'bot') return telegram.bot.first_name;
    if (kind === 'editor') return locales[language].t('demo-editor-chat');
    return telegram.chat(chatId)?.title ?? '';
  };
  const names = { name: `@${telegram.bot.username}` };
  const writer = (chatId: number, language: PageLanguage): User =>
    chatId === editorAccount.id ? editor(language) : visitor(language);

  return {
    group,
    channel,
    visitor,
    editor,
    writer,
    has: (chatId) => kinds.has(chatId),
    message: (chatId, messageId) =>
      kinds.has(chatId) ? telegram.message(chatId, messageId) : null,
    isWritable: (chatId) => kinds.has(chatId) && chatId !== channel.id,
    state: (language) => ({
      ownIds: [account.id, editorAccount.id],
      bot: telegram.bot,
      suggestions: suggestions
        .toSorted((one, other) => rank(one, language) - rank(other, language))
        .map(({ text }) => text),
      isLying: liar.isOn,
      texts: Object.fromEntries(
        PAGE_TEXTS.map((key) => [key, locales[language].t(key, names)]),
      ) as PageState['texts'],
      chats: [...kinds].map(([id, kind]) => ({
        id,
        kind,
        title: titleOf(id, kind, language),
        messages: telegram.messages(id),
        drafts: [...(drafts.get(id)?.values() ?? [])],
        commands: kind === 'channel' ? [] : telegram.commandsFor(writer(id, language), id),
      })),
    }),
    subscribe(language, listener) {
      // Its greeting is in the language of who adds it, which the first page tells.
      if (!isBotAdded) telegram.addBot(group.id, { by: visitor(language) });
      isBotAdded = true;
      return telegram.subscribe((event) => {
        if (event.type === 'commands') {
          for (const [chatId, kind] of kinds) {
            if (kind === 'channel') continue;
            const commands = telegram.commandsFor(writer(chatId, language), chatId);
            listener({ type: 'commands', chatId, commands });
          }
          return;
        }
        if (event.type === 'pressed' || !kinds.has(event.chatId)) return;
        if (event.type === 'typing') listener({ type: 'typing', chatId: event.chatId });
        else if (event.type === 'draft') {
          listener({ type: 'draft', chatId: event.chatId, draft: event.draft });
        } else listener(event);
      });
    },
    [Symbol.dispose]: stopFollowing,
  };
}

/** Those in the language of the page come first. */
function rank(question: SuggestedQuestion, language: PageLanguage): number {
  return question.language === language ? 0 : 1;
}
