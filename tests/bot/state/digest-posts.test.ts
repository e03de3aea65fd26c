import { describe, expect, test } from 'vitest';

import type { PostContent } from '../../../bot/digest/queued-post.ts';
import { openDatabase } from '../../../bot/state/database.ts';
import { createDigestPosts } from '../../../bot/state/digest-posts.ts';
import type { DigestPosts } from '../../../bot/state/digest-posts.ts';
import type { Release } from '../../../retrieval/releases/release.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const NOON = new Date('2026-11-02T12:00:00Z');
const LATER = new Date('2026-11-02T13:00:00Z');

async function withPosts(use: (posts: DigestPosts) => void): Promise<void> {
  await using folder = await temporaryFolder();
  const { database } = openDatabase({ folder: folder.path });
  try {
    use(createDigestPosts(database, { now: () => NOON }));
  } finally {
    database.close();
  }
}

describe('the queue of posts', () => {
  test('keeps a draft as it was given, its dates too', () =>
    withPosts((posts) => {
      const added = addDraft(posts, 'huggingface:acme/one');
      expect(added).toMatchObject({
        id: 1,
        state: 'draft',
        revision: 1,
        opinion: null,
        sent: null,
      });
      expect(added.release?.firstSeenAt).toEqual(NOON);
      expect(added.content).toEqual(contentOf('huggingface:acme/one'));
      expect(posts.find(1)).toEqual(added);
      expect(posts.find(2)).toBeNull();
    }));

  test('takes a release once, also by the id of one that became part of it', () =>
    withPosts((posts) => {
      addDraft(posts, 'arxiv:2401.00001');
      expect(posts.about(releaseOf('arxiv:2401.00001'))?.id).toBe(1);
      expect(posts.about(releaseOf('arxiv:2401.00002'))).toBeNull();
      expect(add(posts, 'arxiv:2401.00001')).toBeNull();
      expect(add(posts, 'huggingface:acme/one', ['arxiv:2401.00001'])).toBeNull();
      expect(posts.count('draft')).toBe(1);
    }));

  test('knows a release that was sent as a link before it was found', () =>
    withPosts((posts) => {
      const linked = {
        ...releaseOf('link:https://huggingface.co/acme/one'),
        links: links({ huggingface: 'one', paper: 'both' }),
      };
      posts.add({ origin: 'message', content: contentOf('one'), release: linked, reasons: [] });
      const about = (of: Record<string, string>) =>
        posts.about({ ...releaseOf('other'), links: links(of) })?.id ?? null;
      expect(about({ huggingface: 'one' })).toBe(1);
      expect(about({ paper: 'both' })).toBe(1);
      // Another model of the same paper is another release.
      expect(about({ huggingface: 'two', paper: 'both' })).toBeNull();
      expect(about({})).toBeNull();
    }));

  test.each([
    ['https://hf.co/Acme/One', 'https://huggingface.co/acme/one', 'huggingface'],
    ['http://www.huggingface.co/acme/one/', 'https://huggingface.co/acme/one', 'huggingface'],
    ['https://github.com/acme/ONE.git', 'https://github.com/acme/one', 'github'],
  ] as const)('knows %s as %s', (sent, found, kind) =>
    withPosts((posts) => {
      const none = { github: null, huggingface: null, paper: null };
      const linked = { ...releaseOf('link:one'), links: { ...none, [kind]: sent } };
      posts.add({ origin: 'message', content: contentOf('one'), release: linked, reasons: [] });
      const about = (address: string) =>
        posts.about({ ...releaseOf('other'), links: { ...none, [kind]: address } })?.id ?? null;
      expect(about(found)).toBe(1);
      expect(about(`${found}-large`)).toBeNull();
      expect(about(found.replace('/acme', '/beta/acme'))).toBeNull();
    }),
  );

  test('lets one of two decisions at once be made', () =>
    withPosts((posts) => {
      const { id, revision } = addDraft(posts, 'a');
      expect(posts.approve(id, { by: 7, revision, dueAt: NOON })).toBe(true);
      expect(posts.approve(id, { by: 8, revision, dueAt: NOON })).toBe(false);
      expect(posts.skip(id, { by: 8, revision })).toBe(false);
      expect(posts.find(id)).toMatchObject({ state: 'approved', decidedBy: 7, dueAt: NOON });
    }));

  test('decides nothing on words that were changed meanwhile', () =>
    withPosts((posts) => {
      const { id } = addDraft(posts, 'a');
      expect(posts.revise(id, 1, { opinion: 'Ждём весов.' })).toMatchObject({
        revision: 2,
        opinion: 'Ждём весов.',
        content: contentOf('a'),
      });
      expect(posts.approve(id, { by: 7, revision: 1, dueAt: NOON })).toBe(false);
      expect(posts.revise(id, 1, { opinion: null })).toBeNull();
      expect(posts.approve(id, { by: 7, revision: 2, dueAt: NOON })).toBe(true);
    }));

  test('hands out one post at a time, when it is due', () =>
    withPosts((posts) => {
      for (const name of ['late', 'early', 'draft']) addDraft(posts, name);
      posts.approve(1, { by: null, revision: 1, dueAt: LATER });
      posts.approve(2, { by: null, revision: 1, dueAt: NOON });
      expect(posts.claimDue(new Date(NOON.getTime() - 1))).toBeNull();
      expect(posts.claimDue(LATER)).toMatchObject({ id: 2, state: 'sending' });
      expect(posts.claimDue(LATER)).toBeNull();
      expect(posts.published(2, { channelId: -100, messageId: 5 })).toBe(true);
      expect(posts.claimDue(LATER)).toMatchObject({ id: 1 });
      expect(posts.notSent(1, LATER)).toBe(true);
      expect(posts.claimDue(NOON)).toBeNull();
      expect(posts.claimDue(LATER, 5)).toMatchObject({ id: 1, sentAfter: 5 });
      expect(posts.outcomeUnknown(1)).toBe(true);
      posts.troubled(1, { kind: 'not-found' });
      expect(posts.find(1)).toMatchObject({ state: 'unknown', trouble: { kind: 'not-found' } });
      expect(posts.claimDue(LATER)).toBeNull();
      expect(posts.list(['unknown']).map(({ id }) => id)).toEqual([1]);
      expect(posts.reopen(1)).toBe(true);
      expect(posts.find(1)).toMatchObject({ state: 'draft', trouble: null, dueAt: null });
    }));

  test('remembers what stands in the channel until it does no more', () =>
    withPosts((posts) => {
      const { id, revision } = addDraft(posts, 'a');
      posts.approve(id, { by: 7, revision, dueAt: NOON });
      posts.claimDue(NOON);
      posts.published(id, { channelId: -100, messageId: 5 });
      expect(posts.reopen(id)).toBe(false);
      expect(posts.publishedSince(NOON).map((post) => post.id)).toEqual([id]);
      expect(posts.publishedSince(LATER)).toEqual([]);
      expect(posts.renew(id, contentOf('b'))).toBe(true);
      expect(posts.find(id)?.renewed).toEqual(contentOf('b'));
      expect(posts.renewed(id, contentOf('b'))).toBe(true);
      expect(posts.find(id)).toMatchObject({
        content: contentOf('b'),
        renewed: null,
        revision: 2,
        sent: { channelId: -100, messageId: 5, at: NOON, revision: 2 },
      });
      expect(posts.withdrawn(id)).toBe(true);
      expect(posts.find(id)).toMatchObject({ state: 'draft', sent: null, decidedBy: null });
    }));
});

function addDraft(posts: DigestPosts, releaseId: string) {
  const added = add(posts, releaseId);
  if (added === null) throw new Error(`${releaseId} has a post already`);
  return added;
}

function add(posts: DigestPosts, releaseId: string, absorbed: string[] = []) {
  const release = { ...releaseOf(releaseId), absorbed };
  return posts.add({ origin: 'round', content: contentOf(releaseId), release, reasons: [] });
}

function links(of: Record<string, string>): Release['links'] {
  const at = (name: string): string | null => of[name] ?? null;
  return { github: at('github'), huggingface: at('huggingface'), paper: at('paper') };
}

function releaseOf(id: string): Release {
  return {
    id,
    title: id,
    kind: 'model',
    appearances: [],
    links: links({}),
    publishedAt: null,
    firstSeenAt: NOON,
    changedAt: NOON,
  };
}

function contentOf(releaseId: string): PostContent {
  return {
    kind: 'release',
    post: {
      releaseId,
      language: 'ru',
      text: '🐋 Модель\n\nТекст.\n\nHuggingface',
      title: { text: '🐋 Модель', emoji: '🐋', start: 0, end: 9 },
      paragraphs: [{ kind: 'text', text: 'Текст.', start: 11, end: 17 }],
      links: [{ label: 'Huggingface', url: 'https://huggingface.co/a', start: 19, end: 30 }],
      opinionAt: 17,
      sources: [],
      claims: [],
      brokenRules: [],
      isMajor: false,
      generator: 'facts',
    },
  };
}
