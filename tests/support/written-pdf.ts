import { deflateSync } from 'node:zlib';

import { encodeText } from './charset-encoder.ts';

/** A line of text on a page: points from its left and lower edge. */
export interface WrittenLine {
  text: string;
  x?: number;
  y: number;
  size?: number;
  /** The second font stands for what is set bold, the third for letters of one width. */
  font?: 1 | 2 | 3;
}

export interface WrittenPdf {
  /** Lines by page; a page is 600 points wide and 800 high. */
  pages: WrittenLine[][];
  info?: Record<string, string>;
  /** What the document says it has, if not the truth. */
  countOfPages?: number;
  /** What a content stream says it has, if not the truth. */
  lengthOfStreams?: number;
  /** Drawing operators, instead of lines, already packed by deflate. */
  packedContent?: Uint8Array;
  /** Leaves out what the codes of letters mean, as old Russian programs do. */
  withoutMeanings?: boolean;
}

/**
 * Writes a PDF object by object, with Russian and Latin letters: pdfkit would need a font file for
 * them. All letters are half as wide as they are high.
 */
export function writePdf({
  pages,
  info = {},
  countOfPages = pages.length,
  lengthOfStreams,
  packedContent,
  withoutMeanings = false,
}: WrittenPdf): Uint8Array {
  const objects: Buffer[] = [];
  const add = (body: string | Buffer): number => objects.push(Buffer.from(body));
  const stream = (content: Uint8Array, entries = ''): Buffer =>
    Buffer.concat([
      Buffer.from(`<< /Length ${lengthOfStreams ?? content.length} ${entries} >>\nstream\n`),
      content,
      Buffer.from('\nendstream'),
    ]);
  add('<< /Type /Catalog /Pages 2 0 R >>');
  const kids = pages.map((_, at) => `${7 + at * 2} 0 R`).join(' ');
  add(`<< /Type /Pages /Kids [${kids}] /Count ${countOfPages} >>`);
  const meanings = withoutMeanings ? '' : '/ToUnicode 6 0 R';
  const widths = `/FirstChar 32 /LastChar 255 /Widths [${'500 '.repeat(224)}]`;
  for (const name of ['Helvetica', 'Helvetica-Bold', 'Courier']) {
    add(
      `<< /Type /Font /Subtype /Type1 /BaseFont /${name} ${widths} /Encoding /WinAnsiEncoding ${meanings} >>`,
    );
  }
  add(stream(Buffer.from(codeMeanings())));
  for (const [at, lines] of pages.entries()) {
    const fonts = '/F1 3 0 R /F2 4 0 R /F3 5 0 R';
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents ${8 + at * 2} 0 R /Resources << /Font << ${fonts} >> >> >>`,
    );
    const content = packedContent ?? deflateSync(drawn(lines));
    add(stream(content, '/Filter /FlateDecode'));
  }
  const about = Object.entries(info).map(([name, value]) => `/${name} ${hexText(value)}`);
  const infoNumber = add(`<< ${about.join(' ')} >>`);
  return assemble(objects, infoNumber);
}

function drawn(lines: readonly WrittenLine[]): Buffer {
  const drawings = lines.map(({ text, x = 50, y, size = 10, font = 1 }) => {
    const codes = Buffer.from(encodeText(text, 'windows-1251')).toString('hex');
    return `BT /F${font} ${size} Tf 1 0 0 1 ${x} ${y} Tm <${codes}> Tj ET`;
  });
  return Buffer.from(drawings.join('\n'));
}

/** Says for each code which letter of windows-1251 it draws. */
function codeMeanings(): string {
  const decoder = new TextDecoder('windows-1251');
  const lines = Array.from({ length: 224 }, (_, at) => {
    const letter = decoder.decode(Uint8Array.of(at + 32)).charCodeAt(0);
    return `<${(at + 32).toString(16)}> <${letter.toString(16).padStart(4, '0')}>`;
  });
  const parts = [lines.slice(0, 100), lines.slice(100, 200), lines.slice(200)].map(
    (part) => `${part.length} beginbfchar\n${part.join('\n')}\nendbfchar`,
  );
  return `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Letters def
1 begincodespacerange <00> <ff> endcodespacerange\n${parts.join('\n')}\nendcmap end end`;
}

function hexText(text: string): string {
  return `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;
}

function assemble(objects: readonly Buffer[], infoNumber: number): Uint8Array {
  const parts = [Buffer.from('%PDF-1.4\n')];
  let length = parts[0]?.length ?? 0;
  const offsets = objects.map((body, at) => {
    const part = Buffer.concat([Buffer.from(`${at + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')]);
    parts.push(part);
    const offset = length;
    length += part.length;
    return offset;
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  const size = objects.length + 1;
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${entries.join('')}trailer\n<< /Size ${size} /Root 1 0 R /Info ${infoNumber} 0 R >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  );
  return new Uint8Array(Buffer.concat(parts));
}
