import type { SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Select } from './rows.ts';
import type { Tables } from './schema/index.ts';
import type { Sought } from './words.ts';

/** An insert, update or delete without `returning()` tells nothing: the databases would tell different things. */
interface Nothing extends PgQueryResultHKT {
  readonly type: undefined;
}

type Database = PgDatabase<Nothing, Record<string, never>>;

/** Describes what may be asked anywhere. */
export type Reader = Pick<Database, 'select' | 'selectDistinct' | 'with' | '$with'> & {
  readonly tables: Tables;
  /** The words in the language of full-text search: all of them are looked for. */
  queryOf(words: readonly Sought[]): string;
  /**
   * Table and condition for all activities, of whatever forum, that a query finds: full-text search, which looks at the
   * words first. `newest` puts them in their order, the last of a forum first.
   */
  matching(query: string): { readonly from: SQL; readonly where: SQL; readonly newest: SQL };
  /**
   * Hands over the rows of one statement one after the other, as of one instant, and lets others have their turn between
   * them: for what reads most of a large forum.
   */
  each<Row>(query: Select & PromiseLike<readonly Row[]>, take: (row: Row) => void): Promise<void>;
  /** The present of the database's own clock, so many milliseconds later. */
  after(ms: number): SQL<Date>;
};

/** Unit of work. Functions that write take a Tx, so the compiler keeps writes inside units of work. */
export type Tx = Reader &
  Pick<Database, 'insert' | 'update' | 'delete'> & {
    /**
     * Marks tables of which what this unit deletes or overwrites shall not be readable in the files either, once it
     * is committed. Deleting alone leaves the bytes where they were.
     */
    erase(...tables: readonly (keyof Tables)[]): void;
  };

/** A pool of connections as it stands: how many there are, how many rest, and how many callers wait for one. */
export interface Connections {
  readonly pool: 'read' | 'write';
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
}

/** The record as it was at one instant, on a connection of its own. */
export interface Snapshot {
  readonly read: Reader;
  close(): Promise<void>;
}

export interface Store {
  readonly dialect: 'sqlite' | 'postgres';
  /** Address at which another thread finds the same database; see `openSnapshot`. */
  readonly address: string;
  readonly tables: Tables;
  /** Committed data; the connection itself refuses to write. */
  readonly read: Reader;
  /**
   * One atomic transaction. Units with the same key (a forum's id) run one after the other, in however many
   * processes; null makes no such promise, for work that is right by its statements alone. It may be run again
   * after a deadlock: nothing but the database may be touched inside.
   * @throws StorageFault for what the operator must mend.
   */
  write<T>(key: string | null, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Waits until nothing is left to be erased of what was committed so far. */
  erased(): Promise<void>;
  /**
   * Moves what was committed out of SQLite's write-ahead log, in a turn of its own. Between the parts of something
   * large it keeps a later commit from moving all of it at once.
   */
  settle(): Promise<void>;
  /** The pools of connections; none on SQLite, which has one writer and one reader. */
  connections(): readonly Connections[];
  close(): Promise<void>;
}

/** Runs tasks of one key one after the other. */
export class Queue {
  readonly #tails = new Map<string, Promise<unknown>>();

  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const turn = (this.#tails.get(key) ?? Promise.resolve()).then(task);
    const tail = turn
      .catch(() => undefined)
      .then(() => {
        if (this.#tails.get(key) === tail) this.#tails.delete(key);
      });
    this.#tails.set(key, tail);
    return turn;
  }

  async idle(): Promise<void> {
    while (this.#tails.size) await Promise.all(this.#tails.values());
  }
}
