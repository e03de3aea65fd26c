import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import type { AskRequest, Ask } from '../../generation/answer/answer-event.ts';
import { createLocales } from '../locales/locale.ts';

import type { FinalEvent } from './ask-json.ts';
import { printAnswer } from './print-answer.ts';
import { createTerminal } from './terminal.ts';
import type { Output } from './terminal.ts';

export interface RunChatOptions {
  ask: Ask;
  stdin: Readable & { readonly isTTY?: boolean };
  stdout: Output;
  /** Ends the chat, and the answer in progress with it. */
  signal?: AbortSignal;
}

/**
 * A chat in the terminal, until the input ends. «Подробнее» or “more” answers the last question at
 * length. Ctrl-C breaks an answer off, or ends the chat when there is none in progress.
 */
export async function runChat({
  ask,
  stdin,
  stdout,
  signal = new AbortController().signal,
}: RunChatOptions): Promise<void> {
  const locales = createLocales();
  const out = createTerminal(stdout);
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  let answering: AbortController | null = null;
  let locale = locales.ru;
  let lastQuestion: string | null = null;

  const lines = createInterface({
    input: stdin,
    ...(out.isLive && { output: stdout, prompt: '› ' }),
    signal: stop,
  });
  lines.on('SIGINT', () => {
    if (answering === null || answering.signal.aborted) ended.abort();
    else answering.abort();
  });
  stdout.on('error', () => {
    ended.abort();
  });
  let isClosed = false;
  lines.on('close', () => {
    isClosed = true;
  });
  const prompt = (): void => {
    if (out.isLive && !isClosed) lines.prompt();
  };

  for (const { t } of [locales.ru, locales.en]) {
    out.write(`${t('terminal-no-token')}\n${t('terminal-greeting')}\n\n`);
  }
  prompt();
  for await (const line of lines) {
    if (stop.aborted) break;
    const text = line.trim();
    const wantsMore = MORE.test(text);
    if (wantsMore) locale = /more/iu.test(text) ? locales.en : locales.ru;
    if (wantsMore && lastQuestion === null) {
      out.write(`${locale.t('terminal-more-nothing')}\n\n`);
    } else if (text !== '') {
      const question: string = wantsMore && lastQuestion !== null ? lastQuestion : text;
      const request: AskRequest = { question, length: wantsMore ? 'long' : 'short' };
      answering = new AbortController();
      const answerSignal = AbortSignal.any([stop, answering.signal]);
      try {
        const events = ask(request, { signal: answerSignal });
        const print = { out, locales, fallback: locale, signal: answerSignal };
        const last: FinalEvent | null = await printAnswer(events, print);
        if (last?.type === 'answered') lastQuestion = question;
        const language = last?.report.language ?? 'other';
        if (language !== 'other') locale = locales[language];
      } catch {
        if (!answerSignal.aborted) out.write(`${locale.t('failed')}\n`);
      }
      answering = null;
      out.write('\n');
    }
    prompt();
  }
  // The prompt is still open on its line.
  if (out.isLive) out.write('\n');
  if (signal.aborted) return;
  // Before the first answer nobody knows which language it is.
  const farewells = lastQuestion === null ? [locales.ru, locales.en] : [locale];
  out.write(`${farewells.map(({ t }) => t('terminal-farewell')).join(' ')}\n`);
}

const MORE = /^(?:подробнее|more)[.!…]?$/iu;
