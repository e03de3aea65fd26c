import { readFileSync } from 'node:fs';

/** The options of Node that `npm start` gives: what is measured is what an operator starts. */
export function startFlags(): string[] {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { scripts }: { scripts: { start: string } } = JSON.parse(text);
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}
