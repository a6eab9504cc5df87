import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import Database from 'better-sqlite3';
import pg from 'pg';
import { expect, it } from 'vitest';
import { newPostgresUrl } from '../databases.ts';
import { startPostgres } from '../postgres.ts';
import { newFolder, runProgram, startProgram } from '../program.ts';
import { oldDatabases } from '../storage/old.ts';

const worker = new URL('../storage/migrate-worker.mjs', import.meta.url);
const migrationsOf = (dialect: string): number =>
  readdirSync(new URL(`../../migrations/${dialect}`, import.meta.url)).filter(name => name.endsWith('.sql')).length;

/** Migrates with a process that ends before its `at`th statement as in a power cut; the signal that ended it. */
async function killedAt(url: string, at: number): Promise<NodeJS.Signals | null> {
  const child = fork(worker, [url, String(at)]);
  return await new Promise(done => child.once('exit', (_, signal) => done(signal)));
}

const structureOf = (db: Database.Database): unknown[] =>
  db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name').all();

/** Gives the structure of the SQLite database in a file; of one that is not there, none. */
function structureIn(file: string): unknown[] {
  const db = new Database(file);
  const structure = structureOf(db);
  db.close();
  return structure;
}

// A new database is made at once, and has few statements; one of the first release is migrated step by step.
const [firstRelease] = oldDatabases(0, () => []);
const newFile = async (): Promise<string> => `file:${join(newFolder(), 'x.db')}`;

it.each([
  [2, 'a new', newFile],
  [3, 'a new', newFile],
  [40, 'an old', firstRelease!.make],
  [120, 'an old', firstRelease!.make],
] as const)(
  'killed before statement %i of a migration, %s SQLite database has none of it, and the next start completes it',
  async (at, _, make) => {
    const url = await make();
    const file = url.slice('file:'.length);
    const before = structureIn(file);
    expect(await killedAt(url, at)).toBe('SIGKILL');
    const db = new Database(file);
    expect(structureOf(db)).toEqual(before);
    if (before.length) expect(db.prepare('SELECT count(*) FROM migrations').pluck().get()).toBe(1);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
    expect(runProgram(['migrate'], { DATABASE_URL: url }).status).toBe(0);
    const whole = new Database(file, { readonly: true });
    expect(whole.prepare('SELECT count(*) FROM migrations').pluck().get()).toBe(migrationsOf('sqlite'));
    whole.close();
  },
);

/** Counts the migrations that a PostgreSQL database says it has; null where it has no tables at all. */
async function migratedOn(url: string): Promise<number | null> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows: tables } = await client.query("SELECT 1 FROM pg_tables WHERE schemaname = 'public'");
  const { rows } = tables.length ? await client.query('SELECT count(*)::int AS n FROM migrations') : { rows: [] };
  await client.end();
  return rows[0]?.n ?? null;
}

it.each([3, 40, 120])(
  'killed before statement %i of a migration, a PostgreSQL database has none of it, and the next start completes it',
  async at => {
    const url = await newPostgresUrl();
    expect(await killedAt(url, at)).toBe('SIGKILL');
    expect(await migratedOn(url)).toBeNull();
    // The server notices the closed connection by itself; the next to migrate waits for its lock until then.
    expect(runProgram(['migrate'], { DATABASE_URL: url }).status).toBe(0);
    expect(await migratedOn(url)).toBe(migrationsOf('postgres'));
  },
);

it('a PostgreSQL that crashes in the middle of a migration has none of it, and the next start completes it', async () => {
  const server = await startPostgres();
  for (const at of [40, 120]) {
    const child = fork(worker, [server.url, String(at), 'wait'], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    const told = text(child.stderr!);
    const ended = once(child, 'exit');
    await once(child, 'message');
    await server.crash();
    child.send('go on');
    expect((await ended)[0]).toBe(1);
    expect(await told).toContain('StorageFault');
    await server.start();
    expect(await migratedOn(server.url)).toBeNull();
  }
  expect(runProgram(['migrate'], { DATABASE_URL: server.url }).status).toBe(0);
  expect(await migratedOn(server.url)).toBe(migrationsOf('postgres'));
  await server.stop();
});

/** A program that ends itself as in a power cut once a file has grown, or at the latest before it gets its name. */
const endsAt = (file: string, size: number): string => `
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  import { isMainThread } from 'node:worker_threads';
  const end = () => process.kill(process.pid, 'SIGKILL');
  function look() {
    if ((fs.statSync(${JSON.stringify(file)}, { throwIfNoEntry: false })?.size ?? 0) >= ${size}) end();
    setImmediate(look);
  }
  if (isMainThread) {
    fs.renameSync = end;
    syncBuiltinESMExports();
    look();
  }`;

it('killed in the middle of a backup, no half file has its name, and the next backup is whole', async () => {
  const file = join(newFolder(), 'x.db');
  const env = { DATABASE_URL: `file:${file}` };
  expect(runProgram(['migrate'], env).status).toBe(0);
  const db = new Database(file);
  db.exec('CREATE TABLE ballast (a TEXT) STRICT');
  const insert = db.prepare('INSERT INTO ballast VALUES (?)');
  db.transaction(() => {
    for (let n = 0; n < 30_000; n++) insert.run('z'.repeat(1_000));
  })();
  db.close();
  const target = join(newFolder(), 'copy.db');
  const left: number[] = [];
  for (const grown of [1, 5_000_000, 20_000_000]) {
    const ending = join(newFolder(), 'ending.mjs');
    writeFileSync(ending, endsAt(`${target}.tmp`, grown));
    const child = startProgram(['backup', target], { ...env, NODE_OPTIONS: `--import ${ending}` });
    expect((await once(child, 'exit'))[1]).toBe('SIGKILL');
    expect(existsSync(target)).toBe(false);
    left.push(statSync(`${target}.tmp`).size);
  }
  expect(runProgram(['backup', target], env).status).toBe(0);
  const copy = new Database(target, { readonly: true });
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(copy.prepare('SELECT count(*) FROM ballast').pluck().get()).toBe(30_000);
  copy.close();
  expect(existsSync(`${target}.tmp`)).toBe(false);
  // At least one end came in the middle, and not only before the copy got its name.
  expect(Math.min(...left)).toBeLessThan(statSync(target).size);
});
