/**
 * A long text in slices of about the length, each ending behind a match of the pattern (`g`). Where
 * nothing matches for sixteen times as long, the slice ends there.
 */
export function* slicesAfter(text: string, end: RegExp, length: number): Generator<string> {
  for (let from = 0; from < text.length;) {
    const latest = from + length * 16;
    const window = text.slice(from + length, latest);
    end.lastIndex = 0;
    const found = end.exec(window);
    const to = found === null ? latest : from + length + found.index + found[0].length;
    yield text.slice(from, to);
    from = to;
  }
}
