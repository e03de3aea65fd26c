/** The YAML above a card, as far as cards use it. */
export interface FrontMatter {
  /** Its lines without indentation, as they can be quoted; nothing in them is interpreted. */
  lines: readonly string[];
  /** Scalars and lists by the key of the first level, in lower case. */
  values: ReadonlyMap<string, readonly FrontMatterValue[]>;
}

export interface FrontMatterValue {
  text: string;
  /** The line that it stands on, as it is in `lines`. */
  line: string;
}

/**
 * Keys of the first level with what they hold: `license: mit`, `language: [en, ru]`, lists below a
 * key. What is nested deeper is in `lines` alone.
 */
export function readFrontMatter(source: string): FrontMatter {
  const lines: string[] = [];
  const values = new Map<string, FrontMatterValue[]>();
  const block = /^\uFEFF?---[^\S\n]*\r?\n([^]{0,40000}?)\r?\n---[^\S\n]*(?:\r?\n|$)/u.exec(
    source,
  )?.[1];
  if (block === undefined) return { lines, values };
  let key = '';
  for (const raw of block.split(/\r?\n/u, MOST_LINES)) {
    const line = raw.trim().slice(0, 300);
    if (line === '' || line.startsWith('#')) continue;
    lines.push(line);
    const [, name, rest = ''] = /^([\w-]+)\s*:\s*(.*)$/u.exec(raw) ?? [];
    if (name !== undefined) {
      key = name.toLowerCase();
      for (const text of scalars(rest)) add(key, text, line);
      continue;
    }
    const item = /^\s{0,4}-\s+(.+)$/u.exec(raw)?.[1];
    if (item !== undefined && !/^[\w-]+:(?:\s|$)/u.test(item)) {
      for (const text of scalars(item)) add(key, text, line);
    }
  }
  return { lines, values };

  function add(of: string, text: string, line: string): void {
    const known = values.get(of);
    if (known === undefined) values.set(of, [{ text, line }]);
    else known.push({ text, line });
  }
}

const MOST_LINES = 2000;

function scalars(written: string): string[] {
  const plain = written.replace(/\s+#.*$/u, '').trim();
  // A list may have lost its end.
  const inner = /^\[([^\]]*)\]?$/u.exec(plain)?.[1];
  return (inner === undefined ? [plain] : inner.split(','))
    .map((text) => text.trim().replace(/^(["'])(.*)\1$/u, '$2'))
    .filter((text) => text !== '' && text !== '>' && text !== '|' && text !== 'null');
}
