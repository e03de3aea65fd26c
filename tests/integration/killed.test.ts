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

/** One way to ask; `part` is which of several messages the program dies at. */
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
    { timeout: 60_000 },
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
