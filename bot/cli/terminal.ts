import type { Writable } from 'node:stream';
import { styleText } from 'node:util';

/** A stream that may be a terminal. */
export type Output = Writable & {
  readonly isTTY?: boolean;
  hasColors?(): boolean;
};

export interface Terminal {
  /** Whether somebody watches: then text may stream and a status line may come and go. */
  readonly isLive: boolean;
  write(text: string): void;
  bold(text: string): string;
  dim(text: string): string;
  /** A line that the next output replaces; nothing where nobody watches. */
  status(text: string): void;
}

export function createTerminal(stream: Output): Terminal {
  const isLive = stream.isTTY === true;
  // hasColors() knows NO_COLOR, FORCE_COLOR and terminals without colours.
  const hasColors = isLive && stream.hasColors?.() === true;
  const paint = (style: 'bold' | 'dim', text: string): string =>
    hasColors ? styleText(style, text, { validateStream: false }) : text;
  let hasStatus = false;
  const clearStatus = (): void => {
    if (hasStatus) stream.write('\r\u001B[K');
    hasStatus = false;
  };
  return {
    isLive,
    write(text) {
      clearStatus();
      stream.write(text);
    },
    bold: (text) => paint('bold', text),
    dim: (text) => paint('dim', text),
    status(text) {
      if (!isLive) return;
      clearStatus();
      stream.write(paint('dim', text));
      hasStatus = true;
    },
  };
}

/** Without the control characters with which a page could command a terminal. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  return text.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/gu, '');
}
