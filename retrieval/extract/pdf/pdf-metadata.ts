import type { Block } from '../../passage.ts';
import { readDate } from '../dates.ts';
import { foldText } from '../text-folding.ts';
import type { PdfDocument } from './open-pdf.ts';

export interface PdfMetadata {
  title: string | null;
  author: string | null;
  /** ISO 8601, or null. */
  createdAt: string | null;
  modifiedAt: string | null;
}

/** What a PDF says of itself, as far as it can be believed. */
export async function readPdfMetadata(
  document: PdfDocument,
  { fetchedAt }: { fetchedAt: string },
): Promise<PdfMetadata> {
  const { info, metadata } = await document.getMetadata();
  const field = (name: string): unknown => (name in info ? Reflect.get(info, name) : null);
  const title = [field('Title'), metadata?.get('dc:title')].map(believableTitle).find(Boolean);
  return {
    title: title ?? null,
    author: believableAuthor(field('Author')),
    createdAt: readPdfDate(field('CreationDate'), fetchedAt),
    modifiedAt: readPdfDate(field('ModDate'), fetchedAt),
  };
}

/**
 * The title of the metadata where the first page bears it out, for programs leave that of a template;
 * else what is set largest there.
 */
export function chooseTitle(
  said: string | null,
  { firstPage, largest }: { firstPage: readonly Block[]; largest: string | null },
): string | null {
  if (said === null) return largest;
  if (largest === null) return said;
  const words = new Set(wordsOf(firstPage.map(({ text }) => text).join(' ')));
  const own = wordsOf(said);
  const shown = own.filter((word) => words.has(word)).length;
  return shown >= own.length * 0.6 ? said : largest;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function believableTitle(written: unknown): string | null {
  if (typeof written !== 'string') return null;
  const title = foldText(written);
  if (title.length < 3 || title.length > 300 || !/\p{L}{2}/u.test(title)) return null;
  if (title.includes('\uFFFD') || /[À-ÿ]{4}/u.test(title)) return null;
  if (/\.(?:docx?|odt|rtf|pdf|tex|dvi|ps|indd|qxd|pptx?|xlsx?|pmd|cdr)$/iu.test(title)) return null;
  return leftByPrograms.test(title) ? null : title;
}

/** Programs put the name of an account there: `admin`, `User`. */
function believableAuthor(written: unknown): string | null {
  if (typeof written !== 'string') return null;
  const author = foldText(written);
  if (author.length < 3 || author.length > 200 || author.includes('\uFFFD')) return null;
  return /\p{L}{2,}\P{L}+\p{L}/u.test(author) && !/[À-ÿ]{4}/u.test(author) ? author : null;
}

const leftByPrograms =
  /^(?:untitled|без (?:имени|названия)|document ?\d*|документ ?\d*|microsoft (?:word|powerpoint|excel)|powerpoint presentation|презентация powerpoint|слайд \d+|slide \d+|title|layout \d+)\b/iu;

/** `D:20240509120000+03'00'`, by ISO 32000. */
function readPdfDate(written: unknown, fetchedAt: string): string | null {
  if (typeof written !== 'string') return null;
  const parts =
    /^(?:D:)?(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?(?:([+-])(\d{2})'?(\d{2})?)?/u.exec(
      written.trim(),
    );
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second = '00', sign, zoneHour, zoneMinute = '00'] =
    parts;
  const date = `${year}-${month}-${day}`;
  if (hour === undefined) return readDate(date, fetchedAt);
  const zone = sign === undefined ? 'Z' : `${sign}${zoneHour}:${zoneMinute}`;
  const moment = readDate(`${date}T${hour}:${minute}:${second}${zone}`, fetchedAt);
  // What is made on request is dated by the request.
  const isMadeNow = moment !== null && Math.abs(Date.parse(moment) - Date.parse(fetchedAt)) < nowMs;
  return isMadeNow ? null : moment;
}

const nowMs = 10 * 60_000;
