import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { refuseFolder } from './address.ts';
import { type FaultCode, faultOf, StorageFault } from './faults.ts';
import { holdDatabase } from './lock.ts';
import { isOurs } from './migrate.ts';
import { privateFile } from './private-file.ts';
import { differencesFrom, type Made, STRUCTURE } from './structure.ts';

/**
 * Copies an SQLite database that may be in use into `target`, consistent and checked: in a thread of its own, on a
 * connection that only reads, first under another name, so that no half copy is ever called a backup. `VACUUM INTO`
 * copies the state of one instant; the page-wise backup API begins anew at each write of another process, and need not
 * end while people are busy.
 * @throws StorageFault: `exists` when `target` does, `corrupt` when a page is damaged, `full` when it does not fit.
 */
export async function backup(file: string, target: string): Promise<void> {
  if (!existsSync(file)) throw new StorageFault('missing', 'no such database');
  if (existsSync(target)) throw new StorageFault('exists', 'the backup file exists already');
  const part = `${target}.tmp`;
  rmSync(part, { force: true });
  try {
    privateFile(part);
    await new Promise<void>((done, fail) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: { file, part } });
      worker.once('message', (code: FaultCode) => fail(new StorageFault(code, 'the backup failed')));
      worker.once('error', fail);
      worker.once('exit', code => (code === 0 ? done() : fail(new Error('the backup failed'))));
    });
    settle(part);
    renameSync(part, target);
    settle(dirname(target));
  } catch (error) {
    rmSync(part, { force: true });
    throw faultOf(error);
  }
}

if (!isMainThread && workerData?.part)
  try {
    copy(workerData as { file: string; part: string });
  } catch (error) {
    // A driver's error loses its code on the way to another thread: the fault is told by name.
    const fault = faultOf(error);
    if (!(fault instanceof StorageFault)) throw error;
    parentPort?.postMessage(fault.code);
  }

function copy({ file, part }: { file: string; part: string }): void {
  const source = new Database(file, { readonly: true });
  source.prepare('VACUUM INTO ?').run(part);
  source.close();
  const made = new Database(part, { readonly: true });
  const health = made.pragma('integrity_check', { simple: true });
  made.close();
  if (health !== 'ok') throw new StorageFault('corrupt', `the copy is damaged: ${String(health)}`);
}

/**
 * Puts a backup in the place of a database, in one step: whenever it is interrupted there is either the old one or the
 * new one. The old one is kept beside it as `.replaced`. A source whose log lies beside it is taken with it.
 * @throws StorageFault `missing`, `corrupt` where it is no whole backup of ours, `altered` where tables, indexes or
 * triggers are not, `newer` where it is a newer program's, `exists` when there is a database and `force` is not given,
 * or `locked` while any program has that database open.
 */
export function restore(from: string, file: string, { force }: { force: boolean }): void {
  if (!existsSync(from)) throw new StorageFault('missing', 'no such backup');
  examineBackup(from);
  if (holdsSomething(file) && !force) throw new StorageFault('exists', 'there is a database already');
  const part = `${file}.tmp`;
  const hold = holdDatabase(`file:${file}`);
  try {
    rmSync(part, { force: true });
    privateFile(part);
    copy({ file: from, part });
    chmodSync(part, 0o600);
    settle(part);
    keepOld(file);
    renameSync(part, file);
    settle(dirname(file));
  } catch (error) {
    rmSync(part, { force: true });
    throw faultOf(error);
  } finally {
    hold.release();
  }
}

/** Tells whether there is a file with anything in it: to hold a database that is to be made leaves an empty one. */
const holdsSomething = (file: string): boolean => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;

/** @throws StorageFault where a file is no whole database of this program. */
function examineBackup(from: string): void {
  refuseFolder(from);
  try {
    const db = new Database(from, { readonly: true });
    try {
      if (!isOurs(db)) throw new StorageFault('corrupt', 'not a backup of Rembug');
      const health = db.pragma('integrity_check', { simple: true });
      const orphans = db.pragma('foreign_key_check') as unknown[];
      if (health !== 'ok' || orphans.length) throw new StorageFault('corrupt', 'the backup is damaged');
      const done = new Set(db.prepare('SELECT hash FROM migrations').pluck().all() as string[]);
      const altered = differencesFrom(db.prepare(STRUCTURE).all() as Made[], done);
      if (altered.length) throw new StorageFault('altered', `differs from this program's: ${altered.join(', ')}`);
    } finally {
      db.close();
    }
  } catch (error) {
    throw faultOf(error);
  }
}

/** Keeps the database that is about to be replaced, with all that was committed to it. */
function keepOld(file: string): void {
  if (!holdsSomething(file)) return;
  const kept = `${file}.replaced`;
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${kept}${suffix}`, { force: true });
  try {
    // Content of the log goes into the file, so that no log of the old one is left beside the new one. To end the log
    // takes the database for oneself: a program that has it open would write on into what was replaced.
    const old = new Database(file, { timeout: 0 });
    try {
      if (old.pragma('journal_mode = DELETE', { simple: true }) !== 'delete')
        throw new StorageFault('locked', 'the database is open in another program');
    } finally {
      old.close();
    }
  } catch (error) {
    const fault = faultOf(error);
    if (fault instanceof StorageFault && fault.code === 'locked') throw fault;
    // A damaged one is kept as it lies, log and all.
  }
  for (const suffix of ['-wal', '-shm'])
    if (existsSync(`${file}${suffix}`)) renameSync(`${file}${suffix}`, `${kept}${suffix}`);
  try {
    linkSync(file, kept);
  } catch {
    // Not every file system has hard links.
    privateFile(kept);
    copyFileSync(file, kept);
    settle(kept);
  }
}

/** Waits until a file, or the names in a folder, are on the disk. */
function settle(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
