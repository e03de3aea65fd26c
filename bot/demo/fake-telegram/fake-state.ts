import type { User } from 'grammy/types';

import type { BotProfile } from './bot-profile.ts';
import type { CallbackQueries } from './callback-queries.ts';
import type { ChatEvents } from './chat-events.ts';
import type { Drafts } from './drafts.ts';
import type { FormattedOutgoing } from './fake-telegram.ts';
import type { Files } from './files.ts';
import type { InlineQueries } from './inline-queries.ts';
import type { Rooms } from './rooms.ts';
import type { SendingLimits } from './sending-limits.ts';
import type { UpdateQueue } from './update-queue.ts';
import type { Webhook } from './webhook.ts';

/** All that the fake holds, for the methods of the bot and the doings of people. */
export interface FakeState {
  bot: User;
  rooms: Rooms;
  events: ChatEvents;
  updates: UpdateQueue;
  webhook: Webhook;
  drafts: Drafts;
  files: Files;
  callbackQueries: CallbackQueries;
  inlineQueries: InlineQueries;
  profile: BotProfile;
  /** Null: no limits. */
  limits: SendingLimits | null;
  objectTo: (text: FormattedOutgoing) => string | null;
  /** Milliseconds since 1970. */
  now: () => number;
}
