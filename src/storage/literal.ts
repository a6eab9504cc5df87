import { type Column, type SQL, sql } from 'drizzle-orm';

/**
 * Conditions written out instead of bound: SQLite uses a partial index only where the query's own text implies the
 * index's condition, which a parameter never does.
 */
export const isTrue = (column: Column): SQL => sql`${column}`;

/** The occurrences that still wait, as their partial index says it. */
export const isPending = (state: Column): SQL => sql`${state} = 'pending'`;
