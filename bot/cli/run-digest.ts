import { ruleSentence } from '../../generation/digest/words/rule-words.ts';
import type { OpenedDigest } from '../digest/open-digest.ts';
import type { DigestDraft, PreparedDigest } from '../digest/prepare-digest.ts';
import { queueRound } from '../digest/queue-round.ts';
import type { Locale } from '../locales/locale.ts';
import { StateError } from '../state/database.ts';
import type { DigestPosts } from '../state/digest-posts.ts';

import { createTerminal, printable } from './terminal.ts';
import type { Output, Terminal } from './terminal.ts';

/** What a run that is no dry one works with. */
export interface DigestQueue {
  digest: OpenedDigest;
  posts: DigestPosts;
  maxPerDay: number;
  timeZone: string;
  close(): Promise<void>;
}

export interface RunDigestOptions {
  /** For a dry run, which leaves nothing behind. */
  open: () => OpenedDigest;
  /** The queue of the bot. @throws {StateError} when the bot has it */
  openQueue: () => Promise<DigestQueue>;
  /** What follows the program's name. */
  args: readonly string[];
  locale: Locale;
  stdout: Output;
  stderr: Output;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
}

/**
 * Prints the posts of what is new, and what did not work. Without `--dry-run` they become drafts, which
 * the bot puts before the admins when it runs. Resolves to the exit code: 0, 1 when a source or a post
 * failed or the bot is at work, 2 for wrong usage, 130 when broken off.
 */
export async function runDigest({
  open,
  openQueue,
  args,
  locale,
  stdout,
  stderr,
  signal,
}: RunDigestOptions): Promise<number> {
  const isDryRun = args[0] === '--dry-run';
  if (args.length > 1 || (args.length === 1 && !isDryRun)) {
    stderr.write(
      'Usage: npm run digest -- [--dry-run]\nWith --dry-run posts are printed and nothing else is done.\n',
    );
    return 2;
  }
  const out = createTerminal(stdout);
  try {
    return isDryRun ? await rehearse() : await fillQueue();
  } catch (error) {
    if (signal.aborted) return 130;
    if (!(error instanceof StateError)) throw error;
    stderr.write(`${error.message}\n`);
    return 1;
  }

  async function rehearse(): Promise<number> {
    const digest = open();
    try {
      out.status(locale.t('digest-collecting'));
      // Nothing is remembered, so nothing would be new to a second run.
      const prepared = await digest.prepare({ signal, isFirstRunSilent: false });
      print(prepared, out, locale);
      return codeOf(prepared);
    } finally {
      await digest.close();
    }
  }

  async function fillQueue(): Promise<number> {
    const { close, ...queue } = await openQueue();
    try {
      out.status(locale.t('digest-collecting'));
      const { prepared, added } = await queueRound({ ...queue, now: () => new Date(), signal });
      print(prepared, out, locale);
      const learned = prepared.sources.filter(({ isFirst, failed }) => isFirst && failed === null);
      const count = learned.reduce((sum, { found }) => sum + found, 0);
      if (learned.length > 0) out.write(`${locale.t('digest-learned', { count })}\n`);
      if (added.length > 0) out.write(`${locale.t('digest-queued')}\n`);
      return codeOf(prepared);
    } finally {
      await close();
    }
  }
}

function codeOf({ sources, notWritten }: PreparedDigest): number {
  const isWhole = sources.every(({ failed }) => failed === null);
  return isWhole && notWritten.length === 0 ? 0 : 1;
}

function print(prepared: PreparedDigest, out: Terminal, locale: Locale): void {
  const { drafts, sources, waiting, unmatched, notWritten } = prepared;
  const { t } = locale;
  for (const draft of drafts) out.write(`${describe(draft, out, locale)}\n\n`);
  out.write(`${t('digest-count', { count: drafts.length })}\n`);
  if (waiting > 0) out.write(`${t('digest-waiting', { count: waiting })}\n`);
  for (const { name, failed, notes } of sources) {
    if (failed !== null) out.write(`⚠️ ${name}: ${printable(failed.sentence)}\n`);
    for (const note of notes) out.write(out.dim(`${name}: ${printable(note)}\n`));
  }
  for (const title of notWritten) {
    out.write(`⚠️ ${t('digest-not-written', { title: printable(title) })}\n`);
  }
  if (unmatched.length > 0) {
    out.write(`${t('digest-unmatched', { words: printable(unmatched.join(', ')) })}\n`);
  }
}

function describe({ post }: DigestDraft, out: Terminal, { language }: Locale): string {
  const { start, end } = post.title;
  const text = printable(post.text);
  const links = post.links.map(({ label, url }) => out.dim(`${label}: ${printable(url)}`));
  const broken = post.brokenRules.map((rule) => `⚠️ ${printable(ruleSentence(rule, language))}`);
  const shown = `${text.slice(0, start)}${out.bold(text.slice(start, end))}${text.slice(end)}`;
  return [shown, ...links, ...broken].join('\n');
}
