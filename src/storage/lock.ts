import { readlinkSync, realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { faultOf, StorageFault } from './faults.ts';
import { makeFolder, privateFile } from './private-file.ts';

/**
 * Holds an SQLite database for one running bot: two would answer every event twice, and under two names of one file
 * SQLite would keep two logs of it. The locks are ones of the operating system, so they are free again however the process
 * ends: one stands beside the file itself, by whatever links it is reached, and one is named by device and inode, for hard
 * links. Other databases need none.
 * @throws StorageFault `locked` while another process holds it.
 */
export function holdDatabase(databaseUrl: string): { release(): void } {
  const file = databaseUrl.startsWith('file:') ? databaseUrl.slice('file:'.length) : ':memory:';
  if (file === ':memory:') return { release: () => undefined };
  const held: Database.Database[] = [];
  const release = (): void => {
    for (const lock of held.splice(0)) lock.close();
  };
  for (const lock of locksOf(file)) {
    held.push(lock);
    try {
      lock.pragma('locking_mode = EXCLUSIVE');
      lock.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      release();
      throw new StorageFault('locked', 'another process runs on this database', error);
    }
  }
  return { release };
}

/** @throws StorageFault `readonly` where no file can be made. */
function locksOf(file: string): Database.Database[] {
  try {
    const real = behindLinks(file);
    // A file that is not made yet has no inode.
    privateFile(real);
    return [`${real}.lock`, lockByInode(real)].map(lock => {
      privateFile(lock);
      return new Database(lock, { timeout: 0 });
    });
  } catch (error) {
    throw faultOf(error);
  }
}

/** A lock in the folder of temporary files, whose name is the same for all names of one file on this machine. */
function lockByInode(file: string): string {
  const { dev, ino, uid } = statSync(file, { bigint: true });
  return join(tmpdir(), `rembug-${uid}-${dev}-${ino}.lock`);
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

/** Returns what a symbolic link names; null: it is none. */
function linkOf(name: string): string | null {
  try {
    return readlinkSync(name);
  } catch (error) {
    if (['EINVAL', 'ENOENT', 'UNKNOWN'].includes((error as { code?: string }).code ?? '')) return null;
    throw error;
  }
}
