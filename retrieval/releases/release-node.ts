import { canonicalUrl } from '../text/canonical-url.ts';
import { thingAt } from './addresses.ts';
import type { ServiceAddresses } from './addresses.ts';
import { publisherOf, readModelName, wordsOf } from './model-name.ts';
import type { ModelName } from './model-name.ts';
import type { Appearance } from './release.ts';

/** An appearance with all that it can be known by. */
export interface ReleaseNode {
  appearance: Appearance;
  /** `huggingface:acme/model`, `arxiv:2412.19437`, `github:acme/model`, `page:https://…`. */
  own: string;
  /** Things that it names besides itself. */
  named: ReadonlySet<string>;
  /** Of a model and of a repository. */
  name: ModelName | null;
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
  const own = ownThing(appearance, addresses);
  const things = appearance.links.flatMap((link) => thingAt(link, addresses) ?? pageAt(link) ?? []);
  const name = nameOf(appearance, own);
  const bases = appearance.baseModels.map(({ id }) => `huggingface:${id.toLowerCase()}`);
  return {
    appearance,
    own,
    named: new Set(things.filter((thing) => thing !== own)),
    name,
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

const LONGEST_NAME = 4;
const NOTHING: ReadonlySet<string> = new Set();

function ownThing({ id, kind, url }: Appearance, addresses: ServiceAddresses): string {
  if (kind === 'model') return id.toLowerCase();
  if (kind === 'paper')
    return `arxiv:${id.replace(/^(?:huggingface:papers\/|arxiv:)/u, '').toLowerCase()}`;
  if (kind === 'repository') return thingAt(url, addresses) ?? id.toLowerCase();
  return pageAt(url) ?? id;
}

function pageAt(address: string): string | null {
  try {
    return `page:${canonicalUrl(address)}`;
  } catch {
    return null;
  }
}

function nameOf({ kind, publisher, title }: Appearance, own: string): ModelName | null {
  if (kind === 'model') {
    const name = readModelName(publisher, title);
    // Who converts a model may put its owner into the name: `acme_Foo-7B-GGUF`.
    const [, owner, rest] = /^([\w.-]+?)_(.{3,})$/u.exec(title) ?? [];
    if (owner === undefined || rest === undefined || !name.namesFormat) return name;
    const inner = readModelName(publisher, rest);
    return inner.words.length > 0 && publisherOf(owner) !== ''
      ? { ...inner, namesFormat: true }
      : name;
  }
  if (kind !== 'repository') return null;
  const [owner = '', project = ''] = own.replace(/^github:/u, '').split('/');
  return readModelName(owner, project);
}

function isCopy({ baseModels }: Appearance, name: ModelName): boolean {
  if (baseModels.some(({ relation }) => relation === 'quantized')) return true;
  return baseModels.some(({ id }) => {
    const [owner = '', title = ''] = id.split('/');
    const base = readModelName(owner, title);
    return base.full === name.full && base.publisher !== name.publisher;
  });
}

/** The head of the title, and what the abstract says that it introduces. */
function subjectsOf({ title, summary }: Appearance): Set<string> {
  const subjects = new Set<string>();
  const [head = '', rest] = title.split(/:\s|\s[–—]\s/u, 2);
  const words = wordsOf(head.replace(/^(?:introducing|presenting|announcing)\s+/iu, ''));
  if (rest !== undefined && words.length <= LONGEST_NAME + 1) subjects.add(words.join(''));
  for (const name of stretches(words, 0, Math.min(1, words.length))) subjects.add(name);
  const report = /^(.+?),?\s+(?:technical|tech|system|model)\s+(?:report|card)\b/iu.exec(
    title,
  )?.[1];
  if (report !== undefined) subjects.add(wordsOf(report).join(''));
  for (const match of summary.matchAll(INTRODUCES)) {
    const following = wordsOf(
      summary.slice(match.index + match[0].length, match.index + match[0].length + 80),
    );
    const from = following.findIndex((word) => !ARTICLES.has(word));
    if (from !== -1) for (const name of stretches(following, from, from + 1)) subjects.add(name);
  }
  return subjects;
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
