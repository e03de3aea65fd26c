import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

import type { Update } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createChatSettings } from '../../../bot/state/chat-settings.ts';
import { createConversations } from '../../../bot/state/conversations.ts';
import { openDatabase } from '../../../bot/state/database.ts';
import { createDeliveries } from '../../../bot/state/deliveries.ts';
import { createFeedback } from '../../../bot/state/feedback.ts';
import { forgetChat } from '../../../bot/state/forget.ts';
import { MIGRATIONS } from '../../../bot/state/migrations.ts';
import { createUpdateJournal } from '../../../bot/state/update-journal.ts';
import { createUsage } from '../../../bot/state/usage.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { turnRecord } from '../../support/turn-record.ts';

const SECRET = 'сколько стоит яхта Непотопляемая';
const OTHERS = 'почему небо голубое над Волгой';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let database: DatabaseSync;

beforeEach(async () => {
  folder = await temporaryFolder();
  ({ database } = openDatabase({ folder: folder.path }));
});
afterEach(async () => {
  if (database.isOpen) database.close();
  await folder[Symbol.asyncDispose]();
});

/** Every file of the folder that holds the words, however they are kept. */
function filesHolding(words: string): string[] {
  return readdirSync(folder.path).filter((name) =>
    readFileSync(join(folder.path, name)).includes(words),
  );
}

function fill(chatId: number, question: string, firstId: number): void {
  const conversations = createConversations(database);
  for (let index = 0; index < 40; index += 1) {
    // Long ones, too: they are kept in pages of their own.
    const answer = `${question} `.repeat(index * 20);
    const turnId = conversations.record(turnRecord({ chatId, question, answer }));
    createFeedback(database).rate(turnId, 'down');
  }
  const deliveries = createDeliveries(database);
  deliveries.begin(firstId, turnRecord({ chatId }).place);
  deliveries.ready(firstId, [{ text: question, entities: [] }], null);
  createUpdateJournal(database).take(updatesOf(chatId, question, firstId));
  createUsage(database).count(chatId, firstId);
  createChatSettings(database).set(chatId, { length: 'long' });
}

function updatesOf(chatId: number, text: string, firstId: number): Update[] {
  const chat = { id: chatId, type: 'private', first_name: text };
  const from = { id: chatId, is_bot: false, first_name: text };
  const message = { message_id: 1, date: 1, chat, from, text };
  const kinds = [
    { message },
    { edited_message: message },
    { callback_query: { id: '1', from, chat_instance: '1', message, data: text } },
    { inline_query: { id: '1', from, query: text, offset: '' } },
    { stopped_message_generation: { chat, draft_id: 1, text } },
    { a_kind_to_come: { chat, text } },
  ];
  return kinds.map((kind, index) => ({ ...kind, update_id: firstId + index }) as unknown as Update);
}

describe('a chat that is forgotten', () => {
  test('leaves nothing of its text in any file, and others all of theirs', () => {
    fill(77, SECRET, 100);
    fill(78, OTHERS, 200);
    expect(filesHolding(SECRET)).not.toEqual([]);

    expect(forgetChat(database, 77)).toEqual({ turns: 40, problems: [] });

    expect(filesHolding(SECRET)).toEqual([]);
    expect(filesHolding(OTHERS)).toEqual(['istok.sqlite']);
    const conversations = createConversations(database);
    expect(conversations.find(1)).toBeNull();
    expect(conversations.find(41)?.question).toBe(OTHERS);
    expect(createDeliveries(database).find(100)).toBeNull();
    expect(createDeliveries(database).find(200)?.parts).toEqual([{ text: OTHERS, entities: [] }]);
    database.close();
    expect(filesHolding(SECRET)).toEqual([]);
  });

  test('is not asked about again: its updates are known, and none is left to be dealt with', () => {
    fill(77, SECRET, 100);
    fill(78, OTHERS, 200);
    forgetChat(database, 77);
    const journal = createUpdateJournal(database);
    expect(journal.pending().map(({ update }) => update.update_id)).toEqual([
      200, 201, 202, 203, 204, 205,
    ]);
    expect(journal.take(updatesOf(77, SECRET, 100))).toEqual([]);
    const left = database.prepare('SELECT * FROM updates WHERE done_at IS NULL').all();
    expect(left).toHaveLength(6);
    expect(filesHolding(SECRET)).toEqual([]);
  });

  test('keeps its settings, and its limit of the day', () => {
    fill(77, SECRET, 100);
    forgetChat(database, 77);
    expect(createChatSettings(database).of(77).length).toBe('long');
    expect(createUsage(database).lastDay(77)).toHaveLength(1);
  });

  test('can be forgotten twice, and may never have been', () => {
    fill(77, SECRET, 100);
    forgetChat(database, 77);
    expect(forgetChat(database, 77)).toEqual({ turns: 0, problems: [] });
    expect(forgetChat(database, 5)).toEqual({ turns: 0, problems: [] });
  });

  test('loses no question of another that was only forwarded from it', () => {
    const [update] = updatesOf(78, OTHERS, 1);
    const chat = { id: 77, type: 'private', first_name: 'X' };
    const forwarded = { ...update?.message, external_reply: { chat }, forward_origin: { chat } };
    createUpdateJournal(database).take([{ update_id: 1, message: forwarded } as unknown as Update]);
    forgetChat(database, 77);
    expect(createUpdateJournal(database).pending()).toHaveLength(1);
  });

  test('is forgotten in the copy of an older schema too, which stays a database of one file', () => {
    database.close();
    rmSync(folder.path, { recursive: true });
    const old = openDatabase({ folder: folder.path, migrations: MIGRATIONS.slice(0, 1) });
    const insert = old.database.prepare(
      `INSERT INTO turns (chat_id, asked_at, question, standalone_question, language, length, answer, sources)
       VALUES (?, '2026-11-02', ?, '', 'ru', 'short', '', '[]')`,
    );
    insert.run(77, SECRET);
    insert.run(78, OTHERS);
    old.database.close();
    ({ database } = openDatabase({ folder: folder.path }));
    expect(filesHolding(SECRET)).toHaveLength(2);
    expect(forgetChat(database, 77)).toEqual({ turns: 1, problems: [] });

    const kept = readdirSync(folder.path).filter((name) => !/-(?:wal|shm)$/u.test(name));
    const copy = kept.find((name) => name.includes('.schema-1-')) ?? '';
    expect(filesHolding(SECRET)).toEqual([]);
    expect(filesHolding(OTHERS)).toEqual(['istok.sqlite', copy]);
  });

  test('names a copy that cannot be cleaned', () => {
    fill(77, SECRET, 100);
    const name = 'istok.sqlite.schema-1-2026-11-02T10-00-00-000Z';
    writeFileSync(join(folder.path, name), 'no database');
    const { turns, problems } = forgetChat(database, 77);
    expect(turns).toBe(40);
    expect(problems).toEqual([`${name}: file is not a database`]);
  });
});
