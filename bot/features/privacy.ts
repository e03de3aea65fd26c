import { Composer } from 'grammy';

import type { BotContext } from '../context.ts';
import type { Locale } from '../locales/locale.ts';
import { FormattedTextBuilder } from '../messages/formatted-text.ts';
import type { FormattedText } from '../messages/formatted-text.ts';
import type { Services } from '../services.ts';

/** /privacy: what is kept and for how long, what goes to whom, what never leaves. */
export function privacyFeature({ services }: { services: Services }): Composer<BotContext> {
  const feature = new Composer<BotContext>();
  feature.command('privacy', async (ctx) => {
    const isPrivate = ctx.chat.type === 'private';
    const { text, entities } = describePrivacy(services, ctx.locale, { isPrivate });
    await ctx.reply(text, { entities, link_preview_options: { is_disabled: true } });
  });
  return feature;
}

function describePrivacy(
  { searchEngines, models, embeddings, reranker, pageReader }: Services,
  { t }: Locale,
  { isPrivate }: { isPrivate: boolean },
): FormattedText {
  const out = new FormattedTextBuilder();
  const part = (title: string, lines: readonly string[]): void => {
    out.wrap({ type: 'bold' }, () => out.append(title));
    for (const line of lines) out.append(`\n• ${line}`);
    out.append('\n\n');
  };
  part(t('privacy-kept'), [
    t(isPrivate ? 'privacy-kept-turns' : 'privacy-kept-turns-group'),
    t('privacy-kept-files'),
    t('privacy-kept-settings'),
    t('privacy-kept-usage'),
    t('privacy-kept-pages'),
    t('privacy-kept-log'),
  ]);
  part(t('privacy-sent'), [
    t('privacy-sent-telegram'),
    t('privacy-sent-search', { engines: searchEngines.join(', ') }),
    t('privacy-sent-sites'),
    ...(pageReader === null ? [] : [t('privacy-sent-page-reader', { host: pageReader.host })]),
    ...(models.length === 0 ? [t('privacy-no-model')] : []),
    ...models.map(({ name, host }) => t('privacy-sent-model', { model: name, host })),
    ...(embeddings === null ? [] : [t('privacy-sent-embeddings', { host: embeddings.host })]),
    ...(reranker === null ? [] : [t('privacy-sent-reranker', { host: reranker.host })]),
  ]);
  out.append(`${t('privacy-never')}\n${t('privacy-operator')}\n${t('privacy-forget')}`);
  return out.build();
}
