import type { Message } from 'grammy/types';
import { describe, expect, test } from 'vitest';

import type { AnswerEvent, Ask, AskRequest } from '../../generation/answer/answer-event.ts';
import { penicillinReport } from '../support/answer-report.ts';
import { startTestBot } from '../support/running-bot.ts';
import { startTelegram } from '../support/telegram.ts';
import type { TestTelegram } from '../support/telegram.ts';

/** Answers when the test lets it, and notes what is asked. */
function heldAsk() {
  const requests: AskRequest[] = [];
  const held = new Map<string, PromiseWithResolvers<void>>();
  const gate = (question: string): PromiseWithResolvers<void> => {
    const known = held.get(question) ?? Promise.withResolvers<void>();
    held.set(question, known);
    return known;
  };
  const ask: Ask = async function* held_(request, { signal, stopWriting }) {
    requests.push(request);
    const { question } = request;
    yield { type: 'searching', question, language: 'ru' };
    yield { type: 'reading', pages: 5 };
    yield { type: 'text-delta', text: `Начало ответа на «${question}».` };
    const stopped = Promise.withResolvers<'stopped'>();
    stopWriting?.addEventListener('abort', () => stopped.resolve('stopped'));
    const aborted = Promise.withResolvers<'aborted'>();
    signal.addEventListener('abort', () => aborted.resolve('aborted'));
    const end = await Promise.race([gate(question).promise, stopped.promise, aborted.promise]);
    yield answered(question, { stopped: end === 'stopped' });
  };
  return { ask, requests, answer: (question: string) => gate(question).resolve() };
}

function answered(question: string, { stopped = false } = {}): AnswerEvent {
  const report = penicillinReport({ question, standaloneQuestion: question, stopped });
  const text = stopped ? 'Начало ответа' : 'Ответ';
  return {
    type: 'answered',
    report: {
      ...report,
      answer: `${text} на «${question}». Пенициллин открыл Александр Флеминг [1].`,
    },
  };
}

const atOnce: Ask = async function* atOnce({ question }) {
  yield answered(question);
};

function noting(answer: Ask) {
  const requests: AskRequest[] = [];
  const ask: Ask = (request, options) => {
    requests.push(request);
    return answer(request, options);
  };
  return { ask, requests };
}

const startsWith =
  (text: string) =>
  (event: { type: string; message?: Message }): boolean =>
    (event.type === 'message' || event.type === 'edited') &&
    event.message?.text?.startsWith(text) === true;

function said(telegram: TestTelegram, chatId: number): string[] {
  return telegram
    .messages(chatId)
    .filter(({ from }) => from?.id === telegram.bot.id)
    .map(({ text }) => text ?? '');
}

function buttons(message: Message | undefined): { text: string; data: string }[] {
  const rows = message?.reply_markup?.inline_keyboard ?? [];
  return rows.flat().map((button) => ({
    text: button.text,
    data: 'callback_data' in button ? button.callback_data : 'url' in button ? button.url : '',
  }));
}

const sometimesLong: Ask = async function* sometimesLong_({ question }) {
  const event = answered(question);
  if (event.type !== 'answered') return;
  const filler = question.includes('длинно') ? 'Слово за словом. '.repeat(400) : '';
  yield {
    type: 'answered',
    report: { ...event.report, answer: `${filler}${event.report.answer}` },
  };
};

async function startChat(ask: Ask) {
  const telegram = await startTelegram();
  const bot = await startTestBot({ telegram, ask });
  const user = telegram.createUser({ language_code: 'ru' });
  return {
    telegram,
    user,
    async [Symbol.asyncDispose]() {
      await bot[Symbol.asyncDispose]();
      await telegram.close();
    },
  };
}

async function withAnswer(ask: Ask = atOnce) {
  const chat = await startChat(ask);
  const { telegram, user } = chat;
  telegram.write('Кто?', { from: user });
  await telegram.waitForEvent(startsWith('Ответ на «Кто?»'));
  const answer = telegram.messages(user.id).find(({ from }) => from?.id === telegram.bot.id);
  const messageId = answer?.message_id ?? 0;
  const press = (text: string) => {
    const shown = buttons(telegram.message(user.id, messageId) ?? undefined);
    const data = shown.find((button) => button.text.startsWith(text))?.data ?? text;
    return telegram.press(data, { from: user, chatId: user.id, messageId });
  };
  return { ...chat, answer, press };
}

describe('in a private chat', () => {
  test('a slow answer is seen growing in a draft, then arrives as a message', async () => {
    const held = heldAsk();
    await using chat = await startChat(held.ask);
    const { telegram, user } = chat;
    telegram.write('Кто?', { from: user });
    const draft = await telegram.waitForEvent((event) => event.type === 'draft');
    expect(draft).toMatchObject({ draft: { text: 'Начало ответа на «Кто?».', canStop: true } });
    expect(telegram.callsOf('sendChatAction')[0]?.payload).toMatchObject({ action: 'typing' });
    held.answer('Кто?');
    await telegram.waitForEvent(startsWith('Ответ на «Кто?»'));
    expect(said(telegram, user.id)).toHaveLength(1);
  });

  test('the stop of the draft keeps what was written, with its sources', async () => {
    const held = heldAsk();
    await using chat = await startChat(held.ask);
    const { telegram, user } = chat;
    telegram.write('Кто?', { from: user });
    const event = await telegram.waitForEvent((one) => one.type === 'draft');
    telegram.stopDraft(user.id, event.type === 'draft' ? event.draft.draftId : 0);
    await telegram.waitForEvent(startsWith('Начало ответа на «Кто?». Пенициллин'));
    expect(said(telegram, user.id)).toHaveLength(1);
    expect(said(telegram, user.id)[0]).toContain('Источники');
  });

  test('a second question says that it waits, can be cancelled, and is answered in its turn', async () => {
    const held = heldAsk();
    await using chat = await startChat(held.ask);
    const { telegram, user } = chat;
    telegram.write('Первый?', { from: user });
    telegram.write('Второй?', { from: user });
    telegram.write('Третий?', { from: user });
    await telegram.waitForEvent(
      () => said(telegram, user.id).filter((text) => text.startsWith('Сначала')).length === 2,
    );
    const second = telegram.messages(user.id).find(({ text }) => text?.startsWith('Сначала'));
    const [cancel] = buttons(second);
    expect(cancel?.text).toBe('Отменить');
    const shown = await telegram.press(cancel?.data ?? '', {
      from: user,
      chatId: user.id,
      messageId: second?.message_id ?? 0,
    });
    expect(shown.text).toBe('Отменено.');
    await telegram.waitForEvent(startsWith('Вопрос отменён.'));
    held.answer('Первый?');
    held.answer('Третий?');
    await telegram.waitForEvent(startsWith('Ответ на «Третий?»'));
    expect(held.requests.map(({ question }) => question)).toEqual(['Первый?', 'Третий?']);
    // The notice of the one that was answered is gone.
    expect(said(telegram, user.id).filter((text) => text.startsWith('Сначала'))).toEqual([]);
  });

  test('/stop ends all that is under way and says when there is nothing', async () => {
    const held = heldAsk();
    await using chat = await startChat(held.ask);
    const { telegram, user } = chat;
    telegram.write('/stop', { from: user });
    await telegram.waitForEvent(startsWith('Сейчас останавливать нечего.'));
    telegram.write('Кто?', { from: user });
    await telegram.waitForEvent((event) => event.type === 'draft');
    telegram.write('/stop', { from: user });
    await telegram.waitForEvent(startsWith('Начало ответа на «Кто?». Пенициллин'));
    expect(said(telegram, user.id)).toHaveLength(2);
  });

  test('an edited question is answered anew, in the place of the old answer', async () => {
    await using chat = await startChat(atOnce);
    const { telegram, user } = chat;
    const question = telegram.write('Кто открыл пеницилин?', { from: user });
    await telegram.waitForEvent(startsWith('Ответ на «Кто открыл пеницилин?»'));
    telegram.edit(question.message_id, 'Кто открыл пенициллин?', { from: user });
    await telegram.waitForEvent(startsWith('Ответ на «Кто открыл пенициллин?»'));
    expect(said(telegram, user.id)).toHaveLength(1);
    // A preview or a reaction makes an edit of the same text.
    telegram.edit(question.message_id, 'Кто открыл пенициллин?', { from: user });
    telegram.write('Дальше?', { from: user });
    await telegram.waitForEvent(startsWith('Ответ на «Дальше?»'));
    expect(said(telegram, user.id)).toHaveLength(2);
  });

  test('a question that is edited while it is answered starts over', async () => {
    const held = heldAsk();
    await using chat = await startChat(held.ask);
    const { telegram, user } = chat;
    const question = telegram.write('Кто открыл?', { from: user });
    await telegram.waitForEvent((event) => event.type === 'draft');
    telegram.edit(question.message_id, 'Кто открыл пенициллин?', { from: user });
    held.answer('Кто открыл пенициллин?');
    await telegram.waitForEvent(startsWith('Ответ на «Кто открыл пенициллин?»'));
    expect(said(telegram, user.id)).toHaveLength(1);
  });

  test('an edit that is longer takes another message, a shorter one gives it back', async () => {
    await using chat = await startChat(sometimesLong);
    const { telegram, user } = chat;
    const question = telegram.write('Коротко?', { from: user });
    await telegram.waitForEvent(startsWith('Ответ на «Коротко?»'));
    telegram.edit(question.message_id, 'Теперь длинно?', { from: user });
    await telegram.waitForEvent(() => said(telegram, user.id).length === 2);
    expect(said(telegram, user.id)[1]).toContain('Ответ на «Теперь длинно?»');
    telegram.edit(question.message_id, 'Опять коротко?', { from: user });
    await telegram.waitForEvent((event) => event.type === 'deleted');
    expect(said(telegram, user.id)).toHaveLength(1);
    expect(said(telegram, user.id)[0]).toContain('Ответ на «Опять коротко?»');
  });

  test('a text that the app cut in pieces is one question', async () => {
    const held = heldAsk();
    await using chat = await startChat(held.ask);
    const { telegram, user } = chat;
    const piece = 'слово '.repeat(650).trim();
    telegram.write(piece, { from: user });
    telegram.write('Конец?', { from: user });
    await telegram.waitForEvent((event) => event.type === 'draft');
    expect(held.requests).toHaveLength(1);
    expect(held.requests[0]?.question).toBe(`${piece}\nКонец?`);
    held.answer(`${piece}\nКонец?`);
  });

  test('an edited piece of such a text asks all of it again, in the place of its answer', async () => {
    const { ask, requests } = noting(atOnce);
    await using chat = await startChat(ask);
    const { telegram, user } = chat;
    const piece = 'слово '.repeat(650).trim();
    telegram.write(piece, { from: user });
    const last = telegram.write('Кнец?', { from: user });
    await telegram.waitForEvent(startsWith('Ответ на «слово'));
    telegram.edit(last.message_id, 'Конец?', { from: user });
    await telegram.waitForEvent(() => requests.length === 2);
    telegram.write('Дальше?', { from: user });
    await telegram.waitForEvent(startsWith('Ответ на «Дальше?»'));
    expect(requests[1]?.question).toBe(`${piece}\nКонец?`);
    const answers = said(telegram, user.id);
    expect(answers.filter((text) => text.startsWith('Ответ на «'))).toHaveLength(2);
    expect(answers.join('')).toContain('Конец?»');
    expect(answers.join('')).not.toContain('Кнец?»');
  });

  test('a long text that is edited before it was asked is asked once, as it is now', async () => {
    const { ask, requests } = noting(atOnce);
    await using chat = await startChat(ask);
    const { telegram, user } = chat;
    const long = 'слово '.repeat(650).trim();
    const message = telegram.write(long, { from: user });
    telegram.edit(message.message_id, `${long} конец?`, { from: user });
    await telegram.waitForEvent(startsWith('Ответ на «слово'));
    telegram.write('Дальше?', { from: user });
    await telegram.waitForEvent(startsWith('Ответ на «Дальше?»'));
    expect(requests.map(({ question }) => question)).toEqual([`${long} конец?`, 'Дальше?']);
  });

  test('what was said before goes along with a question', async () => {
    const held = heldAsk();
    await using chat = await startChat(held.ask);
    const { telegram, user } = chat;
    for (const text of ['Кто открыл пенициллин?', 'А когда?']) {
      held.answer(text);
      telegram.write(text, { from: user });
      await telegram.waitForEvent(startsWith(`Ответ на «${text}»`));
    }
    expect(held.requests[0]?.history).toEqual([]);
    expect(held.requests[1]?.history).toMatchObject([
      { standaloneQuestion: 'Кто открыл пенициллин?', answer: expect.stringContaining('Флеминг') },
    ]);
  });
});

describe('under an answer', () => {
  test('stand the sources, more, once more, and what its reader thinks', async () => {
    await using chat = await withAnswer();
    expect(buttons(chat.answer)).toEqual([
      { text: '1 · Энциклопедия', data: 'source:1:1' },
      { text: 'Шире', data: 'more:1' },
      { text: 'Ещё раз', data: 'again:1' },
      { text: '👍', data: 'rate:up:1' },
      { text: '👎', data: 'rate:down:1' },
    ]);
  });

  test('a source shows its exact quote, with a button to the page', async () => {
    await using chat = await withAnswer();
    await chat.press('1 ·');
    await chat.telegram.waitForEvent(startsWith('[1] Пенициллин'));
    const shown = chat.telegram.messages(chat.user.id).at(-1);
    expect(shown?.text).toBe('[1] Пенициллин · Энциклопедия\nПенициллин открыл Александр Флеминг');
    expect(shown?.entities).toContainEqual(
      expect.objectContaining({ type: 'blockquote', offset: 30, length: 35 }),
    );
    expect(buttons(shown)).toEqual([
      { text: 'Открыть страницу', data: 'https://ru.example/penicillin#:~:text=Fleming' },
    ]);
  });

  test('a source that is a PDF names its page, and its button opens it there', async () => {
    await using chat = await withAnswer(async function* fromPdf({ question }) {
      const event = answered(question);
      if (!('report' in event)) return;
      const place = { unit: 'page', from: 4, to: 4 } as const;
      const quoteUrl = 'https://ru.example/penicillin.pdf#page=4';
      const { report } = event;
      const sources = report.sources.map((source) => ({ ...source, quoteUrl, place }));
      yield { type: 'answered', report: { ...report, sources, sentences: [] } };
    });
    expect(chat.answer?.text).toMatch(/1\. Пенициллин — Энциклопедия, 9 мая 2024 г\., с\. 4$/u);
    await chat.press('1 ·');
    await chat.telegram.waitForEvent(startsWith('[1] Пенициллин'));
    const shown = chat.telegram.messages(chat.user.id).at(-1);
    expect(shown?.text).toBe(
      '[1] Пенициллин · Энциклопедия\nПенициллин открыл Александр Флеминг\nс. 4',
    );
    expect(buttons(shown)).toEqual([
      { text: 'Открыть страницу', data: 'https://ru.example/penicillin.pdf#page=4' },
    ]);
  });

  test('more of it comes once, and its button goes', async () => {
    const lengths: string[] = [];
    await using chat = await withAnswer(async function* noting({ question, length }) {
      lengths.push(length);
      yield answered(question);
    });
    await chat.press('Шире');
    await chat.telegram.waitForEvent(
      () =>
        said(chat.telegram, chat.user.id).filter((text) => text.startsWith('Ответ')).length === 2,
    );
    expect(lengths).toEqual(['short', 'long']);
    const again = await chat.telegram.press('more:1', {
      from: chat.user,
      chatId: chat.user.id,
      messageId: chat.answer?.message_id ?? 0,
    });
    expect(again.text).toBe('Подробный ответ уже есть ниже.');
    const left = chat.telegram.message(chat.user.id, chat.answer?.message_id ?? 0);
    expect(buttons(left ?? undefined).map(({ text }) => text)).not.toContain('Шире');
  });

  test('it can be asked once more, as it was understood, without what was said since', async () => {
    const requests: AskRequest[] = [];
    await using chat = await withAnswer(async function* noting(request) {
      requests.push(request);
      yield answered(request.question);
    });
    await chat.press('Ещё раз');
    await chat.telegram.waitForEvent(
      () =>
        said(chat.telegram, chat.user.id).filter((text) => text.startsWith('Ответ')).length === 2,
    );
    expect(requests[1]).toMatchObject({ question: 'Кто?', length: 'short', history: [] });
  });

  test('stands nothing where nothing was asked', async () => {
    await using chat = await startChat(async function* nothing({ question }) {
      const report = penicillinReport({ question, sentences: [], sources: [] });
      yield { type: 'declined', reason: 'no-question', report };
    });
    chat.telegram.write('Спасибо!', { from: chat.user });
    await chat.telegram.waitForEvent(startsWith('Рад поговорить!'));
    expect(buttons(chat.telegram.messages(chat.user.id).at(-1))).toEqual([]);
  });

  test('stand questions that may be asked next, and one tap asks one', async () => {
    const { ask, requests } = noting(async function* withNext({ question }) {
      const event = answered(question);
      if (event.type !== 'answered') return;
      const nextQuestions = ['Что такое плесень?', 'Флеминг: биография'];
      yield { ...event, report: { ...event.report, nextQuestions } };
    });
    await using chat = await withAnswer(ask);
    expect(buttons(chat.answer).slice(-2)).toEqual([
      { text: 'Что такое плесень?', data: 'next:1:0' },
      { text: 'Флеминг: биография', data: 'next:1:1' },
    ]);
    const shown = await chat.press('Флеминг: биография');
    expect(shown.text).toBe('Флеминг: биография');
    await chat.telegram.waitForEvent(startsWith('Ответ на «Флеминг: биография»'));
    expect(requests.map(({ question }) => question).slice(1)).toEqual(['Флеминг: биография']);
    expect((await chat.press('next:1:7')).text).toMatch(/устарела/u);
  });

  test('a thumb is kept and shown, and can be taken back', async () => {
    await using chat = await withAnswer();
    const shownNow = () =>
      buttons(chat.telegram.message(chat.user.id, chat.answer?.message_id ?? 0) ?? undefined).map(
        ({ text }) => text,
      );
    await chat.press('👍');
    await chat.telegram.waitForEvent(() => shownNow().includes('👍 ✓'));
    await chat.press('👎');
    await chat.telegram.waitForEvent(() => shownNow().includes('👎 ✓'));
    expect(shownNow()).toContain('👍');
    await chat.press('👎');
    await chat.telegram.waitForEvent(() => shownNow().includes('👎'));
  });

  test.each([
    'source:999:1',
    'source:1:9',
    'more:999',
    'again:999',
    'next:999:0',
    'next:1:0',
    'rate:up:999',
    'cancel:999',
    'no such button',
    'source:1',
    'more:99999999999999999999',
  ])('a button from last year or of somebody’s own making does nothing: %s', async (data) => {
    await using chat = await withAnswer();
    const before = said(chat.telegram, chat.user.id);
    const shown = await chat.press(data);
    expect(shown.text).toMatch(/устарела|нечего/u);
    expect(said(chat.telegram, chat.user.id)).toEqual(before);
  });

  test('buttons of one chat open nothing of another', async () => {
    await using chat = await withAnswer();
    const stranger = chat.telegram.createUser({ language_code: 'ru' });
    chat.telegram.write('Кто там?', { from: stranger });
    await chat.telegram.waitForEvent(startsWith('Ответ на «Кто там?»'));
    const own = chat.telegram.messages(stranger.id).at(-1);
    const shown = await chat.telegram.press('source:1:1', {
      from: stranger,
      chatId: stranger.id,
      messageId: own?.message_id ?? 0,
    });
    expect(shown.text).toBe('Эта кнопка устарела: задайте вопрос ещё раз.');
    expect(said(chat.telegram, stranger.id)).toHaveLength(1);
  });
});
