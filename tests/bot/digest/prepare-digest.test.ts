import { describe, expect, test } from 'vitest';

import { prepareDigest } from '../../../bot/digest/prepare-digest.ts';
import type { SourcePage } from '../../../generation/digest/source-page.ts';
import { PUBLIC_ADDRESSES } from '../../../retrieval/releases/addresses.ts';
import { openReleaseStore } from '../../../retrieval/releases/release-store.ts';
import { NO_FACTS, postContent } from '../../support/digest-queue.ts';
import { model } from '../../support/appearance.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const CARD = 'https://huggingface.co/acme/Lumira-2-7B';

function page(role: SourcePage['role'], kind: 'paragraph' | 'list-item'): SourcePage {
  return {
    role,
    address: CARD,
    frontMatter: { lines: [] } as never,
    url: CARD,
    title: '',
    site: '',
    language: 'en',
    publishedAt: null,
    fetchedAt: '',
    blocks: [{ kind, text: 'Some words.' }],
  };
}

/** One round with one model, of which the writer has read those pages. */
async function round(pages: SourcePage[], reason: string) {
  await using folder = await temporaryFolder();
  const store = openReleaseStore({ folder: folder.path });
  const content = postContent('Lumira-2-7B');
  if (content.kind !== 'release') throw new Error('a list');
  const { post } = content;
  try {
    const { drafts, notWritten } = await prepareDigest({
      sources: [
        {
          name: 'models',
          async *collect() {
            yield { ...model('acme/Lumira-2-7B', { likes: 200 }), publishedAt: new Date() };
          },
        },
      ],
      addresses: PUBLIC_ADDRESSES,
      store,
      writer: {
        write: () =>
          Promise.resolve({
            post,
            table: { ...NO_FACTS, pages, notRead: [{ url: CARD, reason }] },
          }),
      },
      wanted: { topics: [], include: [], exclude: [], maxPerDay: 3 },
      isFirstRunSilent: false,
      signal: new AbortController().signal,
    });
    return { unread: drafts.map(({ notRead }) => notRead), notWritten };
  } finally {
    store.close();
  }
}

describe('a release whose card cannot be read', () => {
  test.each(['HTTP 503', 'HTTP 429, the site asks to wait 120 s', 'timeout', 'connection cut'])(
    'waits for a better time where nothing else says more of it: %s',
    async (reason) => {
      expect(await round([page('listing', 'list-item')], reason)).toEqual({
        unread: [],
        notWritten: ['Lumira-2-7B'],
      });
    },
  );

  test.each<[string, SourcePage[]]>([
    ['HTTP 403', [page('listing', 'list-item')]],
    ['HTTP 503', [page('listing', 'list-item'), page('paper', 'paragraph')]],
    ['HTTP 503', [page('listing', 'paragraph')]],
  ])(
    'is written of what there is otherwise, and what was not read is told: %s',
    async (reason, pages) => {
      expect(await round(pages, reason)).toEqual({
        unread: [[{ url: CARD, reason }]],
        notWritten: [],
      });
    },
  );
});
