/**
 * What makes schema version n of version n - 1, the first for an empty file. A script that has been
 * released is never changed: a new version is a new script at the end.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE turns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id INTEGER NOT NULL,
    asked_at TEXT NOT NULL,
    question TEXT NOT NULL,
    standalone_question TEXT NOT NULL,
    language TEXT NOT NULL,
    length TEXT NOT NULL,
    answer TEXT NOT NULL,
    sources TEXT NOT NULL,
    message_id INTEGER,
    expanded_at TEXT
  ) STRICT;
  CREATE INDEX turns_by_chat ON turns (chat_id, id);
  `,
];
