import { answerMethods } from './answers.ts';
import { chatMethods } from './chats.ts';
import { editMethods } from './edits.ts';
import { mediaMethods } from './media.ts';
import { messageMethods } from './messages.ts';
import type { MethodCall } from './method.ts';
import { profileMethods } from './profile.ts';
import { updateMethods } from './updates.ts';

/** One method with parameters that were checked. */
type Method = (parameters: Record<string, unknown>, call: MethodCall) => unknown;

/** By name. The Bot API has more: those are refused as not built. */
export const ALL_METHODS = new Map<string, Method>(
  Object.entries({
    ...updateMethods,
    ...messageMethods,
    ...editMethods,
    ...mediaMethods,
    ...answerMethods,
    ...chatMethods,
    ...profileMethods,
    // The check by the schema is what makes parameters of the types that each method states.
  }) as [string, Method][],
);
