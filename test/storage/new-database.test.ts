import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrationsOf, runSqlite } from '../../src/storage/migrate.ts';
import { statementsFor, statementsOf } from '../../src/storage/new-database.ts';
import { newFolder, root, runProgram } from '../program.ts';

const all = migrationsOf('sqlite');
const file = join(root, 'dist', 'new-database.sql');

/** Everything that a database was made of, and what lies in its tables. */
function contentOf(db: Database.Database) {
  const made = db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name').all();
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sqlite_sequence'");
  const rows = (tables.pluck().all() as string[]).map(name => [name, db.prepare(`SELECT * FROM "${name}"`).all()]);
  return { made, rows: rows.sort() };
}

it('a database that the built program makes at once is the one that all migrations make', () => {
  const migrated = new Database(':memory:');
  runSqlite(migrated, all);
  const folder = newFolder();
  expect(runProgram(['migrate'], { DATABASE_URL: `file:${folder}/x.db` }, '', folder)).toMatchObject({ status: 0 });
  expect(statementsFor(all, file)).toBe(statementsOf(migrated, all));
  const made = new Database(join(folder, 'x.db'), { readonly: true });
  expect(contentOf(made)).toEqual(contentOf(migrated));
  for (const db of [made, migrated]) db.close();
});

it('statements of other migrations, or none, are not taken', () => {
  expect(statementsFor(all.slice(1), file)).toBeNull();
  expect(statementsFor(all, join(newFolder(), 'none.sql'))).toBeNull();
});
