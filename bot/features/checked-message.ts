import type { Message } from 'grammy/types';

/** What somebody wants to have checked. */
export interface CheckSubject {
  text: string;
  /** Beginnings of addresses under which it stands on the web itself. */
  ownPages: readonly string[];
  /** The message that it stands in: what came along with its words is not looked at. */
  message: Pick<Message, 'photo' | 'video' | 'animation' | 'document' | 'audio' | 'voice'>;
}

/** Whether these words, and nothing else, ask whether something is true: «правда?», "check this". */
export function asksWhetherTrue(text: string): boolean {
  return text.length <= 60 && wholeWish.test(text);
}

/**
 * The text that stands beside such words in one message: «Проверь: …», or the words on a last line of
 * their own. Null where there is none.
 */
export function textToCheck(text: string): string | null {
  const behind = orderBefore.exec(text)?.[1]?.trim();
  if (behind !== undefined && behind !== '') return behind;
  const lines = text.trimEnd().split('\n');
  const last = lines.pop() ?? '';
  const rest = lines.join('\n').trim();
  if (rest !== '' && asksWhetherTrue(last)) return rest;
  const [first = '', ...others] = text.trimStart().split('\n');
  const below = others.join('\n').trim();
  return below !== '' && asksWhetherTrue(first) ? below : null;
}

/** What a message says, and where else it stands. What the bot itself has added to its words is left out. */
export function subjectIn(message: ReadableMessage, botId: number): CheckSubject {
  const text = message.text ?? message.caption ?? '';
  return {
    text: message.from?.id === botId ? withoutApparatus(message, text) : text,
    ownPages: ownPagesOf(message),
    message,
  };
}

/** What the message replies to: the words that were marked in it, or all of it. Null when it is no reply. */
export function repliedSubject(message: Message, botId: number): CheckSubject | null {
  const replied = message.reply_to_message;
  const marked = message.quote?.text.trim() ?? '';
  if (replied !== undefined && replied.forum_topic_created === undefined) {
    const subject = subjectIn(replied, botId);
    return marked === '' ? subject : { ...subject, text: marked };
  }
  const elsewhere = message.external_reply;
  if (elsewhere === undefined) return null;
  const { origin } = elsewhere;
  return { text: marked, ownPages: ownPagesOf({ forward_origin: origin }), message: {} };
}

type ReadableMessage = Pick<
  Message,
  'text' | 'caption' | 'from' | 'forward_origin' | 'sender_chat' | 'entities' | 'caption_entities'
> &
  CheckSubject['message'];

const wish = String.raw`(?:(?:а|и|ну|so|but|and)[, ]+)?(?:(?:это|эта новость)\s+)?(?:(?:точно\s+|реально\s+|действительно\s+)?(?:правда|верно|правдиво|достоверно)(?:\s+ли)?(?:\s+это)?|(?:пожалуйста,?\s+)?проверь(?:те|-ка)?|проверить|проверка|фактчек|факт-чек|(?:is|are)\s+(?:it|this|that|these|those)\s+(?:really\s+|actually\s+)?(?:true|correct|accurate|right)|true|true or false|(?:please\s+|can you\s+|could you\s+)?(?:check|verify|fact[- ]?check))(?:[, ]+(?:это|этот|эту|пост|новость|сообщение|текст|факты|факт|всё|все|пожалуйста|плиз|it|this|that|them|post|message|facts?|please|out))*`;
const wholeWish = new RegExp(String.raw`^[^\p{L}\p{N}]*${wish}[^\p{L}\p{N}]*$`, 'iu');
const orderBefore =
  /^\s*(?:(?:пожалуйста,?\s+)?(?:проверь(?:те)?|фактчек|факт-чек)|(?:please\s+)?(?:check|verify|fact[- ]?check))(?:[, ]+(?:это|факты?|пожалуйста|this|it|facts?|please))*\s*[:：—–]\s*(.+)$/isu;

/** The channel's page: what it says elsewhere bears out no post of its own either. */
function ownPagesOf(message: Pick<Message, 'forward_origin' | 'sender_chat'>): string[] {
  const { forward_origin: origin, sender_chat: sender } = message;
  const chats = [
    origin?.type === 'channel' ? origin.chat : undefined,
    origin?.type === 'chat' ? origin.sender_chat : undefined,
    sender,
  ];
  return chats.flatMap((chat) => {
    const name = chat !== undefined && 'username' in chat ? chat.username : undefined;
    return name === undefined
      ? []
      : HOSTS.flatMap((host) => [`https://${host}/${name}`, `https://${host}/s/${name}`]);
  });
}

const HOSTS = ['t.me', 'telegram.me'];

/** An answer without its sources, its notes and its numbers. */
function withoutApparatus(message: ReadableMessage, text: string): string {
  const entities = message.entities ?? message.caption_entities ?? [];
  let rest = text;
  for (const { type, offset, length } of entities.toReversed()) {
    if (type !== 'expandable_blockquote' && type !== 'italic') continue;
    rest = `${rest.slice(0, offset)}\n${rest.slice(offset + length)}`;
  }
  return rest.trim();
}
