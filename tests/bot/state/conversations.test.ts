import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createConversations } from '../../../bot/state/conversations.ts';
import type { Conversations, TurnRecord } from '../../../bot/state/conversations.ts';
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

const place = { chatId: chat, kind: 'private', threadId: null, messageId: 70 } as const;
const whenever = new Date(0);

function turn(over: Partial<TurnRecord> = {}, question = 'Кто открыл пенициллин?'): TurnRecord {
  const { timingsMs, ...report } = penicillinReport({ question });
  return {
    place,
    askerId: 12,
    length: 'short',
    status: 'answered',
    report: { ...report, totalMs: timingsMs.total },
    ...over,
  };
}

describe('conversations', () => {
  test('keep a question with its answer and what was quoted', () => {
    const id = conversations.record(turn());
    conversations.setMessageId(id, 77);
    const { sources, ...kept } = conversations.find(id) ?? { sources: [] };
    expect(kept).toEqual({
      id,
      chatId: chat,
      threadId: null,
      askerId: 12,
      questionMessageId: 70,
      askedAt: '2026-11-02T10:00:00.000Z',
      question: 'Кто открыл пенициллин?',
      standaloneQuestion: 'Кто открыл пенициллин?',
      language: 'ru',
      length: 'short',
      status: 'answered',
      answer: 'Пенициллин открыл Александр Флеминг [1].',
      messageId: 77,
      isExpanded: false,
      rating: null,
      checked: null,
      about: null,
      nextQuestions: [],
    });
    expect(sources).toMatchObject([
      { number: 1, url: 'https://ru.example/penicillin', title: 'Пенициллин' },
    ]);
    expect(sources[0]?.quotes.length).toBeGreaterThan(0);
    expect(new Set(sources[0]?.quotes.map(({ quote }) => quote)).size).toBe(
      sources[0]?.quotes.length,
    );
    expect(conversations.find(id + 1)).toBeNull();
  });

  test('read turns that were kept before quotes were', () => {
    const id = conversations.record(turn());
    opened.database
      .prepare('UPDATE turns SET sources = ? WHERE id = ?')
      .run('[{"number":1,"url":"https://ru.example/a","title":"А"}]', id);
    expect(conversations.find(id)?.sources).toEqual([
      { number: 1, url: 'https://ru.example/a', title: 'А', site: 'ru.example', quotes: [] },
    ]);
  });

  test('give the last turns of one chat and topic alone, the oldest first', () => {
    for (const question of ['один', 'два', 'три']) conversations.record(turn({}, question));
    conversations.record(turn({ place: { ...place, threadId: 5 } }, 'в теме'));
    conversations.record(turn({ place: { ...place, chatId: -100_123 } }, 'чужой'));
    conversations.record(turn({ status: 'declined' }, 'без ответа'));
    const recent = conversations.recent(place, { limit: 2, since: whenever });
    expect(recent.map(({ question }) => question)).toEqual(['два', 'три']);
    const later = new Date('2026-11-02T10:00:01Z');
    expect(conversations.recent(place, { limit: 2, since: later })).toEqual([]);
  });

  test('let one expansion through, and another after a failure', () => {
    const id = conversations.record(turn());
    expect(conversations.claimExpansion(id, 900)).toBe(true);
    expect(conversations.find(id)?.isExpanded).toBe(true);
    expect(conversations.claimExpansion(id, 901)).toBe(false);
    // Taken up again after a restart.
    expect(conversations.claimExpansion(id, 900)).toBe(true);
    conversations.releaseExpansion(id);
    expect(conversations.claimExpansion(id, 901)).toBe(true);
    expect(conversations.claimExpansion(id + 1, 902)).toBe(false);
  });

  test('forget a turn, and go along when a group becomes a supergroup', () => {
    const [first, second] = [conversations.record(turn()), conversations.record(turn())];
    conversations.forget(first);
    expect(conversations.find(first)).toBeNull();
    conversations.move(chat, -100_9);
    expect(conversations.find(second)?.chatId).toBe(-100_9);
  });
});
