import { needsSearch } from '../../generation/answer/direct/needs-search.ts';
import { readMessages, type LabelledMessage } from './direct/messages.ts';
import { share } from './statistics.ts';

/**
 * How often it is rightly told whether a message has to be looked up, on messages by somebody who had
 * seen none of the rules, and on which nothing was fitted.
 */
export function runDirectBench(): Promise<object> {
  const messages = readMessages('blind');
  return Promise.resolve({
    messages: messages.length,
    ...figuresOf(messages),
    byLanguage: {
      ru: figuresOf(messages.filter(({ language }) => language === 'ru')),
      en: figuresOf(messages.filter(({ language }) => language === 'en')),
    },
  });
}

function figuresOf(messages: readonly LabelledMessage[]): object {
  const isRight = ({ text, needsSearch: label }: LabelledMessage): boolean =>
    needsSearch(text) === label;
  return {
    accuracy: share(messages, isRight),
    /** Of those that need it. */
    lookedUp: share(
      messages.filter((message) => message.needsSearch),
      isRight,
    ),
    /** Of those that need no search. */
    answeredDirectly: share(
      messages.filter((message) => !message.needsSearch),
      isRight,
    ),
  };
}
