import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { parseArgs } from 'node:util';

import type { Ask, AskRequest } from '../../generation/answer/answer-event.ts';
import { createLocales } from '../locales/locale.ts';
import type { ReaderLanguage } from '../locales/locale.ts';

import { statusOf, toJson } from './ask-json.ts';
import type { FinalEvent } from './ask-json.ts';
import { printAnswer } from './print-answer.ts';
import { createTerminal, printable } from './terminal.ts';
import type { Output } from './terminal.ts';

export interface RunAskOptions {
  ask: Ask;
  /** What follows the program's name. */
  args: readonly string[];
  stdin: Readable & { readonly isTTY?: boolean };
  stdout: Output;
  stderr: Output;
  /** Aborted by Ctrl-C. */
  signal?: AbortSignal;
}

/**
 * Answers the question of the arguments, or every line of standard input. Resolves to the exit
 * code: 0 when all were answered or honestly declined, 1 when something failed, 2 for wrong usage,
 * 130 when broken off.
 */
export async function runAsk({
  ask,
  args,
  stdin,
  stdout,
  stderr,
  signal = new AbortController().signal,
}: RunAskOptions): Promise<number> {
  const usage = parseUsage(args);
  if (usage.type === 'wrong') {
    stderr.write(`${usage.problem}\n\n${USAGE}`);
    return 2;
  }
  if (usage.type === 'help') {
    stdout.write(USAGE);
    return 0;
  }

  const output = watchOutput(stdout);
  const stop = AbortSignal.any([signal, output.signal]);
  const locales = createLocales();
  const out = createTerminal(stdout);
  const fallback = locales[usage.language ?? 'ru'];
  let exitCode = 0;
  if (usage.question === null && stdin.isTTY === true) stderr.write(`${HINT}\n`);
  const questions = usage.question === null ? linesOf(stdin, stop) : [usage.question];
  for await (const question of questions) {
    if (stop.aborted) break;
    const request: AskRequest = {
      question,
      length: 'short',
      ...(usage.language !== null && { language: usage.language }),
    };
    try {
      const events = ask(request, { signal: stop });
      const last = usage.json
        ? await lastOf(events)
        : await printAnswer(events, { out, locales, fallback, signal: stop });
      if (stop.aborted) break;
      if (last === null) throw new Error('The answer ended before it was there.');
      const status = statusOf(last);
      const ending = usage.question === null ? '\n' : '';
      await output.write(usage.json ? `${JSON.stringify(toJson(last.report, status))}\n` : ending);
      if (status === 'failed') {
        exitCode = 1;
        if (!usage.json) explainFailure(last, stderr);
      }
    } catch (error) {
      if (stop.aborted) break;
      // An ask never throws: what does is the program around it, and the next question fares alike.
      stderr.write(`${messageOf(error)}\n`);
      return 1;
    }
  }
  if (signal.aborted) return 130;
  return output.isFailure() ? 1 : exitCode;
}

const USAGE = `Usage: npm run ask -- [--json] [--lang ru|en] ["question"]

Answers a question from pages that it reads on the web, with its sources.
Without a question, reads questions from standard input, one a line.

  --json        one JSON object a question instead of text
  --lang ru|en  the language of the answer; otherwise that of the question
  --help        this text
`;

const HINT = 'Type a question and press Enter; Ctrl-D ends.';

type Usage =
  | { type: 'ask'; json: boolean; language: ReaderLanguage | null; question: string | null }
  | { type: 'help' }
  | { type: 'wrong'; problem: string };

function parseUsage(args: readonly string[]): Usage {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean', default: false },
        lang: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
      allowPositionals: true,
    });
    if (values.help) return { type: 'help' };
    const { json, lang } = values;
    if (lang !== undefined && lang !== 'ru' && lang !== 'en') {
      return { type: 'wrong', problem: `--lang must be ru or en; it is "${lang}".` };
    }
    const question = positionals.length === 0 ? null : positionals.join(' ');
    return { type: 'ask', json, language: lang ?? null, question };
  } catch (error) {
    return { type: 'wrong', problem: messageOf(error) };
  }
}

async function* linesOf(stdin: Readable, signal: AbortSignal): AsyncGenerator<string> {
  const lines = createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY, signal });
  for await (const line of lines) {
    if (line.trim() !== '') yield line.trim();
  }
}

async function lastOf(events: ReturnType<Ask>): Promise<FinalEvent | null> {
  let last: FinalEvent | null = null;
  for await (const event of events) {
    if ('report' in event) last = event;
  }
  return last;
}

interface WatchedOutput {
  /** Aborted when nothing more can be written. */
  readonly signal: AbortSignal;
  /** Whether that was for another reason than a reader who left early, such as `head`. */
  isFailure(): boolean;
  /** Resolves when the text has been taken, or cannot be. */
  write(text: string): Promise<void>;
}

function watchOutput(stdout: Output): WatchedOutput {
  const gone = new AbortController();
  let isFailure = false;
  const onError = (error: NodeJS.ErrnoException): void => {
    if (!gone.signal.aborted) isFailure = error.code !== 'EPIPE';
    gone.abort();
  };
  stdout.on('error', onError);
  return {
    signal: gone.signal,
    isFailure: () => isFailure,
    write: (text) =>
      new Promise((resolve) => {
        stdout.write(text, (error) => {
          if (error) onError(error);
          resolve();
        });
      }),
  };
}

function explainFailure(last: FinalEvent, stderr: Output): void {
  const reasons = new Set(last.report.degraded);
  if (last.type === 'failed') reasons.add(messageOf(last.error));
  for (const reason of reasons) stderr.write(`${printable(reason)}\n`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
