import type { ApiMethods, Opts } from 'grammy/types';

import type { FakeState } from '../fake-state.ts';
import { badRequest } from '../refusal.ts';
import type { Upload } from '../request-body.ts';
import { checkText } from '../text-limits.ts';
import type { CheckedText, TextLimits } from '../text-limits.ts';
import { findEntities } from '../found-entities.ts';

/** What a method may know beside its parameters. */
export interface MethodCall {
  state: FakeState;
  method: string;
  /** Files by the name of their part, for `attach://name`. */
  uploads: ReadonlyMap<string, Upload>;
  /** Aborted when the caller is gone. */
  gone: AbortSignal;
}

/** Methods of the Bot API by name. Parameters were checked already. They throw a Refusal. */
export type Methods = {
  [M in keyof ApiMethods]?: (parameters: Opts<M>, call: MethodCall) => unknown;
};

/** A text of the bot with all entities that its readers see. @throws {Refusal} */
export function outgoingText(
  { state, method }: Pick<MethodCall, 'state' | 'method'>,
  given: {
    text: string;
    entities?: Parameters<typeof checkText>[1] | undefined;
    parse_mode?: string | undefined;
  },
  limits?: TextLimits,
): CheckedText {
  const { text, entities = [], parse_mode: parseMode } = given;
  if (parseMode !== undefined) throw badRequest("can't parse entities: no markup is read here");
  const checked = checkText(text, entities, limits);
  const objection = text === '' ? null : state.objectTo({ method, text, entities });
  if (objection !== null) throw badRequest(`can't parse entities: ${objection}`);
  return { text: checked.text, entities: findEntities(checked.text, checked.entities) };
}

/** `text` and `entities`, these only where there are any. */
export function textContent({ text, entities }: CheckedText): {
  text: string;
  entities?: CheckedText['entities'];
} {
  return { text, ...(entities.length > 0 && { entities }) };
}

/** The same under the names that a caption has. */
export function captionContent({ text, entities }: CheckedText): {
  caption?: string;
  caption_entities?: CheckedText['entities'];
} {
  if (text === '') return {};
  return { caption: text, ...(entities.length > 0 && { caption_entities: entities }) };
}
