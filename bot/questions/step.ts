/**
 * The points between taking an update and storing its answer, in their order: what a program that is
 * killed at one of them does after its restart is proven for each.
 */
export const STEPS = [
  'fetched',
  'journalled',
  'started',
  'searching',
  'reading',
  'placeholder-sent',
  'writing',
  'written',
  'kept',
  'sending',
  'sent',
  'arrived',
  'delivered',
] as const;

export type Step = (typeof STEPS)[number];

/** Told each step as it is reached, with the update's id. */
export type OnStep = (step: Step, updateId: number) => void;
