import type { Logger } from 'pino';

import { FileError } from '../../retrieval/errors.ts';
import type { FileFault, UnreadableKind } from '../../retrieval/errors.ts';
import type { FileLibrary } from '../../retrieval/files/file-library.ts';
import { HandedBackError } from '../questions/handed-back.ts';
import type { ChatFile, ChatFiles, FilePlace } from '../state/chat-files.ts';

import { DownloadError } from './download-file.ts';
import type { DownloadFile } from './download-file.ts';

/** A file as a message brought it: Telegram has its bytes, or the message itself. */
export interface FileToRead {
  place: FilePlace;
  messageId: number;
  albumId: string | null;
  name: string;
  /** When it was sent. */
  sentAt: Date;
  content:
    | { fileId: string; uniqueId: string; size: number | null }
    /** What stood in the message's words. */
    | { text: string };
}

export type FileFailure = FileFault | DownloadError['fault'] | 'failed';

export type ReadOutcome =
  /** `isKnown`: the chat had it already. `gone`: what had to go to make room. */
  | { type: 'read'; file: ChatFile; isKnown: boolean; gone: ChatFile[] }
  | { type: 'unread'; name: string; fault: FileFailure; found: UnreadableKind | null }
  /** The chat was forgotten meanwhile. */
  | { type: 'forgotten' };

/** Reads files for chats and knows which are being read. */
export interface FileDesk {
  /** @throws {HandedBackError} when the program stops before that. */
  read(file: FileToRead): Promise<ReadOutcome>;
  /** What the file says, from its beginning. @throws {IndexError} */
  beginning(
    file: ChatFile,
    options: { maxCharacters: number },
  ): Promise<{ text: string; isCut: boolean }>;
  /** Resolves when no file of the chat is being read. */
  settled(chatId: number): Promise<void>;
  /**
   * Ends what is being read of a chat, and removes what its files say from the index. @throws
   * {IndexError} and then it may still be there
   */
  forget(chatId: number): Promise<void>;
}

export interface FileDeskOptions {
  download: DownloadFile;
  library: FileLibrary;
  files: ChatFiles;
  logger: Logger;
  /** Aborted when the program stops. */
  stopping: AbortSignal;
  maxFiles?: number;
  maxTotalBytes?: number;
}

export function createFileDesk({
  download,
  library,
  files,
  logger,
  stopping,
  maxFiles = 20,
  maxTotalBytes = 100 * 1024 * 1024,
}: FileDeskOptions): FileDesk {
  const underWay = new Map<number, Set<Promise<unknown>>>();
  const forgetting = new Map<number, AbortController>();
  /** Files of one chat are read one after the other: the last is the newest, and room is made once. */
  const turns = new Map<number, Promise<unknown>>();

  async function readInTurn(file: FileToRead): Promise<ReadOutcome> {
    const { chatId } = file.place;
    const forgotten = forgetting.getOrInsertComputed(chatId, () => new AbortController());
    const signal = AbortSignal.any([stopping, forgotten.signal]);
    const before = turns.get(chatId) ?? Promise.resolve();
    const turn = before.then(() => readNow(file, signal));
    turns.set(
      chatId,
      turn.catch(() => {}),
    );
    try {
      return await turn;
    } catch (error) {
      if (stopping.aborted) throw new HandedBackError({ cause: error });
      if (forgotten.signal.aborted) return { type: 'forgotten' };
      return failureOf(file, error);
    }
  }

  async function readNow(file: FileToRead, signal: AbortSignal): Promise<ReadOutcome> {
    signal.throwIfAborted();
    const { place, messageId, albumId, name, content } = file;
    const sentAt = file.sentAt.toISOString();
    const sent = { messageId, albumId, sentAt };
    const uniqueId = 'uniqueId' in content ? content.uniqueId : '';
    const known = uniqueId === '' ? null : files.ofUniqueId(place, uniqueId);
    if (known !== null) return again(known, sent);
    const bytes =
      'text' in content ? Buffer.from(content.text) : await download(content, { signal });
    const text = await library.keep({ name, bytes, place: keyOf(place), sentAt }, { signal });
    if (signal.aborted) {
      // What is forgotten has no row by which it could be found again.
      await library.remove(text.scope);
      signal.throwIfAborted();
    }
    const same = files.list(place).find(({ scope }) => scope === text.scope);
    const { kind, codeLanguage, extent, passages, url, scope, isMisnamed } = text;
    const about = { kind, codeLanguage, extent, passages, url, scope, isMisnamed };
    const kept = files.add({ ...place, ...sent, ...about, uniqueId, name, bytes: bytes.length });
    return { type: 'read', file: kept, isKnown: same !== undefined, gone: await makeRoom(kept) };
  }

  /** An update that a restart brings again is no second sending of its file. */
  function again(known: ChatFile, sent: Parameters<ChatFiles['renew']>[1]): ReadOutcome {
    const isSame = known.messageId === sent.messageId;
    const file = isSame ? known : (files.renew(known.id, sent) ?? known);
    return { type: 'read', file, isKnown: !isSame, gone: [] };
  }

  async function makeRoom(kept: ChatFile): Promise<ChatFile[]> {
    const all = files.ofChat(kept.chatId);
    const gone: ChatFile[] = [];
    let total = all.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const oldest of all) {
      if (all.length - gone.length <= maxFiles && total <= maxTotalBytes) break;
      if (oldest.id === kept.id) continue;
      await library.remove(oldest.scope);
      files.remove(oldest.id);
      total -= oldest.bytes;
      gone.push(oldest);
    }
    return gone;
  }

  function failureOf({ name }: FileToRead, error: unknown): ReadOutcome {
    if (error instanceof FileError) {
      logger.info({ fault: error.fault, found: error.found }, 'a file could not be read');
      return { type: 'unread', name, fault: error.fault, found: error.found };
    }
    if (error instanceof DownloadError) {
      logger.warn({ fault: error.fault }, 'a file could not be downloaded');
      return { type: 'unread', name, fault: error.fault, found: null };
    }
    logger.error({ err: error }, 'reading a file failed');
    return { type: 'unread', name, fault: 'failed', found: null };
  }

  return {
    async read(file) {
      const { chatId } = file.place;
      const ofChat = underWay.getOrInsertComputed(chatId, () => new Set());
      const reading = readInTurn(file);
      ofChat.add(reading);
      try {
        return await reading;
      } finally {
        ofChat.delete(reading);
        if (ofChat.size === 0) {
          underWay.delete(chatId);
          turns.delete(chatId);
          forgetting.delete(chatId);
        }
      }
    },
    beginning: (file, options) => library.beginning(file, options),
    async settled(chatId) {
      await Promise.allSettled(underWay.get(chatId) ?? []);
    },
    async forget(chatId) {
      forgetting.get(chatId)?.abort();
      await Promise.allSettled(underWay.get(chatId) ?? []);
      for (const { scope } of files.ofChat(chatId)) await library.remove(scope);
    },
  };
}

function keyOf({ chatId, threadId }: FilePlace): string {
  return threadId === null ? String(chatId) : `${chatId}:${threadId}`;
}
