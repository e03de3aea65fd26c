import type { ServiceAddresses } from '../../retrieval/releases/addresses.ts';
import type { Release } from '../../retrieval/releases/release.ts';
import type { SecondOpinion } from '../../citations/claims/second-opinion.ts';
import type { ChatModel } from '../models/chat-model.ts';
import type { DigestPost, PostLanguage } from './digest-post.ts';
import { draftFromLink, type LinkDraft } from './draft-from-link.ts';
import { editPost, instructModel } from './edit-post.ts';
import type { FactTable } from './fact.ts';
import { collectFacts } from './facts.ts';
import { readPrimaryPages } from './primary-pages.ts';
import type { ReadSource } from './source-page.ts';
import { writePost } from './write-post.ts';
import { writeWithModel } from './write-with-model.ts';

export interface DigestWriterOptions {
  readSource: ReadSource;
  /** Where the services are that links lead to. */
  addresses: ServiceAddresses;
  language: PostLanguage;
  /** Without one, posts are from facts alone. */
  model?: ChatModel | null;
  secondOpinion?: SecondOpinion | null;
  now?: () => Date;
  onFailure?: (what: string, error: unknown) => void;
}

/** Reads what releases' makers say, and writes of it. */
export interface DigestWriter {
  /** Pages that cannot be read are in the table; the post then rests on what its services list. */
  write(
    release: Release,
    options: { signal: AbortSignal },
  ): Promise<{ post: DigestPost; table: FactTable }>;
  /** Of a link or a forwarded post; null where there is nothing in it to write of. */
  draft(
    message: string,
    options: { signal: AbortSignal; publisher?: string | null },
  ): Promise<LinkDraft | null>;
  /** What a release's pages state now: to check an edit after a restart. */
  readFacts(release: Release, options: { signal: AbortSignal }): Promise<FactTable>;
  edit(release: Release, table: FactTable, text: string): Promise<DigestPost>;
  /** Null without a model. @throws {ModelError} when it fails */
  instruct(
    release: Release,
    table: FactTable,
    change: { post: Pick<DigestPost, 'text'>; instruction: string },
    options: { signal: AbortSignal },
  ): Promise<DigestPost | null>;
}

export function createDigestWriter({
  readSource,
  addresses,
  language,
  model = null,
  secondOpinion = null,
  now = () => new Date(),
  onFailure = () => {},
}: DigestWriterOptions): DigestWriter {
  const written = (signal?: AbortSignal) => ({
    language,
    now: now(),
    secondOpinion,
    onFailure,
    ...(signal === undefined ? {} : { signal }),
  });

  const readFacts: DigestWriter['readFacts'] = async (release, { signal }) => {
    const { pages, notRead } = await readPrimaryPages(release, { readSource, addresses, signal });
    return collectFacts(release, pages, notRead);
  };

  return {
    readFacts,
    async write(release, { signal }) {
      const table = await readFacts(release, { signal });
      const options = written(signal);
      const post =
        model === null
          ? await writePost(release, table, options)
          : await writeWithModel(release, table, { ...options, model });
      return { post, table };
    },
    draft: (message, { signal, publisher = null }) =>
      draftFromLink(message, { ...written(signal), readSource, addresses, model, publisher }),
    edit: (release, table, text) => editPost(release, table, text, written()),
    async instruct(release, table, change, { signal }) {
      if (model === null) return null;
      return instructModel(release, table, change, { ...written(signal), model });
    },
  };
}
