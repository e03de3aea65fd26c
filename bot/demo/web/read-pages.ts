import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { parsePageFile } from './page-file.ts';
import type { SitePage } from './site.ts';

/** The pages of a host in the order of their files' names. */
export function readPagesOf(host: string): SitePage[] {
  const folder = new URL(`sites/${host}/`, import.meta.url);
  return readdirSync(fileURLToPath(folder))
    .filter((name) => name.endsWith('.html'))
    .toSorted()
    .map((name) => parsePageFile(readFileSync(new URL(name, folder), 'utf8'), `${host}/${name}`));
}
