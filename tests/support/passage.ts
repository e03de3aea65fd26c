import type { Passage } from '../../retrieval/passage.ts';

/** A passage with all that a test does not care about filled in. */
export function makePassage(passage: Partial<Passage> & { text: string }): Passage {
  return {
    id: '00000000-0000-4000-8000-000000000000',
    pageUrl: 'https://example.com/page',
    title: '',
    site: 'example.com',
    language: 'ru',
    publishedAt: null,
    fetchedAt: '2026-11-22T10:00:00.000Z',
    heading: null,
    position: 0,
    place: null,
    ...passage,
  };
}
