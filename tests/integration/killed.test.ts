import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { Message } from 'grammy/types';
import { describe, expect, test } from 'vitest';

import { STEPS } from '../../bot/questions/step.ts';
import type { Step } from '../../bot/questions/step.ts';
import type { FakeTelegram } from '../../bot/demo/fake-telegram/fake-telegram.ts';
import type { BotToKill } from '../support/bot-to-kill.ts';
import { startTelegram } from '../support/telegram.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PROGRAM = fileURLToPath(new URL('../support/bot-to-kill.ts', import.meta.url));
/** Keeps code compiled between starts, of which there are many. */
const CHECK_NODE = fileURLToPath(new URL('../../bot/check-node.cts', import.meta.url));

/** One way to ask. The program dies when it reaches the step for so many times. */
interface Scenario {
  name: string;
  text: string;
  chat: 'private' | 'group';
  killAtCount: number;
}

const SCENARIOS: Scenario[] = [
  { name: 'in a private chat', text: 'Кто открыл пенициллин?', chat: 'private', killAtCount: 1 },
  { name: 'in a group', text: 'Кто открыл пенициллин?', chat: 'group', killAtCount: 1 },
  { name: 'answered at length', text: 'Расскажи длинно', chat: 'private', killAtCount: 1 },
  { name: 'at its second message', text: 'Расскажи длинно', chat: 'private', killAtCount: 2 },
  { name: 'at length in a group', text: 'Расскажи длинно', chat: 'group', killAtCount: 1 },
];

/** Reached once a question, whatever its answer's length. */
const ONCE = new Set<Step>([
  'fetched',
  'journalled',
  'started',
  'searching',
  'reading',
  'placeholder-sent',
  'writing',
  'written',
  'kept',
  'delivered',
]);

const UNKNOWN = /^Не знаю, дошёл ли ответ/u;

describe.concurrent.each(STEPS)('a bot that is killed when an update is %s', (step) => {
  test.each(SCENARIOS)(
    'answers it once or says that it does not know, $name',
    { timeout: 120_000 },
    async (scenario) => {
      await using telegram = await startTelegram();
      await using folder = await temporaryFolder();
      const { chatId, ask } = place(telegram, scenario.chat);
      const run = (over: Partial<BotToKill>): ChildProcess =>
        runBot({ apiRoot: telegram.url, token: telegram.token, dataDir: folder.path, ...over });

      const needsPlaceholder = step === 'placeholder-sent';
      // A private chat has drafts and no placeholder: there the point before it is as near.
      const killAt = needsPlaceholder && scenario.chat === 'private' ? 'reading' : step;
      const killed = run({
        killAt,
        killAtCount: ONCE.has(killAt) ? 1 : scenario.killAtCount,
        waitForPlaceholder: needsPlaceholder && scenario.chat === 'group',
      });
      ask(scenario.text);
      const [, signal] = (await once(killed, 'exit')) as [number | null, string | null];
      expect(signal).toBe('SIGKILL');

      const restarted = run({});
      // Answered in their order, so whatever becomes of the first is there before this answer.
      ask('Контрольный вопрос');
      await telegram.waitForEvent(
        (event) =>
          (event.type === 'message' || event.type === 'edited') &&
          event.message.text?.startsWith('Ответ на «Контрольный вопрос»') === true,
      );
      restarted.kill('SIGTERM');
      await once(restarted, 'exit');

      const said = telegram.messages(chatId).filter(({ from }) => from?.id === telegram.bot.id);
      const answers = said.filter(({ text }) => text?.startsWith(`Ответ на «${scenario.text}»`));
      const notices = said.filter(({ text }) => UNKNOWN.test(text ?? ''));
      const ends = said.filter(({ text }) => text?.includes('Источники'));
      // Only a message that was on its way when the program died may have got lost, with the rest of
      // its answer: then whoever asked is told. The other end is that of the control question.
      const mayBeLost = killAt === 'sending' || killAt === 'sent';
      expect(notices).toHaveLength(mayBeLost ? 1 : 0);
      expect(answers.length).toBeLessThanOrEqual(1);
      expect(ends.length).toBeLessThanOrEqual(2);
      expect(answers.length + notices.length).toBeGreaterThanOrEqual(1);
      expect(ends.length + notices.length).toBeGreaterThanOrEqual(2);
      expect(duplicates(said)).toEqual([]);
    },
  );
});

/** After one question each step has been reached once; an edit writes over its answer. */
const STEPS_OF: Record<'an edit' | 'a button', readonly Step[]> = {
  'an edit': STEPS.filter((step) => !['placeholder-sent', 'sending', 'sent'].includes(step)),
  'a button': STEPS.filter((step) => step !== 'placeholder-sent'),
};

describe.concurrent.each(['an edit', 'a button'] as const)('a bot that is killed by %s', (by) => {
  test.each(STEPS_OF[by])(
    'when it is %s answers it once or says that it does not know',
    { timeout: 120_000 },
    async (step) => {
      await using telegram = await startTelegram();
      await using folder = await temporaryFolder();
      const from = telegram.createUser({ language_code: 'ru' });
      const run = (over: Partial<BotToKill>): ChildProcess =>
        runBot({ apiRoot: telegram.url, token: telegram.token, dataDir: folder.path, ...over });
      const answered = (start: string): Promise<unknown> =>
        telegram.waitForEvent(
          (event) => event.type === 'message' && event.message.text?.startsWith(start) === true,
        );

      const killed = run({ killAt: step, killAtCount: 2 });
      const asked = telegram.write('Кто открыл пеницилин?', { from });
      await answered('Ответ на «Кто открыл пеницилин?»');
      const answer = telegram.messages(from.id).at(-1);
      if (by === 'an edit') telegram.edit(asked.message_id, 'Кто открыл пенициллин?', { from });
      else {
        const pressed = { from, chatId: from.id, messageId: answer?.message_id ?? 0 };
        // Killed before it can say that it was pressed.
        telegram.press('more:1', pressed).catch(() => {});
      }
      const [, signal] = (await once(killed, 'exit')) as [number | null, string | null];
      expect(signal).toBe('SIGKILL');

      // A press has no order among questions, so the control answer may come before.
      const expected = expectedAfter(by, step).toSorted();
      const said = (): string[] =>
        telegram
          .messages(from.id)
          .filter((message) => message.from?.id === telegram.bot.id)
          .map(({ text }) => text?.split(/[.:] /u)[0] ?? '')
          .toSorted();
      const restarted = run({});
      telegram.write('Контрольный вопрос', { from });
      await telegram.waitForEvent(() => said().length >= expected.length);
      await answered('Ответ на «Контрольный вопрос»');
      restarted.kill('SIGTERM');
      await once(restarted, 'exit');
      expect(said()).toEqual(expected);
    },
  );
});

function expectedAfter(by: 'an edit' | 'a button', step: Step): string[] {
  const control = 'Ответ на «Контрольный вопрос»';
  if (by === 'an edit') return ['Ответ на «Кто открыл пенициллин?»', control];
  const isLost = step === 'sending';
  const isUnknown = isLost || step === 'sent';
  return [
    'Ответ на «Кто открыл пеницилин?»',
    ...(isLost ? [] : ['Подробный ответ на «Кто открыл пеницилин?»']),
    ...(isUnknown ? ['Не знаю, дошёл ли ответ на этот вопрос'] : []),
    control,
  ];
}

/** Texts that a chat shows twice. */
function duplicates(messages: readonly Message[]): string[] {
  const texts = messages.map(({ text }) => text ?? '');
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}

function place(
  telegram: FakeTelegram,
  chat: Scenario['chat'],
): { chatId: number; ask: (text: string) => void } {
  const from = telegram.createUser({ language_code: 'ru' });
  if (chat === 'private') {
    return { chatId: from.id, ask: (text) => void telegram.write(text, { from }) };
  }
  const group = telegram.createGroup({ type: 'supergroup', members: [from] });
  const name = `@${telegram.bot.username}`;
  return {
    chatId: group.id,
    ask: (text) => void telegram.write(`${name} ${text}`, { from, chatId: group.id }),
  };
}

function runBot({
  killAt = null,
  killAtCount = 1,
  waitForPlaceholder = false,
  ...rest
}: Partial<BotToKill>): ChildProcess {
  const options = { killAt, killAtCount, waitForPlaceholder, ...rest };
  return spawn(process.execPath, ['-r', CHECK_NODE, PROGRAM, JSON.stringify(options)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {},
  });
}
