import { describe, expect, test } from 'vitest';

import { extractTextPage } from '../../../retrieval/extract/extract-page.ts';

function needsBrowser(html: string): boolean {
  return extractTextPage({
    url: 'https://app.example.org/page',
    contentType: 'text/html',
    text: html,
    fetchedAt: '2026-11-22T12:00:00.000Z',
    lastModified: null,
  }).needsBrowser;
}

const script = '<script src="/assets/main.8d1f.js" type="module"></script>';
const story =
  '<p>The lake is 1642 metres deep, and it holds more water than all the lakes of the plain taken together.</p>'.repeat(
    12,
  );

describe('a page needs a browser', () => {
  test.each([
    [
      'React',
      `<title>Shop</title><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>${script}`,
    ],
    ['Vue', `<title>Shop</title><div id="app"></div>${script}`],
    ['Angular', `<title>Shop</title><body><app-root></app-root>${script}</body>`],
    ['Angular with a word', `<app-root><div class="spinner">Loading...</div></app-root>${script}`],
    [
      'Next without its text',
      `<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{"props":{}}</script>`,
    ],
    ['AngularJS', `<body ng-app="shop"><div ng-view></div>${script}</body>`],
    ['Russian loading', `<div id="app">Загрузка…</div>${script}`],
    [
      'a shell between a menu and a footer',
      `<header><nav><ul>${'<li><a href="/x">Category of goods</a></li>'.repeat(20)}</ul></nav></header>
       <div id="root"></div><footer>${'© Shop, all rights reserved. '.repeat(10)}</footer>${script}`,
    ],
    [
      'a notice in the page itself',
      `<div>JavaScript is disabled in your browser. Please enable JavaScript to use this site.</div>`,
    ],
    ['a notice in Russian', `<p>Для работы сайта включите поддержку JavaScript в браузере.</p>`],
    [
      'a check of the browser',
      `<title>Just a moment...</title><h1>shop.example.org</h1><p>Verifying you are human. This may take a few seconds.</p><p>shop.example.org needs to review the security of your connection before proceeding.</p>${script}`,
    ],
    [
      'a check without scripts in its markup',
      `<title>Attention Required!</title><h1>Sorry, you have been blocked</h1><p>Please complete the security check to access the site.</p>`,
    ],
    [
      'a check in Russian',
      `<title>Ой!</title><p>Подтвердите, что запросы отправляли вы, а не робот</p><p>Нам очень жаль, но запросы с вашего устройства похожи на автоматические.</p>`,
    ],
    [
      'a question about cookies',
      `<title>Before you continue</title><h1>Before you continue</h1><p>We use cookies and data to deliver and maintain our services. If you choose to accept all, we will also use cookies to show personalized ads.</p><form><button>Reject all</button><button>Accept all</button></form>`,
    ],
  ])('%s', (_name, html) => {
    expect(needsBrowser(`<!doctype html>${html}`)).toBe(true);
  });
});

describe('a page needs none', () => {
  test.each([
    ['text from the server in its mount', `<div id="root"><h1>Lake</h1>${story}</div>${script}`],
    ['a short page without scripts', '<h1>Closed</h1><p>The museum is closed today.</p>'],
    ['a short page with a script', `<h1>Closed</h1><p>The museum is closed today.</p>${script}`],
    [
      'a question about cookies over its text',
      `<div class="modal"><p>We value your privacy. We use cookies. Accept all?</p></div><article><h1>Lake</h1>${story}</article>${script}`,
    ],
    [
      'an article about checks of browsers',
      `<article><h1>How checks of browsers work</h1><p>“Checking your browser before accessing” is what a visitor reads.</p>${story}</article>`,
    ],
    [
      'an answer about switching scripts on',
      `<h1>How do I read the archive?</h1><p>You need to enable JavaScript for the archive's map, nothing else.</p>${story}`,
    ],
    [
      'a recipe for cookies',
      '<title>Cookies with oats</title><h1>Cookies with oats</h1><p>Mix butter and sugar, add the oats, and bake for twelve minutes. Let them cool on a rack before you eat them all.</p>',
    ],
    ['a bare list', `<ul>${'<li>Aldra - Borg, 35 min</li>'.repeat(5)}</ul>`],
  ])('%s', (_name, html) => {
    expect(needsBrowser(`<!doctype html>${html}`)).toBe(false);
  });
});
