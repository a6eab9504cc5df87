import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { faultOf, StorageFault } from './faults.ts';
import { isOurs } from './migrate.ts';

/** Timeout of a server's answer, ms. */
const PATIENCE_MS = 5_000;

/** The file of an embedded database; null for one on a server, and for one in memory. */
export const fileOf = (url: string): string | null =>
  url.startsWith('file:') && url !== 'file::memory:' ? url.slice('file:'.length) : null;

/** A database's address as it may be shown: without the password, whatever signs it has. */
export const shownAddress = (url: string): string =>
  url.replace(/^(?!file:)(\w+:\/\/[^/@:?]*):.*@/, '$1:…@').replace(/([?&]password=)[^&]*/i, '$1…');

const ON_SERVER = /^postgres(ql)?:\/\//;

/**
 * Tells whether an address names a file or a server that can be asked. One without a host, for a socket, is the driver's
 * own kind.
 */
export function isAddress(typed: string): boolean {
  if (!ON_SERVER.test(typed)) return /^file:./.test(typed);
  try {
    for (const signs of typed.match(/(%[\da-f]{2})+/gi) ?? []) decodeURIComponent(signs);
    return URL.canParse(typed.replace('@/', '@socket/')) && typed.replace(ON_SERVER, '') !== '';
  } catch {
    return false;
  }
}

/** An address as people type it: a path alone is a file. Null where it is neither that nor a server's. */
export function readAddress(typed: string): string | null {
  if (isAddress(typed)) return typed;
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
  refuseFolder(file);
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return isOurs(db);
  } finally {
    db.close();
  }
}

/** @throws StorageFault `folder`: SQLite opens one like a file, and then calls it a failed disk. */
export function refuseFolder(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new StorageFault('folder', 'this is a folder');
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
