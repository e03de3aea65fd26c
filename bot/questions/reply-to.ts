import type { ChatPlace } from './chat-question.ts';

/** What makes a message a reply to a question, in its topic, also when the question was deleted. */
export function replyTo({ threadId, messageId }: ChatPlace) {
  return {
    ...(threadId !== null && { message_thread_id: threadId }),
    reply_parameters: { message_id: messageId, allow_sending_without_reply: true },
  };
}
