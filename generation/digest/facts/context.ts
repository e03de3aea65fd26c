import { amountPattern, type AmountRule } from './read-amounts.ts';

const LENGTH = String.raw`(?:context|sequence)(?:[\s-]+(?:length|window|size))?|max(?:imum)?[\s_-]+(?:input|sequence|context|position|model)[\s_-]*(?:length|tokens|len|embeddings)?`;
const BRIDGE = String.raw`(?:(?:\s+(?:(?:of|for|у)\s+)?[A-Za-z][\w.-]*)?[^\d.;]{0,40}?[\s:|=–—-]+(?:up to |of |is |to |до |около )*)`;

/** How much text a model takes at once, in tokens. */
export const CONTEXT_RULES: readonly AmountRule[] = [
  {
    kind: 'context',
    patterns: [
      amountPattern(`(?:${LENGTH})${BRIDGE}#(?:[\\s-]*tokens?)?`),
      amountPattern(`#(?:[\\s-]*tokens?)?[\\s-]+(?:long[\\s-]+)?(?:context|sequence length)`),
      amountPattern(
        `(?:длин\\p{L}+ )?контекст\\p{L}*(?: окн\\p{L}*)?${BRIDGE}#(?:\\s+токен\\p{L}*)?`,
      ),
      amountPattern(
        '^(?:\\S*\\.)?(?:max_position_embeddings|n_positions|max_seq_len|seq_length|n_ctx): #',
      ),
    ],
    least: 256,
    most: 1e9,
  },
  {
    kind: 'dimensions',
    patterns: [
      amountPattern('(?:embedding|vector)s?(?: dimensions?| size| dim)[^\\d.;]{0,12}%'),
      amountPattern('%[- ]dimensional (?:dense )?(?:embedding|vector)'),
    ],
    least: 16,
    most: 65_536,
  },
];
