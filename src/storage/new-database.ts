import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Database } from 'better-sqlite3';
import type { MigrationMeta } from 'drizzle-orm/migrator';

/** Written by the build, which stands one folder above the compiled sources. Sources that are run as they are have none. */
const BUILT = fileURLToPath(new URL('../../new-database.sql', import.meta.url));

/** Names the migrations that a file stands for, in its first line. */
const headOf = (all: readonly MigrationMeta[]): string =>
  `-- ${createHash('sha256')
    .update(all.map(({ hash }) => hash).join())
    .digest('hex')}\n`;

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
  return headOf(all) + made.map(sql => `${sql};\n`).join('');
}

/**
 * Reads the statements that stand for all these migrations on an empty database, a tenth of their work; null where none
 * were built, or of other migrations.
 */
export function statementsFor(all: readonly MigrationMeta[], file = BUILT): string | null {
  try {
    const statements = readFileSync(file, 'utf8');
    return statements.startsWith(headOf(all)) ? statements : null;
  } catch {
    return null;
  }
}
