import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createChatFiles } from '../../../bot/state/chat-files.ts';
import type { ChatFile, ChatFiles } from '../../../bot/state/chat-files.ts';
import { openDatabase } from '../../../bot/state/database.ts';
import type { OpenedDatabase } from '../../../bot/state/database.ts';
import { forgetChat } from '../../../bot/state/forget.ts';
import { createMovedGroups } from '../../../bot/state/moved-groups.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let opened: OpenedDatabase;
let files: ChatFiles;
beforeEach(async () => {
  folder = await temporaryFolder();
  opened = openDatabase({ folder: folder.path });
  files = createChatFiles(opened.database);
});
afterEach(async () => {
  opened.database.close();
  await folder[Symbol.asyncDispose]();
});

const FILE: Omit<ChatFile, 'id' | 'toldMessageId'> = {
  chatId: 77,
  threadId: null,
  messageId: 5,
  albumId: null,
  uniqueId: 'AgAD',
  name: 'отчёт.pdf',
  kind: 'pdf',
  codeLanguage: null,
  bytes: 2048,
  extent: { isCut: true, counted: { unit: 'page', read: 300, of: 412 } },
  passages: 900,
  url: 'chat-file:///a/%D0%BE.pdf',
  scope: 'chat:77/a',
  isMisnamed: false,
  sentAt: '2026-11-02T10:00:00.000Z',
};

describe('files of chats', () => {
  test('are kept as they were read, with the message that told of them', () => {
    const kept = files.add(FILE);
    expect(kept).toEqual({ ...FILE, id: 1, toldMessageId: null });
    files.told(kept.id, 6);
    expect(files.find(1)).toEqual({ ...kept, toldMessageId: 6 });
    expect(files.ofMessage(77, 5).map(({ id }) => id)).toEqual([1]);
    expect(files.ofMessage(77, 6).map(({ id }) => id)).toEqual([1]);
    expect(files.ofMessage(78, 5)).toEqual([]);
    expect(files.ofUniqueId({ chatId: 77, threadId: null }, 'AgAD')?.id).toBe(1);
    expect(files.ofUniqueId({ chatId: 77, threadId: 5 }, 'AgAD')).toBeNull();
  });

  test('with the same text in the same place are one', () => {
    files.add(FILE);
    files.add({ ...FILE, name: 'копия.pdf', messageId: 9 });
    expect(files.ofChat(77).map(({ name }) => name)).toEqual(['копия.pdf']);
  });

  test('belong to their topic, and count as new when they are sent again', () => {
    files.add(FILE);
    files.add({ ...FILE, scope: 'chat:77:5/a', threadId: 5 });
    files.add({ ...FILE, scope: 'chat:77/b', sentAt: '2026-11-02T11:00:00.000Z' });
    expect(files.list({ chatId: 77, threadId: 5 }).map(({ id }) => id)).toEqual([2]);
    expect(files.list({ chatId: 77, threadId: null }).map(({ id }) => id)).toEqual([1, 3]);
    const again = { messageId: 20, albumId: null, sentAt: '2026-11-02T12:00:00.000Z' };
    expect(files.renew(1, again)).toMatchObject({ id: 1, messageId: 20 });
    expect(files.list({ chatId: 77, threadId: null }).map(({ id }) => id)).toEqual([3, 1]);
  });

  test('move with a group, also when it moved while one was being read', () => {
    files.add({ ...FILE, chatId: -100 });
    createMovedGroups(opened.database).add(-100, -1001);
    files.move(-100, -1001);
    files.add({ ...FILE, chatId: -100, scope: 'chat:-100/b' });
    expect(files.ofChat(-1001).map(({ scope }) => scope)).toEqual(['chat:77/a', 'chat:-100/b']);
    expect(files.ofChat(-100)).toEqual([]);
  });

  test('are forgotten with their chat alone', () => {
    files.add(FILE);
    files.add({ ...FILE, chatId: 78, scope: 'chat:78/a' });
    forgetChat(opened.database, 77);
    expect(files.ofChat(77)).toEqual([]);
    expect(files.ofChat(78)).toHaveLength(1);
  });
});
