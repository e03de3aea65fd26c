import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';

/** A file as the browser gets it. */
export interface PageFile {
  body: string;
  contentType: string;
}

/**
 * The files of the page, by their path on the server; null for what is none of them. Types are
 * stripped at the first request, and the result is kept.
 */
export function createPageFiles({
  folder = new URL('page/', import.meta.url),
}: { folder?: URL } = {}): (path: string) => Promise<PageFile | null> {
  const files = new Map<string, Promise<PageFile>>();
  return async (path) => {
    const name = path === '/' ? 'index.html' : path.match(/^\/page\/([a-z-]+\.[a-z]+)$/u)?.[1];
    const ending = name?.split('.')[1] ?? '';
    const contentType = CONTENT_TYPES[ending];
    if (name === undefined || contentType === undefined) return null;
    const known = files.get(name) ?? load(new URL(name, folder), contentType);
    files.set(name, known);
    try {
      return await known;
    } catch (error) {
      files.delete(name);
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  };
}

const CONTENT_TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  ts: 'text/javascript; charset=utf-8',
};

async function load(file: URL, contentType: string): Promise<PageFile> {
  const text = await readFile(file, 'utf8');
  return { body: file.pathname.endsWith('.ts') ? stripTypes(text) : text, contentType };
}

/**
 * Node tells once that its stripper may still change. Nobody who opens the demo can do anything about
 * it, so this one warning is left out; the call is synchronous, so that no other is.
 */
function stripTypes(code: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(code);
  } finally {
    process.emitWarning = emitWarning;
  }
}
