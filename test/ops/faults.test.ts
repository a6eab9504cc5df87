import { closeSync, existsSync, mkdirSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { newFolder, runProgram, startConsole } from '../program.ts';

const database = (): { file: string; env: Record<string, string> } => {
  const file = join(newFolder(), 'rembug.db');
  return { file, env: { DATABASE_URL: `file:${file}` } };
};

/** Words that a person reads where the database is away, in either language. */
const KIND = /tidak dapat|belum dapat|sedang|coba lagi|try again/i;

it('with no room left on the disk a person is told kindly, nothing confirmed is lost, and it goes on once there is room', async () => {
  const { file, env } = database();
  const first = startConsole(env);
  expect((await first.say('/forum setup Uji announce:umum')).ok).toBe(true);
  await first.end();
  // No file of this program may grow beyond what the database is now: the log that grows beside it comes to that.
  const blocks = Math.ceil(statSync(file).size / 512);
  const full = startConsole(env, ['--json'], `ulimit -f ${blocks}`);
  const confirmed: string[] = [];
  let refused: Awaited<ReturnType<typeof full.say>> | undefined;
  for (let n = 1; n <= 2_000 && !refused; n++) {
    const result = await full.say(`/issue raise "Isu nomor ${n}" detail:"${'x'.repeat(2_000)}"`);
    if (result.ok) confirmed.push(`Isu nomor ${n}`);
    else refused = result;
  }
  expect(confirmed.length).toBeGreaterThan(0);
  expect(refused).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(refused?.text).toMatch(KIND);
  // It still answers, and does not end by itself.
  expect((await full.say('/forum show')).text).toContain('Uji');
  // Room again: another process, which no limit holds, brings the log into the file. The one that was refused goes on.
  const other = new Database(file);
  other.pragma('wal_checkpoint(TRUNCATE)');
  other.close();
  expect((await full.say('/issue raise "Ada tempat di sini juga"')).ok).toBe(true);
  expect(await full.end()).toBe(0);
  const roomy = startConsole(env);
  expect((await roomy.say('/issue raise "Ada tempat lagi"')).ok).toBe(true);
  expect(await roomy.end()).toBe(0);
  const db = new Database(file, { readonly: true });
  const titles = new Set(db.prepare('SELECT title FROM issues').pluck().all());
  expect(confirmed.filter(title => !titles.has(title))).toEqual([]);
  expect([titles.has('Ada tempat di sini juga'), titles.has('Ada tempat lagi')]).toEqual([true, true]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();
});

it('a database that cannot be written is named at the start, and is none the worse', () => {
  const { file, env } = database();
  expect(runProgram(['migrate'], env).status).toBe(0);
  // Nobody, not even the superuser, can write a log that is a folder.
  mkdirSync(`${file}-wal`);
  const run = runProgram(['start'], env, '/forum setup Uji\n');
  expect(run.status).toBe(69);
  expect(run.stderr).toMatch(/opened for writing|damaged/);
  expect(run.stderr).not.toMatch(/\n\s+at /);
});

it('a damaged page is named by doctor, backed up by nobody, and what is whole is answered meanwhile', async () => {
  const { file, env } = database();
  const lines = ['/forum setup Uji announce:umum', '/goal add Siaga'];
  for (let n = 0; n < 40; n++) lines.push(`/issue raise "Isu ${n}" detail:"${'y'.repeat(1_000)}"`);
  expect(runProgram(['console', '--json'], env, `${lines.join('\n')}\n`).status).toBe(0);
  const db = new Database(file);
  db.pragma('wal_checkpoint(TRUNCATE)');
  const root = db.prepare("SELECT rootpage FROM sqlite_master WHERE name = 'issues'").pluck().get() as number;
  const size = db.pragma('page_size', { simple: true }) as number;
  db.close();
  const pages = openSync(file, 'r+');
  writeSync(pages, Buffer.alloc(size, 0xff), 0, size, (root - 1) * size);
  closeSync(pages);

  const doctor = runProgram(['doctor'], env);
  expect([doctor.status, doctor.stderr]).toEqual([1, '']);
  expect(doctor.stdout).toMatch(/fail (integrity|database: .*malformed)/);
  const copy = join(newFolder(), 'copy.db');
  const backup = runProgram(['backup', copy], env);
  expect(backup.status).toBe(69);
  expect(backup.stderr).toContain('damaged');
  expect(existsSync(copy)).toBe(false);

  const running = startConsole(env);
  expect((await running.say('/goal list')).text).toContain('Siaga');
  const broken = await running.say('/issue list');
  expect(broken.error?.code).toBe('internal');
  expect(broken.text).toMatch(KIND);
  expect((await running.say('/goal list')).text).toContain('Siaga');
  expect(await running.end()).toBe(0);
  expect(readdirSync(join(file, '..')).filter(name => name.endsWith('.tmp'))).toEqual([]);
});
