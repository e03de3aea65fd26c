import { GrammyError } from 'grammy';
import type { Api } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Logger } from 'pino';

import type { ChatPlace } from '../questions/chat-question.ts';
import { SYSTEM_CLOCK } from '../telegram/clock.ts';
import type { Clock } from '../telegram/clock.ts';
import { sendingFailureOf } from '../telegram/sending-failure.ts';
import type { SendingPace } from '../telegram/sending-pace.ts';

import type { FormattedText } from './formatted-text.ts';
import { createFrames } from './frames.ts';
import type { LiveMessage } from './live-message.ts';

export interface EditedMessageOptions {
  /** Without waiting and retries of its own: a frame that does not get through is left out. */
  api: Api;
  pace: SendingPace;
  logger: Logger;
  place: ChatPlace;
  /** Stands under every frame: the button that stops the answer. */
  keyboard: InlineKeyboardMarkup;
  /** Told the id as soon as the message stands, so that it is found again after a crash. */
  onPlaceholder: (messageId: number) => void;
  /** A message of the bot that stands there already and is written over; null for none. */
  standing?: number | null;
  clock?: Clock;
  /** An answer that comes sooner has no message before it. */
  firstFrameMs?: number;
  /** The same where there is nothing but the search to show. */
  patientFrameMs?: number;
  frameGapMs?: number;
}

/** An answer in progress as a message that is edited again and again. */
export function createEditedMessage({
  api,
  pace,
  logger,
  place: { chatId, kind, threadId, messageId: questionMessageId },
  keyboard,
  onPlaceholder,
  standing = null,
  clock = SYSTEM_CLOCK,
  firstFrameMs = 500,
  patientFrameMs = 2_500,
  frameGapMs = 3_000,
}: EditedMessageOptions): LiveMessage {
  let messageId = standing;

  const frames = createFrames({
    chatId,
    pace,
    clock,
    logger,
    firstFrameMs,
    patientFrameMs,
    gapMs: frameGapMs,
    repeatAfterMs: null,
    send: (frame) => (messageId === null ? place(frame) : edit(messageId, frame)),
  });

  async function place({ text, entities }: FormattedText): Promise<void> {
    try {
      const placeholder = await api.sendMessage(chatId, text, {
        ...(threadId !== null && { message_thread_id: threadId }),
        ...(kind === 'group' && {
          reply_parameters: { message_id: questionMessageId, allow_sending_without_reply: true },
        }),
        entities,
        reply_markup: keyboard,
        link_preview_options: { is_disabled: true },
      });
      messageId = placeholder.message_id;
    } catch (error) {
      // It may stand there without anybody knowing its id: another one would be one too many.
      if (sendingFailureOf(error) === 'unknown-outcome') void frames.stop();
      throw error;
    }
    onPlaceholder(messageId);
  }

  async function edit(standingId: number, { text, entities }: FormattedText): Promise<void> {
    try {
      await api.editMessageText(chatId, standingId, text, {
        entities,
        reply_markup: keyboard,
        link_preview_options: { is_disabled: true },
      });
    } catch (error) {
      if (isAnswered(error, /message is not modified/iu)) return;
      if (isAnswered(error, /message to edit not found|can't be edited|MESSAGE_ID_INVALID/iu)) {
        messageId = null;
      }
      throw error;
    }
  }

  return {
    show: (frame, options) => frames.show(frame, options),
    async settle() {
      await frames.stop();
      return messageId === null ? [] : [messageId];
    },
  };
}

function isAnswered(error: unknown, description: RegExp): boolean {
  return error instanceof GrammyError && description.test(error.description);
}
