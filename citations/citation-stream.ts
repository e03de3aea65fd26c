import type { Passage } from '../retrieval/passage.ts';
import { cutClaims, type Claim } from './claims.ts';
import { createMarkerReader, type Segment } from './markers.ts';
import {
  createSourceNumbering,
  type NumberedPassage,
  type PlacedCitation,
} from './number-sources.ts';

/** A finished answer and all that is known about what it cites. */
export interface CitedAnswer {
  /** All that was streamed, the tail included; its markers count sources from 1. */
  answer: string;
  claims: Claim[];
  /** By source number less one: its cited passages in order of appearance. */
  sources: readonly (readonly Passage[])[];
  /** Every marker of the answer, in order. */
  markers: readonly PlacedCitation[];
}

/** Turns a model's text, which cites passages, into text that cites sources. */
export interface CitationStream {
  /** Text that is ready to be shown; white space at the end waits for what follows it. */
  push(chunk: string): string;
  /** The tail is the text that was still held back. To be called once. */
  finish(): CitedAnswer & { tail: string };
}

/**
 * Renumbers markers from passages (as numbered in the prompt, from 1) to sources. A number that no
 * passage has disappears, with the space before it; neighbouring markers of one source become one.
 */
export function createCitationStream(passages: readonly Passage[]): CitationStream {
  const reader = createMarkerReader();
  const numbering = createSourceNumbering(passages);
  const writer = new AnswerWriter();

  const write = (segments: Segment[]): string => {
    const from = writer.answer.length;
    for (const segment of segments) {
      if (segment.type === 'text') writer.text(segment.text);
      else writer.marker(segment.numbers.flatMap((number) => numbering.cite(number) ?? []));
    }
    return writer.answer.slice(from);
  };

  return {
    push: (chunk) => write(reader.push(chunk)),
    finish() {
      const tail = write(reader.flush());
      const { answer, citations } = writer;
      const claims = cutClaims(answer, citations);
      return { tail, answer, claims, sources: numbering.sources, markers: citations };
    },
  };
}

class AnswerWriter {
  answer = '';
  readonly citations: PlacedCitation[] = [];
  /** White space that goes when nothing, or only a marker that disappears, comes after it. */
  #space = '';
  /** Sources cited since the last word: their markers stand side by side. */
  #neighbours = new Map<number, PlacedCitation>();
  /** The space before a marker that disappeared; null when none did since the last word. */
  #dropped: string | null = null;

  text(text: string): void {
    const body = text.trimEnd();
    if (body !== '') {
      const content = body.trimStart();
      this.#space += body.slice(0, body.length - content.length);
      if (this.#dropped !== null) this.#closeGap(content);
      this.#release();
      this.answer += content;
      this.#neighbours.clear();
    }
    this.#space += text.slice(body.length);
    if (this.#space.includes('\n')) this.#neighbours.clear();
  }

  marker(cited: readonly NumberedPassage[]): void {
    let isShown = false;
    for (const { source, passage } of cited) {
      const neighbour = this.#neighbours.get(source);
      if (neighbour !== undefined) {
        if (!neighbour.passages.includes(passage)) neighbour.passages.push(passage);
        continue;
      }
      if (this.#space === '') this.#space = this.#dropped ?? '';
      this.#release();
      const start = this.answer.length;
      this.answer += `[${source}]`;
      const placed = { source, passages: [passage], start, end: this.answer.length };
      this.citations.push(placed);
      this.#neighbours.set(source, placed);
      isShown = true;
    }
    if (isShown) return;
    const kept = this.#space.replace(/[^\S\n]+$/u, '');
    this.#dropped ??= this.#space.slice(kept.length);
    this.#space = kept;
  }

  /** What a dropped marker leaves must neither glue words or brackets together nor indent a line. */
  #closeGap(next: string): void {
    const isLineStart = this.answer === '' || this.#space.includes('\n');
    // «[5 [9]]» must not become a marker that nobody wrote.
    if (/[[【［][^\]】］\n]{0,80}$/u.test(this.answer)) this.#space += '…';
    else if (isLineStart) this.#space = this.#space.replace(/[^\S\n]+$/u, '');
    else if (this.#space === '' && /^[^.,;:!?…)\]}»”’'"%]/u.test(next)) this.#space = ' ';
  }

  #release(): void {
    if (this.answer !== '') this.answer += this.#space;
    this.#space = '';
    this.#dropped = null;
  }
}
