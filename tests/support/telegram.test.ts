import type { MessageEntity } from 'grammy/types';
import { Api } from 'grammy';
import { describe, expect, onTestFinished, test } from 'vitest';

import { objectionOfTdlib, tdlibMissing } from './tdlib.ts';
import { startTelegram } from './telegram.ts';
import type { TestTelegram } from './telegram.ts';

const link = (url: string): MessageEntity => ({ type: 'text_link', offset: 4, length: 4, url });
const cases: [string, string, MessageEntity[], string][] = [
  [
    'a link inside code',
    'see link',
    [link('https://a.example/'), { type: 'code', offset: 4, length: 4 }],
    'entities would be changed: lost [TextUrl https://a.example/ 4–8], instead []',
  ],
  [
    'a link inside a link',
    'see link',
    [
      link('https://a.example/'),
      { type: 'text_link', offset: 5, length: 2, url: 'https://b.example/' },
    ],
    'entities would be changed: lost [TextUrl https://b.example/ 5–7], instead []',
  ],
  [
    'an address of another scheme',
    'see link',
    [link('ftp://a.example/')],
    "Entity URL 'ftp://a.example/' is invalid: Unsupported URL protocol",
  ],
  [
    'an address without a host',
    'see link',
    [link('http://localhost/')],
    "Entity URL 'http://localhost/' is invalid: Wrong HTTP URL",
  ],
  [
    'white space at the edges',
    ' see link\n',
    [],
    'white space at the edges of the text would be cut off',
  ],
  ['a control character', 'see\u0001link', [], 'characters of the text would be changed'],
  [
    'half a character',
    '😀 link',
    [{ type: 'bold', offset: 0, length: 1 }],
    'Entity beginning at UTF-16 offset 6 ends in a middle of a UTF-16 symbol at byte offset 10',
  ],
];

/** Where the package with the parser installs. */
const isSystemOfParser =
  process.platform === 'linux' &&
  process.arch === 'x64' &&
  'glibcVersionRuntime' in (process.report.getReport() as { header: object }).header;

test.runIf(isSystemOfParser)(
  "Telegram's own parser is here, so that no message goes unjudged",
  () => {
    expect(tdlibMissing).toBeNull();
  },
);

describe.skipIf(tdlibMissing !== null)("Telegram's own parser", () => {
  test.each(cases)('objects to %s', (_, text, entities, objection) => {
    expect(objectionOfTdlib(text, entities)).toBe(objection);
  });

  test.each<[string, string, MessageEntity[]]>([
    ['plain text with marks in it', 'see **b** `c` [x](http://a.example) __d__', []],
    ['a link', 'see link', [link('https://a.example')]],
    ['a link with letters of any script', 'see link', [link('https://пример.рф/путь?a=б')]],
    [
      'a link in bold in a quotation',
      'see link too',
      [
        { type: 'expandable_blockquote', offset: 0, length: 12 },
        { type: 'bold', offset: 0, length: 12 },
        link('https://a.example/x_(y)'),
      ],
    ],
    ['code', 'see link', [{ type: 'code', offset: 4, length: 4 }]],
    ['code of a language', 'see link', [{ type: 'pre', offset: 4, length: 4, language: 'ts' }]],
    ['a mention that it finds itself', '@istok', [{ type: 'mention', offset: 0, length: 6 }]],
  ])('takes %s', (_, text, entities) => {
    expect(objectionOfTdlib(text, entities)).toBeNull();
  });

  test.each(cases)('is asked about every message: %s', async (_, text, entities) => {
    await using telegram = await startTelegram();
    telegram.write('привет');
    const api = new Api(telegram.token, { apiRoot: telegram.url });
    const calls = [
      api.sendMessage(77, text, { entities }),
      api.sendMessageDraft(77, 1, text, { entities }),
    ];
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(telegram.messages(77)).toHaveLength(1);
    expect(telegram.takeObjections()).toHaveLength(2);
  });
});

describe('a test in which the bot sends what people would not see so', () => {
  const linkInCode: MessageEntity[] = [
    link('https://a.example/'),
    { type: 'code', offset: 4, length: 4 },
  ];
  const bad: [string, string, MessageEntity[]][] = [
    ['is refused', 'x'.repeat(4097), []],
    ['is altered', 'see link', linkInCode],
  ];

  test.each(bad)(
    'fails at its end when a message %s',
    { fails: true },
    async (_, text, entities) => {
      const telegram = await sendRefused(text, entities);
      expect(telegram.messages(77)).toHaveLength(1);
    },
  );

  test.each(bad)('may say that it was meant so when a message %s', async (_, text, entities) => {
    const telegram = await sendRefused(text, entities);
    expect(telegram.takeObjections()).toHaveLength(1);
  });
});

test('a fault that the test plays is no mistake of the bot', async () => {
  await using telegram = await startTelegram();
  telegram.write('привет');
  const description = 'Bad Request: ENTITIES_TOO_LONG';
  telegram.failNext('sendMessage', { type: 'refusal', code: 400, description });
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  await expect(api.sendMessage(77, 'x')).rejects.toThrow('ENTITIES_TOO_LONG');
  expect(telegram.takeObjections()).toEqual([]);
});

async function sendRefused(text: string, entities: MessageEntity[]): Promise<TestTelegram> {
  const telegram = await startTelegram();
  onTestFinished(() => telegram.close());
  telegram.write('привет');
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  await expect(api.sendMessage(77, text, { entities })).rejects.toThrow('400: Bad Request: ');
  return telegram;
}
