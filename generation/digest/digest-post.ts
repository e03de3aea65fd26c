import type { CitedSentence, CitedSource } from '../../citations/citation.ts';
import type { Fact } from './fact.ts';

/** The languages that posts are written in. */
export type PostLanguage = 'ru' | 'en';

/** One statement of a post with the facts that bear it out. */
export interface PostLine {
  text: string;
  facts: readonly Fact[];
  /** What is left out first where a post is too long has the lowest; 1 and more always stays. */
  weight: number;
}

export type DraftParagraph =
  | { kind: 'text'; lines: readonly PostLine[] }
  | { kind: 'bullets'; lead: PostLine; items: readonly PostLine[] };

/** A post before it is laid out. */
export interface PostDraft {
  emoji: string;
  /** Without its emoji. */
  title: PostLine;
  paragraphs: readonly DraftParagraph[];
}

/** A part of a post's text; offsets in UTF-16 units, as Telegram counts. */
export interface PostRange {
  start: number;
  end: number;
}

export interface PostParagraph extends PostRange {
  kind: 'text' | 'bullets';
  text: string;
}

export type LinkLabel = 'GitHub' | 'Huggingface' | 'Paper' | 'Источник' | 'Source';

export interface PostLink extends PostRange {
  label: LinkLabel;
  url: string;
}

/** What a channel's editor gets: nothing in it is markup. */
export interface DigestPost {
  releaseId: string;
  language: PostLanguage;
  text: string;
  /** To be shown in bold. */
  title: PostRange & { text: string; emoji: string };
  paragraphs: readonly PostParagraph[];
  links: readonly PostLink[];
  /** Where an editor's own opinion goes: between the last paragraph and the links. */
  opinionAt: number;
  sources: readonly CitedSource[];
  /** Every sentence that states something, with the words that bear it out. */
  claims: readonly CitedSentence[];
  brokenRules: readonly BrokenRule[];
  isMajor: boolean;
  /** `facts`, or the model's name. */
  generator: string;
}

export type RuleName =
  | 'too-short'
  | 'too-long'
  | 'title-too-long'
  | 'title-emoji'
  | 'emoji-in-text'
  | 'paragraphs'
  | 'opening'
  | 'single-bullet'
  | 'comparison'
  | 'how-made'
  | 'price'
  | 'price-undated'
  | 'russian'
  | 'limitation'
  | 'links'
  | 'hashtag'
  | 'experience'
  | 'language'
  | 'conflict'
  | 'unsupported-figure'
  | 'unsupported-name'
  | 'unsupported-claim';

/** A rule that a draft does not keep. */
export interface BrokenRule {
  rule: RuleName;
  /** The words that break it, or what is missing; null where it is the post as a whole. */
  at: string | null;
  /** Characters, words or items that there are, and how many there may be. */
  actual?: number;
  allowed?: number;
}
