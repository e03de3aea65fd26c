import { Api } from 'grammy';

import type { PublishingStep } from '../../bot/digest/publisher.ts';
import { createLogger } from '../../bot/logger.ts';
import { createSendingPace } from '../../bot/telegram/sending-pace.ts';
import { configureSending } from '../../bot/telegram/sending.ts';

import { openPublisher } from './digest-queue.ts';

/** What a publisher that a test kills is to do: the one argument of this program, as JSON. */
export interface PublisherToKill {
  apiRoot: string;
  token: string;
  folder: string;
  channel: string;
  adminId: number;
  /** After all is sent that is due. */
  afterwards: { what: 'withdraw' | 'renew'; postId: number } | null;
  /** Where the program ends itself with SIGKILL, as a power cut would, when it gets there so often. */
  killAt: PublishingStep;
  killAtCount: number;
}

// Only as a program of its own: importing the types above runs nothing.
if (import.meta.main) await run(JSON.parse(process.argv[2] ?? '{}') as PublisherToKill);

async function run(options: PublisherToKill): Promise<void> {
  const { apiRoot, token, folder, channel, adminId, afterwards, killAt, killAtCount } = options;
  const api = new Api(token, { apiRoot });
  configureSending(api, {
    pace: createSendingPace(),
    logger: createLogger({ level: 'silent', secrets: [] }),
  });
  let count = 0;
  using queue = openPublisher({
    folder,
    api,
    name: channel,
    adminIds: () => [adminId],
    onStep(step) {
      if (step !== killAt) return;
      count += 1;
      if (count === killAtCount) process.kill(process.pid, 'SIGKILL');
    },
  });
  queue.publisher.begin();
  await queue.publisher.settled();
  if (afterwards !== null) await queue.publisher[afterwards.what](afterwards.postId);
  await queue.publisher.close();
}
