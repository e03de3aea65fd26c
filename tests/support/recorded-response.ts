import { readFileSync, readdirSync } from 'node:fs';

const folder = new URL('../fixtures/model-responses/', import.meta.url);

/** A stream in the shape that a server's documentation shows, and what a reader is to have of it. */
export interface RecordedResponse {
  name: string;
  server: string;
  /** The address of that documentation. */
  documentation: string;
  model: string;
  text: string;
  reasoning: string;
  finish?: 'stop' | 'length' | 'content-filter';
  /** Instead of a finish. */
  error?: string;
  chunks: object[];
}

export const recordedResponses: readonly RecordedResponse[] = readdirSync(folder)
  .toSorted()
  .map((file) => ({
    ...(JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as RecordedResponse),
    name: file.replace('.json', ''),
  }));

export interface EventStreamOptions {
  lineEnd?: '\n' | '\r\n';
  /** Whether `[DONE]` ends it. */
  done?: boolean;
  /** Whether comments stand between the events, as servers send them to keep a connection. */
  comments?: boolean;
}

/** The chunks as server-sent events. */
export function eventStream(
  chunks: readonly object[],
  { lineEnd = '\n', done = true, comments = false }: EventStreamOptions = {},
): string {
  const events = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}`);
  if (done) events.push('data: [DONE]');
  const between = comments
    ? `${lineEnd}${lineEnd}: keep-alive${lineEnd}${lineEnd}`
    : lineEnd + lineEnd;
  return `${events.join(between)}${lineEnd}${lineEnd}`;
}
