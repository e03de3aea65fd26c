/** A site of the bundled web: one host, one way to dress pages. */
export interface Site {
  /** `entsiklopediya.localhost`; also the name of its folder under `sites/`. */
  host: string;
  name: string;
  language: 'ru' | 'en';
  charset: 'utf-8' | 'windows-1251';
  /** What its robots.txt forbids to everybody: beginnings of paths. */
  disallow: readonly string[];
  look: SiteLook;
}

/** A page as its file holds it: the text of the site's author, without the site around it. */
export interface SitePage {
  /** Decoded, with the slash: `/wiki/Байкал`. */
  path: string;
  title: string;
  description: string;
  /** ISO 8601 date. */
  published: string;
  /** What the site files it under. */
  topic: string;
  /** How it is served; all but `plain` are faults that the real web has. */
  serve: 'plain' | 'slow' | 'cut' | 'error';
  /** Markup. */
  content: string;
}

/** A page on its way into a browser. */
export interface PageToDress {
  site: Site;
  page: SitePage;
  /** `http://entsiklopediya.localhost:8080`. */
  origin: string;
  /** Other pages of the site, for what surrounds the text. */
  others: readonly SitePage[];
}

/** Puts a site's chrome around a page: the whole document. */
export type SiteLook = (dressing: PageToDress) => string;
