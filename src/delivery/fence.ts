import { and, eq, or, type SQL } from 'drizzle-orm';
import type { Tables } from '../storage/schema/index.ts';
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

/** Finds deliveries that are still their claimer's: the claim number is the fence. */
export const isFenced = (d: Tables['deliveries'], values: Readonly<Record<string, unknown>>): SQL | undefined =>
  or(
    ...Array.from({ length: Object.keys(values).filter(name => name.startsWith('seq')).length }, (_, i) =>
      and(eq(d.seq, values[`seq${i}`] as number), eq(d.claim, values[`claim${i}`] as number)),
    ),
  );
