import type { MessageEntity } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startFakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import type {
  FakeTelegram,
  FormattedOutgoing,
} from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import { apiOf, refusalOf } from '../../../support/bot-api.ts';

let telegram: FakeTelegram;
let told: FormattedOutgoing[];
let objection: string | null;
beforeEach(async () => {
  told = [];
  objection = null;
  telegram = await startFakeTelegram({
    limits: 'none',
    objectTo(text) {
      told.push(text);
      return objection;
    },
  });
  telegram.write('привет');
});
afterEach(() => telegram.close());

const at = (offset: number, length = 1): MessageEntity => ({ type: 'bold', offset, length });
const linkTo = (url: string): MessageEntity => ({ type: 'text_link', offset: 0, length: 1, url });

describe('a text', () => {
  test.each<[string, string, MessageEntity[], string]>([
    ['is empty', ' \n', [], 'message text is empty'],
    ['has more than 4096 units', `${'😀'.repeat(2048)}x`, [], 'message is too long'],
    ['holds half a character', 'x\uD83D', [], 'strings must be encoded in UTF-8'],
    [
      'has 101 entities',
      'x'.repeat(101),
      Array.from({ length: 101 }, (_, index) => at(index)),
      "can't parse entities: more than 100",
    ],
    [
      'has too long addresses',
      'x',
      [linkTo(`https://a.example/${'p'.repeat(9500)}`)],
      'ENTITIES_TOO_LONG',
    ],
    [
      'links to another scheme',
      'x',
      [linkTo('ftp://a.example/')],
      "entity URL 'ftp://a.example/' is invalid: Unsupported URL protocol",
    ],
    [
      'links to nothing',
      'x',
      [linkTo('nowhere')],
      "entity URL 'nowhere' is invalid: Wrong HTTP URL",
    ],
    [
      'links to a bare name',
      'x',
      [linkTo('http://localhost/')],
      "entity URL 'http://localhost/' is invalid: Wrong HTTP URL",
    ],
    [
      'has an entity beyond its end',
      'x',
      [at(0, 2)],
      "can't parse entities: entity beginning at UTF-16 offset 0 ends after the end of the text",
    ],
    ['has an empty entity', 'x', [at(0, 0)], "can't parse entities: entity bold has a wrong place"],
    [
      'has an entity that cuts a character',
      '😀',
      [at(0, 1)],
      "can't parse entities: entity bold at 0 cuts a character in two",
    ],
    [
      'has an entity with a space at its edge',
      'x y',
      [at(0, 2)],
      "can't parse entities: entity bold covers white space at its edge",
    ],
    [
      'has entities that cross',
      'xyz',
      [at(0, 2), { type: 'italic', offset: 1, length: 2 }],
      "can't parse entities: entities bold and italic cross",
    ],
    [
      'has an entity in its like',
      'xyz',
      [at(0, 3), at(1)],
      "can't parse entities: entity bold is nested",
    ],
    [
      'has code in bold',
      'xyz',
      [at(0, 3), { type: 'code', offset: 0, length: 3 }],
      "can't parse entities: entities code and bold share text",
    ],
    [
      'has a quotation in a quotation',
      'xyz',
      [
        { type: 'blockquote', offset: 0, length: 3 },
        { type: 'expandable_blockquote', offset: 0, length: 1 },
      ],
      "can't parse entities: entities blockquote and expandable_blockquote are nested",
    ],
  ])('that %s is refused', async (_, text, entities, problem) => {
    const api = apiOf(telegram);
    const refusal = `400 Bad Request: ${problem}`;
    expect(await refusalOf(api.sendMessage(77, text, { entities }))).toBe(refusal);
    expect(telegram.messages(77)).toHaveLength(1);
    const { message_id: id } = await api.sendMessage(77, 'было');
    expect(await refusalOf(api.editMessageText(77, id, text, { entities }))).toBe(refusal);
    expect(telegram.message(77, id)?.text).toBe('было');
  });

  test('of 4096 units with 100 entities arrives', async () => {
    const entities = Array.from({ length: 100 }, (_, index) => at(index * 2));
    const text = 'x'.repeat(4096);
    const { entities: kept } = await apiOf(telegram).sendMessage(77, text, { entities });
    expect(kept).toHaveLength(100);
  });

  test('loses the white space at its edges, and its entities move along', async () => {
    const sent = await apiOf(telegram).sendMessage(77, '\n  привет, мир \n', {
      entities: [at(11, 3)],
    });
    expect(sent).toMatchObject({ text: 'привет, мир', entities: [at(8, 3)] });
  });

  test('is marked with what Telegram finds in it', async () => {
    const sent = await apiOf(telegram).sendMessage(77, 'см. https://a.example/x, /help или #тег', {
      entities: [{ type: 'code', offset: 0, length: 2 }],
    });
    expect(sent.entities).toEqual([
      { type: 'code', offset: 0, length: 2 },
      { type: 'url', offset: 4, length: 19 },
      { type: 'bot_command', offset: 25, length: 5 },
      { type: 'hashtag', offset: 35, length: 4 },
    ]);
  });

  test('with markup is refused: only entities are read', async () => {
    const call = apiOf(telegram).sendMessage(77, '<b>x</b>', { parse_mode: 'HTML' });
    expect(await refusalOf(call)).toContain("400 Bad Request: can't parse entities");
  });
});

test('an objection to any text or caption refuses its call', async () => {
  const api = apiOf(telegram);
  const { message_id: id } = await api.sendMessage(77, 'было');
  told = [];
  objection = 'nested links';
  const entities = [at(0)];
  const shown = telegram.inlineQuery('x');
  const [update] = await api.getUpdates({ offset: -1 });
  const queryId = update?.inline_query?.id ?? '';
  const article = { type: 'article', id: 'a', title: 'a' } as const;
  const input_message_content = { message_text: 'x', entities };
  for (const call of [
    api.sendMessage(77, 'x', { entities }),
    api.editMessageText(77, id, 'x', { entities }),
    api.sendMessageDraft(77, 1, 'x', { entities }),
    api.sendDocument(77, 'file', { caption: 'x', caption_entities: entities }),
    api.answerInlineQuery(queryId, [{ ...article, input_message_content }]),
  ]) {
    expect(await refusalOf(call)).toBe("400 Bad Request: can't parse entities: nested links");
  }
  expect(told.map(({ method }) => method)).toEqual([
    'sendMessage',
    'editMessageText',
    'sendMessageDraft',
    'sendDocument',
    'answerInlineQuery',
  ]);
  expect(told.every(({ text, entities: given }) => text === 'x' && given.length === 1)).toBe(true);
  objection = null;
  await api.answerInlineQuery(queryId, [{ ...article, input_message_content }]);
  expect((await shown)?.results).toHaveLength(1);
});

describe('a keyboard', () => {
  test.each<[string, object, string]>([
    ['data of 65 bytes', { text: 'x', callback_data: `${'я'.repeat(32)}x` }, 'BUTTON_DATA_INVALID'],
    ['no data', { text: 'x', callback_data: '' }, 'BUTTON_DATA_INVALID'],
    ['no text', { text: ' ', callback_data: 'x' }, 'inline keyboard button text must be non-empty'],
    [
      'a wrong address',
      { text: 'x', url: 'nowhere' },
      "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
    ],
  ])('with %s in a button is refused', async (_, button, problem) => {
    const reply_markup = { inline_keyboard: [[button as never]] };
    const call = apiOf(telegram).sendMessage(77, 'x', { reply_markup });
    expect(await refusalOf(call)).toBe(`400 Bad Request: ${problem}`);
  });

  test('with 64 bytes of data is shown, one with 101 buttons is not', async () => {
    const button = { text: 'x', callback_data: 'я'.repeat(32) };
    const api = apiOf(telegram);
    const sent = await api.sendMessage(77, 'x', { reply_markup: { inline_keyboard: [[button]] } });
    expect(sent.reply_markup).toEqual({ inline_keyboard: [[button]] });
    const many = { inline_keyboard: Array.from({ length: 101 }, () => [button]) };
    expect(await refusalOf(api.sendMessage(77, 'x', { reply_markup: many }))).toBe(
      '400 Bad Request: REPLY_MARKUP_TOO_LONG',
    );
  });
});
