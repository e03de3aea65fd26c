import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

/** Where an admin sees a post. */
export interface DigestCard {
  postId: number;
  chatId: number;
  /** The post as it will look; null where there was no room to show it. */
  previewId: number | null;
  /** What can be done with it, below. */
  cardId: number;
}

/** What an admin was asked for, to be sent as a reply. */
export type PromptWish = 'text' | 'instruction' | 'opinion' | 'time';

export interface DigestPrompt {
  chatId: number;
  messageId: number;
  postId: number;
  wish: PromptWish;
}

/** Every method throws when the disk fails. */
export interface DigestCards {
  /** In place of an earlier one in the same chat. */
  keep(card: DigestCard): void;
  ofPost(postId: number): DigestCard[];
  /** By either of its messages. */
  ofMessage(chatId: number, messageId: number): DigestCard | null;
  remove(postId: number, chatId: number): void;
  ask(prompt: DigestPrompt): void;
  prompt(chatId: number, messageId: number): DigestPrompt | null;
  /** It was answered. */
  answered(prompt: DigestPrompt): void;
}

export function createDigestCards(database: DatabaseSync): DigestCards {
  const insert = database.prepare('INSERT OR REPLACE INTO digest_cards VALUES (?, ?, ?, ?)');
  const byPost = database.prepare('SELECT * FROM digest_cards WHERE post_id = ? ORDER BY chat_id');
  const byMessage = database.prepare(
    'SELECT * FROM digest_cards WHERE chat_id = ? AND (card_id = ? OR preview_id = ?)',
  );
  const remove = database.prepare('DELETE FROM digest_cards WHERE post_id = ? AND chat_id = ?');
  const ask = database.prepare('INSERT OR REPLACE INTO digest_prompts VALUES (?, ?, ?, ?)');
  const prompt = database.prepare(
    'SELECT * FROM digest_prompts WHERE chat_id = ? AND message_id = ?',
  );
  const answered = database.prepare(
    'DELETE FROM digest_prompts WHERE chat_id = ? AND message_id = ?',
  );
  return {
    keep({ postId, chatId, previewId, cardId }) {
      insert.run(postId, chatId, previewId, cardId);
    },
    ofPost: (postId) => byPost.all(postId).map(toCard),
    ofMessage(chatId, messageId) {
      const row = byMessage.get(chatId, messageId, messageId);
      return row === undefined ? null : toCard(row);
    },
    remove(postId, chatId) {
      remove.run(postId, chatId);
    },
    ask({ chatId, messageId, postId, wish }) {
      ask.run(chatId, messageId, postId, wish);
    },
    prompt(chatId, messageId) {
      const row = prompt.get(chatId, messageId);
      if (row === undefined) return null;
      const wish = String(row['wish']) as PromptWish;
      return { chatId, messageId, postId: Number(row['post_id']), wish };
    },
    answered({ chatId, messageId }) {
      answered.run(chatId, messageId);
    },
  };
}

function toCard(row: Record<string, SQLOutputValue>): DigestCard {
  return {
    postId: Number(row['post_id']),
    chatId: Number(row['chat_id']),
    previewId: row['preview_id'] === null ? null : Number(row['preview_id']),
    cardId: Number(row['card_id']),
  };
}
