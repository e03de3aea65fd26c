/** What a page says of itself in JSON-LD (schema.org), as far as it can be read. */
export interface StructuredData {
  headline: string | null;
  /** The text of the article, maybe with markup in it. */
  articleBody: string | null;
  siteName: string | null;
  authors: string[];
  datePublished: string | null;
  dateModified: string | null;
}

/** Reads the page's JSON-LD scripts. One that is damaged is left out. */
export function readStructuredData(scripts: readonly string[]): StructuredData {
  const nodes: Record<string, unknown>[] = [];
  for (const script of scripts.slice(0, 20)) collectNodes(parse(script), nodes, 0);
  const article = nodes.find((node) => isOfType(node, articleTypes));
  const site = nodes.find((node) => isOfType(node, /^WebSite$/u));
  if (article === undefined) {
    return {
      headline: null,
      articleBody: null,
      siteName: text(site?.['name']),
      authors: [],
      datePublished: null,
      dateModified: null,
    };
  }
  return {
    headline: text(article['headline']) ?? text(article['name']),
    articleBody: text(article['articleBody']) ?? text(article['text']),
    siteName: text(site?.['name']) ?? namesOf(article['publisher'])[0] ?? null,
    authors: namesOf(article['author']),
    datePublished: text(article['datePublished']),
    dateModified: text(article['dateModified']),
  };
}

const articleTypes =
  /^(?:\w*Article|\w*Posting|Report|Review|Recipe|ClaimReview|QAPage|HowTo|ScholarlyArticle)$/u;

function parse(script: string): unknown {
  if (script.length > 1_000_000) return null;
  const source = script.replace(/^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/)|(?:-->)\s*$/gu, '');
  try {
    return JSON.parse(source);
  } catch {
    try {
      // Raw line breaks in strings and a comma too many are what sites get wrong most.
      // oxlint-disable-next-line no-control-regex
      return JSON.parse(source.replace(/[\u0000-\u001F]+/gu, ' ').replace(/,\s*([\]}])/gu, '$1'));
    } catch {
      return null;
    }
  }
}

function collectNodes(value: unknown, nodes: Record<string, unknown>[], depth: number): void {
  if (depth > 4 || nodes.length > 200) return;
  if (Array.isArray(value)) {
    for (const item of value.slice(0, 200)) collectNodes(item, nodes, depth + 1);
  } else if (isRecord(value)) {
    nodes.push(value);
    collectNodes(value['@graph'], nodes, depth + 1);
    collectNodes(value['mainEntity'], nodes, depth + 1);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOfType(node: Record<string, unknown>, pattern: RegExp): boolean {
  const type = node['@type'];
  const types: unknown[] = Array.isArray(type) ? type : [type];
  return types.some((name) => typeof name === 'string' && pattern.test(name));
}

function text(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  return value.trim() === '' ? null : value;
}

function namesOf(value: unknown): string[] {
  const people: unknown[] = Array.isArray(value) ? value.slice(0, 20) : [value];
  return people.flatMap((person) => {
    const name = isRecord(person) ? text(person['name']) : text(person);
    return name === null ? [] : [name];
  });
}
