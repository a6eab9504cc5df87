import { readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { faultOf, StorageFault } from './faults.ts';
import { makeFolder, privateFile } from './private-file.ts';

/**
 * Holds an SQLite database for one running bot: two would answer every event twice. The lock is one of the operating
 * system, so it is free again however the process ends, and stands beside the file itself, by whatever links it is
 * reached. Other databases need none.
 * @throws StorageFault `locked` while another process holds it.
 */
export function holdDatabase(databaseUrl: string): { release(): void } {
  const file = databaseUrl.startsWith('file:') ? databaseUrl.slice('file:'.length) : ':memory:';
  if (file === ':memory:') return { release: () => undefined };
  const lock = openLock(file);
  try {
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new StorageFault('locked', 'another process runs on this database', error);
  }
  return { release: () => void lock.close() };
}

/** @throws StorageFault `readonly` where no file can be made. */
function openLock(file: string): Database.Database {
  try {
    const lock = `${behindLinks(file)}.lock`;
    privateFile(lock);
    return new Database(lock, { timeout: 0 });
  } catch (error) {
    throw faultOf(error);
  }
}

/** Maximum number of links to links that are followed, as in Linux. */
const MAXIMUM_LINKS = 40;

/** The file that a name stands for, also where it is not made yet. */
function behindLinks(file: string): string {
  let name = resolve(file);
  for (let n = 0; n < MAXIMUM_LINKS; n++) {
    makeFolder(dirname(name));
    name = join(realpathSync(dirname(name)), basename(name));
    const target = linkOf(name);
    if (target === null) return name;
    name = resolve(dirname(name), target);
  }
  return name;
}

/** What a symbolic link names; null: it is none. */
function linkOf(name: string): string | null {
  try {
    return readlinkSync(name);
  } catch (error) {
    if (['EINVAL', 'ENOENT', 'UNKNOWN'].includes((error as { code?: string }).code ?? '')) return null;
    throw error;
  }
}
