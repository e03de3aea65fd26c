import type { Message, MessageEntity } from 'grammy/types';

import type { StoredFile } from '../files.ts';
import { postMessage } from '../post-message.ts';
import type { Sending } from '../post-message.ts';
import { badRequest } from '../refusal.ts';
import type { Upload } from '../request-body.ts';
import { CAPTION } from '../text-limits.ts';
import { enterRoomToWrite } from '../write-access.ts';

import type { MethodCall, Methods } from './method.ts';
import { captionContent, outgoingText } from './method.ts';

/** What sends a file, or is no text for another reason, and what fetches one. */
export const mediaMethods: Methods = {
  getFile(parameters, { state }) {
    return state.files.describe(parameters.file_id);
  },

  sendDocument(parameters, call) {
    return sendFile(call, parameters, parameters.document, 'documents', (file) => ({
      document: { ...about(file), file_name: file.fileName, mime_type: file.mimeType },
    }));
  },

  sendPhoto(parameters, call) {
    return sendFile(call, parameters, parameters.photo, 'photos', (file) => ({
      photo: [{ ...about(file), width: 640, height: 480 }],
    }));
  },

  sendAudio(parameters, call) {
    return sendFile(call, parameters, parameters.audio, 'music', (file) => ({
      audio: { ...about(file), duration: parameters.duration ?? 0, mime_type: file.mimeType },
    }));
  },

  sendVoice(parameters, call) {
    return sendFile(call, parameters, parameters.voice, 'voice', (file) => ({
      voice: { ...about(file), duration: parameters.duration ?? 0, mime_type: file.mimeType },
    }));
  },

  sendVideo(parameters, call) {
    return sendFile(call, parameters, parameters.video, 'videos', (file) => ({
      video: { ...about(file), width: 640, height: 480, duration: parameters.duration ?? 0 },
    }));
  },

  sendAnimation(parameters, call) {
    return sendFile(call, parameters, parameters.animation, 'gifs', (file) => ({
      animation: { ...about(file), width: 320, height: 240, duration: parameters.duration ?? 0 },
      document: { ...about(file), file_name: file.fileName, mime_type: file.mimeType },
    }));
  },

  sendSticker(parameters, call) {
    return sendFile(call, parameters, parameters.sticker, 'stickers', (file) => ({
      sticker: {
        ...about(file),
        type: 'regular',
        width: 512,
        height: 512,
        is_animated: false,
        is_video: false,
      },
    }));
  },

  sendLocation(parameters, { state }) {
    const { latitude, longitude } = parameters;
    const room = enterRoomToWrite(state, parameters.chat_id);
    return postMessage(state, room, parameters, { location: { latitude, longitude } });
  },
};

interface Captioned extends Sending {
  chat_id: number | string;
  caption?: string;
  caption_entities?: MessageEntity[];
  parse_mode?: string;
}

function sendFile(
  call: MethodCall,
  parameters: Captioned,
  file: unknown,
  kind: string,
  content: (file: StoredFile) => Partial<Message>,
): Message {
  const room = enterRoomToWrite(call.state, parameters.chat_id, kind);
  const caption = outgoingText(
    call,
    {
      text: parameters.caption ?? '',
      entities: parameters.caption_entities,
      parse_mode: parameters.parse_mode,
    },
    CAPTION,
  );
  const stored = storedFile(call, file, kind);
  return postMessage(call.state, room, parameters, {
    ...content(stored),
    ...captionContent(caption),
  });
}

/** An upload, one that was uploaded before by its id, or a part of the form by its name. */
function storedFile({ state, uploads }: MethodCall, file: unknown, kind: string): StoredFile {
  // The types are the caller's, who has a class for uploads; what came is what was read.
  if (typeof file !== 'string') return state.files.store(file as Upload, kind);
  const name = /^attach:\/\/(.+)$/u.exec(file)?.[1];
  if (name !== undefined) {
    const upload = uploads.get(name);
    if (upload === undefined) throw badRequest('there is no file in the request');
    return state.files.store(upload, kind);
  }
  // Telegram would fetch an address; here nothing but loopback is ever asked.
  if (/^https?:/u.test(file)) throw badRequest('failed to get HTTP URL content');
  return state.files.get(file);
}

function about(file: StoredFile): { file_id: string; file_unique_id: string; file_size: number } {
  return {
    file_id: file.fileId,
    file_unique_id: file.uniqueId,
    file_size: file.content.length,
  };
}
