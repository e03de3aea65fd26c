import { element, icon } from './dom.ts';
import type { PageChat } from './protocol.ts';

/** The round picture of a chat: the bot's sign, or the first letters of the title. */
export function avatar({ kind, title }: Pick<PageChat, 'kind' | 'title'>): HTMLElement {
  const sign =
    kind === 'bot' || kind === 'editor'
      ? icon('drop')
      : title
          .split(/\s+/u)
          .slice(0, 2)
          .map((word) => word.charAt(0).toUpperCase())
          .join('');
  return element('span', { class: `avatar avatar-${kind}`, 'aria-hidden': 'true' }, sign);
}
