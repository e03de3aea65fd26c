import type { DigestPost, RuleName } from '../../generation/digest/digest-post.ts';

/**
 * Whether a post may go out although nobody has read it. What its sources do not state it cannot say:
 * that it lacks it keeps no post back. What it says wrongly, or in the wrong form, does.
 */
export function mayPublishItself({ brokenRules }: Pick<DigestPost, 'brokenRules'>): boolean {
  return brokenRules.every(({ rule }) => LACKING.has(rule));
}

const LACKING = new Set<RuleName>([
  'too-short',
  'comparison',
  'how-made',
  'price',
  'russian',
  'limitation',
]);
