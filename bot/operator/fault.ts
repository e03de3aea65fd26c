/** What an operator is told of, each in words of `bot/locales/`: `fault-…` and `fault-…-over`. */
export const FAULTS = [
  'search-down',
  'model-key',
  'model-balance',
  'model-down',
  'embeddings-down',
  'index-not-read',
  'index-not-written',
  'disk-low',
  'other-instance',
  'leftover-webhook',
  'channel',
] as const;

export type Fault = (typeof FAULTS)[number];
