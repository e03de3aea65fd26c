export interface SimplifiedSource {
  /** The markup without comments, scripts, styles and drawings, nested at most `maxDepth` deep. */
  html: string;
  /** The text of each `application/ld+json` script, as it stands in the page. */
  structuredData: string[];
  /** Characters of scripts left out, and how many scripts there were. */
  scriptCharacters: number;
  scripts: number;
}

/**
 * Prepares markup for the parser. Most of a page's bytes are scripts, and a parser that keeps a
 * stack of open elements takes quadratic time on hostile nesting and overflows whoever walks its
 * tree: both are cut here, in one pass that is linear in the text.
 */
export function simplifySource(
  source: string,
  {
    maxDepth = 256,
    maxElements = 150_000,
    maxCharacters = 2_000_000,
  }: { maxDepth?: number; maxElements?: number; maxCharacters?: number } = {},
): SimplifiedSource {
  const text = source.replaceAll('\0', '');
  const kept: string[] = [];
  const structuredData: string[] = [];
  const open: string[] = [];
  // A browser takes the rest of the page for an element that never closes; losing one tag is
  // kinder. Remembered, so that the rest of the page is searched for each name once.
  const unclosed = new Set<string>();
  let scriptCharacters = 0;
  let scripts = 0;
  let keptCharacters = 0;
  let elements = 0;
  const keep = (from: number, to: number): void => {
    if (to <= from || keptCharacters >= maxCharacters) return;
    kept.push(text.slice(from, Math.min(to, from + maxCharacters - keptCharacters)));
    keptCharacters += to - from;
  };

  let from = 0;
  let at = text.indexOf('<');
  while (at !== -1 && keptCharacters + (at - from) < maxCharacters) {
    const next = text.charCodeAt(at + 1);
    if (next === 33 || next === 63) {
      // <!-- comment -->, <!doctype>, <?xml ?>
      keep(from, at);
      from = endOfDeclaration(text, at);
    } else if (next === 47 || isLetter(next)) {
      const name = tagName(text, next === 47 ? at + 2 : at + 1);
      const end = endOfTag(text, at + 1);
      if (next === 47) {
        const position = open.lastIndexOf(name);
        if (position !== -1) open.length = position;
        else {
          keep(from, at);
          from = end;
        }
      } else if (droppedElements.has(name)) {
        keep(from, at);
        const close = unclosed.has(name) ? undefined : endOfElement(text, end, name);
        if (close === undefined) unclosed.add(name);
        const contentEnd = close?.contentEnd ?? end;
        if (name === 'script') {
          scripts += 1;
          if (text.slice(at, end).toLowerCase().includes('ld+json')) {
            structuredData.push(text.slice(end, contentEnd));
          } else scriptCharacters += contentEnd - end;
        }
        from = close?.end ?? end;
      } else if ((elements += 1) > maxElements) {
        keep(from, at);
        from = end;
      } else {
        while (ends(open[open.length - 1], name)) open.pop();
        if (!voidElements.has(name)) {
          if (open.length >= maxDepth) {
            keep(from, at);
            from = end;
          } else open.push(name);
        }
      }
      at = text.indexOf('<', Math.max(from, end));
      continue;
    }
    at = text.indexOf('<', Math.max(from, at + 1));
  }
  keep(from, text.length);
  return { html: kept.join(''), structuredData, scriptCharacters, scripts };
}

const droppedElements = new Set([
  'script',
  'style',
  'svg',
  'iframe',
  'canvas',
  'object',
  'audio',
  'video',
]);

const voidElements = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);

/** What the parser takes for ended where an element of this name begins. */
const endedBy: ReadonlyMap<string, readonly string[]> = new Map([
  ['li', ['li']],
  ['dt', ['dt', 'dd']],
  ['dd', ['dt', 'dd']],
  ['tr', ['tr', 'th', 'td']],
  ['th', ['th']],
  ['td', ['thead', 'th', 'td']],
  ['tbody', ['thead', 'tbody']],
  ['tfoot', ['thead', 'tbody']],
  ['rt', ['rt', 'rp']],
  ['rp', ['rt', 'rp']],
  ['option', ['option']],
  ['optgroup', ['optgroup', 'option']],
]);

const blocksEndingParagraphs = new Set(
  `p h1 h2 h3 h4 h5 h6 address article aside blockquote details div dl fieldset figcaption figure
   footer form header hr main nav ol pre section table ul`.split(/\s+/u),
);

const controls = new Set('input option optgroup select button datalist textarea'.split(' '));

const endingControls = new Set('select input output button datalist textarea'.split(' '));

function ends(previous: string | undefined, name: string): boolean {
  if (previous === undefined) return false;
  if (previous === 'p') return blocksEndingParagraphs.has(name);
  if (controls.has(previous) && endingControls.has(name)) return true;
  return endedBy.get(name)?.includes(previous) === true;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function tagName(text: string, start: number): string {
  let end = start;
  while (end < text.length && end - start < 40) {
    const code = text.charCodeAt(end);
    if (code <= 32 || code === 47 || code === 62) break;
    end += 1;
  }
  return text.slice(start, end).toLowerCase();
}

/** The position after `>`; a quoted attribute may hold one. */
function endOfTag(text: string, start: number): number {
  let quote = 0;
  let previous = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if ((code === 34 || code === 39) && previous === 61) quote = code;
    else if (code === 62) return at + 1;
    if (code > 32) previous = code;
  }
  return text.length;
}

function endOfDeclaration(text: string, at: number): number {
  const comment = text.startsWith('<!--', at);
  const end = comment ? text.indexOf('-->', at + 2) : text.indexOf('>', at);
  if (end === -1) return text.length;
  return end + (comment ? 3 : 1);
}

function endOfElement(
  text: string,
  start: number,
  name: string,
): { contentEnd: number; end: number } | undefined {
  let at = text.indexOf('</', start);
  while (at !== -1) {
    if (tagName(text, at + 2) === name) return { contentEnd: at, end: endOfTag(text, at + 2) };
    at = text.indexOf('</', at + 2);
  }
  return undefined;
}
