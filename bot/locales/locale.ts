import { readFileSync } from 'node:fs';

import { FluentBundle, FluentResource } from '@fluent/bundle';

/** The languages that Istok speaks to a reader in. */
export type ReaderLanguage = 'ru' | 'en';

export interface Locale {
  readonly language: ReaderLanguage;
  /**
   * The words for a key, with the key's variables filled in.
   * @throws {Error} when there is no such key or a variable is missing.
   */
  t(key: string, variables?: Record<string, string | number>): string;
  /** An ISO 8601 moment as a date in words, or null when it is none. */
  date(moment: string | null): string | null;
}

/** Reads the words of one language. */
export function createLocale(language: ReaderLanguage): Locale {
  // Isolation marks would count as characters and show as boxes in some clients.
  const bundle = new FluentBundle(language, { useIsolating: false });
  const words = readFileSync(new URL(`${language}.ftl`, import.meta.url), 'utf8');
  const [broken] = bundle.addResource(new FluentResource(words));
  if (broken !== undefined) throw broken;
  const dates = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });

  return {
    language,
    t(key, variables = {}) {
      const message = bundle.getMessage(key);
      if (message?.value === undefined || message.value === null) {
        throw new Error(`There are no ${language} words for ${key}.`);
      }
      const errors: Error[] = [];
      const text = bundle.formatPattern(message.value, variables, errors);
      if (errors[0] !== undefined) throw errors[0];
      return text;
    },
    date(moment) {
      const time = moment === null ? Number.NaN : Date.parse(moment);
      return Number.isNaN(time) ? null : dates.format(time);
    },
  };
}

/** Both languages at hand, and the choice between them. */
export interface Locales {
  ru: Locale;
  en: Locale;
  /** By a language tag such as Telegram's `language_code`. */
  of(languageTag: string | undefined): Locale;
}

export function createLocales(): Locales {
  const ru = createLocale('ru');
  const en = createLocale('en');
  return {
    ru,
    en,
    of: (languageTag) => (READ_RUSSIAN.test(languageTag ?? 'ru') ? ru : en),
  };
}

/** Where Russian is more widely read than English. */
const READ_RUSSIAN = /^(?:ru|be|kk|ky|tg|uz|hy|az|tt|ba|cv)(?:-|$)/iu;
