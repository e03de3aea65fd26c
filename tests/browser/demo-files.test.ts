import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { compose } from '../../bot/compose.ts';
import { readConfig } from '../../bot/config.ts';
import { startDemo } from '../../bot/demo/main.ts';
import { MemoryOutput } from '../support/memory-output.ts';

import { findChromium, launchChromium, openWatched } from './browser.ts';

const executable = findChromium();
const described = executable === null ? describe.skip : describe;
const without = executable === null ? ': skipped, there is no Chromium (CHROMIUM names one)' : '';

const PHONE = {
  viewport: { width: 360, height: 740 },
  colorScheme: 'light',
  hasTouch: true,
  isMobile: true,
  locale: 'ru-RU',
} as const;

described(`a file that is sent in the demo${without}`, () => {
  let browser: Browser;
  let url: string;
  let stop: AbortController;
  let demo: Promise<void>;
  beforeAll(async () => {
    browser = await launchChromium(executable ?? '');
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    stop = new AbortController();
    const { promise: opened, resolve: onOpen } = Promise.withResolvers<string>();
    demo = startDemo({
      config: readConfig({ PORT: '0', LOG_LEVEL: 'silent' }),
      compose,
      stdout: new MemoryOutput(),
      signal: stop.signal,
      checkNetwork: async () => false,
      wordsPerSecond: 1000,
      onOpen,
    });
    url = await Promise.race([opened, demo.then(() => '')]);
  });
  afterEach(async () => {
    stop.abort();
    await demo;
  });

  async function onPage(
    options: BrowserContextOptions,
    visit: (page: Page) => Promise<void>,
  ): Promise<void> {
    await using watched = await openWatched(browser, url, options);
    await visit(watched.page);
    expect(watched.faults).toEqual([]);
  }

  test('from the disk of a phone answers its caption, with its lines', async () => {
    await onPage(PHONE, async (page) => {
      const field = page.getByRole('combobox', { name: 'Сообщение' });
      await field.fill('Какой высоты маяк?');
      const button = page.getByRole('button', { name: 'Прикрепить файл' });
      const box = await button.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(40);
      await page.locator('input[type=file]').setInputFiles({
        name: 'маяк.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('Маяк стоит на мысе Лунном.\n\nВысота маяка — 34 метра.\n'),
      });
      await page.locator('.own .attached', { hasText: 'маяк.txt' }).waitFor();
      const answer = page.locator('.theirs .text', { hasText: '34 метра' });
      await answer.waitFor();
      expect(await answer.textContent()).toContain('маяк.txt — строка 3');
      expect(await field.inputValue()).toBe('');
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(width).toBe(360);
    });
  });

  test('may be one that the demo brings along', async () => {
    await onPage(PHONE, async (page) => {
      await page.getByRole('button', { name: 'Прикрепить файл' }).click();
      await page.getByRole('menuitem', { name: 'Пример: отчёт' }).click();
      await page.getByRole('button', { name: 'О чём этот файл?' }).click();
      await page.locator('.theirs .text', { hasText: 'Источники' }).waitFor();
      if (process.env['SCREENSHOT'] !== undefined) {
        await page.screenshot({ path: process.env['SCREENSHOT'] });
      }
      const field = page.getByRole('combobox', { name: 'Сообщение' });
      await field.fill('Кто основал обсерваторию?');
      await field.press('Enter');
      const answer = page.locator('.theirs .text', { hasText: 'Вера Лужина' }).last();
      await answer.waitFor();
      expect(await answer.textContent()).toContain('обсерватория.md — строки');
    });
  });
});
