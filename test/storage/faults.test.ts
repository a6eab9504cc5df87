import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { faultOf, StorageFault } from '../../src/storage/faults.ts';
import { openStore } from '../../src/storage/open.ts';
import { newFolder } from '../program.ts';

const codeOf = (error: unknown): string => (faultOf(error) as StorageFault).code;
const thrown = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
};

it('a full database is told by its code, and holds no half of what did not fit', () => {
  const db = new Database(join(newFolder(), 'x.db'));
  db.exec('CREATE TABLE t (a TEXT)');
  db.pragma('max_page_count = 10');
  const fill = db.transaction(() => {
    for (let i = 0; i < 1000; i++) db.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(1000));
  });
  expect(codeOf(thrown(fill))).toBe('full');
  expect(db.prepare('SELECT count(*) FROM t').pluck().get()).toBe(0);
});

it('a database that may only be read is told by its code', () => {
  const file = join(newFolder(), 'x.db');
  new Database(file).exec('CREATE TABLE t (a TEXT)');
  const db = new Database(file, { readonly: true });
  expect(codeOf(thrown(() => db.exec('INSERT INTO t VALUES (1)')))).toBe('readonly');
});

it('a file that is no database, and a server that is not there, are told by their codes', async () => {
  await expect(openStore(`file:${join(newFolder(), 'folder', '..')}`)).rejects.toBeInstanceOf(StorageFault);
  await expect(openStore('postgres://nobody@127.0.0.1:1/none')).rejects.toMatchObject({ code: 'unreachable' });
});

it('an error that is no fault of the database stays what it is', () => {
  const bug = new TypeError('x');
  expect(faultOf(bug)).toBe(bug);
});
