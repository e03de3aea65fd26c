import { describe, expect, it } from 'vitest';

import type { FetchedPage } from '../../retrieval/crawl/fetch-page.ts';
import { EmbedError, PageError } from '../../retrieval/errors.ts';
import { passageId } from '../../retrieval/passage-id.ts';
import { readPage } from '../../retrieval/read-page.ts';
import { analyzePassage } from '../../retrieval/text/analyze.ts';
import { writePdf } from '../support/pdf-documents.ts';
import { createHashedEmbedder, hashedVector } from '../support/hashed-embedder.ts';

const { signal } = new AbortController();
const alone = {
  scope: 'public',
  embedder: null,
  signal,
  onEmbedFailure: (error: unknown) => {
    throw error;
  },
} as const;

function fetched(text: string, over: Partial<FetchedPage> = {}): FetchedPage {
  return {
    requestedUrl: 'https://a.example/x',
    url: 'https://a.example/x?utm_source=mail',
    contentType: 'text/html',
    text,
    bytes: new Uint8Array(),
    etag: null,
    lastModified: null,
    fetchedAt: '2026-11-22T10:00:00.000Z',
    from: 'network',
    ...over,
  };
}

const article = `<html lang="ru"><head><title>Волга</title></head><body><article><h1>Волга</h1>
<p>Волга — крупнейшая река Европы. Длина Волги составляет 3530 километров.</p>
<h2>Исток</h2><p>Она берёт начало на Валдайской возвышенности, у деревни Волговерховье.</p>
</article></body></html>`;

describe('a document that is too long', () => {
  it('says how many of its pages were read', async () => {
    const colours = ['red', 'green', 'blue', 'white', 'black', 'grey', 'brown'];
    // What all pages have in one place would be taken for their head.
    const texts = Array.from({ length: 303 }, (_, at) =>
      `The ${colours[at % 7]} house by the ${colours[(at >> 3) % 7]} sea. `.repeat(1 + (at % 5)),
    );
    const bytes = new Uint8Array(await writePdf({ pages: texts }));
    const pdf = fetched('', { contentType: 'application/pdf', bytes });
    const { readInPart, passages } = await readPage(pdf, alone);
    expect(readInPart?.of).toBe(303);
    expect(readInPart?.read).toBe(passages.at(-1)?.place?.to);
    expect(readInPart?.read).toBeLessThanOrEqual(300);
  });

  it('says nothing of pages where it has none', async () => {
    const text = Array.from({ length: 9000 }, (_, at) => `Дом ${at} стоит у реки Волги.`);
    const plain = fetched(text.join('\n\n'), { contentType: 'text/plain' });
    const { readInPart, passages } = await readPage(plain, alone);
    expect(readInPart).toEqual({ read: null, of: null });
    expect(passages).toHaveLength(400);
  });

  it('is told from one that is not', async () => {
    expect(await readPage(fetched(article), alone)).not.toHaveProperty('readInPart');
  });
});

describe('a page that was read', () => {
  it('is passages with their page, heading, place and words', async () => {
    const page = await readPage(fetched(article), alone);
    const url = 'https://a.example/x';
    expect(page).toMatchObject({ url, scope: 'public', sourceId: null });
    expect(page.passages.map(({ position, heading }) => [position, heading])).toEqual([
      [0, null],
      [1, 'Исток'],
    ]);
    expect(page.passages[1]).toEqual({
      id: passageId({ scope: 'public', url, position: 1 }),
      pageUrl: url,
      title: 'Волга',
      site: 'a.example',
      language: 'ru',
      publishedAt: null,
      fetchedAt: '2026-11-22T10:00:00.000Z',
      heading: 'Исток',
      position: 1,
      place: null,
      text: 'Она берёт начало на Валдайской возвышенности, у деревни Волговерховье.',
      ...analyzePassage({
        title: 'Волга',
        heading: 'Исток',
        text: 'Она берёт начало на Валдайской возвышенности, у деревни Волговерховье.',
      }),
      dense: null,
    });
  });

  it('has the vectors of title and text, one a passage', async () => {
    const embedder = createHashedEmbedder();
    const { passages } = await readPage(fetched(article), { ...alone, embedder });
    for (const { title, text, dense } of passages) {
      expect(dense).toEqual(hashedVector(`${title}\n${text}`, 64));
    }
  });

  it('goes without vectors when the embedder fails, and says so', async () => {
    const error = new EmbedError('embeddings: HTTP 500', { retryable: true });
    const told: unknown[] = [];
    const { passages } = await readPage(fetched(article), {
      ...alone,
      embedder: {
        model: 'broken',
        embedQuery: async () => new Float32Array(),
        embedPassages: async () => {
          throw error;
        },
      },
      onEmbedFailure: (each) => void told.push(each),
    });
    expect(passages.map(({ dense }) => dense)).toEqual([null, null]);
    expect(told).toEqual([error]);
  });

  it('is cut short where it is a book', async () => {
    const book = `${'Слово за словом. '.repeat(7)}\n\n`.repeat(6000);
    const { passages } = await readPage(fetched(book, { contentType: 'text/plain' }), alone);
    expect(passages).toHaveLength(400);
  });
});

describe('a page without text', () => {
  it.each([
    ['nothing at all', '<html><body></body></html>'],
    ['only a picture', '<html><body><img src="x.png"></body></html>'],
    ['only blanks', ' \n '],
  ])('is refused: %s', async (_name, text) => {
    const refused = readPage(fetched(text), alone);
    await expect(refused).rejects.toThrow(PageError);
    await expect(refused).rejects.toThrow('no text found on the page');
  });
});
