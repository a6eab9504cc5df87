import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Database } from 'better-sqlite3';
import type { MigrationMeta } from 'drizzle-orm/migrator';

/** Written by the build, which stands one folder above the compiled sources. Sources that are run as they are have none. */
const BUILT = fileURLToPath(new URL('../../new-database.sql', import.meta.url));

/** Names the migrations that a file stands for, in its first line. */
const headOf = (hashes: readonly string[]): string =>
  `-- ${createHash('sha256').update(hashes.join()).digest('hex')}\n`;

const hashesOf = (all: readonly MigrationMeta[]): string[] => all.map(({ hash }) => hash);

/**
 * Statements that make the tables, indexes and triggers of a migrated database at once. SQLite makes the tables of a
 * virtual one, and its own, by itself.
 */
export function statementsOf(db: Database, all: readonly MigrationMeta[]): string {
  const made = db
    .prepare(
      `SELECT sql FROM sqlite_master AS it
       WHERE sql IS NOT NULL AND name <> 'migrations' AND name NOT LIKE 'sqlite_%' AND NOT EXISTS (
         SELECT 1 FROM sqlite_master AS search
         WHERE search.sql LIKE 'CREATE VIRTUAL TABLE%' AND it.name LIKE search.name || '\\_%' ESCAPE '\\' AND it.type = 'table'
       )
       ORDER BY rowid`,
    )
    .pluck()
    .all() as string[];
  return headOf(hashesOf(all)) + made.map(sql => `${sql};\n`).join('');
}

/**
 * Reads the statements that stand for all these migrations on an empty database, a tenth of their work; null where none
 * were built, or of other migrations.
 */
export function statementsFor(all: readonly MigrationMeta[], file = BUILT): string | null {
  const statements = built(file);
  return statements?.startsWith(headOf(hashesOf(all))) ? statements : null;
}

/**
 * Tells whether migrations, by their hashes in the order of their files, are all that the program was built with: then
 * none of the files need be read. False where nothing was built.
 */
export const areAll = (hashes: readonly string[], file = BUILT): boolean =>
  built(file)?.startsWith(headOf(hashes)) ?? false;

function built(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
