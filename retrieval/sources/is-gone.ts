/** Whether a server says that there is no such page, which is more than that it could not be read. */
export function isGone({ message }: Error): boolean {
  return /^HTTP (?:404|410)$/u.test(message);
}
