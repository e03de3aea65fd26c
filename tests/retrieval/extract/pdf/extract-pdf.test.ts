import { deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import PdfKit from 'pdfkit';
import { describe, expect, test, vi } from 'vitest';
import { PageError } from '../../../../retrieval/errors.ts';
import { extractPage } from '../../../../retrieval/extract/extract-page.ts';
import type { ExtractedPage, ExtractOptions } from '../../../../retrieval/extract/extract-page.ts';
import { writePdf } from '../../../support/written-pdf.ts';
import type { WrittenLine } from '../../../support/written-pdf.ts';

const fetchedAt = '2026-11-22T12:00:00.000Z';

async function read(bytes: Uint8Array, options: ExtractOptions = {}): Promise<ExtractedPage> {
  return extractPage(
    {
      url: 'https://www.example.org/files/report.pdf',
      contentType: 'application/pdf',
      text: '',
      bytes,
      fetchedAt,
      lastModified: null,
    },
    options,
  );
}

/** `1 paragraph: text`, a line a block. */
function placed({ blocks }: ExtractedPage): string[] {
  return blocks.map(({ kind, text, place }) => {
    const pages = place?.from === place?.to ? place?.from : `${place?.from}-${place?.to}`;
    return `${pages} ${kind}: ${text}`;
  });
}

/** Lines below each other, from the given height on. */
function lines(
  texts: readonly string[],
  from: number,
  more: Partial<WrittenLine> = {},
): WrittenLine[] {
  return texts.map((text, at) => ({ text, y: from - at * 12, ...more }));
}

describe('a PDF', () => {
  test('has headings, paragraphs and lists, with the pages that they stand on', async () => {
    const page = await read(
      writePdf({
        pages: [
          [
            { text: 'Мост через Выгу', y: 740, size: 18, font: 2 },
            ...lines(
              [
                'Мост построили за два года, и обошёлся он в 1,8 млрд рублей, то есть мень-',
                'ше, чем думали.',
              ],
              700,
            ),
            { text: '1. Сваи', y: 650, font: 2 },
            ...lines(
              ['Сваи забивали зимой, пока держался лёд, и закончили в самом начале весны.'],
              630,
            ),
            ...lines(['• левый берег', '• правый берег'], 600),
          ],
          lines(['На второй странице рассказано, как открывали движение.'], 740),
        ],
      }),
    );
    expect(placed(page)).toEqual([
      '1 heading: Мост через Выгу',
      '1 paragraph: Мост построили за два года, и обошёлся он в 1,8 млрд рублей, то есть меньше, чем думали.',
      '1 heading: 1. Сваи',
      '1 paragraph: Сваи забивали зимой, пока держался лёд, и закончили в самом начале весны.',
      '1 list-item: левый берег',
      '1 list-item: правый берег',
      '2 paragraph: На второй странице рассказано, как открывали движение.',
    ]);
    expect(page).toMatchObject({
      title: 'Мост через Выгу',
      site: 'example.org',
      language: 'ru',
      needsBrowser: false,
    });
    expect(page).not.toHaveProperty('readInPart');
  });

  test('goes on over the end of a page, without its heads, feet and page numbers', async () => {
    const texts = [
      ['Первая страница кончается на середине предложе-'],
      ['ния, которое идёт дальше. В доме 12 комнат.'],
      ['Третья страница.'],
    ];
    const page = await read(
      writePdf({
        pages: texts.map((text, at) => [
          { text: 'Вестник мостостроения', y: 770, size: 8 },
          ...lines(text, 700),
          { text: `— ${at + 11} —`, x: 290, y: 30, size: 8 },
        ]),
      }),
    );
    expect(placed(page)).toEqual([
      '1-2 paragraph: Первая страница кончается на середине предложения, которое идёт дальше. В доме 12 комнат.',
      '3 paragraph: Третья страница.',
    ]);
  });

  test('of two columns is read one after the other, below a title across both', async () => {
    const left = lines(
      [
        'The left column comes first and tells',
        'how the bridge was planned, with all',
        'that had to be thought of before the',
        'work could start on either bank, and',
        'ends here.',
      ],
      680,
    );
    const right = lines(
      [
        'The right column is read after it and',
        'tells how the bridge was built, who',
        'paid for it and how long people had',
        'to wait until the first lorry went',
        'over it.',
      ],
      680,
      { x: 310 },
    );
    // Drawn row by row, as some programs do.
    const rows = left.flatMap((line, at) => [line, right[at] ?? line]);
    const page = await read(
      writePdf({
        pages: [
          [{ text: 'A bridge and what it took to build it', y: 740, size: 20, x: 100 }, ...rows],
        ],
      }),
    );
    expect(placed(page)).toEqual([
      '1 heading: A bridge and what it took to build it',
      '1 paragraph: The left column comes first and tells how the bridge was planned, with all that had to be thought of before the work could start on either bank, and ends here.',
      '1 paragraph: The right column is read after it and tells how the bridge was built, who paid for it and how long people had to wait until the first lorry went over it.',
    ]);
  });

  test('of justified lines has no cells between their words', async () => {
    const words = 'и мостостроитель под река достопримечательность как город не'.split(' ');
    const texts = Array.from({ length: 30 }, (_, at) =>
      [0, 1, 2, 3].map((word) => words[(at * 3 + word * (1 + (at % 4))) % words.length] ?? ''),
    );
    const drawn = texts.flatMap((row, at) => {
      let x = 50;
      return row.map((text) => {
        const word = { text, x, y: 740 - at * 12 };
        x += text.length * 5 + 13;
        return word;
      });
    });
    const page = await read(writePdf({ pages: [drawn] }));
    expect(placed(page)).toEqual([`1 paragraph: ${texts.flat().join(' ')}`]);
  });

  test('keeps a heading of each page, though its number grows with the pages', async () => {
    const pages = [1, 2, 3, 4].map((number) => [
      { text: `Глава ${number}`, y: 740, size: 16 },
      ...lines([`Рассказ о мостах, часть ${number}, с начала и до самого конца.`], 700),
    ]);
    expect(placed(await read(writePdf({ pages })))).toContain('3 heading: Глава 3');
  });

  test('keeps the rows of a table, numbers at the edge of its pages included', async () => {
    const pages = [1, 2, 3].map((page) =>
      Array.from({ length: 50 }, (_, at): WrittenLine[] => [
        { text: `Город ${page}${at}`, y: 770 - at * 15 },
        { text: String(100 + at * 7 + page * page), x: 250, y: 770 - at * 15 },
        { text: `${at},5 %`, x: 400, y: 770 - at * 15 },
      ]).flat(),
    );
    const page = await read(writePdf({ pages }));
    expect(page.blocks).toHaveLength(150);
    expect(placed(page)[0]).toBe('1 table-row: Город 10 | 101 | 0,5 %');
    expect(placed(page).at(-1)).toBe('3 table-row: Город 349 | 452 | 49,5 %');
  });

  test('keeps the lines and the indentation of code', async () => {
    const code = ['def load(path):', '    text = read(path)', '    return text'].map((text, at) => {
      const indent = text.length - text.trimStart().length;
      return { text: text.trimStart(), x: 60 + indent * 5, y: 700 - at * 12, font: 3 } as const;
    });
    const page = await read(
      writePdf({
        pages: [[...lines(['This is how a file is loaded in the program:'], 740), ...code]],
      }),
    );
    expect(placed(page)).toEqual([
      '1 paragraph: This is how a file is loaded in the program:',
      '1 code: def load(path):\n    text = read(path)\n    return text',
    ]);
  });

  test('is titled and dated by what it says of itself, where that can be believed', async () => {
    const pages = [lines(['Годовой отчёт завода', 'Завод работал весь год.'], 700)];
    const info = {
      Title: 'Годовой отчёт завода',
      Author: 'Отдел отчётов',
      CreationDate: "D:20240509120000+03'00'",
    };
    expect(await read(writePdf({ pages, info }))).toMatchObject({
      title: 'Годовой отчёт завода',
      author: 'Отдел отчётов',
      publishedAt: '2024-05-09T09:00:00.000Z',
    });
    const untold = await read(
      writePdf({
        pages,
        info: { Title: 'Microsoft Word - otchet.doc', CreationDate: 'D:99999999' },
      }),
    );
    expect(untold.publishedAt).toBeNull();
    expect(untold.title).not.toContain('Microsoft');
  });

  test('made at the moment it was asked for has no date', async () => {
    const info = { CreationDate: 'D:20261122115930Z' };
    const page = await read(writePdf({ pages: [lines(['Счёт за ноябрь.'], 700)], info }));
    expect(page.publishedAt).toBeNull();
  });

  test('whose letters are named by the Latin ones of the same code is read as Russian', async () => {
    const page = await read(
      writePdf({ pages: [lines(['Мост построили за два года.'], 700)], withoutMeanings: true }),
    );
    expect(placed(page)).toEqual(['1 paragraph: Мост построили за два года.']);
    expect(page.language).toBe('ru');
  });

  test('turned on its side is read, and a stamp on its margin is not', async () => {
    const bytes = await drawPdf((document) => {
      document.fontSize(10).text('The bridge was opened on Wednesday.', 100, 100);
      document.rotate(90, { origin: [40, 300] }).text('stamp of the archive', 40, 300);
    });
    expect(placed(await read(bytes))).toEqual(['1 paragraph: The bridge was opened on Wednesday.']);
    const turned = await drawPdf((document) => {
      document.rotate(90, { origin: [300, 300] }).fontSize(10);
      document.text('All of this page is turned.', 200, 200);
      document.text('It is read all the same.', 200, 240);
    });
    expect(placed(await read(turned))).toEqual([
      '1 paragraph: All of this page is turned.',
      '1 paragraph: It is read all the same.',
    ]);
  });

  test('says how much of it was read when it is long', async () => {
    const pages = Array.from({ length: 12 }, (_, at) => lines([`Страница номер ${at + 1}.`], 500));
    const page = await read(writePdf({ pages }), { maxPages: 5 });
    expect(page.blocks.at(-1)?.place).toEqual({ unit: 'page', from: 5, to: 5 });
    expect(page.readInPart).toEqual({ pages: 5, of: 12 });
  });

  test('leaves its bytes and the console alone, and fetches nothing', async () => {
    const spies = (['log', 'info', 'warn', 'error'] as const).map((name) =>
      vi.spyOn(console, name),
    );
    const fetched = vi.spyOn(globalThis, 'fetch');
    const bytes = writePdf({ pages: [lines(['Текст.'], 700)], lengthOfStreams: 3 });
    const copy = bytes.slice();
    await read(bytes);
    expect(bytes).toEqual(copy);
    for (const spy of [...spies, fetched]) expect(spy).not.toHaveBeenCalled();
  });
});

describe('a PDF that cannot be read says why', () => {
  test('encrypted', async () => {
    const bytes = await drawPdf((document) => document.text('secret'), { userPassword: 'open' });
    await expect(read(bytes)).rejects.toThrow(/^encrypted PDF$/u);
  });

  test('encrypted for its owner alone, which every reader opens', async () => {
    const bytes = await drawPdf((document) => document.text('Open to all.'), {
      ownerPassword: 'mine',
    });
    expect(placed(await read(bytes))).toEqual(['1 paragraph: Open to all.']);
  });

  test('scanned', async () => {
    const bytes = await drawPdf((document) => document.rect(50, 50, 300, 300).fill('gray'));
    await expect(read(bytes)).rejects.toThrow(/^scanned PDF without text$/u);
  });

  test.each([
    ['nothing but its first line', Buffer.from('%PDF-1.7\n')],
    ['noise', Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(5000, 'x\u0001\n')])],
    ['cut off in the middle', writePdf({ pages: [lines(['Мост.'], 700)] }).slice(0, 3000)],
    ['a page of HTML', Buffer.from('%PDF-1.4 <html><body>Not found</body></html>')],
  ])('damaged: %s', async (_, bytes) => {
    await expect(read(new Uint8Array(bytes))).rejects.toThrow(/^damaged PDF$/u);
  });

  test('of 3,000 pages', async () => {
    const pages = Array.from({ length: 3000 }, () => []);
    await expect(read(writePdf({ pages }))).rejects.toThrow(/^PDF of 3000 pages is too long$/u);
  });

  test('of no pages', async () => {
    await expect(read(writePdf({ pages: [] }))).rejects.toThrow(
      /^(?:PDF without pages|damaged PDF)$/u,
    );
  });

  test('a bomb', async () => {
    const packedContent = deflateSync(Buffer.alloc(200 * 1024 * 1024, ' '));
    const start = performance.now();
    await expect(read(writePdf({ pages: [[]], packedContent }))).rejects.toThrow(
      /^PDF unpacks to too much$/u,
    );
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('cancelled while it is read', async () => {
    const pages = Array.from({ length: 50 }, () => lines(['Страница.'], 500));
    const controller = new AbortController();
    const reading = read(writePdf({ pages }), { signal: controller.signal });
    controller.abort(new Error('nobody waits'));
    await expect(reading).rejects.toThrow('nobody waits');
  });

  test('out of time before its first page', async () => {
    const bytes = writePdf({ pages: [lines(['Страница.'], 500)] });
    await expect(read(bytes, { maxMs: -1 })).rejects.toThrow('too complex to read in time');
  });
});

test('a page that draws without end is read in part, and the next document as ever', async () => {
  const packedContent = deflateSync(Buffer.from('BT /F1 10 Tf (ab) Tj ET\n'.repeat(800_000)));
  const start = performance.now();
  const { blocks } = await read(writePdf({ pages: [[], []], packedContent }));
  expect(performance.now() - start).toBeLessThan(4000);
  expect(blocks[0]?.text.slice(0, 5)).toBe('ab ab');
  const next = await read(writePdf({ pages: [lines(['Мост открыли.'], 700)] }));
  expect(placed(next)).toEqual(['1 paragraph: Мост открыли.']);
});

test.each([
  ['in ten rows', (at: number) => ({ x: (at % 4000) * 40, y: 700 - Math.floor(at / 4000) * 12 })],
  ['in a row each', (at: number) => ({ x: 50, y: 790 - at * 0.019 })],
  ['all over the page', (at: number) => ({ x: (at * 7919) % 590, y: (at * 104_729) % 790 })],
])('40,000 words on one page are read in time: %s', async (_, place) => {
  const words = Array.from({ length: 40_000 }, (__, at) => {
    const { x, y } = place(at);
    return `BT /F1 4 Tf 1 0 0 1 ${x} ${y} Tm (ab) Tj ET\n`;
  });
  const packedContent = deflateSync(Buffer.from(words.join('')));
  const start = performance.now();
  const { blocks } = await read(writePdf({ pages: [[]], packedContent }));
  expect(performance.now() - start).toBeLessThan(4000);
  expect(blocks.length).toBeGreaterThan(0);
});

test('a large picture is no bomb', async () => {
  const picture = deflateSync(Buffer.alloc(60 * 1024 * 1024));
  const bytes = await drawPdf((document) => {
    document.text('A map of the river.');
    const image = document.ref({
      Type: 'XObject',
      Subtype: 'Image',
      Width: 8000,
      Height: 7864,
      ColorSpace: 'DeviceGray',
      BitsPerComponent: 8,
      Filter: 'FlateDecode',
    });
    image.end(picture);
  });
  expect(placed(await read(bytes))).toEqual(['1 paragraph: A map of the river.']);
});

test('a PDF that is mutated is read or refused, within two seconds', async () => {
  const bytes = writePdf({
    pages: [lines(['Мост построили за два года.'], 700), lines(['И открыли в среду.'], 700)],
    info: { Title: 'Мост' },
  });
  const mutation = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(mutation, fc.nat(bytes.length), async (changes, cut) => {
      const mutated = bytes.slice(0, cut % 5 === 0 ? cut : bytes.length);
      for (const [at, byte] of changes) mutated[at % Math.max(1, mutated.length)] = byte;
      const start = performance.now();
      const outcome = await read(mutated).then(
        ({ blocks }) => blocks,
        (error: unknown) => error,
      );
      expect(performance.now() - start).toBeLessThan(2000);
      expect(Array.isArray(outcome) || outcome instanceof PageError).toBe(true);
    }),
    { numRuns: 300, seed: 2026 },
  );
});

describe('a PDF that lies is read as far as it is true', () => {
  test.each([1, 100_000])('about the length of its streams: %d', async (lengthOfStreams) => {
    const bytes = writePdf({ pages: [lines(['Мост открыли.'], 700)], lengthOfStreams });
    expect(placed(await read(bytes))).toEqual(['1 paragraph: Мост открыли.']);
  });

  test.each([1, 40])('about the number of its pages: %d', async (countOfPages) => {
    const pages = [lines(['Первая.'], 700), lines(['Вторая.'], 700), lines(['Третья.'], 700)];
    const { blocks } = await read(writePdf({ pages, countOfPages }));
    expect(blocks[0]).toMatchObject({ text: 'Первая.' });
  });
});

async function drawPdf(
  draw: (document: PDFKit.PDFDocument) => void,
  options: PDFKit.PDFDocumentOptions = {},
): Promise<Uint8Array> {
  const document = new PdfKit(options);
  const parts: Uint8Array[] = [];
  const ended = new Promise((resolve) => document.on('end', resolve));
  document.on('data', (part: Uint8Array) => parts.push(part));
  draw(document);
  document.end();
  await ended;
  return new Uint8Array(Buffer.concat(parts));
}
