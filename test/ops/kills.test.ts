import { fork } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import pg from 'pg';
import { expect, it } from 'vitest';
import { newPostgresUrl } from '../databases.ts';
import { newFolder, runProgram, startProgram } from '../program.ts';

const worker = new URL('../storage/migrate-worker.mjs', import.meta.url);
const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
const migrationsOf = (dialect: string): number =>
  readdirSync(new URL(`../../migrations/${dialect}`, import.meta.url)).filter(name => name.endsWith('.sql')).length;

/** Starts migrating and kills it without warning as soon as `isUnderWay` says so; whether it was killed in time. */
async function killedWhile(url: string, isUnderWay: () => Promise<boolean> | boolean): Promise<boolean> {
  const child = fork(worker, [url]);
  let over = false;
  const exited = new Promise<void>(done =>
    child.once('exit', () => {
      over = true;
      done();
    }),
  );
  while (!over && !(await isUnderWay())) await turn();
  const inTime = !over;
  child.kill('SIGKILL');
  await exited;
  return inTime;
}

it('killed in the middle of a migration, an SQLite database has all of it or nothing, and the next start completes it', async () => {
  let killed = 0;
  for (const grown of [1, 40_000, 120_000, 250_000]) {
    const file = join(newFolder(), 'x.db');
    if (await killedWhile(`file:${file}`, () => sizeOf(`${file}-wal`) >= grown)) killed++;
    const db = new Database(file);
    const tables = db.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'migrations'").pluck().get();
    const done = tables ? db.prepare('SELECT count(*) FROM migrations').pluck().get() : 0;
    expect([0, migrationsOf('sqlite')]).toContain(done);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
    expect(runProgram(['migrate'], { DATABASE_URL: `file:${file}` }).status).toBe(0);
    const whole = new Database(file, { readonly: true });
    expect(whole.prepare('SELECT count(*) FROM migrations').pluck().get()).toBe(migrationsOf('sqlite'));
    whole.close();
  }
  expect(killed).toBeGreaterThan(0);
});

it('killed in the middle of a migration, a PostgreSQL database has all of it or nothing, and the next start completes it', async () => {
  let killed = 0;
  for (const locks of [1, 20, 60]) {
    const url = await newPostgresUrl();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    // Each table that the migration makes is a lock that it holds until its commit.
    const held = async (): Promise<boolean> =>
      (
        await client.query(
          'SELECT count(*)::int AS n FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE d.datname = current_database() AND l.pid <> pg_backend_pid()',
        )
      ).rows[0].n >= locks;
    if (await killedWhile(url, held)) killed++;
    // The server notices the closed connection by itself; the next to migrate waits for its lock until then.
    expect(runProgram(['migrate'], { DATABASE_URL: url }).status).toBe(0);
    const { rows } = await client.query('SELECT count(*)::int AS n FROM migrations');
    expect(rows[0].n).toBe(migrationsOf('postgres'));
    await client.end();
  }
  expect(killed).toBeGreaterThan(0);
});

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
  let killed = 0;
  for (const grown of [1, 5_000_000, 20_000_000]) {
    const child = startProgram(['backup', target], env);
    let over = false;
    const exited = new Promise<void>(done =>
      child.once('exit', () => {
        over = true;
        done();
      }),
    );
    while (!over && sizeOf(`${target}.tmp`) < grown) await turn();
    if (over) break;
    child.kill('SIGKILL');
    await exited;
    killed++;
    expect(existsSync(target)).toBe(false);
  }
  expect(killed).toBeGreaterThan(0);
  expect(runProgram(['backup', target], env).status).toBe(0);
  const copy = new Database(target, { readonly: true });
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(copy.prepare('SELECT count(*) FROM ballast').pluck().get()).toBe(30_000);
  copy.close();
  expect(existsSync(`${target}.tmp`)).toBe(false);
});
