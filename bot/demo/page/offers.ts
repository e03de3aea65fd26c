import type { InlineQueryResult } from 'grammy/types';

import type { Choice, ChoicePanel } from './choice-panel.ts';
import { act } from './connection.ts';
import type { PageLanguage } from './protocol.ts';
import type { StoredChat } from './store.ts';
import type { Translate } from './translate.ts';

export interface OffersOptions {
  panel: ChoicePanel;
  t: Translate;
  language: () => PageLanguage;
  botName: () => string;
  /** Replaces what stands in the field. */
  setText: (text: string) => void;
  sendCommand: (command: string) => void;
  /** A result was sent to the chat. */
  onSent: () => void;
  onFailure: () => void;
  /** Between the last key and the question to the bot. */
  inlineDelayMs?: number;
}

/** What is offered for a text that is being typed: commands after «/», the bot's name, its inline answers. */
export interface Offers {
  update(text: string, chat: StoredChat): void;
  close(): void;
}

export function createOffers({
  panel,
  t,
  language,
  botName,
  setText,
  sendCommand,
  onSent,
  onFailure,
  inlineDelayMs = 600,
}: OffersOptions): Offers {
  let timer = 0;
  /** Only the last question's results are shown, in whatever order they come. */
  let asked: string | null = null;

  function close(): void {
    clearTimeout(timer);
    asked = null;
    panel.close();
  }

  function offerCommands(typed: string, chat: StoredChat): void {
    const suffix = chat.kind === 'group' ? `@${botName()}` : '';
    panel.show(
      chat.commands
        .filter(({ command }) => command.startsWith(typed))
        .map(({ command, description }) => ({
          icon: 'commands',
          title: `/${command}`,
          description,
          choose: () => sendCommand(`/${command}${suffix}`),
        })),
    );
  }

  function offerName(before: string): void {
    panel.show([
      {
        icon: 'drop',
        title: `@${botName()}`,
        description: t('page-bot'),
        choose: () => setText(`${before}@${botName()} `),
      },
    ]);
  }

  function offerInline(query: string, chat: StoredChat): void {
    if (query === asked) return;
    clearTimeout(timer);
    asked = query;
    if (query === '') {
      panel.show([], { note: t('page-inline-hint') });
      return;
    }
    panel.show([], { note: t('page-inline-searching'), isBusy: true });
    timer = window.setTimeout(async () => {
      try {
        const { queryId, results } = await act('inlineQuery', { query, language: language() });
        if (asked !== query) return;
        const choices = (results ?? []).map((result) => choiceOf(result, queryId, chat));
        const note = t(choices.length === 0 ? 'page-inline-nothing' : 'page-inline-results');
        panel.show(choices, { note });
      } catch {
        if (asked === query) panel.show([], { note: t('page-inline-nothing') });
      }
    }, inlineDelayMs);
  }

  function choiceOf(result: InlineQueryResult, queryId: number, chat: StoredChat): Choice {
    return {
      icon: 'inline',
      title: 'title' in result ? (result.title ?? '') : '',
      description: 'description' in result ? (result.description ?? '') : '',
      choose: async () => {
        try {
          await act('chooseInline', {
            queryId,
            resultId: result.id,
            chatId: chat.id,
            language: language(),
          });
          onSent();
        } catch {
          onFailure();
        }
      },
    };
  }

  return {
    close,
    update(text, chat) {
      const command = text.match(/^\/([a-z\d_]*)$/iu)?.[1];
      const name = text.match(/(?:^|\s)@([a-z\d_]*)$/iu)?.[1];
      const [called, query] = inlineQuery(text, botName());
      if (called) offerInline(query, chat);
      else if (command !== undefined) offerCommands(command.toLowerCase(), chat);
      else if (name !== undefined && isStartOf(name, botName())) {
        offerName(text.slice(0, text.length - name.length - 1));
      } else close();
      if (!called) asked = null;
    },
  };
}

function isStartOf(typed: string, name: string): boolean {
  return name.toLowerCase().startsWith(typed.toLowerCase());
}

/** `@bot words` at the start of a text. */
function inlineQuery(text: string, botName: string): [boolean, string] {
  const prefix = `@${botName} `.toLowerCase();
  if (!text.toLowerCase().startsWith(prefix)) return [false, ''];
  return [true, text.slice(prefix.length).trim()];
}
