import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/**
 * Amounts are added up in two halves, above and below this many minor units: so neither sum overflows on SQLite nor
 * loses a digit on the way to JavaScript, whatever is recorded.
 */
const HALF = 1_000_000_000;

/** The two halves of a sum of minor units, to be selected and given to `exactSum`. */
export const halvesOf = (amount: SQLWrapper): { readonly high: SQL<unknown>; readonly low: SQL<unknown> } => ({
  high: sql`sum(${amount} / ${sql.raw(String(HALF))})`,
  low: sql`sum(${amount} % ${sql.raw(String(HALF))})`,
});

/** A sum of minor units, exactly; zero where there was nothing to add up. */
export const exactSum = (row: { readonly high: unknown; readonly low: unknown } | undefined): bigint =>
  BigInt(Number(row?.high ?? 0)) * BigInt(HALF) + BigInt(Number(row?.low ?? 0));
