import { expect, test } from 'vitest';

import { createLocales } from '../../../bot/locales/locale.ts';
import { pageReason } from '../../../bot/sources/page-reason.ts';

const { ru, en } = createLocales();

test.each([
  ['HTTP 404', 'страницы больше нет'],
  ['HTTP 403', 'сайт не пускает'],
  ['HTTP 503', 'сайт сломан (код 503)'],
  ['HTTP 418', 'сайт ответил отказом (код 418)'],
  ['HTTP 429, the site asks to wait 60 s', 'сайт просит подождать'],
  ['timeout', 'страница не успела загрузиться'],
  ['no such host', 'такого сайта нет'],
  ['certificate not trusted', 'сертификат сайта не годится'],
  ['forbidden by robots.txt', 'запрещено в robots.txt'],
  ['needs a browser to be read', 'открывается только в браузере'],
  ['PDF of 3000 pages is too long', 'слишком велика'],
  ['encrypted PDF', 'PDF под паролем'],
  ['unsupported content type image/png', 'не тот вид содержимого'],
  ['something new', 'something new'],
])('an admin reads of «%s»: %s', (reason, expected) => {
  expect(pageReason(reason, ru)).toBe(expected);
});

test('and in English', () => {
  expect(pageReason('HTTP 410', en)).toBe('the page is gone');
});
