import { splitSentences } from '../../retrieval/text/sentences.ts';
import { cellsOf, findTableHeader } from '../../retrieval/text/table-header.ts';

/** What a passage says, in order: its sentences, and rows of its tables whole, without column names. */
export function statementsOf(passageText: string): string[] {
  return passageText.split('\n').flatMap((line) => {
    if (!isTableRow(line)) return splitSentences(line).map(({ text }) => text);
    return isColumnNames(line, passageText) ? [] : [line.trim()];
  });
}

/** «DeepSeek-V3 | 671 миллиард» may hold the answer, but nobody would read it out. */
export function isTableRow(text: string): boolean {
  return text.includes(' | ');
}

/** The names of the columns above a row, where a passage has them; empty for a table of pairs. */
export function columnNames(row: string, passageText: string): string[] {
  const header = headerAbove(row, passageText);
  const names = header === null ? [] : cellsOf(header);
  // Of pairs, the first row is as often a fact as the name of the columns.
  return names.length > 2 && names.length === cellsOf(row).length ? names : [];
}

/**
 * A row as one would read it out: «DeepSeek-V3: дата выхода — 26 декабря 2024 года, параметры —
 * 671 миллиард»; without names of columns, «Длина — 3530 км». Other text comes back as it is.
 */
export function readableRow(row: string, passageText: string): string {
  if (!isTableRow(row)) return row;
  const [subject = '', ...values] = cellsOf(row);
  const names = columnNames(row, passageText).slice(1);
  if (names.length === 0) return `${subject} — ${values.join(', ')}`;
  const named = values.map((value, at) => `${asInside(names[at] ?? '')} — ${value}`);
  return `${subject}: ${named.join(', ')}`;
}

function isColumnNames(row: string, passageText: string): boolean {
  return headerAbove(row, passageText) === row && cellsOf(row).length > 2;
}

function headerAbove(row: string, passageText: string): string | null {
  for (const table of passageText.match(tables) ?? []) {
    const rows = table.trimEnd().split('\n');
    if (rows.includes(row)) return findTableHeader(rows, { fewestRows: 1 });
  }
  return null;
}

/** Lines in a row that hold cells. */
const tables = /(?:^.* \| .*(?:\n|$))+/gmu;

/** «Дата выхода» within a sentence; «GPU» and «MMLU-Pro» stay. */
function asInside(name: string): string {
  const isPlain = /^\p{Lu}\p{Ll}+(?![\p{L}\p{N}-])/u.test(name);
  return isPlain ? `${name.charAt(0).toLowerCase()}${name.slice(1)}` : name;
}
