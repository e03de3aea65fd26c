import { ruleSentence } from '../../generation/digest/words/rule-words.ts';
import type { OpenedDigest } from '../digest/open-digest.ts';
import type { DigestDraft, PreparedDigest } from '../digest/prepare-digest.ts';
import type { Locale } from '../locales/locale.ts';

import { createTerminal, printable } from './terminal.ts';
import type { Output, Terminal } from './terminal.ts';

export interface RunDigestOptions {
  open: () => OpenedDigest;
  /** What follows the program's name. */
  args: readonly string[];
  locale: Locale;
  stdout: Output;
  stderr: Output;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
}

/**
 * Prints the posts of what is new, and what did not work. Nothing is sent. Resolves to the exit code:
 * 0, 1 when a source or a post failed, 2 for wrong usage, 130 when broken off.
 */
export async function runDigest({
  open,
  args,
  locale,
  stdout,
  stderr,
  signal,
}: RunDigestOptions): Promise<number> {
  if (args.length !== 1 || args[0] !== '--dry-run') {
    stderr.write('Usage: npm run digest -- --dry-run\nThis version prints posts and sends none.\n');
    return 2;
  }
  const out = createTerminal(stdout);
  const digest = open();
  try {
    out.status(locale.t('digest-collecting'));
    // Nothing is remembered, so nothing would be new to a second run.
    const prepared = await digest.prepare({ signal, isFirstRunSilent: false });
    print(prepared, out, locale);
    const isWhole = prepared.sources.every(({ failed }) => failed === null);
    return isWhole && prepared.notWritten.length === 0 ? 0 : 1;
  } catch (error) {
    if (signal.aborted) return 130;
    throw error;
  } finally {
    await digest.close();
  }
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
