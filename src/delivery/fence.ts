import { and, eq, or, type SQL } from 'drizzle-orm';
import { isUnlocked } from '../storage/skip-locked.ts';
import type { Tx } from '../storage/store.ts';
import type { Delivery } from './delivery.ts';

/** Numbers of deliveries for which there is a statement: what lacks is filled with the last one again. */
const SIZES = [1, 8, 32];
/** Maximum number of deliveries of one statement. */
export const MAXIMUM_FENCED = SIZES.at(-1)!;

export type Claimed = Pick<Delivery, 'seq' | 'claim'>;

/** Values of a prepared statement about some deliveries, `MAXIMUM_FENCED` at most. */
export function fenced(claimed: readonly Claimed[]): Record<string, number> {
  const size = SIZES.find(one => one >= claimed.length)!;
  const values: Record<string, number> = {};
  for (let i = 0; i < size; i++) {
    const { seq, claim } = claimed[Math.min(i, claimed.length - 1)]!;
    values[`seq${i}`] = seq;
    values[`claim${i}`] = claim;
  }
  return values;
}

/** Tells a claim of a delivery from all others: one that was claimed anew is another. */
export const fenceOf = ({ seq, claim }: Claimed): string => `${seq}:${claim}`;

/** Finds deliveries that are still their claimer's: the claim number is the fence. */
export function isFenced(tx: Tx, values: Readonly<Record<string, unknown>>): SQL | undefined {
  const { deliveries: d } = tx.tables;
  const numbers = Object.keys(values).filter(name => name.startsWith('seq'));
  return or(
    ...numbers.map((_, i) => and(eq(d.seq, values[`seq${i}`] as number), eq(d.claim, values[`claim${i}`] as number))),
  );
}

/**
 * Finds those of them that no other unit of work holds: one that an act is about to change would keep all the others
 * waiting until that act is done.
 */
export function isFree(tx: Tx, values: Readonly<Record<string, unknown>>): SQL | undefined {
  const { deliveries: d } = tx.tables;
  const claimed = isFenced(tx, values);
  return and(claimed, isUnlocked(tx, d.seq, tx.select({ seq: d.seq }).from(d).where(claimed)));
}
