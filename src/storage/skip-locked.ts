import { is } from 'drizzle-orm';
import { PgDatabase } from 'drizzle-orm/pg-core';
import type { Reader } from './store.ts';

/** Leaves out rows that another unit of work holds; on SQLite there is one writer, and nothing to leave out. */
export const skipLocked = <Q>(db: Reader, query: Q & { for(mode: 'update', how: { skipLocked: true }): unknown }): Q =>
  is(db, PgDatabase) ? (query.for('update', { skipLocked: true }) as Q) : query;
