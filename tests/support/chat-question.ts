import type { ChatPlace, ChatQuestion } from '../../bot/questions/chat-question.ts';
import { createLocale } from '../../bot/locales/locale.ts';
import { DEFAULT_SETTINGS } from '../../bot/state/chat-settings.ts';

const ru = createLocale('ru');

/** A question in the private chat of its asker, with sensible values where a test does not care. */
export function chatQuestion(
  id: number,
  {
    place = {},
    ...over
  }: Partial<Omit<ChatQuestion, 'place'>> & { place?: Partial<ChatPlace> } = {},
): ChatQuestion {
  return {
    id,
    place: { chatId: 77, kind: 'private', threadId: null, messageId: id * 10, ...place },
    askerId: 77,
    text: `Вопрос ${id}?`,
    askedAs: null,
    unseen: null,
    length: 'short',
    askedAt: new Date('2026-11-02T10:00:00Z'),
    settings: DEFAULT_SETTINGS,
    locale: ru,
    again: null,
    inReplyTo: null,
    isEdit: false,
    checked: null,
    about: null,
    ...over,
  };
}
