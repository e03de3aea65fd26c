import type { ChatQuestion } from '../questions/chat-question.ts';
import type { QuestionDesk } from '../questions/question-desk.ts';
import type { Conversations } from '../state/conversations.ts';
import type { Deliveries } from '../state/deliveries.ts';

export interface EditedQuestionsOptions {
  /** Whether it may be asked; says so where not. */
  admit: (question: ChatQuestion) => Promise<boolean>;
  desk: QuestionDesk;
  conversations: Conversations;
  deliveries: Deliveries;
}

/** Takes what an edited message asks, in the place of what it asked before. */
export function createEditedQuestions({
  admit,
  desk,
  conversations,
  deliveries,
}: EditedQuestionsOptions): (question: ChatQuestion) => Promise<void> {
  return async (question) => {
    // One that a restart brings again has taken the place of the first already.
    if (deliveries.find(question.id) === null) {
      // Telegram also calls it an edit when it adds a preview, or when somebody reacts.
      if (textBefore(question) === question.text.trim()) return;
      if (!(await admit(question))) return;
      await desk.withdraw(question.place.chatId, question.place.messageId);
    }
    await desk.take({ ...question, isEdit: true });
  };

  /** What the same message asked before: it may still be in progress, or wait. */
  function textBefore({ id, place }: ChatQuestion): string | null {
    const inProgress = desk.asked(place.chatId, place.messageId);
    if (inProgress !== null) return inProgress.text.trim();
    const turnId = deliveries.answersTo(place, id).at(-1)?.turnId ?? null;
    return turnId === null ? null : (conversations.find(turnId)?.question.trim() ?? null);
  }
}
