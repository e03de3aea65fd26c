/** What Telegram is asked for: all that some feature listens to, and nothing else. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'channel_post',
  'callback_query',
  'inline_query',
  'my_chat_member',
  'stopped_message_generation',
] as const;
