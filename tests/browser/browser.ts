import { existsSync } from 'node:fs';

import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** Where Debian, its headless kin and the usual installers put Chromium. */
const KNOWN_PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The Chromium of this machine, or the one that CHROMIUM names; null when there is none. */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM'];
  const places = named === undefined || named === '' ? KNOWN_PLACES : [named];
  return places.find((place) => existsSync(place)) ?? null;
}

/** It resolves no name but those of this machine, whatever a page asks for. */
export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE *.localhost',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}

/** A page of the demo, and what must not have happened there. */
export interface WatchedPage extends AsyncDisposable {
  page: Page;
  /** Errors and warnings of the console, exceptions, and addresses off this machine. */
  faults: string[];
}

export async function openWatched(
  browser: Browser,
  address: string,
  options: BrowserContextOptions,
): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  const faults: string[] = [];
  context.on('console', (message) => {
    const type = message.type();
    if (type === 'error' || type === 'warning') faults.push(`${type}: ${message.text()}`);
  });
  context.on('weberror', (error) => faults.push(`exception: ${error.error().message}`));
  context.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    const isHere = hostname === '127.0.0.1' || hostname.endsWith('.localhost');
    if (!isHere && protocol !== 'data:') faults.push(`asked ${request.url()}`);
  });
  const page = await context.newPage();
  await page.goto(address);
  await page.locator('.app').waitFor();
  return { page, faults, [Symbol.asyncDispose]: () => context.close() };
}
