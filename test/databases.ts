import { join } from 'node:path';
import { inject } from 'vitest';
import type { Store } from '../src/storage/store.ts';
import { newPostgresStore, newSqliteStore } from './migrated.ts';
import { newDatabase } from './postgres.ts';
import { newFolder } from './program.ts';

/** An empty PostgreSQL database of its own, on the server of the run. */
export const newPostgresUrl = (): Promise<string> => newDatabase(inject('postgresUrl'));

/** The addresses of both, for programs of their own: an SQLite file, and an empty PostgreSQL database. */
export const addresses: readonly { readonly name: string; newUrl(): Promise<string> }[] = [
  { name: 'sqlite', newUrl: async () => `file:${join(newFolder(), 'x.db')}` },
  { name: 'postgres', newUrl: newPostgresUrl },
];

/** Both databases: `describe.each(databases)` runs on real SQLite and real PostgreSQL. */
export const databases: readonly { readonly name: string; open(): Promise<Store> }[] = [
  { name: 'sqlite', open: newSqliteStore },
  { name: 'postgres', open: () => newPostgresStore(inject('postgresUrl')) },
];
