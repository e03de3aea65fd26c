/** Whether a text holds an address: Telegram makes a link of each, and a page must not choose where the reader goes. */
export function holdsAddress(quote: string): boolean {
  return /:\/\/|\bwww\.|\p{L}\.\p{L}{2,}\//iu.test(quote);
}
