import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createConversations } from '../../../bot/state/conversations.ts';
import type { Conversations } from '../../../bot/state/conversations.ts';
import { openDatabase } from '../../../bot/state/database.ts';
import type { OpenedDatabase } from '../../../bot/state/database.ts';
import { penicillinReport } from '../../support/answer-report.ts';

const chat = 5_000_000_000_123;

let folder: string;
let opened: OpenedDatabase;
let conversations: Conversations;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'istok-conversations-'));
  opened = openDatabase({ folder });
  conversations = createConversations(opened.database, {
    now: () => new Date('2026-11-02T10:00:00Z'),
  });
});
afterEach(() => {
  opened.database.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('conversations', () => {
  test('keep a question with its answer', () => {
    const id = conversations.record(chat, 'short', penicillinReport());
    conversations.setMessageId(id, 77);
    expect(conversations.find(id)).toEqual({
      id,
      chatId: chat,
      askedAt: '2026-11-02T10:00:00.000Z',
      question: 'Кто открыл пенициллин?',
      standaloneQuestion: 'Кто открыл пенициллин?',
      language: 'ru',
      length: 'short',
      answer: 'Пенициллин открыл Александр Флеминг [1].',
      sources: [{ number: 1, url: 'https://ru.example/penicillin', title: 'Пенициллин' }],
      messageId: 77,
    });
    expect(conversations.find(id + 1)).toBeNull();
  });

  test('give the last turns of one chat alone, the oldest first', () => {
    for (const question of ['один', 'два', 'три']) {
      conversations.record(chat, 'short', penicillinReport({ question }));
    }
    conversations.record(-100_123, 'short', penicillinReport({ question: 'чужой' }));
    expect(conversations.recent(chat, 2).map((turn) => turn.question)).toEqual(['два', 'три']);
    expect(conversations.recent(1, 2)).toEqual([]);
  });

  test('let one expansion through, and another after a failure', () => {
    const id = conversations.record(chat, 'short', penicillinReport());
    expect(conversations.claimExpansion(id)).toBe(true);
    expect(conversations.claimExpansion(id)).toBe(false);
    conversations.releaseExpansion(id);
    expect(conversations.claimExpansion(id)).toBe(true);
    expect(conversations.claimExpansion(id + 1)).toBe(false);
  });
});
