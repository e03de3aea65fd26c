import type { CitedSource } from '../../citations/citation.ts';
import type { CheckedClaim, CheckReport, Evidence } from '../../generation/check/check-event.ts';
import type { FoundClaim } from '../../generation/check/find-claims.ts';
import type { Locale } from '../locales/locale.ts';

import { splitAnswer } from './cited-answer.ts';
import { differenceSentence } from './difference-sentence.ts';
import { FormattedTextBuilder } from './formatted-text.ts';
import type { FormattedText } from './formatted-text.ts';
import { linkAddress } from './link-address.ts';
import { describePage } from './page-line.ts';

/** A checked message as Telegram messages: each claim with its verdict and quote, the pages below. */
export function checkReply(report: CheckReport, locale: Locale): FormattedText[] {
  const { claims, leftOut } = report;
  const out = new FormattedTextBuilder();
  const sources = numberPages(claims);
  if (claims.length > 1) {
    out.wrap({ type: 'bold' }, () => out.append(summaryOf(claims, locale))).append('\n\n');
  }
  for (const [at, claim] of claims.entries()) {
    if (at > 0) out.append('\n\n');
    appendClaim(out, claim, locale, sources);
  }
  const notes = [
    ...(leftOut > 0 ? [locale.t('check-left-out', { count: leftOut })] : []),
    ...(claims.some(({ isSecondOpinion }) => isSecondOpinion) ? [locale.t('check-by-model')] : []),
    ...(report.stopped ? [locale.t('stopped-by-reader')] : []),
  ];
  for (const note of notes) {
    out.append('\n\n').wrap({ type: 'italic' }, () => out.append(note));
  }
  if (sources.length > 0) {
    out.append('\n\n').wrap({ type: 'expandable_blockquote' }, () => {
      out.wrap({ type: 'bold' }, () => out.append(locale.t('sources')));
      for (const source of sources) {
        out.append(`\n${source.number}. `).append(describePage(source, locale));
      }
    });
  }
  return splitAnswer(out.build());
}

/** The claims of a message as far as they are decided. */
export function checkFrame(
  found: readonly FoundClaim[],
  decided: ReadonlyMap<number, CheckedClaim>,
  locale: Locale,
): FormattedText {
  const out = new FormattedTextBuilder();
  for (const [at, { text }] of found.entries()) {
    if (at > 0) out.append('\n\n');
    const claim = decided.get(at);
    if (claim === undefined) out.append(`⏳ ${unlinked(text)}`);
    else appendClaim(out, claim, locale, null);
  }
  return out.build();
}

/** The pages that decided, numbered from 1 in the order of the claims. */
export function numberPages(claims: readonly CheckedClaim[]): CitedSource[] {
  const sources = new Map<string, CitedSource>();
  for (const { quote, quoteUrl, place, page } of claims.flatMap(({ evidence }) => evidence)) {
    if (sources.has(page.url)) continue;
    sources.set(page.url, { number: sources.size + 1, ...page, quote, quoteUrl, place });
  }
  return [...sources.values()];
}

const SIGNS = {
  confirmed: '✅',
  contradicted: '❌',
  disputed: '⚖️',
  'not-found': '🤷',
  unchecked: '⚠️',
} as const;

/** «Проверка: ✅ 2, ❌ 1» */
function summaryOf(claims: readonly CheckedClaim[], { t }: Locale): string {
  const counts = Object.entries(SIGNS).flatMap(([verdict, sign]) => {
    const count = claims.filter((claim) => claim.verdict === verdict).length;
    return count === 0 ? [] : [`${sign} ${count}`];
  });
  return `${t('check-title')} ${counts.join(', ')}`;
}

function appendClaim(
  out: FormattedTextBuilder,
  { text, verdict, reason, evidence }: CheckedClaim,
  locale: Locale,
  sources: readonly CitedSource[] | null,
): void {
  const label = reason === null ? locale.t(`check-${verdict}`) : locale.t(`check-${reason}`);
  out.append(`${SIGNS[verdict]} `);
  out.wrap({ type: 'bold' }, () => out.append(label)).append(` ${unlinked(text)}`);
  for (const one of evidence) {
    out.append('\n');
    if (one.difference !== null) out.append(`${differenceSentence(one.difference, locale)} `);
    appendQuote(out, one, sources);
  }
}

function appendQuote(
  out: FormattedTextBuilder,
  { quote, quoteUrl, page }: Evidence,
  sources: readonly CitedSource[] | null,
): void {
  const url = linkAddress(quoteUrl) ?? linkAddress(page.url);
  const words = `«${quote.replaceAll(/\s+/gu, ' ')}»`;
  if (url === null) out.append(unlinked(words));
  else out.wrap({ type: 'text_link', url }, () => out.append(words));
  const number = sources?.find((source) => source.url === page.url)?.number;
  if (number !== undefined) out.append(` [${number}]`);
}

/**
 * Somebody else's words as words: Telegram makes a link of whatever looks like an address, a command or
 * a name, and a message that is checked must not choose where its reader goes. The joiner is not seen.
 */
function unlinked(text: string): string {
  return text
    .replaceAll(/(?<=[\p{L}\p{N}_-])\.(?=\p{L})/gu, '.\u2060')
    .replaceAll(/(?<![\p{L}\p{N}])([/@#$])(?=[\p{L}\p{N}_])/gu, '$1\u2060');
}
