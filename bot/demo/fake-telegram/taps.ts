import type { Message, User } from 'grammy/types';

import type { PressAnswer } from './callback-queries.ts';
import type { FakeState } from './fake-state.ts';
import type { FakeTelegram, InlineAnswer } from './fake-telegram.ts';
import { findEntities } from './found-entities.ts';
import { inlineKeyboardOf } from './keyboard-limits.ts';
import type { People } from './people.ts';
import type { Room } from './rooms.ts';

/** What people tap in their apps: buttons, the stop of a draft, inline results. */
export class Taps {
  readonly #state: FakeState;
  readonly #people: People;

  constructor(state: FakeState, people: People) {
    this.#state = state;
    this.#people = people;
  }

  press(
    data: string,
    options: { from?: User; chatId?: number; messageId?: number } = {},
  ): Promise<PressAnswer> {
    const { callbackQueries, updates, events } = this.#state;
    const { room, from } = this.#people.placeOf(options);
    const { chat } = room;
    if (chat.type === 'private') this.#people.startChat(from.id);
    const message =
      options.messageId === undefined
        ? lastWithButton(room, data, this.#state.bot.id)
        : room.messages.get(options.messageId);
    const { id, answer } = callbackQueries.open();
    const inlineId =
      message?.via_bot === undefined ? null : `inline_${chat.id}_${message.message_id}`;
    const pressed = message ?? { chat, message_id: options.messageId ?? 1, date: 0 as const };
    const query = {
      id,
      from,
      chat_instance: String(BigInt(chat.id) * 7919n),
      data,
      ...(inlineId === null ? { message: pressed } : { inline_message_id: inlineId }),
    };
    events.emit({ type: 'pressed', chatId: chat.id, query });
    updates.add({ callback_query: query });
    return answer;
  }

  stopDraft(chatId: number, draftId: number): void {
    const { drafts, updates, rooms } = this.#state;
    const shown = drafts.find(chatId, draftId);
    if (shown === null) throw new Error(`There is no draft ${draftId} in chat ${chatId}.`);
    if (!shown.draft.canStop) throw new Error(`Draft ${draftId} has no button to stop it.`);
    const { chat } = rooms.get(chatId);
    if (chat.type !== 'private') throw new Error('Drafts are shown in private chats only.');
    updates.add({
      stopped_message_generation: {
        chat,
        draft_id: draftId,
        ...(shown.threadId !== null && { message_thread_id: shown.threadId }),
      },
    });
    if (!shown.keepOnStop) drafts.replace(chatId, shown.threadId);
  }

  inlineQuery(
    query: string,
    { from = this.#people.defaultUser(), offset = '' }: { from?: User; offset?: string } = {},
  ): Promise<InlineAnswer | null> {
    const { inlineQueries, updates } = this.#state;
    const kept = inlineQueries.kept(from.id, query, offset);
    if (kept !== null) return Promise.resolve(kept);
    const { id, answer } = inlineQueries.open(from.id, query, offset);
    updates.add({ inline_query: { id, from, query, offset, chat_type: 'private' } });
    return answer;
  }

  chooseInline(...[result, { from, chatId }]: Parameters<FakeTelegram['chooseInline']>): Message {
    const content = 'input_message_content' in result ? result.input_message_content : undefined;
    const text = content !== undefined && 'message_text' in content ? content.message_text : null;
    const entities = content !== undefined && 'entities' in content ? (content.entities ?? []) : [];
    const keyboard = inlineKeyboardOf(result.reply_markup);
    const found = text === null ? [] : findEntities(text, entities);
    return this.#people.send(
      {
        ...(text === null
          ? { caption: ('caption' in result && result.caption) || result.id }
          : { text: text.trim(), ...(found.length > 0 && { entities: found }) }),
        ...(content !== undefined &&
          'link_preview_options' in content &&
          content.link_preview_options !== undefined && {
            link_preview_options: content.link_preview_options,
          }),
        via_bot: this.#state.bot,
        ...(keyboard !== null && { reply_markup: keyboard }),
      },
      { from, chatId },
    );
  }
}

/** The newest message with such a button; without one, the newest of the bot, as a forger would. */
function lastWithButton(room: Room, data: string, botId: number): Message | undefined {
  const messages = [...room.messages.values()].toReversed();
  const has = (message: Message): boolean =>
    message.reply_markup?.inline_keyboard
      .flat()
      .some((button) => 'callback_data' in button && button.callback_data === data) === true;
  return messages.find(has) ?? messages.find(({ from }) => from?.id === botId);
}
