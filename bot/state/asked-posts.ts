import type { DatabaseSync } from 'node:sqlite';

/** Which post of the channel a private chat speaks of. Every method throws when the disk fails. */
export interface AskedPosts {
  /** From then on its questions are about the post. */
  begin(chatId: number, postId: number, at: Date): void;
  /** The post that a question of that time is about; null where none is. */
  of(chatId: number, at: Date): number | null;
  /** A question about it was asked: the conversation goes on. */
  renew(chatId: number, at: Date): void;
  end(chatId: number): void;
}

export interface AskedPostsOptions {
  /** After so long without a question, questions are about anything again. */
  keptMs?: number;
}

export function createAskedPosts(
  database: DatabaseSync,
  { keptMs = 30 * 60_000 }: AskedPostsOptions = {},
): AskedPosts {
  const insert = database.prepare('INSERT OR REPLACE INTO asked_posts VALUES (?, ?, ?, ?)');
  const select = database.prepare('SELECT * FROM asked_posts WHERE chat_id = ?');
  const update = database.prepare('UPDATE asked_posts SET last_at = ? WHERE chat_id = ?');
  const remove = database.prepare('DELETE FROM asked_posts WHERE chat_id = ?');
  return {
    begin(chatId, postId, at) {
      insert.run(chatId, postId, at.toISOString(), at.toISOString());
    },
    of(chatId, at) {
      const row = select.get(chatId);
      if (row === undefined) return null;
      const begunAt = Date.parse(String(row['begun_at']));
      const lastAt = Date.parse(String(row['last_at']));
      // Telegram counts whole seconds: a question may seem a little older than what it followed.
      const isAfter = at.getTime() >= begunAt - 1_000;
      return isAfter && at.getTime() - lastAt < keptMs ? Number(row['post_id']) : null;
    },
    renew(chatId, at) {
      update.run(at.toISOString(), chatId);
    },
    end(chatId) {
      remove.run(chatId);
    },
  };
}
