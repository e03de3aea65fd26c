import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { extractTextPage } from '../../../retrieval/extract/extract-page.ts';
import type { ExtractedPage } from '../../../retrieval/extract/extract-page.ts';

async function readFixture(name: string): Promise<ExtractedPage> {
  const file = new URL(`../../fixtures/extract/${name}`, import.meta.url);
  return readHtml(await readFile(file, 'utf8'));
}

function readHtml(text: string): ExtractedPage {
  return extractTextPage({
    url: 'https://www.example.org/news/most',
    contentType: 'text/html; charset=utf-8',
    text,
    fetchedAt: '2026-11-22T12:00:00.000Z',
    lastModified: null,
  });
}

describe('an article', () => {
  test('is read without what the site puts around it', async () => {
    const page = await readFixture('article-ru.html');
    expect(page.blocks).toEqual([
      {
        kind: 'paragraph',
        text: 'Новый мост через реку Выгу открыли в среду, на две недели раньше срока. Длина переправы — 412 метров, по ней пройдут четыре полосы.',
      },
      {
        kind: 'paragraph',
        text: 'Раньше машины шли в обход через Сосновку, и дорога занимала около часа. Теперь она займёт двенадцать минут, считают в управлении дорог.',
      },
      { kind: 'heading', text: 'Сколько это стоило' },
      {
        kind: 'paragraph',
        text: 'На строительство ушло 1,8 млрд рублей: меньше, чем закладывали в смету два года назад.',
      },
      {
        kind: 'quotation',
        text: 'Мы берегли каждую опору, — сказал главный инженер за́мка над рекой.',
      },
      { kind: 'list-item', text: 'левый берег — съезд на Речную улицу;' },
      { kind: 'list-item', text: 'правый берег — съезд на шоссе.' },
    ]);
  });

  test('carries its title without the site, its date, language and address', async () => {
    const { blocks: _, ...page } = await readFixture('article-ru.html');
    expect(page).toEqual({
      url: 'https://www.example.org/news/most',
      title: 'Мост через Выгу открыли раньше срока',
      site: 'Вестник Заречья',
      author: 'Отдел новостей',
      language: 'ru',
      publishedAt: '2026-03-04T06:30:00.000Z',
      modifiedAt: null,
      fetchedAt: '2026-11-22T12:00:00.000Z',
      canonicalUrl: 'https://www.example.org/news/most?utm=none',
      needsBrowser: false,
    });
  });
});

describe('pages that are not articles', () => {
  test('documentation keeps its headings, table and code', async () => {
    const page = await readFixture('documentation-en.html');
    expect(page.title).toBe('Configuration');
    expect(page.site).toBe('Kettle manual');
    expect(page.blocks).toEqual([
      {
        kind: 'paragraph',
        text: 'Kettle reads one file, kettle.toml, from the folder it is started in.',
      },
      { kind: 'heading', text: 'Keys' },
      { kind: 'table-row', text: 'Key | Default | Meaning' },
      {
        kind: 'table-row',
        text: 'heat | 90 | Degrees to stop at',
        tableHeader: 'Key | Default | Meaning',
      },
      {
        kind: 'table-row',
        text: 'whistle | true | Whether to make a sound',
        tableHeader: 'Key | Default | Meaning',
      },
      { kind: 'heading', text: 'Example' },
      { kind: 'code', text: '[kettle]\nheat = 80\n  # quiet in the morning\nwhistle = false' },
      { kind: 'list-item', text: 'heat' },
      { kind: 'list-item', text: 'Values above 100 are refused.' },
    ]);
  });

  test('an encyclopedia keeps its table of facts and loses footnote marks', async () => {
    const page = await readFixture('encyclopedia-ru.html');
    expect(page.title).toBe('Озеро Тихое');
    expect(page.blocks).toEqual([
      { kind: 'table-row', text: 'Площадь | 14,2 км²' },
      { kind: 'table-row', text: 'Глубина | до 31 м' },
      {
        kind: 'paragraph',
        text: 'Озеро Тихое — пресноводное озеро ледникового происхождения на северо-западе равнины. Из него вытекает одна река, впадает семь ручьёв.',
      },
      { kind: 'heading', text: 'Природа' },
      {
        kind: 'paragraph',
        text: 'Берега низкие, поросшие сосной и ольхой; зимой озеро замерзает на пять месяцев, и лёд держится до конца апреля.',
      },
      { kind: 'list-item', text: 'окунь' },
      { kind: 'list-item', text: 'щука, реже налим' },
    ]);
  });

  test('a bare list does not come out empty', async () => {
    const page = await readFixture('list-en.html');
    expect(page.blocks).toEqual([
      { kind: 'list-item', text: 'Aldra - Borg, 35 min' },
      { kind: 'list-item', text: 'Borg - Cald, 50 min' },
      { kind: 'list-item', text: 'Cald - Drum, 1 h 10 min' },
    ]);
  });

  test('a thread keeps every post', async () => {
    const page = await readFixture('thread-en.html');
    expect(page.blocks.map(({ text }) => text.slice(0, 20))).toEqual([
      'My new kettle boils,',
      'Open the spout, then',
      'That was it, thank y',
    ]);
  });

  test('a shell that scripts fill is said to need a browser', async () => {
    expect((await readFixture('script-shell.html')).needsBrowser).toBe(true);
  });

  test('a short page without scripts needs none', () => {
    const page = readHtml('<title>Hours</title><body><div id="root">Open from 9 to 5.</div>');
    expect(page.needsBrowser).toBe(false);
    expect(page.blocks).toEqual([{ kind: 'paragraph', text: 'Open from 9 to 5.' }]);
  });

  test('a page drawn by script is read from its structured data', () => {
    const articleBody = 'The ferry to Borg leaves at nine and takes half an hour. '.repeat(10);
    const page = readHtml(
      `<title>Ferry</title><div id="app"></div><script>start()</script>
       <script type="application/ld+json">${JSON.stringify({ '@type': 'Article', articleBody })}</script>`,
    );
    expect(page.needsBrowser).toBe(false);
    expect(page.blocks).toEqual([{ kind: 'paragraph', text: articleBody.trim() }]);
  });
});

describe('structured data', () => {
  const shown =
    'The lighthouse keeper counted eleven ships before noon and wrote each of them down. ';
  const stated = 'The ferry to Borg leaves at nine and takes half an hour when the sea is calm. ';

  function readWith(headline: string): ExtractedPage {
    const article = { '@type': 'NewsArticle', headline, articleBody: stated.repeat(8) };
    return readHtml(
      `<title>Ships at noon</title><h1>Ships at noon</h1><p>${shown.repeat(4)}</p><p>${shown.repeat(4)}</p>
       <script type="application/ld+json">${JSON.stringify([article])}</script>`,
    );
  }

  test('of another article than the page’s does not stand in for its text', () => {
    expect(readWith('A ferry to Borg').blocks).toHaveLength(2);
  });

  test('of the page itself is its text, whatever else was found', () => {
    expect(readWith('Ships at noon').blocks).toEqual([
      { kind: 'paragraph', text: stated.repeat(8).trim() },
    ]);
  });

  test('keeps the structure of markup', () => {
    const articleBody = `<p>${stated.repeat(5)}</p><h2>Fares</h2><ul><li>Adults: 5</li></ul>`;
    const page = readHtml(
      `<div id="app"></div><script type="application/ld+json">${JSON.stringify({ '@type': 'Article', articleBody }).replaceAll('</', '<\\/')}</script>`,
    );
    expect(page.blocks.map(({ kind }) => kind)).toEqual(['paragraph', 'heading', 'list-item']);
  });
});

describe('clutter', () => {
  const sentence =
    'The harbour was closed on Monday because of the wind, and the ferries stayed in port. ';

  test('a page whose every box has a suspicious name is still read', () => {
    const page = readHtml(
      `<body><div class="widget"><div class="share-content"><p>${sentence.repeat(3)}</p><p>${sentence.repeat(2)}</p></div></div></body>`,
    );
    expect(page.blocks).toHaveLength(2);
  });

  test.each([
    ['<div class="meta">Anna Petrova, 4 March 2026, 5 min read</div>'],
    ['<p class="byline">Words by our correspondent on the coast, Anna Petrova.</p>'],
    ['<p class="article__author">Анна Петрова, корреспондент «Вестника».</p>'],
    ['<figure><img src="a.jpg"><figcaption>Boats in the harbour on Sunday.</figcaption></figure>'],
    ['<p class="wp-caption-text caption">Boats in the harbour on Sunday.</p>'],
    ['<ul class="share-buttons"><li><a href="/s">Send to a friend</a></li></ul>'],
    ['<div class="social_links">Find us on three networks today.</div>'],
    [
      '<div class="related-posts"><h3>More on the wind</h3><p><a href="/a">A storm is coming to the coast</a></p></div>',
    ],
    [
      '<section id="comments"><p>I was there and it was not that windy at all, believe me.</p></section>',
    ],
    ['<p><strong>Читайте также:</strong> <a href="/b">Шторм идёт к побережью</a></p>'],
    ['<aside><p>Our newsletter brings the weather to your door every day.</p></aside>'],
  ])('%s is not part of the text', (box) => {
    const page = readHtml(
      `<article><h1>Harbour closed</h1>${box}<p>${sentence.repeat(3)}</p>${box}<p>${sentence.repeat(3)}</p>${box}</article>`,
    );
    const paragraph = { kind: 'paragraph', text: sentence.repeat(3).trim() };
    expect(page.blocks).toEqual([paragraph, paragraph]);
  });

  test('teasers beside the text, each led by a link, do not join it', () => {
    const teaser = `<div class="item"><h3><a href="/x">The wind is coming from the north today</a></h3><p>${sentence.slice(0, 50)}</p></div>`;
    const page = readHtml(
      `<div class="wrap"><div class="item"><p>${sentence.repeat(3)}</p><p>${sentence.repeat(3)}</p></div>${teaser.repeat(4)}</div>`,
    );
    expect(page.blocks).toHaveLength(2);
  });

  test('a link inside a sentence stays whatever it is called', () => {
    const page = readHtml(
      `<p>${sentence} The <a class="tag" href="/w">wind</a> was strong.</p><p>${sentence}</p><p>${sentence}</p>`,
    );
    expect(page.blocks[0]?.text).toContain('The wind was strong.');
  });

  test('entities, invisible characters and breaks read as a browser shows them', () => {
    const page = readHtml(
      `<p>Caf\u00e9 &amp;\u200b bar&nbsp;&mdash; 5&thinsp;km\u00ad, \0  open\n daily.<br><br>${sentence}</p><p>${sentence}</p>`,
    );
    expect(page.blocks[0]).toEqual({
      kind: 'paragraph',
      text: 'Café & bar — 5 km, open daily.',
    });
    expect(page.blocks[1]?.text).toBe(sentence.trim());
  });
});
