import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { faultOf, StorageFault } from './faults.ts';
import { isOurs } from './migrate.ts';

/** Timeout of a server's answer, ms. */
const PATIENCE_MS = 5_000;

/** The file of an embedded database; null for one on a server, and for one in memory. */
export const fileOf = (url: string): string | null =>
  url.startsWith('file:') && url !== 'file::memory:' ? url.slice('file:'.length) : null;

/** A database's address as it may be shown: without the password. */
export const shownAddress = (url: string): string => url.replace(/(:\/\/[^/@]*?):[^/@]*@/, '$1:…@');

/** An address as people type it: a path alone is a file. Null where it is neither that nor a server's. */
export function readAddress(typed: string): string | null {
  if (/^(file:.+|postgres(ql)?:\/\/.+)$/.test(typed)) return typed;
  return typed !== '' && !/^\w[\w+.-]+:/.test(typed) ? `file:${typed}` : null;
}

/**
 * Tells whether there is a database of ours at an address; nothing is made or migrated.
 * @throws StorageFault where it cannot be told, or is a newer program's.
 */
export async function isThere(url: string): Promise<boolean> {
  const file = fileOf(url);
  try {
    if (file !== null) return existsSync(file) && isOursIn(file);
    return url.startsWith('file:') ? false : await isOnServer(url);
  } catch (error) {
    throw faultOf(error);
  }
}

function isOursIn(file: string): boolean {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return isOurs(db);
  } finally {
    db.close();
  }
}

async function isOnServer(url: string): Promise<boolean> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS });
  // A line that breaks while nothing is asked is told of by the next question.
  client.on('error', () => undefined);
  try {
    await client.connect().catch(error => {
      throw faultOf(error) instanceof StorageFault
        ? faultOf(error)
        : new StorageFault('unreachable', 'the server does not answer', error);
    });
    const { rows } = await client.query<{ there: boolean }>(
      "SELECT to_regclass('migrations') IS NOT NULL AND to_regclass('forums') IS NOT NULL AS there",
    );
    return rows[0]?.there ?? false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
