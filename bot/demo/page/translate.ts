import type { PageText } from './text-keys.ts';

/** The words for a key in the page's language; nothing until they have come. */
export type Translate = (key: PageText) => string;
