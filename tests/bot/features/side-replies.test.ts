import { describe, expect, test } from 'vitest';

import { createSideReplies } from '../../../bot/features/side-replies.ts';
import type { Ask } from '../../../generation/answer/answer-event.ts';
import { penicillinReport } from '../../support/answer-report.ts';
import { startTestBot } from '../../support/running-bot.ts';
import { startTelegram } from '../../support/telegram.ts';

const atOnce: Ask = async function* atOnce({ question }) {
  const report = penicillinReport({ question, standaloneQuestion: question });
  yield { type: 'answered', report: { ...report, answer: `Ответ на «${question}» [1].` } };
};

async function startGroup(
  settings: Record<string, string> = {},
  { seesEverything = false }: { seesEverything?: boolean } = {},
) {
  const telegram = await startTelegram({ bot: { can_read_all_group_messages: seesEverything } });
  const bot = await startTestBot({ telegram, ask: atOnce, settings });
  const anna = telegram.createUser({ language_code: 'ru' });
  const boris = telegram.createUser({ language_code: 'ru' });
  const { id: chatId } = telegram.createGroup({
    type: 'supergroup',
    members: [anna, boris],
    // It is then shown everything.
    adminIds: [anna.id, telegram.bot.id],
  });
  const name = `@${telegram.bot.username}`;
  return {
    telegram,
    anna,
    boris,
    name,
    chatId,
    /** What was said, once it is so much and a question after it has its answer. */
    async saidInTheEnd(count: number) {
      const said = (): string[] =>
        telegram
          .messages(chatId)
          .filter(({ from }) => from?.id === telegram.bot.id)
          .map(({ text = '' }) => text.split('\n')[0] ?? '')
          .filter((line) => !line.startsWith('Ответ на «последний'));
      const from = telegram.createUser({ language_code: 'ru' });
      telegram.write(`${name} последний, ${from.id}?`, { from, chatId });
      const answer = `Ответ на «последний, ${from.id}?»`;
      await telegram.waitForEvent(
        (event) => event.type === 'message' && event.message.text?.startsWith(answer) === true,
      );
      await telegram.waitForEvent(() => said().length >= count);
      return said();
    },
    async [Symbol.asyncDispose]() {
      await bot[Symbol.asyncDispose]();
      await telegram.close();
    },
  };
}

describe('in a group', () => {
  test('a bare call is hinted at once a minute for each person', async () => {
    await using group = await startGroup();
    const { telegram, anna, boris, chatId, name } = group;
    for (let call = 0; call < 25; call += 1) telegram.write(name, { from: anna, chatId });
    telegram.write(name, { from: boris, chatId });
    const said = await group.saidInTheEnd(2);
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(/^Не вижу вопроса/u);
  });

  test('a command without a name is replied to, since Telegram chose whom to bring it', async () => {
    await using group = await startGroup();
    group.telegram.write('/help', { from: group.anna, chatId: group.chatId });
    expect(await group.saidInTheEnd(1)).toEqual([expect.stringMatching(/^Чтобы спросить/u)]);
  });

  test('where it sees everything, one that other bots may have is left to them unless it names this one', async () => {
    await using group = await startGroup({}, { seesEverything: true });
    const { telegram, anna: from, chatId, name } = group;
    for (const command of [
      'start',
      'help',
      'settings',
      'privacy',
      'forget',
      'stop',
      'admin hello',
    ]) {
      telegram.write(`/${command}`, { from, chatId });
    }
    expect(await group.saidInTheEnd(0)).toEqual([]);
    for (const command of ['start', 'help', 'settings', 'privacy', 'forget', 'stop']) {
      telegram.write(`/${command}${name}`, { from, chatId });
    }
    telegram.write(`/admin${name} hello`, { from, chatId });
    expect(await group.saidInTheEnd(7)).toHaveLength(7);
  });

  test('a command is replied to once a minute for each person', async () => {
    await using group = await startGroup();
    const { telegram, anna, boris, chatId, name } = group;
    for (const command of ['help', 'settings', 'privacy', 'forget', 'stop', 'admin']) {
      for (let time = 0; time < 5; time += 1) {
        telegram.write(`/${command}${name}`, { from: anna, chatId });
      }
      telegram.write(`/${command}${name}`, { from: boris, chatId });
    }
    expect(await group.saidInTheEnd(12)).toHaveLength(12);
  });

  test('that somebody has asked enough is said once a minute', async () => {
    await using group = await startGroup({ LIMIT_QUESTIONS_PER_DAY: '1' });
    const { telegram, boris: from, chatId, name } = group;
    for (let time = 1; time <= 6; time += 1) telegram.write(`${name} ${time}?`, { from, chatId });
    const said = await group.saidInTheEnd(2);
    expect(said).toHaveLength(2);
    expect(said.filter((line) => line.includes('За сутки'))).toHaveLength(1);
  });
});

test('each is told one thing of a kind a minute, in private as often as it is asked', () => {
  let now = new Date('2026-11-02T10:00:00Z');
  const replies = createSideReplies({ now: () => now });
  const group = { chatId: -100, askerId: 7 };
  expect(replies.allow('help', group)).toBe(true);
  expect(replies.allow('help', group)).toBe(false);
  expect(replies.allow('stop', group)).toBe(true);
  expect(replies.allow('help', { chatId: -100, askerId: 8 })).toBe(true);
  expect(replies.allow('help', { chatId: -200, askerId: 7 })).toBe(true);
  now = new Date('2026-11-02T10:01:00Z');
  expect(replies.allow('help', group)).toBe(true);
  expect(replies.allow('help', { chatId: 7, askerId: 7 })).toBe(true);
  expect(replies.allow('help', { chatId: 7, askerId: 7 })).toBe(true);
});
