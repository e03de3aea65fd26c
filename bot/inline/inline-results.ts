import { createHash } from 'node:crypto';

import type { InlineQueryResultArticle, InputTextMessageContent } from 'grammy/types';

import type { CitedSource } from '../../citations/citation.ts';
import type { AnswerReport } from '../../generation/answer/answer-event.ts';
import type { Locale } from '../locales/locale.ts';
import { FormattedTextBuilder } from '../messages/formatted-text.ts';
import type { FormattedText } from '../messages/formatted-text.ts';
import { renderMarkdown } from '../messages/markdown.ts';
import { describePage, isLinkable, pageTitle } from '../messages/page-line.ts';
import { singleMessage } from '../messages/single-message.ts';
import { MESSAGE_LIMITS } from '../messages/split.ts';

/**
 * What can be sent from the list under `@bot question`: the answer with its sources, and below it each
 * of up to three sources in its own words. Empty when the report holds no answer.
 */
export function inlineResults(report: AnswerReport, locale: Locale): InlineQueryResultArticle[] {
  const answer = singleMessage(report, locale);
  if (answer === null) return [];
  const question = report.question.replaceAll(/\s+/gu, ' ').trim();
  return [
    article('answer', {
      title: shorten(question, 100),
      description: plainAnswer(report),
      message: answer,
    }),
    ...report.sources.slice(0, MOST_QUOTES).flatMap((source) => {
      const message = quotation(source, locale);
      if (message === null) return [];
      const title = locale.t('inline-quote', { title: pageTitle(source) });
      return [article(`quote ${source.number}`, { title, description: source.quote, message })];
    }),
  ];
}

const MOST_QUOTES = 3;

function article(
  kind: string,
  { title, description, message }: { title: string; description: string; message: FormattedText },
): InlineQueryResultArticle {
  return {
    type: 'article',
    id: createHash('sha256').update(`${kind}\n${message.text}`).digest('base64url'),
    title,
    description: shorten(description, 200),
    input_message_content: contentOf(message),
  };
}

function contentOf({ text, entities }: FormattedText): InputTextMessageContent {
  return { message_text: text, entities, link_preview_options: { is_disabled: true } };
}

/** The exact quote and where it stands; null when there is none, or none that fits a message. */
function quotation(source: CitedSource, locale: Locale): FormattedText | null {
  const quote = source.quote.trim();
  if (quote === '') return null;
  const url = isLinkable(source.quoteUrl) ? source.quoteUrl : source.url;
  const out = new FormattedTextBuilder();
  out.wrap({ type: 'blockquote' }, () => out.append(quote));
  const message = out
    .append('\n')
    .append(describePage({ ...source, url }, locale))
    .build();
  return message.text.length <= MESSAGE_LIMITS.textUnits ? message : null;
}

/** The answer's words alone, for a list in which nothing can be opened. */
function plainAnswer({ answer, generator }: AnswerReport): string {
  const plain = generator === 'extractive' ? answer : renderMarkdown(answer).text;
  return plain.replaceAll(/\s*\[\d{1,3}\](?:,(?=\s*\[))?/gu, '').trim();
}

function shorten(text: string, most: number): string {
  const characters = [...text.replaceAll(/\s+/gu, ' ')];
  return characters.length > most
    ? `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
    : text;
}
