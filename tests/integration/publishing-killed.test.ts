import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { Api } from 'grammy';
import { describe, expect, test } from 'vitest';

import { PUBLISHING_STEPS } from '../../bot/digest/publisher.ts';
import type { PublishingStep } from '../../bot/digest/publisher.ts';
import { createLogger } from '../../bot/logger.ts';
import { createSendingPace } from '../../bot/telegram/sending-pace.ts';
import { configureSending } from '../../bot/telegram/sending.ts';
import { addDraft, openPublisher, postContent } from '../support/digest-queue.ts';
import type { PublisherToKill } from '../support/publisher-to-kill.ts';
import { startTelegram } from '../support/telegram.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PROGRAM = fileURLToPath(new URL('../support/publisher-to-kill.ts', import.meta.url));
/** Keeps code compiled between starts, of which there are many. */
const CHECK_NODE = fileURLToPath(new URL('../../bot/check-node.cts', import.meta.url));

const TIMES = [1, 2, 3, 4, 5].map((time) => ({
  time,
  /** The post of four that it happens at: the first one has none before it. */
  at: ((time - 1) % 4) + 1,
  /** What becomes of Telegram's answer to that post, where it is to be in doubt. */
  fault: time % 2 === 0 ? 'hang-up' : 'lost-answer',
})) satisfies { time: number; at: number; fault: 'hang-up' | 'lost-answer' }[];

const AFTER_DOUBT = new Set<PublishingStep>(['unknown', 'looked']);
const ON_REQUEST: Partial<Record<PublishingStep, 'withdraw' | 'renew'>> = {
  withdrawing: 'withdraw',
  withdrawn: 'withdraw',
  renewing: 'renew',
  renewed: 'renew',
};

describe.concurrent.each(PUBLISHING_STEPS)('a program that is killed when a post is %s', (step) => {
  test.each(TIMES)(
    'has it in the channel once or before the admins, time $time',
    { timeout: 120_000 },
    async ({ at, fault }) => {
      await using telegram = await startTelegram();
      await using folder = await temporaryFolder();
      const channel = telegram.createChannel({ username: 'model_news' });
      const admin = telegram.createUser();
      telegram.write('/start', { from: admin });
      const api = new Api(telegram.token, { apiRoot: telegram.url });
      configureSending(api, {
        pace: createSendingPace(),
        logger: createLogger({ level: 'silent', secrets: [] }),
      });
      const open = () =>
        openPublisher({
          folder: folder.path,
          api,
          name: '@model_news',
          adminIds: () => [admin.id],
        });
      const names = ['one', 'two', 'three', 'four'];
      {
        using queue = open();
        for (const name of names) {
          const { id, revision } = addDraft(queue.posts, name);
          queue.posts.approve(id, { by: admin.id, revision, dueAt: new Date(id) });
        }
        if (ON_REQUEST[step] === 'renew') {
          queue.publisher.begin();
          await queue.publisher.settled();
          queue.posts.renew(at, postContent(names[at - 1] ?? '', 'Вышла и статья.'));
          await queue.publisher.close();
        }
      }
      const what = ON_REQUEST[step];
      const isDoubtful = AFTER_DOUBT.has(step);
      let sent = 0;
      if (isDoubtful) {
        telegram.failWhen(({ method }) => {
          if (method !== 'sendMessage') return null;
          sent += 1;
          return sent === at ? { type: fault } : null;
        });
      }
      const signal = await runUntilKilled({
        apiRoot: telegram.url,
        token: telegram.token,
        folder: folder.path,
        channel: '@model_news',
        adminId: admin.id,
        afterwards: what === undefined ? null : { what, postId: at },
        killAt: step,
        killAtCount: isDoubtful || what !== undefined ? 1 : at,
      });
      expect(signal).toBe('SIGKILL');

      telegram.failWhen(null);
      using queue = open();
      queue.publisher.begin();
      await queue.publisher.settled();
      if (what !== undefined) await queue.publisher[what](at);
      await queue.publisher.close();

      const texts = telegram.messages(channel.id).map(({ text }) => text ?? '');
      const fates = names.map((name, index) => {
        const standing = texts.filter((text) => text.startsWith(`🐋 ${name}\n`)).length;
        const post = queue.posts.find(index + 1);
        const isToldOf = post?.state === 'unknown' && post.trouble !== null;
        return `${standing} in the channel, ${isToldOf ? 'asked about' : post?.state}`;
      });
      const others = names.map(() => '1 in the channel, published');
      expect(fates).toEqual(others.with(at - 1, fateOf(step, fault)));
      const news = texts.filter((text) => text.includes('Вышла и статья.'));
      expect(news).toHaveLength(what === 'renew' ? 1 : 0);
      // Nobody but Telegram knew that it had been written anew.
      const isTwice = step === 'renewed';
      expect(telegram.takeObjections()).toHaveLength(isTwice ? 1 : 0);
    },
  );
});

/** Of the post that the program was killed at. */
function fateOf(step: PublishingStep, fault: 'hang-up' | 'lost-answer'): string {
  if (ON_REQUEST[step] === 'withdraw') return '0 in the channel, draft';
  const isNotThere =
    step === 'claimed' || step === 'sending' || (AFTER_DOUBT.has(step) && fault === 'hang-up');
  return isNotThere ? '0 in the channel, asked about' : '1 in the channel, published';
}

async function runUntilKilled(options: PublisherToKill): Promise<string | null> {
  const child = spawn(
    process.execPath,
    ['--require', CHECK_NODE, PROGRAM, JSON.stringify(options)],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return signal;
}
