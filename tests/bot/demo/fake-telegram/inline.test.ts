import type { InlineQueryResultArticle } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startFakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import type { FakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import { apiOf, refusalOf } from '../../../support/bot-api.ts';

let telegram: FakeTelegram;
let time: number;
beforeEach(async () => {
  time = 1_000_000;
  telegram = await startFakeTelegram({ limits: 'none', now: () => time });
});
afterEach(() => telegram.close());

const article = (id: string): InlineQueryResultArticle => ({
  type: 'article',
  id,
  title: 'Ответ',
  input_message_content: { message_text: 'Ответ на /ask' },
});

async function lastQuery() {
  const [update] = await apiOf(telegram).getUpdates({ offset: -1 });
  const query = update?.inline_query;
  if (query === undefined) throw new Error('Nothing was typed.');
  return query;
}

test('what is typed after the name of the bot shows its results', async () => {
  const ann = telegram.createUser({ first_name: 'Аня' });
  const shown = telegram.inlineQuery('кто?', { from: ann, offset: '10' });
  const query = await lastQuery();
  expect(query).toMatchObject({ from: ann, query: 'кто?', offset: '10' });
  await apiOf(telegram).answerInlineQuery(query.id, [article('a')], {
    cache_time: 60,
    is_personal: true,
    next_offset: '20',
    button: { text: 'Спросить в чате', start_parameter: 'ask' },
  });
  expect(await shown).toEqual({
    results: [article('a')],
    cacheTimeSeconds: 60,
    isPersonal: true,
    nextOffset: '20',
    button: { text: 'Спросить в чате', startParameter: 'ask' },
  });
});

test('results are kept as long as the bot says, personal ones for one person', async () => {
  const api = apiOf(telegram);
  const [ann, bob] = [telegram.createUser(), telegram.createUser()];
  const ask = async (query: string, isPersonal: boolean): Promise<void> => {
    const shown = telegram.inlineQuery(query, { from: ann });
    const { id } = await lastQuery();
    await api.answerInlineQuery(id, [], { cache_time: 60, is_personal: isPersonal });
    await shown;
  };
  await ask('всем', false);
  await ask('мне', true);
  const count = (await api.getUpdates()).length;
  await telegram.inlineQuery('всем', { from: bob });
  await telegram.inlineQuery('мне', { from: ann });
  expect(await api.getUpdates()).toHaveLength(count);
  void telegram.inlineQuery('мне', { from: bob });
  time += 60_000;
  void telegram.inlineQuery('всем', { from: bob });
  expect(await api.getUpdates()).toHaveLength(count + 2);
});

describe('an answer', () => {
  test.each<[string, InlineQueryResultArticle[], object, string]>([
    [
      'with 51 results',
      Array.from({ length: 51 }, (_, index) => article(`${index}`)),
      {},
      'RESULTS_TOO_MUCH',
    ],
    ['with an id of 65 bytes', [article(`${'я'.repeat(32)}x`)], {}, 'RESULT_ID_INVALID'],
    ['with no id', [article('')], {}, 'RESULT_ID_INVALID'],
    ['with one id twice', [article('a'), article('a')], {}, 'RESULT_ID_DUPLICATE'],
    ['without a title', [{ ...article('a'), title: '' }], {}, 'RESULT_TITLE_EMPTY'],
    [
      'with a text that is too long',
      [{ ...article('a'), input_message_content: { message_text: 'x'.repeat(4097) } }],
      {},
      'message is too long',
    ],
    [
      'with a wrong button',
      [
        {
          ...article('a'),
          reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: '' }]] },
        },
      ],
      {},
      'BUTTON_DATA_INVALID',
    ],
    [
      'with a wrong start',
      [],
      { button: { text: 'x', start_parameter: 'a b' } },
      'START_PARAM_INVALID',
    ],
  ])('%s is refused', async (_, results, options, problem) => {
    void telegram.inlineQuery('x');
    const { id } = await lastQuery();
    const call = apiOf(telegram).answerInlineQuery(id, results, options);
    expect(await refusalOf(call)).toBe(`400 Bad Request: ${problem}`);
  });

  test('with 50 results of 64 bytes is shown, a second one is refused', async () => {
    const shown = telegram.inlineQuery('x');
    const { id } = await lastQuery();
    const results = Array.from({ length: 50 }, (_, index) => article(`${index}`.padStart(64, '0')));
    await apiOf(telegram).answerInlineQuery(id, results);
    expect((await shown)?.results).toHaveLength(50);
    expect(await refusalOf(apiOf(telegram).answerInlineQuery(id, []))).toBe(
      '400 Bad Request: query is too old and response timeout expired or query ID is invalid',
    );
  });

  test('that is too late is refused, and its reader saw none', async () => {
    const shown = telegram.inlineQuery('x');
    const { id } = await lastQuery();
    time += 15_000;
    expect(await refusalOf(apiOf(telegram).answerInlineQuery(id, []))).toBe(
      '400 Bad Request: query is too old and response timeout expired or query ID is invalid',
    );
    expect(await shown).toBeNull();
  });
});

test('a chosen result goes to the chat in the name of who chose it, and can be edited', async () => {
  const api = apiOf(telegram);
  const ann = telegram.createUser({ first_name: 'Аня' });
  const group = telegram.createGroup({ members: [ann] });
  telegram.kickBot(group.id);
  const keyboard = { inline_keyboard: [[{ text: 'Ещё', callback_data: 'more' }]] };
  const result = { ...article('a'), reply_markup: keyboard };
  const sent = telegram.chooseInline(result, { from: ann, chatId: group.id });
  expect(sent).toMatchObject({
    from: ann,
    via_bot: telegram.bot,
    text: 'Ответ на /ask',
    entities: [{ type: 'bot_command', offset: 9, length: 4 }],
    reply_markup: keyboard,
  });
  void telegram.press('more', { from: ann, chatId: group.id, messageId: sent.message_id });
  const [update] = await api.getUpdates({ offset: -1 });
  expect(update?.callback_query).not.toHaveProperty('message');
  const inlineId = update?.callback_query?.inline_message_id ?? '';
  expect(await api.editMessageTextInline(inlineId, 'Иначе')).toBe(true);
  expect(telegram.message(group.id, sent.message_id)?.text).toBe('Иначе');
  expect(await refusalOf(api.editMessageTextInline('inline_1_1', 'x'))).toBe(
    '400 Bad Request: MESSAGE_ID_INVALID',
  );
});
