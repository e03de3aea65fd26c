import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

import type { FileKind } from '../../retrieval/files/file-kind.ts';
import type { FileExtent } from '../../retrieval/files/read-file.ts';
import type { Scope } from '../../retrieval/index/passage-index.ts';

import { createMovedGroups } from './moved-groups.ts';

/** A file that a chat was sent, without its text, which the index alone has. */
export interface ChatFile {
  id: number;
  chatId: number;
  threadId: number | null;
  /** The message that brought it. */
  messageId: number;
  /** The message that said what it is, once there is one. */
  toldMessageId: number | null;
  /** Telegram's: several files that were sent at once. */
  albumId: string | null;
  /** Telegram's: the same for the same file, whoever sends it. */
  uniqueId: string;
  name: string;
  kind: FileKind;
  codeLanguage: string | null;
  bytes: number;
  extent: FileExtent;
  passages: number;
  url: string;
  scope: Scope;
  isMisnamed: boolean;
  /** ISO 8601. */
  sentAt: string;
}

export interface FilePlace {
  chatId: number;
  threadId: number | null;
}

/** Every method throws when the disk fails. */
export interface ChatFiles {
  /** Keeps it in place of one with the same text in the same chat and topic. */
  add(file: Omit<ChatFile, 'id' | 'toldMessageId'>): ChatFile;
  find(id: number): ChatFile | null;
  /** What a message brought, or told of. */
  ofMessage(chatId: number, messageId: number): ChatFile[];
  ofUniqueId(place: FilePlace, uniqueId: string): ChatFile | null;
  /** The oldest first. */
  list(place: FilePlace): ChatFile[];
  /** Of all topics. */
  ofChat(chatId: number): ChatFile[];
  /** It was sent once more: it counts as new. */
  renew(id: number, sent: Pick<ChatFile, 'messageId' | 'albumId' | 'sentAt'>): ChatFile | null;
  told(id: number, messageId: number): void;
  remove(id: number): void;
  /** A group became a supergroup. */
  move(fromChatId: number, toChatId: number): void;
}

export function createChatFiles(database: DatabaseSync): ChatFiles {
  const movedGroups = createMovedGroups(database);
  const insert = database.prepare(
    `INSERT INTO chat_files (chat_id, thread_id, message_id, album_id, unique_id, name, kind,
       code_language, bytes, extent, passages, url, scope, is_misnamed, sent_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const replace = database.prepare('DELETE FROM chat_files WHERE scope = ?');
  const byId = database.prepare('SELECT * FROM chat_files WHERE id = ?');
  const byMessage = database.prepare(
    'SELECT * FROM chat_files WHERE chat_id = ? AND (message_id = ? OR told_message_id = ?) ORDER BY id',
  );
  const byUniqueId = database.prepare(
    'SELECT * FROM chat_files WHERE chat_id = ? AND thread_id IS ? AND unique_id = ?',
  );
  const byPlace = database.prepare(
    'SELECT * FROM chat_files WHERE chat_id = ? AND thread_id IS ? ORDER BY sent_at, id',
  );
  const byChat = database.prepare(
    'SELECT * FROM chat_files WHERE chat_id = ? ORDER BY sent_at, id',
  );
  const setSent = database.prepare(
    'UPDATE chat_files SET message_id = ?, album_id = ?, sent_at = ? WHERE id = ?',
  );
  const setTold = database.prepare('UPDATE chat_files SET told_message_id = ? WHERE id = ?');
  const remove = database.prepare('DELETE FROM chat_files WHERE id = ?');
  const move = database.prepare('UPDATE chat_files SET chat_id = ? WHERE chat_id = ?');

  function find(id: number): ChatFile | null {
    const row = byId.get(id);
    return row === undefined ? null : toFile(row);
  }

  return {
    add(file) {
      replace.run(file.scope);
      const { lastInsertRowid } = insert.run(
        // The group may have moved while its file was being read.
        movedGroups.whereIs(file.chatId),
        file.threadId,
        file.messageId,
        file.albumId,
        file.uniqueId,
        file.name,
        file.kind,
        file.codeLanguage,
        file.bytes,
        JSON.stringify(file.extent),
        file.passages,
        file.url,
        file.scope,
        file.isMisnamed ? 1 : 0,
        file.sentAt,
      );
      return { ...file, id: Number(lastInsertRowid), toldMessageId: null };
    },
    find,
    ofMessage: (chatId, messageId) => byMessage.all(chatId, messageId, messageId).map(toFile),
    ofUniqueId({ chatId, threadId }, uniqueId) {
      const row = byUniqueId.get(chatId, threadId, uniqueId);
      return row === undefined ? null : toFile(row);
    },
    list: ({ chatId, threadId }) => byPlace.all(chatId, threadId).map(toFile),
    ofChat: (chatId) => byChat.all(chatId).map(toFile),
    renew(id, { messageId, albumId, sentAt }) {
      setSent.run(messageId, albumId, sentAt, id);
      return find(id);
    },
    told(id, messageId) {
      setTold.run(messageId, id);
    },
    remove(id) {
      remove.run(id);
    },
    move(fromChatId, toChatId) {
      move.run(toChatId, fromChatId);
    },
  };
}

function toFile(row: Record<string, SQLOutputValue>): ChatFile {
  const numberOrNull = (name: string): number | null =>
    row[name] === null || row[name] === undefined ? null : Number(row[name]);
  const textOrNull = (name: string): string | null =>
    typeof row[name] === 'string' ? row[name] : null;
  return {
    id: Number(row['id']),
    chatId: Number(row['chat_id']),
    threadId: numberOrNull('thread_id'),
    messageId: Number(row['message_id']),
    toldMessageId: numberOrNull('told_message_id'),
    albumId: textOrNull('album_id'),
    uniqueId: String(row['unique_id']),
    name: String(row['name']),
    kind: String(row['kind']) as FileKind,
    codeLanguage: textOrNull('code_language'),
    bytes: Number(row['bytes']),
    extent: JSON.parse(String(row['extent'])) as ChatFile['extent'],
    passages: Number(row['passages']),
    url: String(row['url']),
    scope: String(row['scope']) as Scope,
    isMisnamed: Number(row['is_misnamed']) === 1,
    sentAt: String(row['sent_at']),
  };
}
