import { expect, test } from 'vitest';

import { readConfig } from '../../../bot/config.ts';
import type { Environment } from '../../../bot/config.ts';
import { privacyFeature } from '../../../bot/features/privacy.ts';
import { describeServices } from '../../../bot/services.ts';
import { startFeatureBot } from '../../support/feature-bot.ts';
import { startTelegram } from '../../support/telegram.ts';

async function privacyOf(environment: Environment, languageCode: string): Promise<string> {
  await using telegram = await startTelegram();
  const features = [privacyFeature({ services: describeServices(readConfig(environment)) })];
  await using bot = await startFeatureBot({ telegram, features });
  const from = telegram.createUser({ id: 77, language_code: languageCode });
  telegram.write('/privacy', { from });
  await bot.handled(1);
  return telegram.messages(77).at(-1)?.text ?? '';
}

test('/privacy says what is kept, for how long, and that nothing goes to a model', async () => {
  expect(await privacyOf({}, 'ru')).toBe(
    [
      'Что хранится на сервере бота',
      '• Вопросы, сообщения, которые вы дали проверить, ответы с источниками, оценки и ваш ID в Telegram — пока вы не отправите /forget.',
      '• Присланные файлы — только для этого чата, не больше 20, пока вы не отправите /forget или их не вытеснят новые.',
      '• Настройки чата — пока вы их не смените.',
      '• Время ваших вопросов, без их текста, — сутки: по нему считается лимит.',
      '• Прочитанные страницы — в общем индексе, без сведений о том, кто о них спрашивал.',
      '• Журнал работы — без текста вопросов и ответов.',
      '',
      'Что куда уходит',
      '• Telegram: переписка, как у любого бота.',
      '• Поиск, Wikipedia (*.wikipedia.org): вопрос, а если он уточняющий, то и слова из разговора; при проверке — утверждения из сообщения.',
      '• Сайты: запрос страницы с адреса сервера, без сведений о вас.',
      '• Модели нет: ответ собирается из цитат прямо на сервере.',
      '',
      'Ваши имя и ID с сервера никуда не уходят, а IP-адреса вашего устройства я не знаю.',
      'Сервером управляет владелец бота; в /stats он видит, сколько было вопросов и на какие из них ответ не понравился.',
      '/forget сотрёт этот разговор.',
    ].join('\n'),
  );
});

test('/privacy names every engine and model that is configured, and no key', async () => {
  const text = await privacyOf(
    {
      SEARXNG_URL: 'http://user:secret@127.0.0.1:8888',
      WIKIPEDIA: 'on',
      OPENAI_BASE_URL: 'https://api.example.org/v1',
      OPENAI_API_KEY: 'secret',
      OPENAI_MODEL: 'deepseek-chat',
      EMBEDDINGS_BASE_URL: 'http://127.0.0.1:8081/v1',
      EMBEDDINGS_MODEL: 'e5',
      RERANK_BASE_URL: 'http://127.0.0.1:8082',
      READER_BASE_URL: 'https://reader.example.org',
    },
    'en',
  );
  expect(text.split('\n').slice(8, 16)).toEqual([
    'What goes where',
    '• Telegram: the conversation, as with every bot.',
    '• Search, SearXNG (127.0.0.1:8888), Wikipedia (*.wikipedia.org): the question, and for a follow-up words of the conversation too; of a message that is checked, its claims.',
    '• Websites: a request for the page from the server’s address, with nothing about you.',
    '• Reading pages in a browser (reader.example.org): the addresses of pages that cannot be read otherwise.',
    '• The model deepseek-chat (api.example.org): the question and passages of pages and files. With “quotes only” in /settings, nothing.',
    '• Comparison by meaning (127.0.0.1:8081): the question and passages of pages and files.',
    '• Choosing the best passages (127.0.0.1:8082): the question and passages of pages and files.',
  ]);
  expect(text).not.toContain('secret');
});

test('/privacy says in a group who can have it forgotten there', async () => {
  await using telegram = await startTelegram();
  const features = [privacyFeature({ services: describeServices(readConfig({})) })];
  await using bot = await startFeatureBot({ telegram, features });
  const group = telegram.createGroup();
  telegram.write('/privacy@istok_test_bot', { chatId: group.id });
  await bot.handled(1);
  expect(telegram.messages(group.id).at(-1)?.text).toContain(
    'пока администратор группы не отправит /forget.',
  );
});
