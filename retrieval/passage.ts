/** The languages Istok reads and answers in; `other` is anything else. */
export type Language = 'ru' | 'en' | 'other';

/** What a run of text is on its page, so that structure survives into passages. */
export type BlockKind = 'heading' | 'paragraph' | 'list-item' | 'table-row' | 'code' | 'quotation';

export interface Block {
  kind: BlockKind;
  /** Plain text with single spaces, except in code, where white space is kept. Never empty. */
  text: string;
  /** Where it stands, in a document that has pages or lines of its own. */
  place?: Place;
  /** Of code, where it is known: `python`. */
  codeLanguage?: string;
  /** Of a table's row below its head: the head, as its own row says it. */
  tableHeader?: string;
}

/** Pages of a PDF or lines of a file, from 1, both ends included. */
export interface Place {
  unit: 'page' | 'line';
  from: number;
  to: number;
}

/** How much was read of what is too long: both null where it has no pages of its own. */
export interface ReadInPart {
  /** Pages of the document that were read. */
  read: number | null;
  /** Pages that it has. */
  of: number | null;
}

/** A page as it was read: addresses are canonical, dates ISO 8601. */
export interface Page {
  url: string;
  title: string;
  /** The site's own name, or its host without `www.`. */
  site: string;
  language: Language;
  publishedAt: string | null;
  fetchedAt: string;
  blocks: Block[];
}

/** About 120 words of one page, cut on sentence boundaries: the unit that is ranked and cited. */
export interface Passage {
  /** A UUID made of scope, page address and position: the same passage has the same id in every engine. */
  id: string;
  pageUrl: string;
  title: string;
  site: string;
  language: Language;
  publishedAt: string | null;
  fetchedAt: string;
  /** The nearest heading above the passage. */
  heading: string | null;
  /** Where the passage stands in its page, from 0. */
  position: number;
  /** Pages or lines that it covers; null where a document has neither. */
  place: Place | null;
  text: string;
  /** Where several pages say the same, those that this passage stands for as well. */
  alsoAt?: readonly OtherPage[];
}

/** A page that has a passage in the same words. */
export interface OtherPage {
  pageUrl: string;
  title: string;
  site: string;
  publishedAt: string | null;
}

export interface RankedPassage extends Passage {
  /** Fused score: comparable within one query only. */
  score: number;
}

/** A page that was asked for and could not be used, with a short reason in plain English. */
export interface UnreadPage {
  url: string;
  reason: string;
}
