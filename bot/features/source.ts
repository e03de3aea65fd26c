import { Composer, InlineKeyboard } from 'grammy';

import type { BotContext } from '../context.ts';
import type { Locale } from '../locales/locale.ts';
import { FormattedTextBuilder } from '../messages/formatted-text.ts';
import { isLinkable } from '../messages/page-line.ts';
import { placeWords } from '../messages/place-words.ts';
import { splitMessage } from '../messages/split.ts';
import type { Conversations, TurnSource } from '../state/conversations.ts';

import { acknowledge } from './acknowledge.ts';

/** The button of a source: the exact words that were quoted from it, and a button to the page. */
export function sourceFeature({
  conversations,
}: {
  conversations: Conversations;
}): Composer<BotContext> {
  const feature = new Composer<BotContext>();
  feature.callbackQuery(/^source:(\d{1,15}):(\d{1,3})$/u, async (ctx) => {
    const turn = conversations.find(Number(ctx.match[1]));
    const source = turn?.sources.find(({ number }) => number === Number(ctx.match[2]));
    if (turn === null || turn.chatId !== ctx.chatId || source === undefined) {
      await acknowledge(ctx, ctx.locale.t('button-expired'));
      return;
    }
    await acknowledge(ctx);
    const [message] = splitMessage(quotation(source, ctx.locale));
    if (message === undefined) return;
    const address = source.quotes.map(({ quoteUrl }) => quoteUrl).find(isLinkable) ?? source.url;
    const keyboard = isLinkable(address)
      ? { reply_markup: new InlineKeyboard().url(ctx.locale.t('button-open-page'), address) }
      : {};
    await ctx.reply(message.text, {
      entities: message.entities,
      link_preview_options: { is_disabled: true },
      ...(ctx.msgId !== undefined && {
        reply_parameters: { message_id: ctx.msgId, allow_sending_without_reply: true },
      }),
      ...keyboard,
    });
  });
  return feature;
}

function quotation({ number, title, site, quotes }: TurnSource, locale: Locale) {
  const out = new FormattedTextBuilder();
  out.append(`[${number}] `).wrap({ type: 'bold' }, () => out.append(title === '' ? site : title));
  if (title !== '' && site !== '' && site !== title) out.append(` · ${site}`);
  for (const { quote, place } of quotes) {
    out.append('\n').wrap({ type: 'blockquote' }, () => out.append(quote));
    const where = placeWords(place, locale);
    out.append(where === '' ? '\n' : `\n${where}\n`);
  }
  return out.build();
}
