import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { faultOf, StorageFault } from './faults.ts';
import { makeFolder, privateFile } from './private-file.ts';

/**
 * Holds an SQLite database for one running bot: two would answer every event twice. The lock is one of the operating
 * system, so it is free again however the process ends. Other databases need none.
 * @throws StorageFault `locked` while another process holds it.
 */
export function holdDatabase(databaseUrl: string): { release(): void } {
  const file = databaseUrl.startsWith('file:') ? databaseUrl.slice('file:'.length) : ':memory:';
  if (file === ':memory:') return { release: () => undefined };
  const lock = openLock(`${file}.lock`);
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
    makeFolder(dirname(file));
    privateFile(file);
    return new Database(file, { timeout: 0 });
  } catch (error) {
    throw faultOf(error);
  }
}
