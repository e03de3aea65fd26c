import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createAdminCode } from '../../../bot/state/admin-code.ts';
import { createAdmins } from '../../../bot/state/admins.ts';
import { openDatabase } from '../../../bot/state/database.ts';
import type { OpenedDatabase } from '../../../bot/state/database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let opened: OpenedDatabase;
let announced: string[];

beforeEach(async () => {
  folder = await temporaryFolder();
  opened = openDatabase({ folder: folder.path });
  announced = [];
});
afterEach(async () => {
  opened.database.close();
  await folder[Symbol.asyncDispose]();
});

const announce = (code: string): void => {
  announced.push(code);
};

describe('admins', () => {
  test('are those of the settings and those that were made, also after a restart', () => {
    createAdmins(opened.database, { configuredIds: [7, 8] }).add(11);
    const admins = createAdmins(opened.database, { configuredIds: [8] });
    expect(admins.ids()).toEqual([8, 11]);
    expect(admins.isAdmin(11)).toBe(true);
    expect(admins.isAdmin(7)).toBe(false);
    admins.add(11);
    expect(admins.ids()).toEqual([8, 11]);
  });
});

describe('the one-time code', () => {
  test('is made where there is no admin: 60 bits in symbols that are not mixed up', () => {
    const codes = Array.from({ length: 50 }, () => {
      createAdminCode({ admins: createAdmins(opened.database), announce });
      return announced.at(-1) ?? '';
    });
    expect(
      codes.filter((code) => !/^(?:[A-HJ-NP-Z2-9]{4}-){2}[A-HJ-NP-Z2-9]{4}$/u.test(code)),
    ).toEqual([]);
    expect(new Set(codes).size).toBe(50);
  });

  test('is not made where there is one', () => {
    const admins = createAdmins(opened.database, { configuredIds: [7] });
    const adminCode = createAdminCode({ admins, announce });
    expect(announced).toEqual([]);
    expect(adminCode.claim(11, '')).toBe('closed');
    expect(admins.ids()).toEqual([7]);
  });

  test('makes its sender the admin, once', () => {
    const admins = createAdmins(opened.database);
    const adminCode = createAdminCode({ admins, announce });
    const [code = ''] = announced;
    expect(adminCode.claim(11, code)).toBe('claimed');
    expect(adminCode.claim(12, code)).toBe('closed');
    expect(admins.ids()).toEqual([11]);
    expect(createAdmins(opened.database).ids()).toEqual([11]);
    expect(announced).toHaveLength(1);
  });

  test('may be written in small letters and without its hyphens', () => {
    const admins = createAdmins(opened.database);
    const adminCode = createAdminCode({ admins, announce, createCode: () => 'ABCD-EFGH-2345' });
    expect(adminCode.claim(11, ' abcdefgh 2345 ')).toBe('claimed');
  });

  test.each(['', 'ABCD-EFGH-234', 'ABCD-EFGH-23456', 'ABCD-EFGH-2346', '-', 'АBCD-EFGH-2345'])(
    'is not %j',
    (guess) => {
      const admins = createAdmins(opened.database);
      const adminCode = createAdminCode({ admins, announce, createCode: () => 'ABCD-EFGH-2345' });
      expect(adminCode.claim(11, guess)).toBe('wrong');
      expect(admins.ids()).toEqual([]);
    },
  );

  test('is not looked at any more from one who was wrong five times, but from others', () => {
    const admins = createAdmins(opened.database);
    const adminCode = createAdminCode({ admins, announce });
    const [code = ''] = announced;
    const results = Array.from({ length: 6 }, () => adminCode.claim(11, 'wrong'));
    expect(results).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'ignored']);
    expect(adminCode.claim(11, code)).toBe('ignored');
    expect(admins.ids()).toEqual([]);
    expect(adminCode.claim(12, code)).toBe('claimed');
  });

  test('is replaced when it was shown where others may have read it', () => {
    const admins = createAdmins(opened.database);
    const adminCode = createAdminCode({ admins, announce });
    adminCode.exposed('not the code');
    expect(announced).toHaveLength(1);
    adminCode.exposed(announced[0] ?? '');
    expect(announced).toHaveLength(2);
    expect(adminCode.claim(11, announced[0] ?? '')).toBe('wrong');
    expect(adminCode.claim(11, announced[1] ?? '')).toBe('claimed');
  });
});
