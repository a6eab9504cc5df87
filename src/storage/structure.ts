import Database from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { migrationsOf, runSqlite } from './migrate.ts';
import type { Reader, Store } from './store.ts';

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

/** A statement that makes a trigger, in one spelling: events in one order, without quotes and schema. */
const plainTrigger = (statement: string): string =>
  plain(statement.replaceAll('"', '').replace(/;$/, ''))
    .replace(/ ON \w+\.(?=\w)/, ' ON ')
    .replace(
      / (BEFORE|AFTER) (.+?) ON /,
      (_, when: string, events: string) => ` ${when} ${events.split(' OR ').sort().join(' OR ')} ON `,
    );

/**
 * Returns what PostgreSQL's migrations leave behind, by name: whether an index is unique, the statement that makes a
 * trigger, the body of a function. A dropped table takes its own along.
 */
function wantedOnPostgres(): Map<string, string> {
  const wanted = new Map<string, { readonly table: string; readonly made: string }>();
  for (const statement of migrationsOf('postgres').flatMap(one => one.sql)) {
    for (const [, unique, name, table] of statement.matchAll(/CREATE (UNIQUE )?INDEX "?(\w+)"?[\s\S]*?\sON "?(\w+)"?/g))
      wanted.set(name!, { table: table!, made: unique ? 'unique' : 'index' });
    for (const [whole, name, table] of statement.matchAll(/CREATE TRIGGER "?(\w+)"?[\s\S]*?\sON "?(\w+)"?[^;]*/g))
      wanted.set(name!, { table: table!, made: plainTrigger(whole) });
    for (const [, name, body] of statement.matchAll(
      /CREATE (?:OR REPLACE )?FUNCTION "?(\w+)"?\([\s\S]*?AS \$\$([\s\S]*?)\$\$/g,
    ))
      wanted.set(name!, { table: '', made: plain(body!) });
    for (const [, dropped] of statement.matchAll(/DROP (?:INDEX|TRIGGER|FUNCTION) (?:IF EXISTS )?"?(\w+)"?/g))
      wanted.delete(dropped!);
    for (const [, gone] of statement.matchAll(/DROP TABLE (?:IF EXISTS )?"?(\w+)"?/g))
      for (const [name, { table }] of wanted) if (table === gone) wanted.delete(name);
  }
  return new Map([...wanted].map(([name, { made }]) => [name, made]));
}

/** Returns those that a PostgreSQL database has and that work, and the names of its triggers. */
async function foundOnPostgres(read: Reader): Promise<{ made: Map<string, string>; triggers: readonly string[] }> {
  const isHere = sql`n.nspname = current_schema()`;
  const indexes = await read
    .select({ name: sql<string>`c.relname`, unique: sql<boolean>`x.indisunique` })
    .from(sql`pg_index x join pg_class c on c.oid = x.indexrelid join pg_namespace n on n.oid = c.relnamespace`)
    .where(sql`${isHere} and x.indisvalid`);
  const triggers = await read
    .select({
      name: sql<string>`t.tgname`,
      enabled: sql<string>`t.tgenabled`,
      statement: sql<string>`pg_get_triggerdef(t.oid, true)`,
    })
    .from(sql`pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace`)
    .where(sql`not t.tgisinternal and ${isHere}`);
  const functions = await read
    .select({ name: sql<string>`p.proname`, body: sql<string>`p.prosrc` })
    .from(sql`pg_proc p join pg_namespace n on n.oid = p.pronamespace`)
    .where(isHere);
  // One that is switched off, or that fires only where a copy is kept up to date, guards nothing.
  const working = triggers.filter(({ enabled }) => enabled === 'O' || enabled === 'A');
  return {
    made: new Map([
      ...indexes.map(({ name, unique }) => [name, unique ? 'unique' : 'index'] as const),
      ...working.map(({ name, statement }) => [name, plainTrigger(statement)] as const),
      ...functions.map(({ name, body }) => [name, plain(body)] as const),
    ]),
    triggers: triggers.map(({ name }) => name),
  };
}

/**
 * Compares the structure of an open database with the program's own. On PostgreSQL: indexes, triggers and functions that
 * are missing, changed or switched off, and triggers that are foreign.
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
  const wanted = wantedOnPostgres();
  const { made, triggers } = await foundOnPostgres(read);
  const changed = [...wanted].filter(([name, as]) => made.get(name) !== as).map(([name]) => name);
  const foreign = triggers.filter(name => !wanted.has(name));
  return [...changed, ...foreign].sort();
}
