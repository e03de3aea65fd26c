import type { Message } from 'grammy/types';

import type { BotContext } from '../context.ts';
import type { FileToRead } from '../files/file-desk.ts';
import { placeOf } from '../questions/question-of.ts';

/** The file that a message brings. */
export function sentFile(ctx: BotContext, message: Message): FileToRead | null {
  const place = placeOf(ctx);
  return place === null ? null : fileIn(message, place);
}

/** The file of the message that is replied to, also where that stands in another chat. */
export function repliedFile(
  ctx: BotContext,
  replied: NonNullable<Message['reply_to_message'] | Message['external_reply']>,
): FileToRead | null {
  const place = placeOf(ctx);
  const message = ctx.msg;
  if (place === null || message === undefined || replied.document === undefined) return null;
  const { document, animation } = replied;
  const album = 'media_group_id' in replied ? replied.media_group_id : undefined;
  // Where it stands elsewhere, its number is that of some other message here.
  const messageId = repliedHere(message) ?? message.message_id;
  return fileIn(
    {
      document,
      date: message.date,
      message_id: messageId,
      ...(animation !== undefined && { animation }),
      ...(album !== undefined && { media_group_id: album }),
    },
    place,
  );
}

/** The number of the message of the same chat that this one replies to. */
export function repliedHere({
  chat,
  reply_to_message: replied,
  external_reply: elsewhere,
}: Message): number | null {
  if (replied !== undefined) return replied.message_id;
  return elsewhere?.chat?.id === chat.id ? (elsewhere.message_id ?? null) : null;
}

/** The file that a message brings, as it is to be read; null where it brings none. */
function fileIn(
  message: Pick<Message, 'document' | 'animation' | 'message_id' | 'date' | 'media_group_id'>,
  place: { chatId: number; threadId: number | null },
): FileToRead | null {
  const { document, animation } = message;
  // A moving picture comes as a document as well.
  if (document === undefined || animation !== undefined) return null;
  return {
    place: { chatId: place.chatId, threadId: place.threadId },
    messageId: message.message_id,
    albumId: message.media_group_id ?? null,
    name: nameOf(document.file_name, document.mime_type),
    sentAt: new Date(message.date * 1000),
    content: {
      fileId: document.file_id,
      uniqueId: document.file_unique_id,
      size: document.file_size ?? null,
    },
  };
}

/** Line breaks and paths are no part of a name. */
function nameOf(fileName: string | undefined, mimeType: string | undefined): string {
  const name = (fileName ?? '')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/^.*[/\\]/su, '')
    .trim();
  if (name !== '') return name.slice(0, 200);
  return mimeType === 'application/pdf' ? 'file.pdf' : 'file';
}
