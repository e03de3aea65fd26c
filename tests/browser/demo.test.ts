import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { compose } from '../../bot/compose.ts';
import { readConfig } from '../../bot/config.ts';
import { startDemo } from '../../bot/demo/main.ts';
import { MemoryOutput } from '../support/memory-output.ts';

import { findChromium, launchChromium, openWatched } from './browser.ts';

const executable = findChromium();
const described = executable === null ? describe.skip : describe;
const without = executable === null ? ': skipped, there is no Chromium (CHROMIUM names one)' : '';

const DESKTOP = { viewport: { width: 1280, height: 800 }, colorScheme: 'light' } as const;
const PHONE = {
  viewport: { width: 390, height: 844 },
  colorScheme: 'dark',
  hasTouch: true,
  isMobile: true,
} as const;

described(`the demo in a browser${without}`, () => {
  let browser: Browser;
  let url: string;
  let stop: AbortController;
  let demo: Promise<void>;
  beforeAll(async () => {
    browser = await launchChromium(executable ?? '');
  });
  afterAll(() => browser.close());
  async function beginDemo(port: string): Promise<void> {
    stop = new AbortController();
    const { promise: opened, resolve: onOpen } = Promise.withResolvers<string>();
    demo = startDemo({
      config: readConfig({ PORT: port, LOG_LEVEL: 'silent' }),
      compose,
      stdout: new MemoryOutput(),
      signal: stop.signal,
      checkNetwork: async () => false,
      onOpen,
    });
    url = await Promise.race([opened, demo.then(() => '')]);
  }

  async function endDemo(): Promise<void> {
    stop.abort();
    await demo;
  }

  beforeEach(() => beginDemo('0'));
  afterEach(endDemo);

  /** Runs on a page of its own, on which nothing may go wrong. */
  async function onPage(
    options: BrowserContextOptions,
    visit: (page: Page) => Promise<void>,
  ): Promise<void> {
    await using watched = await openWatched(browser, url, options);
    await visit(watched.page);
    expect(watched.faults).toEqual([]);
  }

  test('answers a question that is tapped, letter by letter, with a source that opens', async () => {
    await onPage({ ...DESKTOP, locale: 'ru-RU' }, async (page) => {
      await page.getByRole('button', { name: 'Почему небо голубое?' }).click();
      await page.locator('.chat-head .status', { hasText: 'печатает' }).waitFor();
      const draft = page.locator('.draft .text');
      await draft.filter({ hasText: 'Небо' }).waitFor();
      const early = (await draft.textContent()) ?? '';
      const answer = answerIn(page).last();
      await answer.waitFor();
      const whole = (await answer.textContent()) ?? '';
      expect(early.length).toBeLessThan(whole.length / 2);
      expect(whole).toContain('[1]');
      await expectCount(page.locator('.draft'), 0);

      const [opened] = await Promise.all([
        page.context().waitForEvent('page'),
        answer.getByRole('link', { name: '[1]' }).first().click(),
      ]);
      await opened.waitForLoadState();
      expect(new URL(opened.url()).host).toMatch(/^[\w-]+\.localhost:\d+$/u);
      expect(await opened.evaluate('window.opener')).toBeNull();
      await opened.close();

      await page.locator('.keyboard').last().getByRole('button', { name: /^1 · / }).click();
      const quoted = answerIn(page).last().locator('blockquote');
      await quoted.first().waitFor();
      expect(whole).toContain(((await quoted.first().textContent()) ?? '').slice(0, 30));
    });
  });

  test('speaks English where the browser does, and changes over when told', async () => {
    await onPage({ ...DESKTOP, locale: 'en-GB' }, async (page) => {
      await ask(page, 'How deep is Lake Baikal?');
      await answerIn(page).last().filter({ hasText: '1,642 metres' }).waitFor();
      await page
        .locator('.keyboard')
        .last()
        .getByRole('button', { name: 'More', exact: true })
        .waitFor();
      await page.getByRole('button', { name: 'Menu' }).click();
      await page.getByRole('menuitem', { name: 'Переключить на русский' }).click();
      await page.getByRole('button', { name: 'Меню' }).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('ru');
      await page.reload();
      await page.getByRole('button', { name: 'Меню' }).waitFor();
      await expectCount(answerIn(page), 1);
    });
  });

  test('unfolds the sources of an answer when they are tapped', async () => {
    // On the narrowest phone even one source takes more lines than a folded quotation shows.
    const narrow = { ...PHONE, viewport: { width: 320, height: 640 } };
    await onPage({ ...narrow, locale: 'ru-RU' }, async (page) => {
      await ask(page, 'Что такое смесь экспертов?');
      const quotation = answerIn(page).last().locator('blockquote');
      await quotation.getByRole('button', { name: 'Развернуть цитату', expanded: false }).waitFor();
      const before = (await quotation.boundingBox())?.height ?? 0;
      await quotation.getByText('Источники').click();
      await quotation.getByRole('button', { name: 'Свернуть цитату', expanded: true }).waitFor();
      const after = (await quotation.boundingBox())?.height ?? 0;
      expect(after).toBeGreaterThan(before + 15);
    });
  });

  test.each([
    ['ru-RU', 'Соври', 'Правда ли, что у DeepSeek-V3 617 миллиардов параметров?', /⚠️ .*«.+»/su],
    ['en-GB', 'Lie', 'How deep is Lake Baikal?', /⚠️ The source .*“?«.+»/su],
  ])(
    'catches a lie of its writer in front of the visitor: %s',
    async (locale, name, question, caught) => {
      await onPage({ ...PHONE, locale }, async (page) => {
        const lie = page.getByRole('switch', { name });
        await lie.tap();
        await expect.poll(() => lie.getAttribute('aria-checked')).toBe('true');
        await page.getByRole('button', { name: question }).tap();
        const answer = answerIn(page).last();
        await answer.waitFor();
        expect(await answer.textContent()).toMatch(caught);
        await lie.tap();
        await expect.poll(() => lie.getAttribute('aria-checked')).toBe('false');
        await ask(page, question);
        await expectCount(answerIn(page), 2);
        expect(await answer.textContent()).not.toContain('⚠️');
      });
    },
  );

  test('stops an answer when it is told to, at the end of a sentence', async () => {
    await onPage({ ...DESKTOP, locale: 'ru-RU' }, async (page) => {
      await ask(page, 'Чем DeepSeek-R1 отличается от R1-Zero?');
      const stopButton = page.locator('.draft').getByRole('button', { name: 'Остановить' });
      await page.locator('.draft .text', { hasText: 'R1' }).waitFor();
      await stopButton.click();
      const answer = answerIn(page).last();
      await answer.waitFor();
      await expectCount(page.locator('.draft'), 0);
      expect(await answer.textContent()).toContain('[1]');
    });
  });

  test('sends a text that is longer than a message in parts', async () => {
    await onPage({ ...DESKTOP, locale: 'ru-RU' }, async (page) => {
      await page.getByRole('button', { name: /Читальный зал/ }).click();
      await write(page, `${'слово '.repeat(800)}конец`);
      await expectCount(page.locator('.own'), 2);
      expect(await page.locator('.own').last().locator('.text').innerText()).toMatch(/ конец/u);
    });
  });

  test('follows the theme of the system until the switch says otherwise', async () => {
    await onPage({ ...DESKTOP, locale: 'ru-RU' }, async (page) => {
      const surface = (): Promise<string> =>
        page.evaluate("getComputedStyle(document.querySelector('.sidebar')).backgroundColor");
      expect(await surface()).toBe('rgb(255, 255, 255)');
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await surface()).toBe('rgb(23, 33, 43)');
      await page.getByRole('button', { name: 'Меню' }).click();
      await page.getByRole('menuitemcheckbox', { name: 'Ночной режим', checked: true }).click();
      expect(await surface()).toBe('rgb(255, 255, 255)');
      await page.reload();
      await page.locator('.app').waitFor();
      expect(await surface()).toBe('rgb(255, 255, 255)');
    });
  });

  test('shows one pane on a phone, with a way back, and two on a desktop', async () => {
    await onPage({ ...PHONE, locale: 'ru-RU' }, async (page) => {
      const list = page.getByRole('navigation', { name: 'Чаты' });
      expect(await list.isVisible()).toBe(false);
      await page.getByRole('button', { name: 'Назад к чатам' }).click();
      expect(await list.isVisible()).toBe(true);
      expect(await page.getByRole('main').isVisible()).toBe(false);
      await list.getByRole('button', { name: /Новости моделей/ }).click();
      await page.getByText('Здесь пишет только владелец канала').waitFor();
      await page.goBack();
      expect(await list.isVisible()).toBe(true);
      const width = await page.evaluate('document.documentElement.scrollWidth');
      expect(width).toBe(390);

      await page.setViewportSize({ width: 1280, height: 800 });
      await list.getByRole('button', { name: /Исток/ }).first().click();
      expect(await list.isVisible()).toBe(true);
      expect(await page.getByRole('main').isVisible()).toBe(true);
    });
  });

  test('keeps silent in the group until it is mentioned', async () => {
    await onPage({ ...DESKTOP, locale: 'ru-RU' }, async (page) => {
      await page.getByRole('button', { name: /Читальный зал/ }).click();
      await page.locator('.service', { hasText: 'Исток теперь в группе' }).waitFor();
      // Its greeting.
      await page.locator('.theirs').first().waitFor();
      await write(page, 'Просто болтаем');
      await write(page, '@istok_bot Почему небо голубое?');
      await answerIn(page).last().waitFor();
      const replies = page.locator('.theirs .reply-text');
      await expectCount(replies, 1);
      expect(await replies.textContent()).toBe('@istok_bot Почему небо голубое?');
    });
  });

  test('sends an answer from inline mode into a chat, in the name of who chose it', async () => {
    await onPage({ ...DESKTOP, locale: 'en-US' }, async (page) => {
      await page.getByRole('button', { name: /Читальный зал/ }).click();
      const field = page.getByRole('combobox');
      await field.fill('@ist');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      expect(await field.inputValue()).toBe('@istok_bot ');
      await field.pressSequentially('How deep is Lake Baikal?');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('ArrowDown');
      expect(await field.getAttribute('aria-activedescendant')).toBe('choice-0');
      await page.keyboard.press('Enter');
      const sent = page.locator('.own', { hasText: 'via @istok_bot' });
      await sent.waitFor();
      expect(await sent.textContent()).toContain('1,642 metres');
      expect(await field.inputValue()).toBe('');
    });
  });

  test('can be used without a mouse', async () => {
    await onPage({ ...DESKTOP, locale: 'ru-RU' }, async (page) => {
      const field = page.getByRole('combobox');
      await page.keyboard.press('Tab');
      await field.focus();
      await page.keyboard.type('Почему небо');
      await page.keyboard.press('Shift+Enter');
      await page.keyboard.type('голубое?');
      await page.keyboard.press('Enter');
      await answerIn(page).last().waitFor();
      expect(await page.locator('.own .text').first().innerText()).toContain('небо\nголубое?');

      await page.keyboard.press('ArrowUp');
      expect(await field.inputValue()).toBe('Почему небо\nголубое?');
      await page.getByText('Изменение сообщения').waitFor();
      await page.keyboard.press('Escape');
      expect(await field.inputValue()).toBe('');

      await page.keyboard.type('/');
      await page.getByRole('option', { name: '/help' }).waitFor();
      await page.keyboard.type('he');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.locator('.own', { hasText: '/help' }).waitFor();
      await page.locator('.theirs', { hasText: 'Я Исток' }).waitFor();

      await page
        .getByRole('button', { name: /^Исток/ })
        .first()
        .focus();
      const chats = await page
        .getByRole('button', { name: /^(?:Исток|Редакция|Читальный|Новости)/ })
        .all();
      for (const _ of chats.slice(1)) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Новости моделей' }).waitFor();
      const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
      expect(outline).toBe('solid');
    });
  });

  test('forwards a post of the channel to the bot, which checks it', async () => {
    await onPage({ ...DESKTOP, locale: 'ru-RU' }, async (page) => {
      await page.getByRole('button', { name: /Новости моделей/ }).click();
      await page.getByRole('link', { name: '💬 Спросить' }).first().waitFor();
      await page.locator('.bubble').first().click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Переслать боту' }).click();
      await page.locator('.own .via', { hasText: 'Переслано: Новости моделей' }).waitFor();
      await page.getByRole('button', { name: 'Правда?' }).click();
      const checked = answerIn(page).last();
      await checked.filter({ hasText: 'Проверка:' }).waitFor();

      const text = (await checked.textContent()) ?? '';
      expect(text).toContain('✅ Подтверждается: ');
      expect(text).not.toContain('❌');
    });
  });

  test("shows drafts in the editor's chat, and the channel what was published there", async () => {
    await onPage({ ...DESKTOP, locale: 'ru-RU' }, async (page) => {
      await page.getByRole('button', { name: /Редакция канала/ }).click();
      const publish = page.getByRole('button', { name: '✅ Опубликовать' });
      // The first two were decided on before.
      await expectCount(page.getByText(/^✅ Вышел/), 2, 40_000);
      await expectCount(publish, 2, 40_000);
      const card = page.locator('.message', { has: publish }).last();
      const title = await card.locator('.reply-text').textContent();
      await card.getByRole('button', { name: '✅ Опубликовать' }).click();
      await page.getByRole('button', { name: '↩️ Отменить' }).last().waitFor();
      await page.getByRole('button', { name: /Новости моделей/ }).click();
      const name = (title ?? '').split(':')[0] ?? '';
      const post = page.locator('.bubble', { hasText: name }).first();
      await post.waitFor();
      expect(await post.textContent()).toMatch(/GitHub|Huggingface|Paper|Источник/u);
    });
  });

  test('edits, replies to and deletes a message by its menu', async () => {
    await onPage({ ...DESKTOP, locale: 'ru-RU' }, async (page) => {
      await page.getByRole('button', { name: /Читальный зал/ }).click();
      await write(page, '<b>Раз</b>');
      const own = page.locator('.own');
      await own.hover();
      await own.getByRole('button', { name: 'Действия с сообщением' }).click();
      await page.getByRole('menuitem', { name: 'Ответить' }).press('Enter');
      await write(page, 'Два');
      await own.nth(1).locator('.reply-text', { hasText: '<b>Раз</b>' }).waitFor();
      await own.nth(1).locator('.bubble').click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Изменить' }).click();
      await write(page, 'Три');
      await own.nth(1).locator('.when', { hasText: 'изменено' }).waitFor();
      await own.first().locator('.bubble').click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Удалить' }).click();
      await expectCount(own, 1);
      expect(await own.locator('.text').textContent()).toContain('Три');
    });
  });

  test('tells a screen reader what has come, once and whole', async () => {
    await onPage({ ...DESKTOP, locale: 'ru-RU' }, async (page) => {
      await ask(page, 'Почему небо голубое?');
      await answerIn(page).last().waitFor();
      const announced = page.getByRole('log').getByRole('paragraph');
      await expectCount(announced.filter({ hasText: /^Исток: / }), 1);
      expect(await announced.last().textContent()).toMatch(/^Исток: Небо голубое.*\[1\]/u);
    });
  });

  test('says that it has lost the demo, and goes on when it is back', async () => {
    await using watched = await openWatched(browser, url, { ...DESKTOP, locale: 'ru-RU' });
    const { page, faults } = watched;
    await ask(page, 'Почему небо голубое?');
    await answerIn(page).last().waitFor();
    await endDemo();
    await page.locator('.status', { hasText: 'соединение…' }).waitFor();
    await ask(page, 'Ау?');
    await page.locator('.toast', { hasText: 'Не отправлено' }).waitFor();
    expect(await page.getByRole('combobox').inputValue()).toBe('Ау?');
    await beginDemo(new URL(url).port);
    await page.getByRole('button', { name: 'Почему небо голубое?' }).click();
    await answerIn(page).last().waitFor();
    // The browser itself notes each try that found nobody.
    expect(faults.filter((fault) => !fault.includes('net::ERR_'))).toEqual([]);
  });

  test.runIf(process.env['SCREENSHOTS'] === '1')('keeps its pictures', async () => {
    await onPage({ ...DESKTOP, locale: 'ru-RU' }, async (page) => {
      await ask(page, 'Чем DeepSeek-R1 отличается от R1-Zero?');
      await answerIn(page).last().waitFor();
      await settle(page);
      expect(await page.locator('.draft').count()).toBe(0);
      await page.screenshot({ path: pictureNamed('demo-light.png') });
    });
    await endDemo();
    await beginDemo('0');
    await onPage({ ...PHONE, locale: 'en-US', deviceScaleFactor: 2 }, async (page) => {
      await ask(page, 'How deep is Lake Baikal?');
      await answerIn(page).filter({ hasText: '1,642' }).last().waitFor();
      await settle(page);
      expect(await page.locator('.draft').count()).toBe(0);
      await page.screenshot({ path: pictureNamed('demo-dark-phone.png') });
    });
  });
});

function pictureNamed(name: string): string {
  return join(fileURLToPath(new URL('../../docs/', import.meta.url)), name);
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('combobox').fill(text);
  await page.getByRole('button', { name: /^(?:Отправить|Сохранить|Send|Save)$/u }).click();
}

/** In the chat that is open. */
async function ask(page: Page, question: string): Promise<void> {
  await page.getByRole('combobox').fill(question);
  await page.keyboard.press('Enter');
}

/** Messages of the bot with sources: whole answers, and not what is being written. */
function answerIn(page: Page): Locator {
  return page.locator('.theirs:not(.draft):has(blockquote)');
}

async function expectCount(locator: Locator, count: number, timeout = 10_000): Promise<void> {
  await expect.poll(() => locator.count(), { timeout }).toBe(count);
}

/** Until nothing moves and no pointer hovers. */
async function settle(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  await page.getByRole('combobox').blur();
  await page.evaluate('document.fonts.ready.then(() => null)');
}
