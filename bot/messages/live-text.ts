import type { Locale } from '../locales/locale.ts';

import { FormattedTextBuilder } from './formatted-text.ts';
import type { FormattedText } from './formatted-text.ts';
import { renderMarkdown } from './markdown.ts';

/** What is shown while pages are looked for, the second time in other words than the question's. */
export function searchingFrame(
  { t }: Locale,
  { inOtherWords = false }: { inOtherWords?: boolean | undefined } = {},
): FormattedText {
  return { text: t(inOtherWords ? 'live-searching-again' : 'live-searching'), entities: [] };
}

/** What is shown while so many pages are read. */
export function readingFrame(pages: number, { t }: Locale): FormattedText {
  return { text: t('live-reading', { pages }), entities: [] };
}

/**
 * An answer as far as it is written. Rendered when it is first looked at, since most of what is
 * written in between is never shown. Links are words here: an address may be half written.
 */
export function textFrame(
  answer: string,
  { isQuoted = false }: { isQuoted?: boolean } = {},
): FormattedText {
  let rendered: FormattedText | null = null;
  const render = (): FormattedText => {
    rendered ??= isQuoted
      ? new FormattedTextBuilder().append(answer).build()
      : renderMarkdown(withoutLooseEnd(answer), { allowLink: () => false });
    return rendered;
  };
  return {
    get text() {
      return render().text;
    },
    get entities() {
      return render().entities;
    },
  };
}

/** Without the start of a marker or of emphasis, which would flicker until its end is written. */
function withoutLooseEnd(answer: string): string {
  const withoutMarker = answer
    .replace(/\[\d{0,3}$/u, '')
    .replace(/(?:\*{1,3}|_{1,3}|`{1,2})$/u, '');
  const line = withoutMarker.slice(withoutMarker.lastIndexOf('\n') + 1);
  const bold = line.split('**').length - 1;
  // What opens on this line and is not closed yet is shown as if it were.
  return bold % 2 === 1 && !line.endsWith('**') ? `${withoutMarker.trimEnd()}**` : withoutMarker;
}
