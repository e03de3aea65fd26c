import type { MessageEntity } from 'grammy/types';

import type { CitedSentence, CitedSource, Quote, Verdict } from '../../citations/citation.ts';
import type { Place } from '../../retrieval/passage.ts';
import type { AnswerReport } from '../../generation/answer/answer-event.ts';
import type { Locale } from '../locales/locale.ts';

import { answerNotes } from './answer-notes.ts';
import { cleanText, isVisible } from './clean-text.ts';
import { differenceSentence } from './difference-sentence.ts';
import { fitLinks } from './fit-links.ts';
import { FormattedTextBuilder } from './formatted-text.ts';
import type { FormattedText } from './formatted-text.ts';
import { holdsAddress } from './holds-address.ts';
import { linkAddress } from './link-address.ts';
import { locateSentences, MARKER } from './locate-sentences.ts';
import type { SentenceRange } from './locate-sentences.ts';
import { renderMarkdown } from './markdown.ts';
import { renderQuotes } from './quotes.ts';
import { describePage } from './page-line.ts';
import { MESSAGE_LIMITS, splitMessage } from './split.ts';

/**
 * An answer as Telegram messages: its numbers open the quotes, a sentence that its source does not
 * bear out is marked, the sources stand below. Empty when the report holds no answer.
 */
export function citedAnswer(report: AnswerReport, locale: Locale): FormattedText[] {
  return splitAnswer(wholeAnswer(report, locale));
}

/** Cuts an answer into messages whose links are as short as they have to be. */
export function splitAnswer(whole: FormattedText): FormattedText[] {
  // Where the text is to be cut is known first: then each message's links share what it can hold.
  return splitMessage(whole, TEXT_ALONE)
    .map((part) => fitLinks(part))
    .flatMap((part) => splitMessage(part));
}

/** An answer before it is cut into messages. Its text is empty when the report holds none. */
export function wholeAnswer(report: AnswerReport, locale: Locale): FormattedText {
  const body = renderBody(report);
  if (!isVisible(body.text)) return { text: '', entities: [] };
  const ranges = locateSentences(
    body.text,
    report.sentences.map(({ text }) =>
      isQuoted(report) ? cleanText(text) : renderMarkdown(text).text,
    ),
  );
  const doubtful = report.sentences.flatMap((sentence, index) =>
    isMarked(report, sentence.verdict) ? [{ sentence, range: ranges[index] ?? null }] : [],
  );
  const linked: FormattedText = {
    text: body.text,
    entities: [...body.entities, ...markerLinks(body, report, ranges)],
  };

  const out = new FormattedTextBuilder().append(withWarnings(linked, doubtful));
  for (const { sentence, range } of doubtful) {
    if (range === null) out.append(`\n\n${WARNING_SIGN} «${sentence.text}»`);
  }
  if (doubtful.length > 0) {
    for (const { line, quote } of explanations(
      doubtful.map(({ sentence }) => sentence),
      locale,
    )) {
      out.append('\n\n').wrap({ type: 'italic' }, () => out.append(line));
      if (quote !== null) appendQuote(out, quote);
    }
  }
  for (const note of answerNotes(report, locale)) out.append('\n\n').append(note);
  const note = noteOnWriter(report, locale);
  if (note !== null) out.append('\n\n').wrap({ type: 'italic' }, () => out.append(note));
  if (report.sources.length > 0) appendSources(out, report, locale);
  return out.build();
}

/** Whether a sentence is to be marked: it names no source, or that does not, or not wholly, say so. */
export function isDoubtful(verdict: Verdict): boolean {
  return verdict !== 'supported';
}

/** Of what is said of code only its names can be compared: what those leave open is not marked. */
function isMarked(report: AnswerReport, verdict: Verdict): boolean {
  if (!isOfCode(report)) return isDoubtful(verdict);
  return verdict === 'unsupported' || verdict === 'contradicted';
}

function isOfCode({ fileTask, generator }: AnswerReport): boolean {
  const isAboutCode = fileTask !== undefined && fileTask !== null && fileTask !== 'summary';
  return isAboutCode && generator !== 'extractive';
}

/** Why a sentence is marked, and the words of its source that decided where they do not speak for it. */
export interface Explanation {
  line: string;
  quote: Quote | null;
}

/**
 * What the mark means here: what differs of each sentence that has it, one line on all that their
 * sources do not mention, and one for the others.
 */
export function explanations(doubtful: readonly CitedSentence[], locale: Locale): Explanation[] {
  const lines = new Map<string, Explanation>();
  const absent = new Set<string>();
  const others = new Set<Verdict>();
  for (const { verdict, difference, quotes } of doubtful) {
    if (difference === undefined) {
      others.add(verdict);
    } else if (difference.kind !== 'negation' && difference.found === null) {
      absent.add(difference.claimed);
    } else {
      const line = `${WARNING_SIGN} ${differenceSentence(difference, locale)}`;
      lines.set(line, { line, quote: quotes.find(({ quote }) => !holdsAddress(quote)) ?? null });
    }
  }
  if (absent.size > 0) {
    const line = locale.t('warning-absent', { claimed: [...absent].join(', ') });
    lines.set(line, { line, quote: null });
  }
  const [verdict, ...mixed] = others;
  const rest = mixed.length > 0 ? 'mixed' : verdict;
  if (rest !== undefined) {
    const line = locale.t(`warning-${rest}`);
    lines.set(line, { line, quote: null });
  }
  return [...lines.values()];
}

/** Who wrote the answer, where a reader should know: null when the model did that was to. */
export function noteOnWriter(report: AnswerReport, { t }: Locale): string | null {
  if (report.isDirect) return t('note-direct');
  if (report.modelFailed) return t('note-model-failed');
  if (isOfCode(report)) return t('note-code');
  return report.generator === 'extractive' ? t('note-extractive') : null;
}

const WARNING_SIGN = '⚠️';

const TEXT_ALONE = {
  ...MESSAGE_LIMITS,
  entities: Number.POSITIVE_INFINITY,
  entityUnits: Number.POSITIVE_INFINITY,
};

function renderBody(report: AnswerReport): FormattedText {
  const answer = report.answer.trim();
  if (isQuoted(report)) return renderQuotes(answer);
  const known = new Set(report.sources.map((source) => source.url));
  // Only what was read may be opened from an answer, whatever address a model writes.
  return renderMarkdown(answer, { allowLink: (url) => known.has(url) });
}

/** Quotes are other people's plain text: an asterisk or "1." in it is no markup. */
function isQuoted(report: AnswerReport): boolean {
  return report.generator === 'extractive';
}

function markerLinks(
  body: FormattedText,
  report: AnswerReport,
  ranges: readonly SentenceRange[],
): MessageEntity[] {
  const sources = new Map(report.sources.map((source) => [source.number, source]));
  const links: MessageEntity[] = [];
  for (const marker of body.text.matchAll(MARKER)) {
    const offset = marker.index;
    const source = sources.get(Number(marker[1]));
    if (source === undefined || isTaken(body.entities, offset)) continue;
    const at = ranges.findLastIndex((range) => range !== null && range.start <= offset);
    const url = addressOf(source, report.sentences[at]);
    if (url !== null) links.push({ type: 'text_link', url, offset, length: marker[0].length });
  }
  return links;
}

function addressOf(source: CitedSource, sentence: CitedSentence | undefined): string | null {
  const quote = sentence?.quotes.find(({ source: number }) => number === source.number);
  const addresses = [quote?.quoteUrl, source.quoteUrl, source.url];
  for (const address of addresses) {
    const url = address === undefined ? null : linkAddress(address);
    if (url !== null) return url;
  }
  return null;
}

/** Links stand neither in code nor in other links. */
function isTaken(entities: readonly MessageEntity[], offset: number): boolean {
  return entities.some(
    (entity) =>
      ['code', 'pre', 'text_link'].includes(entity.type) &&
      entity.offset <= offset &&
      offset < entity.offset + entity.length,
  );
}

function withWarnings(
  body: FormattedText,
  doubtful: readonly { range: SentenceRange }[],
): FormattedText {
  let marked = body;
  for (const { range } of doubtful.toReversed()) {
    if (range === null) continue;
    const tail = /^(?:[.!?…»”"')*]|\s*\[\d{1,3}\])*/u.exec(body.text.slice(range.end));
    marked = insert(marked, range.end + (tail?.[0].length ?? 0), ` ${WARNING_SIGN}`);
  }
  return marked;
}

function insert({ text, entities }: FormattedText, at: number, piece: string): FormattedText {
  return {
    text: text.slice(0, at) + piece + text.slice(at),
    entities: entities.map((entity) => {
      if (entity.offset >= at) return { ...entity, offset: entity.offset + piece.length };
      const reachesOver = entity.offset + entity.length > at;
      return reachesOver ? { ...entity, length: entity.length + piece.length } : entity;
    }),
  };
}

/** A link to the words themselves, which say more than the line about them. */
function appendQuote(out: FormattedTextBuilder, { quote, quoteUrl }: Quote): void {
  const url = linkAddress(quoteUrl);
  const words = `«${quote}»`;
  out.append(' ');
  if (url === null) out.append(words);
  else out.wrap({ type: 'text_link', url }, () => out.append(words));
}

/** All places of a document that the answer rests on, in their order. */
function placesOf({ number, place }: CitedSource, sentences: readonly CitedSentence[]): Place[] {
  const quoted = sentences.flatMap(({ quotes }) =>
    quotes.filter(({ source }) => source === number),
  );
  const places = (quoted.length > 0 ? quoted : [{ place }]).flatMap((quote) => quote.place ?? []);
  const distinct = new Map(places.map((one) => [`${one.from}-${one.to}`, one]));
  return [...distinct.values()].sort((one, other) => one.from - other.from || one.to - other.to);
}

function appendSources(
  out: FormattedTextBuilder,
  { sources, sentences }: AnswerReport,
  locale: Locale,
): void {
  out.append('\n\n').wrap({ type: 'expandable_blockquote' }, () => {
    out.wrap({ type: 'bold' }, () => out.append(locale.t('sources')));
    for (const source of sources) {
      const places = placesOf(source, sentences);
      out.append(`\n${source.number}. `).append(describePage({ ...source, places }, locale));
    }
  });
}
