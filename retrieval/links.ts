/** Web addresses that stand in a question, in order and distinct, and the question without them. */
export function takeLinks(text: string): { links: string[]; rest: string } {
  const links = new Set<string>();
  const rest = text.replace(linkPattern, (found) => {
    const trimmed = found.replace(/[.,;:!?…»”"'*]+$/u, '');
    // «(https://ru.wikipedia.org/wiki/Исток_(река))»: a bracket belongs to the address if it closes one of its own.
    const address = closesMore(trimmed) ? trimmed.slice(0, -1) : trimmed;
    if (!URL.canParse(address)) return found;
    links.add(address);
    return ` ${found.slice(address.length)}`;
  });
  return { links: [...links], rest: rest.replace(/\s+/gu, ' ').trim() };
}

const linkPattern = /https?:\/\/[^\s<>«»“”"]+/giu;

function closesMore(address: string): boolean {
  return (
    address.endsWith(')') &&
    (address.match(/\)/gu)?.length ?? 0) > (address.match(/\(/gu)?.length ?? 0)
  );
}
