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
  const byId = new Map(nodes.map((node) => [text(node['@id']), node]));
  const article = nodes.find((node) => isOfType(node, articleTypes));
  // Content systems date the page where they do not speak of an article.
  const dated = article ?? nodes.find((node) => isOfType(node, /^\w*Page$/u));
  const site = nodes.find((node) => isOfType(node, /^WebSite$/u));
  return {
    headline: text(article?.['headline']) ?? text(article?.['name']),
    articleBody: text(article?.['articleBody']) ?? text(article?.['text']),
    siteName: text(site?.['name']) ?? namesOf(article?.['publisher'], byId)[0] ?? null,
    authors: namesOf(article?.['author'] ?? article?.['creator'], byId),
    datePublished: text(dated?.['datePublished']),
    dateModified: text(dated?.['dateModified']),
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

/** A person is a name, an object with one, or the `@id` of an object elsewhere in the graph. */
function namesOf(
  value: unknown,
  byId: ReadonlyMap<string | null, Record<string, unknown>>,
): string[] {
  const people: unknown[] = Array.isArray(value) ? value.slice(0, 20) : [value];
  return people.flatMap((person) => {
    const known = isRecord(person)
      ? (text(person['name']) ?? nameOfId(person['@id']))
      : text(person);
    return known === null ? [] : [known];
  });

  function nameOfId(id: unknown): string | null {
    const key = text(id);
    return key === null ? null : text(byId.get(key)?.['name']);
  }
}
