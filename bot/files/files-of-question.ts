import type { RequestedFiles } from '../../generation/answer/requested-files.ts';
import type { ChatQuestion } from '../questions/chat-question.ts';
import type { ChatFile, ChatFiles } from '../state/chat-files.ts';
import type { Conversations } from '../state/conversations.ts';

import type { FileDesk } from './file-desk.ts';

export interface FilesOfQuestionOptions {
  files: ChatFiles;
  desk: Pick<FileDesk, 'settled'>;
  conversations: Pick<Conversations, 'find'>;
  /** How long after a file questions are taken to follow it. */
  conversationMs?: number;
}

/** Which files of its chat and topic a question is answered from, and how; undefined for none. */
export type FilesOfQuestion = (question: ChatQuestion) => Promise<RequestedFiles | undefined>;

/**
 * A question is about files that it replies to, names or speaks of («в файле»); one that follows a file
 * in a private chat looks there first; for all others a chat's files are pages among others.
 */
export function createFilesOfQuestion({
  files,
  desk,
  conversations,
  conversationMs = 60 * 60 * 1000,
}: FilesOfQuestionOptions): FilesOfQuestion {
  return async (question) => {
    const { place, about, inReplyTo, askedAt, text } = question;
    // What was sent just before it may still be on its way.
    await desk.settled(place.chatId);
    if (about !== null) {
      const meant = about.fileIds.flatMap((id) => files.find(id) ?? []).filter(isHere);
      return requested(meant, about.thenWeb === true ? 'first' : 'alone', about.task);
    }
    const all = files.list(place);
    if (all.length === 0) return undefined;
    const named = filesNamedIn(text, all);
    if (named.length > 0) return requested(named, 'alone');
    const earlier = inReplyTo === null ? null : (conversations.find(inReplyTo)?.about ?? null);
    if (earlier !== null) {
      const meant = all.filter(({ id }) => earlier.fileIds.includes(id));
      if (meant.length > 0) return requested(meant, 'first');
    }
    const sinceLast = askedAt.getTime() - Date.parse(all.at(-1)?.sentAt ?? '');
    const follows = place.kind === 'private' && sinceLast < conversationMs;
    return requested(all, follows ? 'first' : 'beside');

    function isHere({ chatId, threadId }: ChatFile): boolean {
      return chatId === place.chatId && threadId === place.threadId;
    }
  };
}

/** Files that a text speaks of: by their names, as «в файле» the last one, as «в файлах» all. */
export function filesNamedIn(text: string, all: readonly ChatFile[]): ChatFile[] {
  const words = text.toLowerCase().replaceAll('ё', 'е');
  const byName = all.filter(({ name }) => {
    const lower = name.toLowerCase().replaceAll('ё', 'е');
    return lower.length >= 4 && lower.includes('.') && words.includes(lower);
  });
  if (byName.length > 0) return byName;
  if (severalFiles.test(words)) return [...all];
  const last = all.at(-1);
  if (last === undefined || !oneFile.test(words)) return [];
  // What was sent together is meant together.
  return all.filter(
    ({ id, albumId }) => id === last.id || (albumId !== null && albumId === last.albumId),
  );
}

const which = String.raw`(?:(?:эт|присланн|прикрепленн|последн|тво|мо|наш|загруженн|приложенн)\p{L}+\s+)*`;
const oneFile = new RegExp(
  String.raw`(?<!\p{L})(?:(?:в|во|из|по|о|об|про|согласно|судя по)\s+${which}(?:файле?|файлу|файла|документе|документа|документу|вложени[еияю]|pdf)(?!\p{L})|(?:эт\p{L}+|присланн\p{L}+|прикрепленн\p{L}+)\s+(?:файл|документ|вложени)\p{L}*|(?:in|from|of|about|per|according to)\s+(?:the|this|that|my|attached)\s+(?:attached\s+|sent\s+)?(?:file|document|attachment|pdf)(?!\p{L})|(?:this|attached)\s+(?:file|document|attachment|pdf)(?!\p{L}))`,
  'u',
);
const severalFiles = new RegExp(
  String.raw`(?<!\p{L})(?:(?:в|во|из|по|о|об|про)\s+${which}(?:файлах|файлов|файлам|документах|документов|документам)(?!\p{L})|(?:in|from|of|across|about)\s+(?:the|these|those|my|all)\s+(?:the\s+)?(?:attached\s+|sent\s+)?(?:files|documents|attachments)(?!\p{L}))`,
  'u',
);

function requested(
  files: readonly ChatFile[],
  order: RequestedFiles['order'],
  task: RequestedFiles['task'] = null,
): RequestedFiles {
  const isCode = files.length > 0 && files.every(({ kind }) => kind === 'code');
  const languages = new Set(files.map(({ codeLanguage }) => codeLanguage));
  const [language = null] = languages.size === 1 ? languages : [];
  return {
    pages: files.map(({ scope, url }) => ({ scope, url })),
    order,
    task,
    code: isCode ? { language } : null,
  };
}
