import { createHash, randomInt, timingSafeEqual } from 'node:crypto';

import type { Admins } from './admins.ts';

/** The one-time code that makes its sender the admin of a bot that has none. */
export interface AdminCode {
  /** Whether there is a code that waits for its sender. */
  readonly isOpen: boolean;
  /** Makes the sender the admin when the code is right. */
  claim(userId: number, code: string): ClaimResult;
  /**
   * A code was shown where others may have read it: if it was the right one, there is a new one.
   * Whether it was.
   */
  exposed(code: string): boolean;
}

/**
 * `closed`: there is an admin already; `ignored`: this user has guessed too often, and whether the code
 * is right is not even looked at.
 */
export type ClaimResult = 'claimed' | 'wrong' | 'closed' | 'ignored';

export interface AdminCodeOptions {
  admins: Admins;
  /** Told the code at once when there is no admin, and each one that takes its place. */
  announce: (code: string) => void;
  /** Wrong codes of one user before they are ignored. */
  tries?: number;
  createCode?: () => string;
}

/** The code lives in memory: each start without an admin has a new one. */
export function createAdminCode({
  admins,
  announce,
  tries = 5,
  createCode = randomCode,
}: AdminCodeOptions): AdminCode {
  const wrongTries = new Map<number, number>();
  let expected: string | null = null;
  if (admins.ids().length === 0) renew();

  function renew(): void {
    expected = createCode();
    announce(expected);
  }

  return {
    get isOpen() {
      return expected !== null;
    },
    claim(userId, code) {
      if (expected === null) return 'closed';
      const before = wrongTries.get(userId) ?? 0;
      if (before >= tries) return 'ignored';
      if (!isSame(code, expected)) {
        wrongTries.set(userId, before + 1);
        return 'wrong';
      }
      admins.add(userId);
      expected = null;
      wrongTries.clear();
      return 'claimed';
    },
    exposed(code) {
      if (expected === null || !isSame(code, expected)) return false;
      renew();
      return true;
    },
  };
}

/** 60 bits, in letters and digits that are not taken for one another. */
function randomCode(): string {
  const symbols = Array.from({ length: 12 }, () => ALPHABET.charAt(randomInt(ALPHABET.length)));
  return [0, 4, 8].map((from) => symbols.slice(from, from + 4).join('')).join('-');
}

/** In a time that does not tell how much of it is right. */
function isSame(code: string, expected: string): boolean {
  return timingSafeEqual(digest(code), digest(expected));
}

function digest(code: string): Buffer {
  const symbols = code.toUpperCase().replaceAll(/[^A-Z\d]/gu, '');
  return createHash('sha256').update(symbols).digest();
}

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
