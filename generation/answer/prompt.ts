import { isFileAddress } from '../../retrieval/files/file-address.ts';
import type { RankedPassage } from '../../retrieval/passage.ts';
import type { ChatMessage } from '../models/chat-model.ts';
import { codeInstructions, codeReminder } from '../code/code-instructions.ts';
import { estimateTokens, trimToTokens } from '../models/token-estimate.ts';

import type { AnswerRequest } from './answerer.ts';
import { asCode, asData, asDataLine, createFence } from './fence.ts';
import type { Fence } from './fence.ts';
import { closingReminder, systemInstructions } from './instructions.ts';

export interface AnswerPromptOptions {
  /** How many tokens prompt and answer may take together. */
  contextTokens: number;
  /** The most that the answer may take, in characters. */
  maxCharacters: number;
  now: Date;
  /** Letters and digits that no page can know: they name the fence around its text. */
  boundary: string;
  /** Whether an answer came in another language, and its own is asked for once more. */
  insists?: boolean;
}

export interface AnswerPrompt {
  messages: ChatMessage[];
  maxOutputTokens: number;
  /** The numbers of the passages that found room, ascending. Numbers are those of the request. */
  numbers: number[];
}

/**
 * The messages that ask a model for an answer. By {@link estimateTokens} they and the answer never
 * exceed `contextTokens`: passages are trimmed or left out, and whoever stays keeps its number.
 */
export function buildAnswerPrompt(
  { question, language, passages, length, code }: AnswerRequest,
  { contextTokens, maxCharacters, now, boundary, insists = false }: AnswerPromptOptions,
): AnswerPrompt {
  // Two tokens for every three characters leave room for Russian in the poorest of tokenizers.
  const maxOutputTokens = Math.min(
    Math.ceil((maxCharacters * 2) / 3) + 100,
    Math.floor(contextTokens / 4),
  );
  const system =
    code === undefined
      ? systemInstructions({
          language,
          maxCharacters,
          today: now.toISOString().slice(0, 10),
          boundary,
          wantsDetail: length === 'long',
        })
      : codeInstructions({ code, language, maxCharacters, boundary });
  const reminder =
    code === undefined ? closingReminder(language, { insists }) : codeReminder(code, language);
  const asked = trimToTokens(asData(question, boundary), Math.floor(contextTokens / 8));
  const ending = `<question-${boundary}>\n${asked}\n</question-${boundary}>\n\n${reminder}`;
  const spent = estimateTokens(system) + estimateTokens(ending) + templateTokens;
  const fenced = fencePassages(
    passages,
    createFence(boundary),
    contextTokens - maxOutputTokens - spent,
    code === undefined ? asData : asCode,
  );
  return {
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: [...fenced.map(({ text }) => text), ending].join('\n\n') },
    ],
    maxOutputTokens,
    numbers: fenced.map(({ number }) => number),
  };
}

/** What a chat template adds around two messages, and then some. */
const templateTokens = 40;

/** Passages are about 120 words; what is longer than this was not cut by us. */
const maxPassageCharacters = 6000;

/** Fewer tokens than this say nothing. */
const fewestUsefulTokens = 40;

function fencePassages(
  passages: readonly RankedPassage[],
  fence: Fence,
  budget: number,
  clean: (text: string, boundary: string) => string,
): { number: number; text: string }[] {
  const fenced: { number: number; text: string }[] = [];
  // One long passage may not leave the others out.
  const share = passages.length > 1 ? Math.floor(budget / 2) : budget;
  let left = budget;
  for (const [index, passage] of passages.entries()) {
    const number = index + 1;
    const head = headOf(passage, fence.boundary);
    const frame = estimateTokens(fence.around(number, [...head, '', ''])) + 4;
    const room = Math.min(left, share) - frame;
    if (room < fewestUsefulTokens) continue;
    const body = clean(passage.text.slice(0, maxPassageCharacters), fence.boundary);
    const trimmed = trimToTokens(body, room - 3);
    const isWhole = trimmed.length === body.length && passage.text.length <= maxPassageCharacters;
    const text = fence.around(number, [...head, '', isWhole ? trimmed : `${trimmed.trimEnd()}…`]);
    left -= estimateTokens(text) + 2;
    fenced.push({ number, text });
  }
  return fenced;
}

function headOf(passage: RankedPassage, boundary: string): string[] {
  const line = (text: string, maxCharacters: number): string =>
    asDataLine(text, boundary, maxCharacters);
  return [
    `title: ${line(passage.title, 200)}`,
    ...(isFileAddress(passage.pageUrl) ? [] : [`address: ${line(passage.pageUrl, 200)}`]),
    ...(passage.place === null
      ? []
      : [`${passage.place.unit}s: ${passage.place.from}-${passage.place.to}`]),
    passage.publishedAt === null
      ? `date: unknown, read on ${line(passage.fetchedAt.slice(0, 10), 10)}`
      : `date: ${line(passage.publishedAt.slice(0, 10), 10)}`,
    ...(passage.heading === null ? [] : [`section: ${line(passage.heading, 200)}`]),
  ];
}
