import { GrammyError } from 'grammy';
import type { Api } from 'grammy';
import type { Logger } from 'pino';

import { SYSTEM_CLOCK } from '../telegram/clock.ts';
import type { Clock } from '../telegram/clock.ts';
import type { SendingPace } from '../telegram/sending-pace.ts';

import type { FormattedText } from './formatted-text.ts';
import { createFrames } from './frames.ts';
import type { LiveMessage, ShowOptions } from './live-message.ts';

export interface DraftMessageOptions {
  /** Without waiting and retries of its own: a frame that does not get through is left out. */
  api: Api;
  pace: SendingPace;
  logger: Logger;
  /** Of a private chat. */
  chatId: number;
  threadId: number | null;
  /** Not 0. */
  draftId: number;
  /** Makes what shows the frames instead once Telegram has said that this chat has no drafts. */
  insteadOfDraft: () => LiveMessage;
  clock?: Clock;
  /** An answer that comes sooner has no draft. */
  firstFrameMs?: number;
  /** The same where there is nothing but the search to show. */
  patientFrameMs?: number;
  frameGapMs?: number;
  /** Telegram drops a draft after 30 seconds without a frame. */
  repeatAfterMs?: number;
}

/** An answer in progress as a draft, with Telegram's own button to stop it. */
export function createDraftMessage({
  api,
  pace,
  logger,
  chatId,
  threadId,
  draftId,
  insteadOfDraft,
  clock = SYSTEM_CLOCK,
  firstFrameMs = 500,
  patientFrameMs = 900,
  frameGapMs = 1_050,
  repeatAfterMs = 20_000,
}: DraftMessageOptions): LiveMessage {
  let instead: LiveMessage | null = null;
  let latest: { frame: FormattedText; options: ShowOptions | undefined } | null = null;
  let isSettled = false;
  const topic = threadId === null ? {} : { message_thread_id: threadId };

  const frames = createFrames({
    chatId,
    pace,
    clock,
    logger,
    firstFrameMs,
    patientFrameMs,
    gapMs: frameGapMs,
    repeatAfterMs,
    async send({ text, entities }) {
      try {
        await api.sendMessageDraft(chatId, draftId, text, { ...topic, entities, can_stop: true });
      } catch (error) {
        if (!isRefusedForGood(error)) throw error;
        void frames.stop();
        if (isSettled) return;
        instead = insteadOfDraft();
        if (latest !== null) instead.show(latest.frame, latest.options);
      }
    },
  });

  return {
    show(frame, options) {
      latest = { frame, options };
      if (instead === null) frames.show(frame, options);
      else instead.show(frame, options);
    },
    async settle() {
      isSettled = true;
      await frames.stop();
      return (await instead?.settle()) ?? [];
    },
  };
}

function isRefusedForGood(error: unknown): boolean {
  return error instanceof GrammyError && error.description.includes('TEXTDRAFT_PEER_INVALID');
}
