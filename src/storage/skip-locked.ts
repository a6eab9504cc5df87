import { type Column, inArray, is, type SQL, type SQLWrapper } from 'drizzle-orm';
import { PgDatabase } from 'drizzle-orm/pg-core';
import type { Reader } from './store.ts';

type Lockable<Q> = Q & { for(mode: 'update', how: { skipLocked: true }): unknown };

/** Leaves out rows that another unit of work holds; on SQLite there is one writer, and nothing to leave out. */
export const skipLocked = <Q>(db: Reader, query: Lockable<Q>): Q =>
  is(db, PgDatabase) ? (query.for('update', { skipLocked: true }) as Q) : query;

/** Finds rows of a query that no other unit of work holds, which on SQLite are all of them. */
export const isUnlocked = <Q extends SQLWrapper>(db: Reader, id: Column, query: Lockable<Q>): SQL | undefined =>
  is(db, PgDatabase) ? inArray(id, skipLocked(db, query)) : undefined;
