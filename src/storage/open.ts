import { openSqlite } from './sqlite.ts';
import type { Store } from './store.ts';

/**
 * Opens and migrates the database of a `DATABASE_URL`: `file:PATH`, `file::memory:` or `postgres://…`.
 * @throws StorageFault for what the operator must mend; TypeError for another kind of address.
 */
export async function openStore(url: string, onIdleError?: (error: Error) => void): Promise<Store> {
  if (/^postgres(ql)?:\/\//.test(url)) {
    // Its driver is loaded where it is used: a forum on a file starts without it.
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres(url, { ...(onIdleError && { onIdleError }) });
  }
  if (url.startsWith('file:')) return openSqlite(url.slice('file:'.length));
  throw new TypeError('DATABASE_URL is neither file: nor postgres:');
}
