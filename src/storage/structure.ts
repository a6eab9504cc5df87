import Database from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { migrationsOf, runSqlite } from './migrate.ts';
import type { Store } from './store.ts';

/** A table, index, trigger or view, as SQLite keeps what made it. */
export interface Made {
  readonly type: string;
  readonly name: string;
  readonly sql: string | null;
}

/** Query of the structure of an SQLite database, without its own tables and what it makes by itself. */
export const STRUCTURE = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'";

const keyOf = ({ type, name }: Made): string => `${type} ${name}`;
const plain = (statement: string | null): string => (statement ?? '').replace(/\s+/g, ' ').trim();

/**
 * Compares the structure of an SQLite database with what our own migrations make, as far as they were applied to it.
 * @param done hashes of the migrations that were applied.
 * @returns what is missing, foreign or changed: `trigger entries_append_only`.
 */
export function differencesFrom(found: readonly Made[], done: ReadonlySet<string>): string[] {
  const reference = new Database(':memory:');
  try {
    runSqlite(
      reference,
      migrationsOf('sqlite').filter(({ hash }) => done.has(hash)),
    );
    const wanted = new Map((reference.prepare(STRUCTURE).all() as Made[]).map(one => [keyOf(one), plain(one.sql)]));
    const has = new Map(found.map(one => [keyOf(one), plain(one.sql)]));
    return [...new Set([...wanted.keys(), ...has.keys()])].filter(key => wanted.get(key) !== has.get(key)).sort();
  } finally {
    reference.close();
  }
}

/** Lists the names of indexes and triggers that PostgreSQL's migrations leave behind. A dropped table takes its own along. */
function wantedOnPostgres(): Set<string> {
  const tables = new Map<string, string>();
  for (const statement of migrationsOf('postgres').flatMap(one => one.sql)) {
    for (const [, made, table] of statement.matchAll(
      /CREATE (?:UNIQUE )?(?:INDEX|TRIGGER) "?(\w+)"?[\s\S]*?\sON "?(\w+)"?/g,
    ))
      tables.set(made!, table!);
    for (const [, dropped] of statement.matchAll(/DROP (?:INDEX|TRIGGER) (?:IF EXISTS )?"?(\w+)"?/g))
      tables.delete(dropped!);
    for (const [, gone] of statement.matchAll(/DROP TABLE (?:IF EXISTS )?"?(\w+)"?/g))
      for (const [name, table] of tables) if (table === gone) tables.delete(name);
  }
  return new Set(tables.keys());
}

/**
 * Compares the structure of an open database with the program's own. On PostgreSQL: indexes and triggers that are
 * missing, and triggers that are foreign or switched off.
 */
export async function differences(store: Store): Promise<string[]> {
  const { read } = store;
  if (store.dialect === 'sqlite') {
    const done = await read.select({ hash: sql<string>`hash` }).from(sql`migrations`);
    const found = await read
      .select({ type: sql<string>`type`, name: sql<string>`name`, sql: sql<string | null>`sql` })
      .from(sql`sqlite_master`)
      .where(sql`name NOT LIKE 'sqlite_%'`);
    return differencesFrom(found, new Set(done.map(({ hash }) => hash)));
  }
  const here = sql`current_schema()`;
  const indexes = await read
    .select({ name: sql<string>`indexname` })
    .from(sql`pg_indexes`)
    .where(sql`schemaname = ${here}`);
  const triggers = await read
    .select({ name: sql<string>`tgname`, enabled: sql<string>`tgenabled` })
    .from(sql`pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace`)
    .where(sql`not tgisinternal and nspname = ${here}`);
  const working = new Set([
    ...indexes.map(({ name }) => name),
    ...triggers.filter(({ enabled }) => enabled !== 'D').map(({ name }) => name),
  ]);
  const wanted = wantedOnPostgres();
  const missing = [...wanted].filter(name => !working.has(name));
  const foreign = triggers.map(({ name }) => name).filter(name => !wanted.has(name));
  return [...missing, ...foreign].sort();
}
