import type { LoadFigures } from './load-figures.ts';

/** The figures of one run or two, a line each, as a person reads them. */
export function loadTable(runs: readonly { name: string; figures: LoadFigures }[]): string {
  const header = ['', ...runs.map(({ name }) => name)];
  const lines = LINES.map(([label, read]) => [label, ...runs.map(({ figures }) => read(figures))]);
  const table = [header, ...lines];
  const widths = header.map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table
    .map(([label = '', ...cells]) =>
      [
        label.padEnd(widths[0] ?? 0),
        ...cells.map((cell, at) => cell.padStart(widths[at + 1] ?? 0)),
      ].join('  '),
    )
    .join('\n');
}

const LINES: readonly (readonly [string, (figures: LoadFigures) => string])[] = [
  ['chats', ({ chats }) => `${chats}`],
  ['questions', ({ questions }) => `${questions}`],
  ['answered', ({ answered }) => `${answered}`],
  ['declined', ({ declined }) => `${declined}`],
  ['told that something broke', ({ failed }) => `${failed}`],
  ['told that the arrival is unknown', ({ unknownTold }) => `${unknownTold}`],
  ['lost', ({ lost }) => `${lost}`],
  ['answered twice', ({ duplicated }) => `${duplicated}`],
  ['calls', ({ calls }) => `${calls}`],
  ['calls that were made to fail', ({ faultsPlayed }) => `${faultsPlayed}`],
  ['calls that Telegram refused', ({ rejected }) => `${rejected}`],
  ['time to the answer, median', ({ p50Ms }) => seconds(p50Ms)],
  ['time to the answer, 95th percentile', ({ p95Ms }) => seconds(p95Ms)],
  ['heard within, 95th percentile', ({ typingP95Ms }) => `${typingP95Ms} ms`],
  ['heard within, alone', ({ aloneTypingMs }) => `${aloneTypingMs} ms`],
  ['pages shown within, alone', ({ aloneReadingMs }) => `${aloneReadingMs} ms`],
  ['drafts', ({ drafts }) => `${drafts}`],
  ['edits', ({ edits }) => `${edits}`],
  ['event loop late, 99th percentile', ({ eventLoopDelayP99Ms }) => `${eventLoopDelayP99Ms} ms`],
  ['event loop late, most', ({ eventLoopDelayMaxMs }) => `${eventLoopDelayMaxMs} ms`],
  ['memory at its peak', ({ peakRssMb }) => `${peakRssMb} MB`],
];

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
