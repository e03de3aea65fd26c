import { randomBytes } from 'node:crypto';
import type { Release } from '../../retrieval/releases/release.ts';
import { ModelError, type ChatMessage, type ChatModel } from '../models/chat-model.ts';
import type { BrokenRule, DigestPost } from './digest-post.ts';
import type { FactTable } from './fact.ts';
import { isMajor } from './is-major.ts';
import { numberedFacts, postPrompt, rewritePrompt } from './model-prompt.ts';
import { readWrittenPost } from './read-written-post.ts';
import { finishPost, writePost, type WritePostOptions } from './write-post.ts';

export interface WriteWithModelOptions extends WritePostOptions {
  model: ChatModel;
  maxOutputTokens?: number;
  /** Names the fence around facts; made anew by default. */
  boundary?: string;
  /** Told why the post is from facts alone after all, and of other models that were asked instead. */
  onFailure?: (what: string, error: unknown) => void;
}

/**
 * A post that a model writes from the facts, checked like any other. One that breaks a rule is written
 * again once; after that, and where the model fails, it is the post from facts alone.
 */
export async function writeWithModel(
  release: Release,
  table: FactTable,
  options: WriteWithModelOptions,
): Promise<DigestPost> {
  const { language = 'ru', signal, onFailure = () => {} } = options;
  const plain = await writePost(release, table, options);
  let first: DigestPost | null = null;
  let text = '';
  try {
    first = await askForPost(
      release,
      table,
      options,
      (messages) => messages,
      (written) => {
        text = written;
      },
    );
    if (isGood(first, plain)) return first;
    const { brokenRules } = first;
    const second = await askForPost(release, table, options, (messages) =>
      rewritePrompt(messages, text, brokenRules, language),
    );
    if (isGood(second, plain)) return second;
    onFailure('rules', second.brokenRules);
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof ModelError)) throw error;
    onFailure('model', error);
  }
  return plain;
}

/**
 * One post of a model, checked and whatever it breaks.
 * @throws {ModelError} when it fails or writes nothing whole
 */
export async function askForPost(
  release: Release,
  table: FactTable,
  options: WriteWithModelOptions,
  asked: (messages: readonly ChatMessage[], boundary: string) => readonly ChatMessage[],
  onWritten: (written: string) => void = () => {},
): Promise<DigestPost> {
  const { model, language = 'ru', now, boundary = randomBytes(8).toString('hex') } = options;
  const { contextTokens } = model;
  const prompt = { language, isMajor: isMajor(release, table), contextTokens, now, boundary };
  const written = await complete(asked(postPrompt(table, prompt), boundary), options);
  onWritten(written);
  const draft = readWrittenPost(written, numberedFacts(table, contextTokens));
  return finishPost(release, table, draft, { ...options, generator: model.name });
}

/** Whether it may go before an editor: too little to say is no fault of whoever says it. */
function isGood({ brokenRules }: DigestPost, plain: DigestPost): boolean {
  const isThin = plain.brokenRules.some(({ rule }) => rule === 'too-short');
  const isForgiven = ({ rule }: BrokenRule): boolean => rule === 'too-short' && isThin;
  return brokenRules.every(isForgiven);
}

async function complete(
  messages: readonly ChatMessage[],
  { model, signal, maxOutputTokens = 1500, onFailure = () => {} }: WriteWithModelOptions,
): Promise<string> {
  let written = '';
  let end = 'other';
  const halted = signal ?? new AbortController().signal;
  for await (const event of model.stream(messages, { signal: halted, maxOutputTokens })) {
    halted.throwIfAborted();
    if (event.type === 'text-delta') written += event.text;
    else if (event.type === 'fallback') {
      onFailure('model', event.error);
      written = '';
    } else if (event.type === 'finish') end = event.reason;
  }
  // What was cut off ends in the middle of a sentence.
  if (end === 'content-filter' || end === 'length' || written.trim() === '') {
    throw new ModelError('the model wrote no post', { retryable: false });
  }
  return written;
}
