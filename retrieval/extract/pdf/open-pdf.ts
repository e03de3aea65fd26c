import { getResolvedPDFJS } from 'unpdf';
import { PageError } from '../../errors.ts';
import { takeStrayRejections } from './stray-rejections.ts';
import { unpacksToTooMuch } from './unpacked-size.ts';

type PdfJs = Awaited<ReturnType<typeof getResolvedPDFJS>>;
export type PdfDocument = Awaited<ReturnType<PdfJs['getDocument']>['promise']>;

/**
 * Opens a PDF for the work that is done on it, and releases it after. Nothing of it is run, drawn or
 * fetched, and the parser prints nothing.
 * @throws {PageError} when it cannot be opened: `encrypted PDF`, `damaged PDF`
 */
export async function withPdf<Result>(
  bytes: Uint8Array,
  work: (document: PdfDocument) => Promise<Result>,
): Promise<Result> {
  if (unpacksToTooMuch(bytes)) {
    throw new PageError('PDF unpacks to too much', { retryable: false });
  }
  takeStrayRejections();
  const pdfjs = await getResolvedPDFJS();
  const task = pdfjs.getDocument({
    // The parser takes the bytes over, and they are not ours alone.
    data: bytes.slice(),
    verbosity: pdfjs.VerbosityLevel.ERRORS,
    useWorkerFetch: false,
    useWasm: false,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    maxImageSize: 1,
  });
  try {
    return await work(await task.promise);
  } catch (error) {
    throw toPageError(error);
  } finally {
    await task.destroy();
  }
}

function toPageError(error: unknown): unknown {
  if (error instanceof PageError) return error;
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException') {
    return new PageError('encrypted PDF', { retryable: false, cause: error });
  }
  // A page that breaks the stack or the heap is no matter of the document's form.
  if (error instanceof RangeError || name === 'AbortError' || name === 'TimeoutError') return error;
  return new PageError('damaged PDF', { retryable: false, cause: error });
}
