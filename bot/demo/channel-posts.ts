import type { Chat, Message, MessageEntity } from 'grammy/types';

import { FormattedTextBuilder } from '../messages/formatted-text.ts';

/**
 * What stands in the channel beside the chat: samples, which say that they are, of posts on models.
 * `now` is in milliseconds since 1970; the posts are from the days before.
 */
export function channelPosts(channel: Chat, now: number): Message[] {
  return SAMPLES.map(({ hoursAgo, title, facts, note }, index) => {
    const { text, entities } = write(title, facts, note);
    const message = {
      // Telegram counts from 1: none that the bot posts there later gets one of these.
      message_id: index - SAMPLES.length,
      date: Math.floor(now / 1000) - hoursAgo * 3600,
      chat: channel,
      sender_chat: channel,
      text,
      entities,
    };
    return message as Message;
  });
}

interface Sample {
  hoursAgo: number;
  title: string;
  facts: [name: string, value: string][];
  note: string;
}

const SAMPLES: readonly Sample[] = [
  {
    hoursAgo: 50,
    title: 'DeepSeek-V3',
    facts: [
      ['Размер', '671 млрд параметров, на токен работают 37 млрд'],
      ['Обучение', '14,8 трлн токенов, числа в FP8'],
      ['Эксперты', '256 выбираемых и 1 общий, на токен работают 8'],
    ],
    note: 'Образец записи: так будет выглядеть дайджест. Спросите о модели в чате с ботом, и он ответит со ссылками.',
  },
  {
    hoursAgo: 27,
    title: 'Giga-Embeddings-instruct',
    facts: [
      ['Размер', '2,5 млрд параметров'],
      ['Контекст', '4096 токенов'],
      ['Вектор', 'latent attention pooling'],
    ],
    note: 'Образец записи, а не новость: канал показывает, куда бот сможет публиковать.',
  },
  {
    hoursAgo: 3,
    title: 'SmallThinker-3B-Preview',
    facts: [
      ['Base', 'Qwen2.5-3B-Instruct'],
      ['Use', 'reasoning on small devices; a draft model for QwQ-32B'],
    ],
    note: 'A sample post: this channel only shows what a digest may look like.',
  },
];

function write(
  title: string,
  facts: Sample['facts'],
  note: string,
): { text: string; entities: MessageEntity[] } {
  const post = new FormattedTextBuilder();
  post.wrap({ type: 'bold' }, () => post.append(title)).append('\n\n');
  for (const [name, value] of facts) {
    post
      .append('• ')
      .wrap({ type: 'bold' }, () => post.append(`${name}:`))
      .append(` ${value}\n`);
  }
  return post
    .append('\n')
    .wrap({ type: 'italic' }, () => post.append(note))
    .build();
}
