import type { AskedFiles } from '../../retrieval/files/asked-files.ts';

/** What is wanted of a file beside an answer to a question. */
export type FileTask = 'summary' | 'explain' | 'tests' | 'documentation' | 'refactor';

/** Files of the chat that a question is, or may be, about. */
export interface RequestedFiles {
  pages: AskedFiles['pages'];
  /**
   * `alone`: the question says that it is about them. `first`: it follows them, so the web is searched
   * only when they do not answer. `beside`: they take part among pages of the web.
   */
  order: 'alone' | 'first' | 'beside';
  task: FileTask | null;
  /** Of source code, its language where that is known; null for all other files. */
  code: { language: string | null } | null;
}

/** Whether a question asks what a file says as a whole: «О чём он?», "summarize the document". */
export function asksForSummary(question: string): boolean {
  const text = question.toLowerCase().replaceAll('ё', 'е');
  return text.length <= 80 && summaryWish.test(text) && !/[«»"“”\d]/u.test(text);
}

const thing = String.raw`(?:(?:этот|этом|этого|эти|этих|весь|всего|данн\p{L}+|прикрепленн\p{L}+|присланн\p{L}+|this|that|the|my|attached|whole|it|he|he?|он|она|оно|они|его|ее|их|нем|ней|них|в|о|об|in|of|about)\s+)*(?:файл\p{L}*|документ\p{L}*|текст\p{L}*|отчет\p{L}*|стать\p{L}+|книг\p{L}+|код\p{L}?|скрипт\p{L}*|files?|documents?|docs?|text|report|paper|book|code|script|pdf|он|она|оно|они|нем|ней|них|это|it|this|that|them)?`;
const summaryWish = new RegExp(
  String.raw`^[^\p{L}\p{N}]*(?:(?:а|ну|и|so|and|please|пожалуйста|можешь|can you|could you)[, ]+)*(?:о чем(?: (?:говорится|написано|идет речь|рассказывает\p{L}*))?|про что|что (?:в|внутри|это за|написано в)|(?:кратко|вкратце|коротко)?\s*(?:перескажи\p{L}*|резюмируй\p{L}*|суммируй\p{L}*|опиши\p{L}*)(?:\s+(?:кратко|вкратце|коротко))?|(?:сделай\p{L}*\s+)?(?:кратк\p{L}+\s+)?(?:краткое содержание|содержание|резюме|саммари|выжимк\p{L}+|суть|главное)|what(?:'s|’s| is| are| does)?|summari[sz]e|summary(?: of)?|tl;?dr|give (?:me )?a summary(?: of)?|briefly describe|describe)\s*(?:${thing})?[, ]*(?:about|say|кратко|вкратце|коротко|please|пожалуйста|in short|briefly)?[^\p{L}\p{N}]*$`,
  'u',
);
