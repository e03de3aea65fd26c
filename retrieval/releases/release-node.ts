import { canonicalUrl } from '../text/canonical-url.ts';
import { thingAt } from './addresses.ts';
import type { ServiceAddresses } from './addresses.ts';
import { readModelName, wordsOf } from './model-name.ts';
import type { ModelName } from './model-name.ts';
import type { Appearance } from './release.ts';

/** An appearance with all that it can be known by. */
export interface ReleaseNode {
  appearance: Appearance;
  /** `huggingface:acme/model`, `arxiv:2412.19437`, `github:acme/model`, `page:https://…`. */
  own: string;
  /** What it was called before it was renamed. */
  former: readonly string[];
  /** Things that it names besides itself. */
  named: ReadonlySet<string>;
  /** Of a model and of a repository. */
  name: ModelName | null;
  /** All that its name may be without what names a format. */
  fullNames: readonly string[];
  /** Names that a paper gives to what it is about, each in one word. */
  subjects: ReadonlySet<string>;
  /** The title in one word, where it is long enough to be told by. */
  title: string | null;
  /** Weights of another model that were converted or put up again. */
  isCopy: boolean;
  /** Things that it was made from. */
  bases: readonly string[];
  /** Milliseconds; null where no date is known. */
  at: number | null;
}

export function readNode(appearance: Appearance, addresses: ServiceAddresses): ReleaseNode {
  const own = ownThing(appearance);
  const things = appearance.links.flatMap((link) => thingAt(link, addresses) ?? pageAt(link) ?? []);
  const name = nameOf(appearance, own);
  const bases = appearance.baseModels.map(({ id }) => `huggingface:${id.toLowerCase()}`);
  return {
    appearance,
    own,
    former: formerNames(appearance, own),
    named: new Set(things.filter((thing) => thing !== own)),
    name,
    fullNames: fullNamesOf(appearance, name),
    subjects: appearance.kind === 'paper' ? subjectsOf(appearance) : NOTHING,
    title: titleKey(appearance),
    isCopy: appearance.kind === 'model' && name !== null && isCopy(appearance, name),
    bases,
    at: appearance.publishedAt?.getTime() ?? appearance.updatedAt?.getTime() ?? null,
  };
}

/** Every stretch of one to four words, as one word each. */
export function stretches(words: readonly string[], from = 0, to = words.length): Set<string> {
  const found = new Set<string>();
  for (let start = from; start < to; start += 1) {
    let joined = '';
    for (const word of words.slice(start, start + LONGEST_NAME)) {
      joined += word;
      found.add(joined);
    }
  }
  return found;
}

/** It links to several families of models, papers or repositories. */
export function isRoundup({ named }: ReleaseNode): boolean {
  const things = [...named];
  const models = things.filter((thing) => /^huggingface:(?!datasets\/)/u.test(thing));
  const families = new Set(
    models.map((thing) => wordsOf(thing.slice(thing.indexOf('/') + 1))[0] ?? thing),
  );
  return (
    families.size > 1 ||
    things.filter((thing) => thing.startsWith('arxiv:')).length > 1 ||
    things.filter((thing) => thing.startsWith('github:')).length > 1
  );
}

const LONGEST_NAME = 4;
const NOTHING: ReadonlySet<string> = new Set();

function ownThing({ id, kind, url }: Appearance): string {
  if (kind === 'model') return id.toLowerCase();
  if (kind === 'paper')
    return `arxiv:${id.replace(/^(?:huggingface:papers\/|arxiv:)/u, '').toLowerCase()}`;
  if (kind === 'repository') return id.replace(/@.*$/su, '').toLowerCase();
  return pageAt(url) ?? id;
}

function formerNames({ kind, aliases = [] }: Appearance, own: string): string[] {
  if (kind !== 'model') return [];
  const names = aliases.filter((alias) => alias.startsWith('huggingface:'));
  return names.map((name) => name.toLowerCase()).filter((name) => name !== own);
}

function pageAt(address: string): string | null {
  try {
    return `page:${canonicalUrl(address)}`;
  } catch {
    return null;
  }
}

function nameOf({ kind, publisher, title }: Appearance, own: string): ModelName | null {
  if (kind === 'model') return readModelName(publisher, title);
  if (kind !== 'repository') return null;
  const [owner = '', project = ''] = own.replace(/^github:/u, '').split('/');
  return readModelName(owner, project);
}

/** Who converts a model may put its owner into the name: `acme_Foo-7B-GGUF`. */
function fullNamesOf({ kind, title }: Appearance, name: ModelName | null): string[] {
  if (kind !== 'model' || name === null) return [];
  const [, rest] = /^[\w.-]+?_(.{3,})$/u.exec(title) ?? [];
  if (rest === undefined || !name.namesFormat) return [name.full];
  return [...new Set([name.full, readModelName(null, rest).full])];
}

function isCopy({ baseModels }: Appearance, name: ModelName): boolean {
  if (baseModels.some(({ relation }) => relation === 'quantized')) return true;
  return baseModels.some(({ id }) => {
    const [owner = '', title = ''] = id.split('/');
    const base = readModelName(owner, title);
    return base.full === name.full && base.publisher !== name.publisher;
  });
}

/** What the title begins with, and what the abstract says that it introduces. */
function subjectsOf({ title, summary }: Appearance): Set<string> {
  const subjects = new Set<string>();
  const bare = title.replace(/^(?:introducing|presenting|announcing)\s+/iu, '');
  const report = /^(.+?),?\s+(?:technical|tech|system|model)\s+(?:report|card)\b/iu.exec(bare)?.[1];
  const [head = '', rest] = bare.split(/:\s|\s[–—]\s/u, 2);
  const words = wordsOf(report ?? head);
  const isNamed = report !== undefined || (rest !== undefined && words.length <= LONGEST_NAME + 1);
  // Of «Foo-2-Audio: …» the subject is not Foo-2.
  if (isNamed) subjects.add(words.join(''));
  else for (const name of stretches(words, 0, Math.min(1, words.length))) subjects.add(name);
  for (const match of summary.matchAll(INTRODUCES)) {
    const from = match.index + match[0].length;
    const name = nameAt(summary.slice(from, from + 80));
    if (name !== '') subjects.add(name);
  }
  return subjects;
}

/** A run of words that look like a name's: `Foo 2 Audio` of `Foo 2 Audio, a model for …`. */
function nameAt(text: string): string {
  const run: string[] = [];
  for (const word of text.split(/\s+/u).slice(0, LONGEST_NAME + 1)) {
    if (run.length === 0 && ARTICLES.has(word.toLowerCase())) continue;
    if (!/^["“«(]?[\p{Lu}\d]/u.test(word) && !/\p{L}\d|\p{Lu}/u.test(word)) break;
    run.push(word);
    if (/[,.;:)"”»]$/u.test(word)) break;
  }
  return wordsOf(run.join(' ')).join('');
}

const INTRODUCES =
  /\b(?:introduc(?:e|es|ing)|present(?:s|ing)?|propos(?:e|es|ing)|releas(?:e|es|ing)|describ(?:e|es|ing)|develop(?:s|ed|ing)?|call(?:ed)?|named|dubbed|termed|open-sourc(?:e|es|ing))\b[\s,:"“«]*/giu;

const ARTICLES = new Set(['a', 'an', 'the', 'our', 'it', 'we']);

/** Short titles are shared by things that have nothing to do with each other. */
function titleKey({ kind, title }: Appearance): string | null {
  if (kind === 'model' || kind === 'repository') return null;
  const words = wordsOf(title);
  return words.length >= 4 && words.join('').length >= 20 ? words.join('') : null;
}
