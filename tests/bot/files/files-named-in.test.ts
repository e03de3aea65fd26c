import { expect, test } from 'vitest';

import { filesNamedIn } from '../../../bot/files/files-of-question.ts';
import type { ChatFile } from '../../../bot/state/chat-files.ts';

function file(id: number, name: string, albumId: string | null = null): ChatFile {
  return {
    id,
    name,
    albumId,
    chatId: 77,
    threadId: null,
    messageId: id,
    toldMessageId: null,
    uniqueId: String(id),
    kind: 'text',
    codeLanguage: null,
    bytes: 1,
    extent: { isCut: false, counted: null },
    passages: 1,
    url: `chat-file:///${id}/a`,
    scope: `chat:77/${id}`,
    isMisnamed: false,
    sentAt: '2026-11-02T10:00:00.000Z',
  };
}

const ALL = [file(1, 'план.pdf'), file(2, 'Отчёт.txt', 'a'), file(3, 'смета.csv', 'a')];
const LAST_ALBUM = [2, 3];

test.each([
  ['Что сказано в файле о сроках?', LAST_ALBUM],
  ['Сколько это стоит по этому документу?', LAST_ALBUM],
  ['О чём этот документ?', LAST_ALBUM],
  ['What does the attached file say of prices?', LAST_ALBUM],
  ['According to the document, who pays?', LAST_ALBUM],
  ['Есть ли в присланных файлах слово «срок»?', [1, 2, 3]],
  ['Who is named in the files?', [1, 2, 3]],
  ['Какие сроки в план.pdf?', [1]],
  ['Сравни план.pdf и отчет.txt', [1, 2]],
  ['Как открыть файл в Linux?', []],
  ['Что такое файловая система?', []],
  ['What is a PDF file?', []],
  ['Почему небо голубое?', []],
])('«%s» means files %j', (text, ids) => {
  expect(filesNamedIn(text, ALL).map(({ id }) => id)).toEqual(ids);
});

test('nothing is meant where there are no files', () => {
  expect(filesNamedIn('Что в файле?', [])).toEqual([]);
});
