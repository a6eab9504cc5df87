import { openSqlite, openSqliteSnapshot } from './sqlite.ts';
import type { Snapshot, Store } from './store.ts';

const isPostgres = (url: string): boolean => /^postgres(ql)?:\/\//.test(url);

/**
 * Opens and migrates the database of a `DATABASE_URL`: `file:PATH`, `file::memory:` or `postgres://…`.
 * @throws StorageFault for what the operator must mend; TypeError for another kind of address.
 */
export async function openStore(url: string, onIdleError?: (error: Error) => void): Promise<Store> {
  if (isPostgres(url)) {
    // Its driver is loaded where it is used: a forum on a file starts without it.
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres(url, { ...(onIdleError && { onIdleError }) });
  }
  if (url.startsWith('file:')) return openSqlite(url.slice('file:'.length));
  throw new TypeError('DATABASE_URL is neither file: nor postgres:');
}

/**
 * Opens a database that is in use, by the address that its `Store` gives, to read it as it is now.
 * @throws StorageFault for what the operator must mend.
 */
export async function openSnapshot(address: string): Promise<Snapshot> {
  if (!isPostgres(address)) return openSqliteSnapshot(address.slice('file:'.length));
  const { openPostgresSnapshot } = await import('./postgres.ts');
  return openPostgresSnapshot(address);
}
