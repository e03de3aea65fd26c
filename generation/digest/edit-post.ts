import type { Release } from '../../retrieval/releases/release.ts';
import { asData } from '../answer/fence.ts';
import type { DigestPost } from './digest-post.ts';
import type { FactTable } from './fact.ts';
import { readWrittenPost } from './read-written-post.ts';
import { finishPost, type WritePostOptions } from './write-post.ts';
import { askForPost, type WriteWithModelOptions } from './write-with-model.ts';

/**
 * An editor's own text as a post, laid out and checked: what it breaks is said, and nothing of it is
 * changed but its last line of links. An empty text is a post that breaks every rule of its form.
 */
export function editPost(
  release: Release,
  table: FactTable,
  text: string,
  options: WritePostOptions,
): Promise<DigestPost> {
  const draft = readWrittenPost(text, []);
  return finishPost(release, table, draft, { ...options, generator: 'editor' });
}

/**
 * The post as a model changes it by an editor's instruction, from the same facts, checked; the editor
 * sees what it breaks.
 * @throws {ModelError} when the model fails
 */
export function instructModel(
  release: Release,
  table: FactTable,
  { post, instruction }: { post: Pick<DigestPost, 'text'>; instruction: string },
  options: WriteWithModelOptions,
): Promise<DigestPost> {
  return askForPost(release, table, options, (messages, boundary) => [
    ...messages,
    { role: 'assistant', content: asData(post.text, boundary) },
    {
      role: 'user',
      content: `Change the post as the editor asks, from the same facts and in the same form: ${asData(instruction.slice(0, 2000), boundary)}`,
    },
  ]);
}
