/**
 * An address for what somebody sent, in place of a page's: it is never fetched and opens nowhere. It
 * ends with the file's name, by which its kind is told.
 */
export function fileAddress({ id, name }: { id: string; name: string }): string {
  return `${scheme}///${encodeURIComponent(id)}/${encodeURIComponent(name.toWellFormed())}`;
}

/** Whether an address is one of a file that somebody sent. */
export function isFileAddress(address: string): boolean {
  return address.startsWith(`${scheme}///`);
}

const scheme = 'chat-file:';
