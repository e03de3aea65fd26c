import type { Locale } from '../locales/locale.ts';

/**
 * Why a page was not read, in an admin's language: `PageError` says it in English, for programs and
 * the log. What is not known here stays as it is.
 */
export function pageReason(reason: string, { t }: Pick<Locale, 't'>): string {
  const status = /^(?:answered |was answered )?HTTP (\d{3})/u.exec(reason)?.[1];
  if (status !== undefined && !/wait/u.test(reason)) return ofStatus(Number(status), t);
  const key = reasons.find(([pattern]) => pattern.test(reason))?.[1];
  return key === undefined ? reason : t(`page-reason-${key}`);
}

function ofStatus(status: number, t: Locale['t']): string {
  if (status === 404 || status === 410) return t('page-reason-gone');
  if (status === 401 || status === 403 || status === 451) return t('page-reason-refused');
  if (status === 429) return t('page-reason-wait');
  if (status >= 500) return t('page-reason-server', { status });
  return t('page-reason-status', { status });
}

const reasons: readonly (readonly [RegExp, string])[] = [
  [/wait/u, 'wait'],
  [/timeout|too slowly/u, 'slow'],
  [/no such host|name lookup/u, 'no-host'],
  [/certificate|secure connection/u, 'certificate'],
  [/refused|unreachable|connection cut|could not be read$/u, 'unreachable'],
  [/forbidden by robots/u, 'robots'],
  [/needs a browser|taken for a robot/u, 'browser'],
  [/too large|too long|too complex|unpacks to too much|beyond the limit/u, 'too-large'],
  [/scanned/u, 'scanned'],
  [/encrypted/u, 'encrypted'],
  [/damaged|bad response/u, 'damaged'],
  [/no text|empty page|without pages/u, 'no-text'],
  [/unsupported|unknown encoding|letters cannot be read/u, 'unsupported'],
  [/not a public address|not allowed|carries a password|not a web address/u, 'not-allowed'],
  [/redirect/u, 'redirects'],
];
