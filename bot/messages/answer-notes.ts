import type { AnswerReport } from '../../generation/answer/answer-event.ts';
import type { Locale } from '../locales/locale.ts';

import { holdsAddress } from './holds-address.ts';
import { FormattedTextBuilder } from './formatted-text.ts';
import type { FormattedText } from './formatted-text.ts';
import { linkAddress } from './link-address.ts';

/** What to know of the sources of an answer: one was exchanged, they disagree, of when they are. */
export function answerNotes(report: AnswerReport, locale: Locale): FormattedText[] {
  const notes = report.disagreements.map(({ values }) => {
    const out = new FormattedTextBuilder().append(locale.t('sources-disagree'));
    for (const [at, { value, source, quoteUrl }] of values.entries()) {
      out.append(at === 0 ? ' ' : ', ').append(`${oneLine(value)} `);
      appendMarker(out, source, quoteUrl);
    }
    return out.build();
  });
  const corrected = correctionNote(report, locale);
  if (corrected !== null) notes.unshift(corrected);
  const partly = partNote(report, locale);
  if (partly !== null) notes.push(partly);
  if (report.isBeyondPages === true) {
    notes.unshift(new FormattedTextBuilder().append(locale.t('post-beyond')).build());
  }
  const dated = dateNote(report, locale);
  return dated === null ? notes : [...notes, dated];
}

/** Whoever read along saw another number. */
function correctionNote({ sentences }: AnswerReport, locale: Locale): FormattedText | null {
  const [quote] = sentences.find(({ isCorrected }) => isCorrected === true)?.quotes ?? [];
  if (quote === undefined) return null;
  const out = new FormattedTextBuilder();
  out.wrap({ type: 'italic' }, () => out.append(`⚠️ ${locale.t('citation-corrected')}`));
  out.append(' ');
  appendMarker(out, quote.source, quote.quoteUrl);
  return holdsAddress(quote.quote) ? out.build() : out.append(` «${quote.quote}»`).build();
}

/** What is not in the answer may stand in the rest of them. */
function partNote({ sources }: AnswerReport, locale: Locale): FormattedText | null {
  const partly = sources.flatMap(({ readInPart, ...source }) =>
    readInPart === undefined ? [] : [{ ...source, ...readInPart }],
  );
  const [first] = partly;
  if (first === undefined) return null;
  const isCounted = partly.length === 1 && first.read !== null && first.of !== null;
  const words = isCounted
    ? locale.t('read-in-part-pages', { read: String(first.read), of: String(first.of) })
    : locale.t('read-in-part');
  const out = new FormattedTextBuilder().append(words);
  for (const { number, quoteUrl } of partly) appendMarker(out.append(' '), number, quoteUrl);
  return out.build();
}

function dateNote({ asOf, sources }: AnswerReport, locale: Locale): FormattedText | null {
  const source = sources.find(({ number }) => number === asOf?.source);
  if (asOf === null || source === undefined) return null;
  const date = locale.date(asOf.date);
  const words = date === null ? locale.t('date-unknown') : locale.t('date-known', { date });
  const out = new FormattedTextBuilder().append(`${words} `);
  appendMarker(out, source.number, source.quoteUrl);
  return out.build();
}

function appendMarker(out: FormattedTextBuilder, source: number, address: string): void {
  const url = linkAddress(address);
  const marker = `[${source}]`;
  if (url === null) out.append(marker);
  else out.wrap({ type: 'text_link', url }, () => out.append(marker));
}

function oneLine(value: string): string {
  return value.replaceAll(/\s+/gu, ' ').trim();
}
