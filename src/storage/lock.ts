import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { StorageFault } from './faults.ts';

/**
 * Holds an SQLite database for one running bot: two would answer every event twice. The lock is one of the operating
 * system, so it is free again however the process ends. Other databases need none.
 * @throws StorageFault `locked` while another process holds it.
 */
export function holdDatabase(databaseUrl: string): { release(): void } {
  const file = databaseUrl.startsWith('file:') ? databaseUrl.slice('file:'.length) : ':memory:';
  if (file === ':memory:') return { release: () => undefined };
  mkdirSync(dirname(file), { recursive: true });
  const lock = new Database(`${file}.lock`, { timeout: 0 });
  try {
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new StorageFault('locked', 'another process runs on this database', error);
  }
  return { release: () => void lock.close() };
}
