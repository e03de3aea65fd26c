import { maxMarkerContent, mayBecomeMarkerContent, parseMarkerContent } from './marker-syntax.ts';

/** A run of text, or a marker with the passage numbers it names, as written and unchecked. */
export type Segment = { type: 'text'; text: string } | { type: 'marker'; numbers: number[] };

/** Finds citation markers in text that comes in pieces. */
export interface MarkerReader {
  /** What the chunk settles. Only what may be the beginning of a marker or of code is held back. */
  push(chunk: string): Segment[];
  /** The rest, once no more text comes. */
  flush(): Segment[];
}

/**
 * Reads [1], [1, 2], [1-3], [^1], [№1], [[1]], 【1†source】 and \[1\] as markers; `[1](https://…)`
 * loses its address, because a model may have made it up. Code, spans and fences, is left alone.
 * The segments do not depend on where the text was cut, save that a text run may come in pieces.
 */
export function createMarkerReader(): MarkerReader {
  return new StreamingMarkerReader();
}

type Mode =
  | { type: 'prose' }
  /** Inside a code span, as long as its closing run may still come on this line. */
  | { type: 'span'; run: number }
  | { type: 'fence'; mark: string; run: number; atLineStart: boolean };

/** How long a code span may be waited for once it holds what may be a marker, in UTF-16 units. */
const maxHeldSpan = 400;
const maxInfoString = 100;
const maxLinkTarget = 2000;

class StreamingMarkerReader implements MarkerReader {
  #pending = '';
  #mode: Mode = { type: 'prose' };
  #atLineStart = true;
  #afterMarker = false;
  #isFinal = false;
  #segments: Segment[] = [];

  push(chunk: string): Segment[] {
    this.#pending += chunk;
    return this.#read();
  }

  flush(): Segment[] {
    this.#isFinal = true;
    return this.#read();
  }

  #read(): Segment[] {
    this.#segments = [];
    while (this.#pending !== '' && this.#step());
    return this.#segments;
  }

  /** Settles one piece of what is pending; false when more text is needed. */
  #step(): boolean {
    if (this.#mode.type === 'fence') return this.#readFence(this.#mode);
    if (this.#mode.type === 'span') return this.#readSpan(this.#mode.run);
    if (this.#afterMarker) return this.#skipLinkTarget();
    const special = this.#pending.search(/[`~\\[【［]/u);
    if (special !== 0) {
      this.#emit(special === -1 ? this.#pending.length : special);
      return true;
    }
    return /^[`~]/u.test(this.#pending) ? this.#openCode() : this.#readMarker();
  }

  #readMarker(): boolean {
    const opening = /^\\?(?:\[\[?|【|［)?/u.exec(this.#pending)?.[0] ?? '';
    const content = /^[^\]】］[【［\n\\]*/u.exec(this.#pending.slice(opening.length))?.[0] ?? '';
    const length = opening.length + content.length;
    const closing = /^\\?\]|^[】］]/u.exec(this.#pending.slice(length))?.[0];
    const isOpen = closing === undefined && /^\\?$/u.test(this.#pending.slice(length));
    const mayBeMarker =
      opening !== '\\' && content.length <= maxMarkerContent && mayBecomeMarkerContent(content);
    if (isOpen && !this.#isFinal && (mayBeMarker || opening === this.#pending)) return false;
    const numbers = closing !== undefined && mayBeMarker ? parseMarkerContent(content) : null;
    if (numbers === null || closing === undefined) {
      this.#emit(1);
      return true;
    }
    let end = length + closing.length;
    if (opening.endsWith('[[')) {
      if (end === this.#pending.length && !this.#isFinal) return false;
      if (this.#pending[end] !== ']') {
        this.#emit(1);
        return true;
      }
      end += 1;
    }
    this.#segments.push({ type: 'marker', numbers });
    // A line still begins after its marker: once that is dropped as unknown, a fence may open there.
    this.#pending = this.#pending.slice(end);
    this.#afterMarker = true;
    return true;
  }

  #skipLinkTarget(): boolean {
    const head = this.#pending.slice(0, maxLinkTarget);
    const target = /^\(<?https?:\/\/[^\s()]*(?:\([^\s()]*\)[^\s()]*)*\)/iu.exec(head)?.[0] ?? '';
    if (target === '' && !this.#isFinal && mayBecomeLinkTarget(this.#pending)) return false;
    this.#pending = this.#pending.slice(target.length);
    this.#afterMarker = false;
    return true;
  }

  #openCode(): boolean {
    const run = /^(?:`+|~+)/u.exec(this.#pending)?.[0] ?? '';
    if (run.length === this.#pending.length && !this.#isFinal) return false;
    const mark = run.slice(0, 1);
    if (this.#atLineStart && run.length >= 3) {
      const info = this.#pending.slice(run.length, run.length + maxInfoString);
      const end = info.search(mark === '`' ? /[\n`]/u : /\n/u);
      if (end === -1 && info.length < maxInfoString && !this.#isFinal) return false;
      if (info[end] !== '`') {
        this.#mode = { type: 'fence', mark, run: run.length, atLineStart: false };
        this.#emit(run.length);
        return true;
      }
    }
    if (mark === '`') this.#mode = { type: 'span', run: run.length };
    this.#emit(run.length);
    return true;
  }

  /** Text is let go until it could be either code or a marker; then the span's end decides. */
  #readSpan(run: number): boolean {
    const harmless = /^[^`\n\\[【［]+/u.exec(this.#pending)?.[0] ?? '';
    if (harmless !== '') {
      this.#emit(harmless.length);
      return true;
    }
    for (const match of this.#pending.slice(0, maxHeldSpan).matchAll(/`+|\n/gu)) {
      if (match[0] === '\n') {
        this.#mode = { type: 'prose' };
        return true;
      }
      const full = /^`+/u.exec(this.#pending.slice(match.index))?.[0] ?? '';
      if (match.index + full.length === this.#pending.length && !this.#isFinal) return false;
      if (full.length !== run) continue;
      this.#mode = { type: 'prose' };
      this.#emit(match.index + run);
      return true;
    }
    if (this.#pending.length < maxHeldSpan && !this.#isFinal) return false;
    this.#mode = { type: 'prose' };
    return true;
  }

  #readFence(fence: Extract<Mode, { type: 'fence' }>): boolean {
    const lineEnd = this.#pending.indexOf('\n');
    const line = lineEnd === -1 ? this.#pending : this.#pending.slice(0, lineEnd);
    const mayClose = fence.atLineStart && /^[ \t]*([`~])\1*[ \t]*$|^[ \t]*$/u.test(line);
    if (lineEnd === -1 && mayClose && !this.#isFinal) return false;
    const mark = line.trim();
    const closes = mayClose && mark.length >= fence.run && mark.startsWith(fence.mark);
    this.#mode = closes ? { type: 'prose' } : { ...fence, atLineStart: lineEnd !== -1 };
    this.#emit(lineEnd === -1 ? line.length : lineEnd + 1);
    return true;
  }

  #emit(length: number): void {
    const text = this.#pending.slice(0, length);
    this.#pending = this.#pending.slice(length);
    const line = text.slice(text.lastIndexOf('\n') + 1);
    this.#atLineStart = (this.#atLineStart || line.length < text.length) && line.trim() === '';
    const last = this.#segments.at(-1);
    if (last?.type === 'text') last.text += text;
    else if (text !== '') this.#segments.push({ type: 'text', text });
  }
}

function mayBecomeLinkTarget(text: string): boolean {
  if (text.length >= maxLinkTarget) return false;
  const scheme = /^\(<?[a-z]*:?\/{0,2}/iu.exec(text)?.[0];
  if (scheme === undefined) return false;
  const beginning = scheme.replace(/^\(<?/u, '').toLowerCase();
  if (scheme.length === text.length) {
    return 'https://'.startsWith(beginning) || 'http://'.startsWith(beginning);
  }
  return /^https?:\/\/$/u.test(beginning) && !/\s/u.test(text);
}
