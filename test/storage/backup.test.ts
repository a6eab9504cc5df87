import { spawn } from 'node:child_process';
import {
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { restore } from '../../src/storage/backup.ts';
import { holdDatabase } from '../../src/storage/lock.ts';
import { openStore } from '../../src/storage/open.ts';
import { build, newFolder, root, runProgram } from '../program.ts';
import { aWorld } from '../world.ts';

/** The compiled backup: it copies in a thread of its own, which runs compiled code alone. */
async function backup(file: string, target: string): Promise<void> {
  build();
  const compiled = await import(join(root, 'dist', 'src', 'storage', 'backup.js'));
  await compiled.backup(file, target);
}

const mode = (file: string): string => (statSync(file).mode & 0o777).toString(8);

async function aDatabase(...lines: string[]): Promise<string> {
  const file = join(newFolder(), 'rembug.db');
  await using world = await aWorld({ store: await openStore(`file:${file}`) });
  await world.all('/forum setup Uji', ...lines);
  return file;
}

const goals = (file: string): string[] => {
  const db = new Database(file, { readonly: true });
  const titles = db.prepare('SELECT title FROM goals ORDER BY number').pluck().all() as string[];
  db.close();
  return titles;
};

/** A process that adds pairs of rows, each pair in a transaction, as fast as it can, until it is ended. */
const WRITER = `
const db = new (require('better-sqlite3'))(process.argv[1]);
db.pragma('journal_mode = WAL');
db.exec('CREATE TABLE IF NOT EXISTS pairs (n INTEGER)');
const one = db.prepare('INSERT INTO pairs VALUES (?)');
const pair = db.transaction(n => { one.run(n); one.run(-n); });
for (let n = 1; ; n++) { pair(n); if (n === 50) process.stdout.write('busy'); }
`;

it('a backup made while another process writes is one instant: whole, sound, and for its owner alone', async () => {
  const file = await aDatabase('/goal add Satu');
  const writer = spawn(process.execPath, ['-e', WRITER, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise(done => writer.stdout.once('data', done));
  const copies: string[] = [];
  for (let n = 0; n < 3; n++) {
    const copy = join(newFolder(), 'copy.db');
    await backup(file, copy);
    copies.push(copy);
  }
  writer.kill('SIGKILL');
  const counts = copies.map(copy => {
    const db = new Database(copy, { readonly: true });
    const [sum, n] = [
      db.prepare('SELECT total(n) FROM pairs').pluck().get(),
      db.prepare('SELECT count(*) FROM pairs').pluck().get(),
    ];
    expect([sum, db.pragma('integrity_check', { simple: true }), mode(copy)]).toEqual([0, 'ok', '600']);
    db.close();
    return n as number;
  });
  expect(counts[0]).toBeGreaterThanOrEqual(100);
  expect([...counts].sort((a, b) => a - b)).toEqual(counts);
  expect(readdirSync(join(copies[0]!, '..'))).toEqual(['copy.db']);
});

it('database, lock, backup and what was replaced can be read by nobody else', async () => {
  const file = await aDatabase();
  holdDatabase(`file:${file}`).release();
  await backup(file, `${file}.copy`);
  restore(`${file}.copy`, file, { force: true });
  for (const one of readdirSync(join(file, '..'))) expect([one, mode(join(file, '..', one))]).toEqual([one, '600']);
});

it('a backup that fails leaves nothing behind', async () => {
  const file = await aDatabase();
  writeFileSync(file, 'no database any more '.repeat(1_000));
  const folder = newFolder();
  await expect(backup(file, join(folder, 'copy.db'))).rejects.toMatchObject({ code: 'corrupt' });
  expect(readdirSync(folder)).toEqual([]);
});

it('puts back what was backed up; the old one is kept with what still lay in its log', async () => {
  const file = await aDatabase('/goal add Satu');
  await backup(file, `${file}.copy`);
  const db = new Database(file);
  db.pragma('wal_autocheckpoint = 0');
  db.exec("UPDATE goals SET title = 'Dua'");
  // As after a power cut: the log lies beside the file, and nobody has closed it.
  const crashed = join(newFolder(), 'rembug.db');
  for (const suffix of ['', '-wal']) copyFileSync(`${file}${suffix}`, `${crashed}${suffix}`);
  db.close();
  restore(`${file}.copy`, crashed, { force: true });
  expect(existsSync(`${crashed}-wal`)).toBe(false);
  expect([goals(crashed), goals(`${crashed}.replaced`)]).toEqual([['Satu'], ['Dua']]);
});

it('refuses without being told to replace, and what is no whole backup of this program or of a newer one; nothing is touched', async () => {
  const file = await aDatabase('/goal add Satu');
  const copy = `${file}.copy`;
  await backup(file, copy);
  const before = readFileSync(file);
  const spoilt = (spoil: (db: Database.Database) => void): string => {
    const other = join(newFolder(), 'x.db');
    copyFileSync(copy, other);
    const db = new Database(other);
    db.pragma('foreign_keys = OFF');
    spoil(db);
    db.close();
    return other;
  };
  const text = join(newFolder(), 'text');
  writeFileSync(text, 'hello');
  const foreign = join(newFolder(), 'foreign.db');
  new Database(foreign).exec('CREATE TABLE migrations (hash); CREATE TABLE forums (id)').close();
  const torn = join(newFolder(), 'torn.db');
  const whole = readFileSync(copy);
  writeFileSync(torn, whole.subarray(0, Math.floor(whole.length / 8192) * 4096));
  for (const [from, force, code] of [
    [copy, false, 'exists'],
    [`${copy}.none`, true, 'missing'],
    [text, true, 'corrupt'],
    [foreign, true, 'corrupt'],
    [torn, true, 'corrupt'],
    [spoilt(db => db.exec('DELETE FROM members')), true, 'corrupt'],
    [spoilt(db => db.exec('DROP TRIGGER entries_no_update')), true, 'altered'],
    [spoilt(db => db.exec('DROP INDEX activities_date')), true, 'altered'],
    [spoilt(db => db.exec('CREATE TRIGGER extra AFTER INSERT ON goals BEGIN DELETE FROM goals; END')), true, 'altered'],
    [spoilt(db => db.exec("INSERT INTO migrations VALUES ('of-tomorrow', 1)")), true, 'newer'],
  ] as const)
    expect(() => restore(from, file, { force }), `${from} ${code}`).toThrow(expect.objectContaining({ code }));
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(existsSync(`${file}.replaced`)).toBe(false);
});

it('a place where no file can be made is said to be so, and not a crash', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'x.db'));
  writeFileSync(join(folder, 'file'), '');
  const places = { folder: join(folder, 'x.db'), readonly: join(folder, 'file', 'y.db') };
  for (const [code, path] of Object.entries(places))
    await expect(openStore(`file:${path}`)).rejects.toMatchObject({ name: 'StorageFault', code });
  expect(() => holdDatabase(`file:${join(folder, 'file', 'y.db')}`)).toThrow(
    expect.objectContaining({ code: 'readonly' }),
  );
});

it('replaces nothing that another program has open, even where that only looks or rests: what it writes later is kept', async () => {
  const file = await aDatabase('/goal add Satu');
  await backup(file, `${file}.copy`);
  const other = new Database(file);
  expect(other.prepare('SELECT title FROM goals').pluck().get()).toBe('Satu');
  expect(() => restore(`${file}.copy`, file, { force: true })).toThrow(expect.objectContaining({ code: 'locked' }));
  other.exec("UPDATE goals SET title = 'Dua'");
  other.close();
  expect([goals(file), existsSync(`${file}.replaced`), existsSync(`${file}.tmp`)]).toEqual([['Dua'], false, false]);
  restore(`${file}.copy`, file, { force: true });
  expect([goals(file), goals(`${file}.replaced`)]).toEqual([['Satu'], ['Dua']]);
});

it('says kindly that another program has the database open', async () => {
  const file = await aDatabase('/goal add Satu');
  await backup(file, `${file}.copy`);
  const other = new Database(file);
  other.prepare('SELECT title FROM goals').get();
  const refused = runProgram(['restore', '--force', `${file}.copy`], { DATABASE_URL: `file:${file}` });
  expect([refused.status, refused.stderr]).toEqual([69, expect.stringContaining('in use by another program')]);
  other.close();
});

it('takes with a file what still lies in the log beside it', async () => {
  const file = await aDatabase('/goal add Satu');
  const db = new Database(file);
  db.pragma('wal_autocheckpoint = 0');
  db.exec("UPDATE goals SET title = 'Dua'");
  const source = join(newFolder(), 'found.db');
  for (const suffix of ['', '-wal']) copyFileSync(`${file}${suffix}`, `${source}${suffix}`);
  db.close();
  const target = join(newFolder(), 'rembug.db');
  restore(source, target, { force: false });
  expect([goals(target), mode(target)]).toEqual([['Dua'], '600']);
});

it.runIf(process.getuid?.() === 0)('what the superuser restores belongs to whom the folder belongs to', async () => {
  const copy = join(newFolder(), 'copy.db');
  await backup(await aDatabase('/goal add Satu'), copy);
  const home = newFolder();
  chownSync(home, 65_534, 65_534);
  restore(copy, join(home, 'rembug.db'), { force: false });
  const { uid, gid } = statSync(join(home, 'rembug.db'));
  expect([uid, gid]).toEqual([65_534, 65_534]);
});
