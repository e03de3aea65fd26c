import type { PageLanguage } from './protocol.ts';

/** What the visitor chose, kept by the browser; the system's choice until then. */
export interface Preferences {
  readonly language: PageLanguage;
  readonly isDark: boolean;
  setLanguage(language: PageLanguage): void;
  setDark(isDark: boolean): void;
  /** Hears when the theme changes, by choice or by the system. */
  onTheme(listener: () => void): void;
}

export function createPreferences(): Preferences {
  const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');
  const listeners: (() => void)[] = [];
  const chosenTheme = read('istok-theme');
  let theme = chosenTheme === 'dark' || chosenTheme === 'light' ? chosenTheme : null;
  const chosenLanguage = read('istok-language');
  let language: PageLanguage =
    chosenLanguage === 'ru' || chosenLanguage === 'en' ? chosenLanguage : browserLanguage();

  const apply = (): void => {
    if (theme === null) delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    document.documentElement.lang = language;
    for (const listener of listeners) listener();
  };
  systemIsDark.addEventListener('change', apply);
  apply();
  return {
    get language() {
      return language;
    },
    get isDark() {
      return theme === null ? systemIsDark.matches : theme === 'dark';
    },
    setLanguage(chosen) {
      language = chosen;
      write('istok-language', chosen);
      apply();
    },
    setDark(isDark) {
      // What the system says anyway is no choice: the page goes on following it.
      theme = isDark === systemIsDark.matches ? null : isDark ? 'dark' : 'light';
      write('istok-theme', theme);
      apply();
    },
    onTheme: (listener) => listeners.push(listener),
  };
}

function browserLanguage(): PageLanguage {
  return navigator.language.toLowerCase().startsWith('ru') ? 'ru' : 'en';
}

/** Browsers may forbid storage: then a choice lasts as long as the page. */
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // See above.
  }
}
