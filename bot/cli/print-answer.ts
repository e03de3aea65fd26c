import type { AnswerEvent, AnswerReport } from '../../generation/answer/answer-event.ts';
import type { Locale, Locales } from '../locales/locale.ts';
import { answerNotes } from '../messages/answer-notes.ts';
import { explanations, isDoubtful, noteOnWriter } from '../messages/cited-answer.ts';
import { declineSentence, failureSentence } from '../messages/error-reply.ts';
import { otherSites, pageOrigin, pageTitle } from '../messages/page-line.ts';
import type { DescribedPage } from '../messages/page-line.ts';

import type { FinalEvent } from './ask-json.ts';
import { printable } from './terminal.ts';
import type { Terminal } from './terminal.ts';

export interface PrintOptions {
  out: Terminal;
  locales: Locales;
  /** For a question whose own language is not known. */
  fallback: Locale;
  /** Once aborted, nothing more is printed. */
  signal: AbortSignal;
}

/**
 * Prints an answer as it comes, then its sources; to a file or a pipe, only the answer that stands
 * in the end. Resolves to the event that ended it, or null when it was broken off.
 */
export async function printAnswer(
  events: AsyncIterable<AnswerEvent>,
  { out, locales, fallback, signal }: PrintOptions,
): Promise<FinalEvent | null> {
  let locale = fallback;
  let streamed = '';
  for await (const event of events) {
    if (signal.aborted) break;
    switch (event.type) {
      case 'searching':
        if (event.language !== 'other') locale = locales[event.language];
        out.status(
          locale.t(event.inOtherWords ? 'terminal-searching-again' : 'terminal-searching'),
        );
        break;
      case 'reading-files':
        break;
      case 'reading':
        out.status(locale.t('terminal-reading', { pages: event.pages }));
        break;
      case 'text-delta':
        streamed += event.text;
        if (out.isLive) out.write(printable(event.text));
        break;
      case 'text-reset':
        if (out.isLive && streamed !== '') out.write(`\n\n${locale.t('terminal-reset')}\n\n`);
        streamed = '';
        break;
      default: {
        const { language } = event.report;
        if (language !== 'other') locale = locales[language];
        const isWritten = out.isLive && streamed.trim() !== '';
        printEnd(event, { out, locales, locale }, isWritten ? streamed : '');
        return event;
      }
    }
  }
  return null;
}

function printEnd(
  event: FinalEvent,
  { out, locales, locale }: { out: Terminal; locales: Locales; locale: Locale },
  streamed: string,
): void {
  const { report } = event;
  const isWritten = streamed !== '';
  if (event.type === 'answered') {
    // Other markers than those that were streamed lead to other pages.
    const isCorrected = !report.stopped && streamed.trim() !== report.answer.trim();
    if (isWritten && isCorrected) out.write(`\n\n${locale.t('terminal-corrected')}\n\n`);
    if (!isWritten || isCorrected) out.write(printable(report.answer));
    out.write(`\n${footer(report, locale, out)}`);
    return;
  }
  if (isWritten) out.write('\n\n');
  if (event.type === 'failed') {
    out.write(`${failureSentence('failed', locale)}\n`);
    return;
  }
  // Who writes in a third language reads English sooner than Russian.
  const isForeign = event.reason === 'unsupported-language' && report.language === 'other';
  const sentence = declineSentence(event.reason, isForeign ? locales.en : locale);
  const pages = report.closest.map((page) => pageLines('•', page, locale, out));
  const closest = pages.length === 0 ? '' : `\n${locale.t('closest')}\n${pages.join('')}`;
  out.write(`${sentence}\n${closest}`);
}

function footer(report: AnswerReport, locale: Locale, out: Terminal): string {
  const parts: string[] = [];
  const doubtful = report.sentences.filter((sentence) => isDoubtful(sentence.verdict));
  if (doubtful.length > 0) {
    const quoted = doubtful.map((sentence) => `   «${printable(sentence.text)}»\n`).join('');
    const lines = explanations(doubtful, locale).map(({ line, quote }) =>
      printable(quote === null ? line : `${line} «${quote.quote}»`),
    );
    parts.push(`${lines.join('\n')}\n${quoted}`);
  }
  if (report.sources.length > 0) {
    const lines = report.sources.map((source) =>
      pageLines(`[${source.number}]`, source, locale, out),
    );
    parts.push(`${out.bold(locale.t('sources'))}\n${lines.join('')}`);
  }
  for (const { text } of answerNotes(report, locale)) parts.push(`${printable(text)}\n`);
  const note = noteOnWriter(report, locale);
  if (note !== null) parts.push(`${out.dim(note)}\n`);
  return parts.map((part) => `\n${part}`).join('');
}

function pageLines(mark: string, page: DescribedPage, locale: Locale, out: Terminal): string {
  const sites = otherSites(page).map(({ site }) => site);
  const also = sites.length === 0 ? '' : ` (${locale.t('also-at')} ${sites.join(', ')})`;
  const title = printable(`${pageTitle(page)}${pageOrigin(page, locale)}${also}`);
  return `${mark} ${title}\n${' '.repeat(mark.length + 1)}${out.dim(printable(page.url))}\n`;
}
