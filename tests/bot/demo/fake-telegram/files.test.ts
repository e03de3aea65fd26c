import { InputFile } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { startFakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import type { FakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import { apiOf, refusalOf } from '../../../support/bot-api.ts';

let telegram: FakeTelegram;
beforeEach(async () => {
  telegram = await startFakeTelegram({ limits: 'none' });
  telegram.write('привет');
});
afterEach(() => telegram.close());

const TEXT = 'кто,что\nФлеминг,пенициллин\n';

test('a file is sent, fetched and sent again by its id', async () => {
  const api = apiOf(telegram);
  const file = new InputFile(Buffer.from(TEXT), 'таблица.csv');
  const sent = await api.sendDocument(77, file, {
    caption: ' Данные /help',
    reply_markup: { inline_keyboard: [[{ text: 'Да', callback_data: 'x' }]] },
  });
  expect(sent).toMatchObject({
    document: { file_name: 'таблица.csv', file_size: Buffer.byteLength(TEXT) },
    caption: 'Данные /help',
    caption_entities: [{ type: 'bot_command', offset: 7, length: 5 }],
    reply_markup: { inline_keyboard: [[{ text: 'Да' }]] },
  });
  const { file_path: path } = await api.getFile(sent.document.file_id);
  const fetched = await fetch(`${telegram.url}/file/bot${telegram.token}/${path}`);
  expect(await fetched.text()).toBe(TEXT);
  const again = await api.sendDocument(77, sent.document.file_id);
  expect(again.document.file_id).toBe(sent.document.file_id);
  expect(again).not.toHaveProperty('caption');
});

test('photos and voices arrive as what they are', async () => {
  const api = apiOf(telegram);
  const photo = await api.sendPhoto(77, new InputFile(Buffer.from('png'), 'p.png'));
  expect(photo.photo).toMatchObject([{ file_size: 3 }]);
  const voice = await api.sendVoice(77, new InputFile(Buffer.from('ogg'), 'v.ogg'), {
    duration: 4,
  });
  expect(voice.voice).toMatchObject({ duration: 4, file_size: 3 });
});

test('what is too big, unknown or elsewhere is refused', async () => {
  const api = apiOf(telegram);
  const big = new InputFile(Buffer.alloc(20 * 1024 * 1024 + 1), 'big.bin');
  const sent = await api.sendDocument(77, big);
  expect(await refusalOf(api.getFile(sent.document.file_id))).toBe(
    '400 Bad Request: file is too big',
  );
  expect(await refusalOf(api.getFile('nothing'))).toBe(
    '400 Bad Request: wrong file_id or the file is temporarily unavailable',
  );
  expect(await refusalOf(api.sendDocument(77, 'https://a.example/x.pdf'))).toBe(
    '400 Bad Request: failed to get HTTP URL content',
  );
  const huge = new InputFile(Buffer.alloc(50 * 1024 * 1024 + 1), 'huge.bin');
  expect(await refusalOf(api.sendDocument(77, huge))).toBe('413 Request Entity Too Large');
  expect((await fetch(`${telegram.url}/file/bot${telegram.token}/x/y`)).status).toBe(404);
  expect((await fetch(`${telegram.url}/file/bot1:x/documents/file_1.csv`)).status).toBe(401);
});

test('a caption is no longer than 1024 units, and is edited as one', async () => {
  const api = apiOf(telegram);
  expect(await refusalOf(api.sendDocument(77, smallFile(), { caption: 'x'.repeat(1025) }))).toBe(
    '400 Bad Request: message caption is too long',
  );
  const { message_id: id } = await api.sendDocument(77, smallFile(), { caption: 'было' });
  await api.editMessageCaption(77, id, { caption: 'стало' });
  expect(telegram.message(77, id)?.caption).toBe('стало');
  expect(await refusalOf(api.editMessageText(77, id, 'x'))).toBe(
    '400 Bad Request: there is no text in the message to edit',
  );
  const { message_id: textId } = await api.sendMessage(77, 'x');
  expect(await refusalOf(api.editMessageCaption(77, textId, { caption: 'x' }))).toBe(
    '400 Bad Request: there is no caption in the message to edit',
  );
});

function smallFile(): InputFile {
  return new InputFile(Buffer.from('x'), 'x.txt');
}
