import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { openStore } from '../src/storage/open.ts';
import type { Store } from '../src/storage/store.ts';
import { newFolder } from './program.ts';

let made = 0;

/** An empty PostgreSQL database of its own, on the server of the run. */
export async function newPostgresUrl(): Promise<string> {
  const server = inject('postgresUrl');
  const name = `t_${process.pid}_${++made}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** The addresses of both, for programs of their own: an SQLite file, and an empty PostgreSQL database. */
export const addresses: readonly { readonly name: string; newUrl(): Promise<string> }[] = [
  { name: 'sqlite', newUrl: async () => `file:${join(newFolder(), 'x.db')}` },
  { name: 'postgres', newUrl: newPostgresUrl },
];

/** Both databases: `describe.each(databases)` runs on real SQLite and real PostgreSQL. */
export const databases: readonly { readonly name: string; open(): Promise<Store> }[] = [
  { name: 'sqlite', open: () => openStore('file::memory:') },
  { name: 'postgres', open: async () => openStore(await newPostgresUrl()) },
];
