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
  `
  -- Updates as Telegram gave them, until they are dealt with; then only that they were.
  CREATE TABLE updates (
    update_id INTEGER PRIMARY KEY,
    body TEXT,
    taken_at TEXT NOT NULL,
    starts INTEGER NOT NULL DEFAULT 0,
    done_at TEXT
  ) STRICT;
  CREATE INDEX updates_pending ON updates (update_id) WHERE done_at IS NULL;

  -- Answers on their way: what is to be sent, how far that has come, and what stands in the chat.
  CREATE TABLE deliveries (
    question_id INTEGER PRIMARY KEY,
    chat_id INTEGER NOT NULL,
    thread_id INTEGER,
    reply_to INTEGER,
    turn_id INTEGER,
    parts TEXT,
    message_ids TEXT NOT NULL DEFAULT '[]',
    next_part INTEGER NOT NULL DEFAULT 0,
    is_sending INTEGER NOT NULL DEFAULT 0,
    notice_id INTEGER,
    created_at TEXT NOT NULL,
    done_at TEXT
  ) STRICT;
  CREATE INDEX deliveries_by_chat ON deliveries (chat_id, reply_to);

  ALTER TABLE turns ADD COLUMN user_id INTEGER;
  ALTER TABLE turns ADD COLUMN thread_id INTEGER;
  ALTER TABLE turns ADD COLUMN question_message_id INTEGER;
  ALTER TABLE turns ADD COLUMN status TEXT NOT NULL DEFAULT 'answered';
  ALTER TABLE turns ADD COLUMN generator TEXT;
  ALTER TABLE turns ADD COLUMN total_ms INTEGER;
  ALTER TABLE turns ADD COLUMN rating INTEGER;
  ALTER TABLE turns ADD COLUMN expanded_by INTEGER;

  -- Only who asked when: kept after /forget, so that forgetting does not lift the day's limit.
  CREATE TABLE questions_asked (
    question_id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL,
    asked_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX questions_asked_by_user ON questions_asked (user_id, asked_at);

  CREATE TABLE chat_settings (
    chat_id INTEGER PRIMARY KEY,
    language TEXT NOT NULL,
    length TEXT NOT NULL,
    writer TEXT NOT NULL
  ) STRICT;

  CREATE TABLE moved_groups (
    from_id INTEGER PRIMARY KEY,
    to_id INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE admins (
    user_id INTEGER PRIMARY KEY,
    since TEXT NOT NULL
  ) STRICT;

  CREATE TABLE faults (
    fault TEXT PRIMARY KEY,
    since TEXT NOT NULL,
    told_at TEXT
  ) STRICT;
  `,
  `
  -- What is known of a message whose claims were checked; null where a question was answered.
  ALTER TABLE turns ADD COLUMN checked TEXT;
  `,
  `
  -- Files that a chat was sent, without their text, which the index has; and which of them a
  -- question was about.
  CREATE TABLE chat_files (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id INTEGER NOT NULL,
    thread_id INTEGER,
    message_id INTEGER NOT NULL,
    told_message_id INTEGER,
    album_id TEXT,
    unique_id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    code_language TEXT,
    bytes INTEGER NOT NULL,
    extent TEXT NOT NULL,
    passages INTEGER NOT NULL,
    url TEXT NOT NULL,
    scope TEXT NOT NULL UNIQUE,
    is_misnamed INTEGER NOT NULL,
    sent_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX chat_files_by_chat ON chat_files (chat_id, sent_at);
  ALTER TABLE turns ADD COLUMN files TEXT;
  `,
  `
  ALTER TABLE turns ADD COLUMN next_questions TEXT NOT NULL DEFAULT '[]';
  `,
  `
  -- Posts for the channel, from their first draft on. A release has one, whatever becomes of it.
  CREATE TABLE digest_posts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    origin TEXT NOT NULL,
    release_id TEXT UNIQUE,
    state TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    content TEXT NOT NULL,
    release TEXT,
    reasons TEXT NOT NULL DEFAULT '[]',
    opinion TEXT,
    made_at TEXT NOT NULL,
    decided_by INTEGER,
    decided_at TEXT,
    due_at TEXT,
    channel_id INTEGER,
    message_id INTEGER,
    sent_at TEXT,
    published_revision INTEGER,
    renewed TEXT,
    sent_after INTEGER,
    trouble TEXT
  ) STRICT;
  CREATE INDEX digest_posts_by_state ON digest_posts (state, due_at);

  -- Where an admin sees a post: as it will look, and below it what can be done with it.
  CREATE TABLE digest_cards (
    post_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    preview_id INTEGER,
    card_id INTEGER NOT NULL,
    PRIMARY KEY (post_id, chat_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX digest_cards_by_message ON digest_cards (chat_id, card_id);

  -- Questions to an admin that wait for a message in reply: a new text, an opinion, a time.
  CREATE TABLE digest_prompts (
    chat_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    post_id INTEGER NOT NULL,
    wish TEXT NOT NULL,
    PRIMARY KEY (chat_id, message_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE digest_notes (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- The post of the channel that a private chat speaks of.
  CREATE TABLE asked_posts (
    chat_id INTEGER PRIMARY KEY,
    post_id INTEGER NOT NULL,
    begun_at TEXT NOT NULL,
    last_at TEXT NOT NULL
  ) STRICT;
  `,
];
