import type { ChatEvent } from './chat-model.ts';

export type ReasoningEvent = Extract<ChatEvent, { type: 'text-delta' | 'reasoning-delta' }>;

/** Tells a model's reasoning from its answer while both stream. One for each answer. */
export interface ReasoningSplitter {
  /** A piece of `content`, however it was cut. */
  content(piece: string): ReasoningEvent[];
  /** A piece of `reasoning_content`: a server that tells them apart leaves no tags in the content. */
  reasoning(piece: string): ReasoningEvent[];
  /** What was held back. An answer cut by its length before the closing tag is all reasoning. */
  end(options: { wasCut: boolean }): ReasoningEvent[];
  /** A closing tag came after text without an opening one: what was shown was reasoning. */
  readonly leaked: boolean;
}

/**
 * Recognises `<think>…</think>` at the start of the content. A tag later on is text, since an answer
 * may be about tags. With `opensUnmarked` the content is taken to start inside the reasoning, as
 * with models whose chat template puts the opening tag into the prompt: nothing is text until the
 * closing tag comes, or until the end if none comes.
 */
export function createReasoningSplitter({
  opensUnmarked = false,
}: { opensUnmarked?: boolean } = {}): ReasoningSplitter {
  let state: 'start' | 'marked' | 'unmarked' | 'after' | 'text' = 'start';
  let held = '';
  let mentionsTags = false;
  let leaked = false;

  const takeAll = (): string => {
    const all = held;
    held = '';
    return all;
  };

  /** All but the end, which may turn out to be a tag. */
  const takeSafe = (): string => {
    const safe = held.length - (held.match(possibleTag)?.[0].length ?? 0);
    const taken = held.slice(0, safe);
    held = held.slice(safe);
    return taken;
  };

  const start = (): void => {
    const rest = held.trimStart();
    const opening = rest.match(openingTagFirst)?.[0] ?? '';
    if (opening === '' && (rest === '' || beginningOfOpeningTag.test(rest))) return;
    held = rest.slice(opening.length);
    if (opening !== '') state = 'marked';
    else state = opensUnmarked ? 'unmarked' : 'text';
  };

  const closeReasoning = (): ReasoningEvent[] => {
    const closing = held.match(closingTag);
    if (closing?.index === undefined) return state === 'marked' ? asReasoning(takeSafe()) : [];
    const before = held.slice(0, closing.index);
    held = held.slice(closing.index + closing[0].length);
    state = 'after';
    return asReasoning(before);
  };

  const showText = (text: string): ReasoningEvent[] => {
    mentionsTags ||= openingTag.test(text);
    leaked ||= !mentionsTags && strayClosingTag.test(text);
    return leaked ? [] : asText(text);
  };

  const drain = (): ReasoningEvent[] => {
    const events: ReasoningEvent[] = [];
    if (state === 'start') start();
    if (state === 'marked' || state === 'unmarked') events.push(...closeReasoning());
    if (state === 'after') {
      held = held.trimStart();
      if (held !== '') state = 'text';
    }
    if (state === 'text') events.push(...showText(takeSafe()));
    return events;
  };

  return {
    content(piece) {
      held += piece;
      return drain();
    },
    reasoning(piece) {
      if (state !== 'start' && state !== 'unmarked') return asReasoning(piece);
      state = 'after';
      return asReasoning(takeAll().trimStart() + piece);
    },
    end({ wasCut }) {
      const rest = takeAll();
      if (state === 'marked' || (state === 'unmarked' && wasCut)) return asReasoning(rest);
      return rest.trim() === '' ? [] : showText(rest);
    },
    get leaked() {
      return leaked;
    },
  };
}

function asReasoning(text: string): ReasoningEvent[] {
  return text === '' ? [] : [{ type: 'reasoning-delta', text }];
}

function asText(text: string): ReasoningEvent[] {
  return text === '' ? [] : [{ type: 'text-delta', text }];
}

const openingTagFirst = /^<think(?:ing)?>/iu;
const openingTag = /<think(?:ing)?>/iu;
const closingTag = /<\/think(?:ing)?>/iu;
// Models close their reasoning at the end of a line or go on with a new sentence; a sentence about
// the tag goes on after it.
const strayClosingTag = /<\/[Tt]hink(?:ing)?>[ \t]*(?:\n|$|\p{Lu})/u;
const beginningOfOpeningTag = /^<(?:t(?:h(?:i(?:n(?:k(?:i(?:n(?:g)?)?)?)?)?)?)?)?$/iu;
const possibleTag =
  /<(?:\/?(?:t(?:h(?:i(?:n(?:k(?:i(?:n(?:g)?)?)?)?)?)?)?)?$|\/think(?:ing)?>[ \t]*$)/iu;
