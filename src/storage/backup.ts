import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { type FaultCode, faultOf, StorageFault } from './faults.ts';

/**
 * Copies an SQLite database that may be in use into `target`, consistent and checked: in a thread of its own, on a
 * connection that only reads, first under another name, so that no half copy is ever called a backup.
 * @throws StorageFault: `exists` when `target` does, `corrupt` when a page is damaged, `full` when it does not fit.
 */
export async function backup(file: string, target: string): Promise<void> {
  if (!existsSync(file)) throw new StorageFault('missing', 'no such database');
  if (existsSync(target)) throw new StorageFault('exists', 'the backup file exists already');
  const part = `${target}.tmp`;
  rmSync(part, { force: true });
  try {
    await new Promise<void>((done, fail) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: { file, part } });
      worker.once('message', (code: FaultCode) => fail(new StorageFault(code, 'the backup failed')));
      worker.once('error', fail);
      worker.once('exit', code => (code === 0 ? done() : fail(new Error('the backup failed'))));
    });
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  chmodSync(part, 0o600);
  renameSync(part, target);
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
 * Puts a backup in the place of a database. The one that stood there is kept beside it.
 * @throws StorageFault `missing`, `corrupt`, or `exists` when there is a database and `force` is not given.
 */
export function restore(from: string, file: string, { force }: { force: boolean }): void {
  if (!existsSync(from)) throw new StorageFault('missing', 'no such backup');
  try {
    const backup = new Database(from, { readonly: true });
    const ours = backup.prepare("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").get();
    const health = backup.pragma('integrity_check', { simple: true });
    backup.close();
    if (!ours || health !== 'ok') throw new StorageFault('corrupt', 'not a backup of Rembug');
  } catch (error) {
    throw faultOf(error);
  }
  if (existsSync(file) && !force) throw new StorageFault('exists', 'there is a database already');
  if (existsSync(file)) renameSync(file, `${file}.replaced`);
  for (const beside of ['-wal', '-shm']) rmSync(`${file}${beside}`, { force: true });
  copyFileSync(from, file);
  chmodSync(file, 0o600);
}
