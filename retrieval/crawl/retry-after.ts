/**
 * How long a Retry-After header asks to wait (RFC 9110, 10.2.3), in milliseconds: seconds, or a date.
 * Null when there is none, when it cannot be read, or when it is over.
 */
export function readRetryAfter(header: string | undefined, now: number): number | null {
  const value = header?.trim() ?? '';
  if (/^\d+$/u.test(value)) return positive(Number(value) * 1000);
  // Date.parse reads much that is no date at all, such as a lone negative number.
  return /^[A-Za-z]{3,9},? /u.test(value) ? positive(Date.parse(value) - now) : null;
}

function positive(ms: number): number | null {
  return ms > 0 ? ms : null;
}
