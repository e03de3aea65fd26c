import { factOf, factsOf, type FactTable } from './fact.ts';
import { whatOf } from './words/glossary.ts';
import type { PostForm } from './words/phrasebook.ts';

/** The form of a release's post, by what its pages say that it is. */
export function formOf({ subject, facts }: Pick<FactTable, 'subject' | 'facts'>): PostForm {
  const what = whatKeyOf(facts);
  if (what === 'benchmark') return 'benchmark';
  if (subject.kind === 'dataset') return 'dataset';
  if (subject.kind === 'repository') return 'tool';
  if (subject.kind === 'post') return 'story';
  const isModel =
    subject.kind === 'model' ||
    factOf(facts, 'parameters') !== null ||
    factOf(facts, 'training-tokens') !== null ||
    (what !== null && /модель|реранкер/u.test(whatOf(what).ru));
  if (!isModel) return 'method';
  const bases = factsOf(facts, 'base-model');
  return bases.length === 1 && factOf(facts, 'training-tokens') === null ? 'finetune' : 'model';
}

/** The key of what a release is, or null where no page says it. */
export function whatKeyOf(facts: FactTable['facts']): string | null {
  const term = factsOf(facts, 'term').find(({ of }) => of === 'what');
  return term?.key ?? null;
}
