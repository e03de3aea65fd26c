import { describe, expect, test } from 'vitest';

import { channelMessage } from '../../../bot/digest/channel-message.ts';
import type { PostContent } from '../../../bot/digest/queued-post.ts';

const TEXT = '🐋 Модель\n\nТекст.\n\nGitHub | Huggingface';

const CONTENT: PostContent = {
  kind: 'release',
  post: {
    releaseId: 'huggingface:acme/one',
    language: 'ru',
    text: TEXT,
    title: { text: '🐋 Модель', emoji: '🐋', start: 0, end: 9 },
    paragraphs: [{ kind: 'text', text: 'Текст.', start: 11, end: 17 }],
    links: [
      { label: 'GitHub', url: 'https://github.com/acme/one', start: 19, end: 25 },
      { label: 'Huggingface', url: 'https://huggingface.co/acme/one', start: 28, end: 39 },
    ],
    opinionAt: 17,
    sources: [],
    claims: [],
    brokenRules: [],
    isMajor: false,
    generator: 'facts',
  },
};

describe('a post in the channel', () => {
  test('has its title in bold, its links, a chosen preview and a button to ask', () => {
    const message = channelMessage(
      { id: 3, content: CONTENT, opinion: null },
      { username: 'istok_bot' },
    );
    expect(message).toEqual({
      text: TEXT,
      entities: [
        { type: 'bold', offset: 0, length: 9 },
        { type: 'text_link', url: 'https://github.com/acme/one', offset: 19, length: 6 },
        { type: 'text_link', url: 'https://huggingface.co/acme/one', offset: 28, length: 11 },
      ],
      preview: { url: 'https://huggingface.co/acme/one', prefer_small_media: true },
      keyboard: {
        inline_keyboard: [[{ text: '💬 Спросить', url: 'https://t.me/istok_bot?start=post-3' }]],
      },
    });
  });

  test("has an editor's opinion between its last paragraph and its links", () => {
    const { text, entities } = channelMessage(
      { id: 3, content: CONTENT, opinion: ' Ждём весов.\n' },
      { username: 'istok_bot' },
    );
    expect(text).toBe('🐋 Модель\n\nТекст.\n\nЖдём весов.\n\nGitHub | Huggingface');
    expect(entities.map(({ offset, length }) => text.slice(offset, offset + length))).toEqual([
      '🐋 Модель',
      'GitHub',
      'Huggingface',
    ]);
  });

  test('that is a list shows no preview of one of its links', () => {
    const message = channelMessage(
      {
        id: 4,
        opinion: null,
        content: {
          kind: 'list',
          releaseIds: ['a'],
          post: {
            language: 'ru',
            text: '🗞 1 релиз за неделю\n\n🐋 Модель — текст',
            title: { text: '🗞 1 релиз за неделю', start: 0, end: 20 },
            links: [{ releaseId: 'a', url: 'https://t.me/model_news/7', start: 25, end: 31 }],
            leftOut: 0,
          },
        },
      },
      { username: 'istok_bot' },
    );
    expect(message.preview).toEqual({ is_disabled: true });
    expect(message.keyboard).toBeNull();
    expect(message.entities).toEqual([
      { type: 'bold', offset: 0, length: 20 },
      { type: 'text_link', url: 'https://t.me/model_news/7', offset: 25, length: 6 },
    ]);
  });
});
