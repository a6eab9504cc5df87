import { setTimeout as pause } from 'node:timers/promises';
import { getTableName, type Table } from 'drizzle-orm';
import pg from 'pg';
import type { Tables } from './schema/index.ts';

/** Minimum time between two tries while the server is away or others hold the table, ms. */
const RETRY_MS = 1_000;
/** Maximum time that a table is waited for, ms: those behind us wait as long. */
const LOCK_MS = 2_000;

/**
 * Writes tables of PostgreSQL anew once something was cut out of them, since VACUUM alone leaves the bytes of old rows
 * in their pages. It runs beside the units of work, on a connection of its own, and tries again until it is done.
 */
export class Eraser {
  readonly #url: string;
  readonly #onError: (error: Error) => void;
  readonly #names: ReadonlyMap<string, string>;
  #asked = new Set<string>();
  #running: Promise<void> | null = null;
  #closing = false;

  constructor(url: string, tables: Tables, onError: (error: Error) => void) {
    this.#url = url;
    this.#onError = onError;
    const all = Object.entries(tables) as unknown as [string, Table][];
    this.#names = new Map(all.map(([name, table]) => [name, getTableName(table)]));
  }

  ask(tables: ReadonlySet<string>): void {
    for (const table of tables) this.#asked.add(this.#names.get(table)!);
    if (this.#asked.size) this.#running ??= this.#run();
  }

  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Lets what is asked for be tried once more; what others hold then is left to the next start. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.idle();
  }

  async #run(): Promise<void> {
    while (this.#asked.size) {
      const tables = [...this.#asked];
      this.#asked = new Set();
      const left = await this.#rewrite(tables).catch((error: unknown) => {
        this.#onError(error as Error);
        return tables;
      });
      if (!left.length) continue;
      for (const table of left) this.#asked.add(table);
      if (this.#closing) break;
      await pause(RETRY_MS, undefined, { ref: false });
    }
    this.#running = null;
  }

  /** Writes each table anew; returns those that still hold rows which a transaction elsewhere might look at. */
  async #rewrite(tables: readonly string[]): Promise<string[]> {
    const client = new pg.Client({ connectionString: this.#url, lock_timeout: LOCK_MS, application_name: 'rembug' });
    client.on('error', this.#onError);
    const left: string[] = [];
    let kept = 0;
    // "0 dead row versions cannot be removed yet": the number comes first in every language.
    client.on('notice', ({ detail }) => {
      kept += Number(/^\d+/.exec(detail ?? '')?.[0] ?? 0);
    });
    try {
      await client.connect();
      for (const table of tables) {
        kept = 0;
        await client.query(`VACUUM (FULL, VERBOSE) ${table}`);
        if (kept) left.push(table);
      }
      return left;
    } finally {
      await client.end().catch(this.#onError);
    }
  }
}
