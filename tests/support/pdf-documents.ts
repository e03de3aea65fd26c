import PdfDocument from 'pdfkit';

export interface PdfOptions {
  /** The text of each page; a page with none holds a drawing, as a scan does. */
  pages: readonly string[];
  compress?: boolean;
  /** Without it nobody may open the document. */
  password?: string;
}

/** A PDF as a word processor writes it. */
export async function writePdf({
  pages,
  compress = true,
  password,
}: PdfOptions): Promise<Buffer<ArrayBuffer>> {
  const document = new PdfDocument({
    compress,
    autoFirstPage: false,
    info: { Title: 'Report' },
    ...(password === undefined ? {} : { userPassword: password, ownerPassword: `${password}!` }),
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const written = Promise.withResolvers<void>();
  document.on('end', () => written.resolve());
  for (const text of pages) {
    document.addPage();
    if (text === '') document.rect(50, 50, 400, 600).fill('#888888');
    else document.text(text);
  }
  document.end();
  await written.promise;
  return Buffer.concat(chunks);
}
