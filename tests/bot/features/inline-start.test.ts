import { expect, test } from 'vitest';

import { startFeature } from '../../../bot/features/start.ts';
import { createInlineQuestions } from '../../../bot/inline/inline-questions.ts';
import type { ChatQuestion } from '../../../bot/questions/chat-question.ts';
import { createDeliveries } from '../../../bot/state/deliveries.ts';
import { openDatabase } from '../../../bot/state/database.ts';
import { startFeatureBot } from '../../support/feature-bot.ts';
import { startTelegram } from '../../support/telegram.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('the button of a late answer asks its question in the chat, for the one who asked it', async () => {
  await using folder = await temporaryFolder();
  const { database } = openDatabase({ folder: folder.path });
  await using telegram = await startTelegram();
  const questions = createInlineQuestions();
  const taken: ChatQuestion[] = [];
  await using bot = await startFeatureBot({
    telegram,
    features: [
      startFeature({
        recall: (userId, parameter) => questions.recall(userId, parameter),
        take: async (question) => void taken.push(question),
        deliveries: createDeliveries(database),
        onAdmin: () => {},
      }),
    ],
  });
  const anna = telegram.createUser();
  const boris = telegram.createUser();
  const parameter = questions.remember(anna.id, 'Кто открыл пенициллин?');

  const { message_id: messageId } = telegram.write(`/start ${parameter}`, { from: anna });
  await bot.handled(1);
  expect(taken).toMatchObject([
    { text: 'Кто открыл пенициллин?', askerId: anna.id, place: { chatId: anna.id, messageId } },
  ]);
  expect(telegram.callsOf('sendMessage')).toEqual([]);

  telegram.write(`/start ${parameter}`, { from: boris });
  telegram.write('/start inline', { from: boris });
  await bot.handled(3);
  expect(taken).toHaveLength(1);
  const greetings = telegram.callsOf('sendMessage').map(({ payload }) => payload['text']);
  expect(greetings).toEqual([
    expect.stringMatching(/^Здравствуйте!/u),
    expect.stringMatching(/^Здравствуйте!/u),
  ]);
  database.close();
});
