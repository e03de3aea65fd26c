import type { Api } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Logger } from 'pino';

import type { ChatQuestion } from '../questions/chat-question.ts';
import type { Clock } from '../telegram/clock.ts';
import type { SendingPace } from '../telegram/sending-pace.ts';

import { createDraftMessage } from './draft-message.ts';
import { createEditedMessage } from './edited-message.ts';
import type { LiveMessage } from './live-message.ts';

export interface LiveMessagesOptions {
  /** Without waiting and retries of its own: of createFrameApi. */
  frameApi: Api;
  pace: SendingPace;
  logger: Logger;
  /** The button that stops an answer, for what is not a draft. */
  stopKeyboard: (question: ChatQuestion) => InlineKeyboardMarkup;
  clock?: Clock;
  firstFrameMs?: number;
}

/** Shows an answer in progress where its question was asked, as that place has it. */
export type OpenLiveMessage = (
  question: ChatQuestion,
  options: {
    /** A message stands in the chat that the answer is to replace. */
    onPlaceholder: (messageId: number) => void;
  },
) => LiveMessage;

/**
 * Drafts in private chats, edited messages in groups and in chats that have no drafts. In channels,
 * where every frame would be seen as edited, nothing.
 */
export function createLiveMessages({
  frameApi,
  pace,
  logger,
  stopKeyboard,
  ...timing
}: LiveMessagesOptions): OpenLiveMessage {
  const withoutDrafts = new Set<number>();

  return (question, { onPlaceholder }) => {
    const { id, place } = question;
    const shared = { api: frameApi, pace, logger, ...timing };
    const openEdited = (options: { firstFrameMs?: number } = {}): LiveMessage =>
      createEditedMessage({
        ...shared,
        ...options,
        place,
        keyboard: stopKeyboard(question),
        onPlaceholder,
      });
    if (place.kind === 'channel') return NOTHING_SHOWN;
    if (place.kind === 'group' || withoutDrafts.has(place.chatId)) return openEdited();
    return createDraftMessage({
      ...shared,
      chatId: place.chatId,
      threadId: place.threadId,
      draftId: id,
      insteadOfDraft() {
        remember(place.chatId);
        return openEdited({ firstFrameMs: 0 });
      },
    });
  };

  function remember(chatId: number): void {
    // A chat that is forgotten costs one refused draft.
    if (withoutDrafts.size >= MOST_REMEMBERED) withoutDrafts.clear();
    withoutDrafts.add(chatId);
  }
}

const MOST_REMEMBERED = 10_000;

const NOTHING_SHOWN: LiveMessage = { show: () => {}, settle: () => Promise.resolve([]) };
