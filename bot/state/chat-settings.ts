import type { DatabaseSync } from 'node:sqlite';

import type { AnswerLength } from '../../generation/answer/answerer.ts';
import type { ReaderLanguage } from '../locales/locale.ts';

/** What a person, or a group's admins, chose. */
export interface ChatSettings {
  /** Of the interface; `auto` is that of the Telegram app. */
  language: ReaderLanguage | 'auto';
  length: AnswerLength;
  /** `quotes`: never from a model. `auto`: from a model where one is configured. */
  writer: 'auto' | 'quotes';
}

export const DEFAULT_SETTINGS: ChatSettings = { language: 'auto', length: 'short', writer: 'auto' };

/** The settings of each chat. Every method throws when the disk fails. */
export interface ChatSettingsStore {
  /** Those that were chosen, else the default. */
  of(chatId: number): ChatSettings;
  set(chatId: number, change: Partial<ChatSettings>): ChatSettings;
  forget(chatId: number): void;
  /** A group became a supergroup. */
  move(fromChatId: number, toChatId: number): void;
}

export function createChatSettings(database: DatabaseSync): ChatSettingsStore {
  const select = database.prepare('SELECT * FROM chat_settings WHERE chat_id = ?');
  const upsert = database.prepare(
    `INSERT INTO chat_settings (chat_id, language, length, writer) VALUES (?, ?, ?, ?)
     ON CONFLICT (chat_id) DO UPDATE SET
       language = excluded.language, length = excluded.length, writer = excluded.writer`,
  );
  const remove = database.prepare('DELETE FROM chat_settings WHERE chat_id = ?');
  const move = database.prepare(
    'UPDATE OR REPLACE chat_settings SET chat_id = ? WHERE chat_id = ?',
  );

  function of(chatId: number): ChatSettings {
    const row = select.get(chatId);
    if (row === undefined) return DEFAULT_SETTINGS;
    const chosen = { language: row['language'], length: row['length'], writer: row['writer'] };
    return chosen as ChatSettings;
  }

  return {
    of,
    set(chatId, change) {
      const settings = { ...of(chatId), ...change };
      upsert.run(chatId, settings.language, settings.length, settings.writer);
      return settings;
    },
    forget(chatId) {
      remove.run(chatId);
    },
    move(fromChatId, toChatId) {
      move.run(toChatId, fromChatId);
    },
  };
}
