import type { ChatEvent } from './chat-model.ts';
import { createCodeSpans } from './code-spans.ts';

export type ReasoningEvent = Extract<ChatEvent, { type: 'text-delta' | 'reasoning-delta' }>;

/** Tells a model's reasoning from its answer while both stream. One for each answer. */
export interface ReasoningSplitter {
  /** A piece of `content`, however it was cut. */
  content(piece: string): ReasoningEvent[];
  /** A piece of `reasoning_content`: a server that tells them apart leaves no tags in the content. */
  reasoning(piece: string): ReasoningEvent[];
  /** What was held back. Reasoning that is never closed is reasoning to the end. */
  end(options: { wasCut: boolean }): ReasoningEvent[];
  /** A closing tag came after text without an opening one: what was shown was reasoning. */
  readonly leaked: boolean;
}

export interface ReasoningSplitterOptions {
  /**
   * The content is taken to start inside the reasoning, as with models whose chat template puts the
   * opening tag into the prompt: nothing is text until the closing tag comes, or until the end if
   * none comes.
   */
  opensUnmarked?: boolean;
  /** The prompt speaks of the tags, so that an answer may name them within a sentence. */
  mayNameTags?: boolean;
}

/**
 * Recognises `<think>…</think>` wherever it stands, at the start of the content above all. In code and
 * between quotation marks a tag is a word of the answer, and within a sentence where the prompt
 * speaks of such tags.
 */
export function createReasoningSplitter({
  opensUnmarked = false,
  mayNameTags = false,
}: ReasoningSplitterOptions = {}): ReasoningSplitter {
  let state: 'start' | 'marked' | 'unmarked' | 'after' | 'text' = 'start';
  let held = '';
  let shown = '';
  let leaked = false;
  // Opening tags that the answer names and has not named the closing ones of.
  let named = 0;
  const code = createCodeSpans();

  const take = (length = held.length): string => {
    const taken = held.slice(0, length);
    held = held.slice(length);
    return taken;
  };

  const show = (length?: number): ReasoningEvent[] => {
    const text = take(length);
    code.read(text);
    shown = (shown + text).slice(-80);
    return asText(text);
  };

  /** All but the end, which may turn out to be a tag. */
  const reason = (isEnd: boolean): ReasoningEvent[] => {
    const closing = held.match(closingTag);
    if (closing?.index !== undefined) {
      const before = take(closing.index);
      take(closing[0].length);
      state = 'after';
      return asReasoning(before);
    }
    if (state === 'unmarked') return [];
    return asReasoning(take(isEnd ? held.length : safeLength(held)));
  };

  const start = (isEnd: boolean): void => {
    const rest = held.trimStart();
    const opening = rest.match(openingTagFirst)?.[0] ?? '';
    const mayOpen = rest === '' || (possibleTag.exec(rest)?.index ?? -1) === 0;
    if (opening === '' && mayOpen && !isEnd) return;
    held = rest.slice(opening.length);
    if (opening !== '') state = 'marked';
    else state = opensUnmarked ? 'unmarked' : 'text';
  };

  const write = (isEnd: boolean): ReasoningEvent[] => {
    const events: ReasoningEvent[] = [];
    for (;;) {
      const tag = held.match(anyTag);
      if (tag?.index === undefined) {
        return [...events, ...show(isEnd ? held.length : safeLength(held))];
      }
      events.push(...show(tag.index));
      const follows = held.slice(tag[0].length);
      // What follows a tag says whether it is named or meant.
      if (!isEnd && !/\S|\n/u.test(follows)) return events;
      const closes = closingTag.test(tag[0]);
      if ((closes && named > 0) || isNamed(follows)) {
        named += closes ? -Math.min(named, 1) : 1;
        events.push(...show(tag[0].length));
        continue;
      }
      if (closes) {
        leaked = true;
        return [];
      }
      take(tag[0].length);
      state = 'marked';
      return events;
    }
  };

  const isNamed = (follows: string): boolean => {
    if (code.isOpen || (/[«"“'‘(]$/u.test(shown) && /^[^\n]*[»"”'’)]/u.test(follows))) return true;
    return mayNameTags && /[\p{L}\p{N},(—–-][ \t]+$/u.test(shown);
  };

  const drain = (isEnd: boolean): ReasoningEvent[] => {
    const events: ReasoningEvent[] = [];
    if (state === 'start') start(isEnd);
    for (let before = -1; before !== held.length;) {
      before = held.length;
      if (state === 'marked' || state === 'unmarked') events.push(...reason(isEnd));
      if (state === 'after') {
        // Some models close their reasoning twice.
        held = held.trimStart().replace(closingTagFirst, '').trimStart();
        const mayClose = possibleTag.exec(held)?.index === 0;
        if (held !== '' && (isEnd || !mayClose)) state = 'text';
      }
      if (state === 'text') events.push(...write(isEnd));
    }
    return events;
  };

  return {
    content(piece) {
      held += piece;
      return leaked ? [] : drain(false);
    },
    reasoning(piece) {
      if (state !== 'start' && state !== 'unmarked') return asReasoning(piece);
      state = 'after';
      return asReasoning(take().trimStart() + piece);
    },
    end({ wasCut }) {
      if (leaked) return [];
      const events = drain(true);
      const rest = take();
      if (state === 'unmarked' && !wasCut) {
        return [...events, ...(rest.trim() === '' ? [] : asText(rest))];
      }
      return [...events, ...asReasoning(rest)];
    },
    get leaked() {
      return leaked;
    },
  };
}

/** Whether a text speaks of the tags that models put around their reasoning. */
export function namesReasoningTags(text: string): boolean {
  return anyTag.test(text);
}

function asReasoning(text: string): ReasoningEvent[] {
  return text === '' ? [] : [{ type: 'reasoning-delta', text }];
}

function asText(text: string): ReasoningEvent[] {
  return text === '' ? [] : [{ type: 'text-delta', text }];
}

function safeLength(text: string): number {
  return text.search(possibleTag) === -1 ? text.length : text.search(possibleTag);
}

const name = '(?:think(?:ing)?|thoughts?)';
const opening = `<${name}>|◁think▷|\\[THINK\\]`;
const closing = `</${name}>|◁/think▷|\\[/THINK\\]`;
const openingTagFirst = new RegExp(`^(?:${opening}|<reasoning>)`, 'iu');
const closingTag = new RegExp(`${closing}|</reasoning>`, 'iu');
const closingTagFirst = new RegExp(`^(?:${closing})`, 'iu');
const anyTag = new RegExp(`${opening}|${closing}`, 'iu');
// A piece of a tag at the end of the text.
const possibleTag =
  /(?:<\/?(?:t(?:h(?:i(?:n(?:k(?:i(?:ng?)?)?)?)?|o(?:u(?:g(?:h(?:ts?)?)?)?)?)?)?|r(?:e(?:a(?:s(?:o(?:n(?:i(?:ng?)?)?)?)?)?)?)?)?|◁\/?[a-z]{0,5}|\[\/?(?:T(?:H(?:I(?:NK?)?)?)?)?)$/iu;
