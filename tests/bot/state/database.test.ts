import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { openDatabase, StateError } from '../../../bot/state/database.ts';

const now = (): Date => new Date('2026-11-02T10:00:00.000Z');
const one = 'CREATE TABLE notes (text TEXT NOT NULL) STRICT';
const two = "ALTER TABLE notes ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'istok-state-'));
  file = join(folder, 'istok.sqlite');
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

describe('openDatabase', () => {
  test('makes the folder and the file, in WAL mode, without a notice', () => {
    const inner = join(folder, 'a', 'b');
    const { database, notices } = openDatabase({ folder: inner });
    expect(notices).toEqual([]);
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    database.close();
    expect(readdirSync(inner)).toEqual(['istok.sqlite']);
  });

  test('keeps what is in it from one start to the next', () => {
    const first = openDatabase({ folder, migrations: [one] });
    first.database.exec("INSERT INTO notes VALUES ('kept')");
    first.database.close();
    const second = openDatabase({ folder, migrations: [one] });
    expect(second.database.prepare('SELECT text FROM notes').all()).toEqual([{ text: 'kept' }]);
    expect(second.notices).toEqual([]);
    second.database.close();
  });

  test('copies an older file before it changes the schema', () => {
    const old = openDatabase({ folder, migrations: [one] });
    old.database.exec("INSERT INTO notes VALUES ('kept')");
    old.database.close();
    const { database, notices } = openDatabase({ folder, migrations: [one, two], now });
    expect(database.prepare('SELECT * FROM notes').all()).toEqual([
      { text: 'kept', colour: 'blue' },
    ]);
    const copy = `${file}.schema-1-2026-11-02T10-00-00-000Z`;
    expect(notices).toEqual([
      `The database ${file} was copied to ${copy} and brought to a new schema.`,
    ]);
    database.close();
    const copied = new DatabaseSync(copy, { readOnly: true });
    expect(copied.prepare('SELECT * FROM notes').all()).toEqual([{ text: 'kept' }]);
    copied.close();
  });

  test('leaves the old schema whole when a migration fails', () => {
    openDatabase({ folder, migrations: [one] }).database.close();
    const broken = `${two}; INSERT INTO nowhere VALUES (1)`;
    expect(() => openDatabase({ folder, migrations: [one, broken] })).toThrow('nowhere');
    const { database } = openDatabase({ folder, migrations: [one] });
    expect(database.prepare('SELECT * FROM notes').columns()).toHaveLength(1);
    database.close();
  });

  test('refuses the file of a newer program and leaves it alone', () => {
    openDatabase({ folder, migrations: [one, two] }).database.close();
    const before = readFileSync(file);
    expect(() => openDatabase({ folder, migrations: [one] })).toThrow(
      new StateError(
        `The database ${file} was written by a newer Istok (schema 2, this one knows 1): update Istok, or give it another DATA_DIR.`,
      ),
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test.each([
    ['is no database', (): Buffer => Buffer.from('not a database, just words '.repeat(200))],
    ['has a page overwritten', damagedPage],
  ])('sets a file aside that %s, says so, and begins anew', (_, content) => {
    const damaged = content();
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    writeFileSync(file, damaged);
    const { database, notices } = openDatabase({ folder, migrations: [one], now });
    const aside = `${file}.damaged-2026-11-02T10-00-00-000Z`;
    expect(notices).toEqual([
      `The database ${file} is damaged: it was set aside as ${aside} and begun anew.`,
    ]);
    expect(database.prepare('SELECT * FROM notes').all()).toEqual([]);
    database.close();
    expect(readFileSync(aside).length).toBe(damaged.length);
  });

  test('says in one sentence that the folder cannot be written', () => {
    const blocked = join(folder, 'file');
    writeFileSync(blocked, 'a file where the folder should be');
    expect(() => openDatabase({ folder: blocked })).toThrow(
      /^The data folder \S+ cannot be written \(.+\): make it writable, or set DATA_DIR to another folder\.$/u,
    );
    expect(() => openDatabase({ folder: join(blocked, 'inner') })).toThrow(StateError);
  });

  test.skipIf(process.getuid?.() === 0)('says so of a folder without permission, too', () => {
    chmodSync(folder, 0o500);
    expect(() => openDatabase({ folder })).toThrow(/^The data folder \S+ cannot be written/u);
  });

  test('says so when the file itself is a folder', () => {
    mkdirSync(file);
    expect(() => openDatabase({ folder })).toThrow(/^The data folder \S+ cannot be written/u);
  });
});

function damagedPage(): Buffer {
  const { database } = openDatabase({ folder, migrations: [one] });
  const insert = database.prepare('INSERT INTO notes VALUES (?)');
  for (let index = 0; index < 200; index += 1) insert.run(`note ${index} ${'x'.repeat(200)}`);
  database.close();
  const bytes = readFileSync(file);
  bytes.fill(0xab, 4096, 4096 * 4);
  return bytes;
}
