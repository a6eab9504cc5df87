import { and, asc, eq, lt } from 'drizzle-orm';
import type { Reader } from '../../storage/store.ts';
import { isNear } from '../near.ts';
import { type Entry, statesOf } from './ledger.ts';

/** Describes what tells whether two entries are one payment. */
export type Payment = Pick<Entry, 'direction' | 'amount' | 'date' | 'purpose' | 'partner'>;

/** Tells whether two entries may be one payment that was written down twice; another partner makes them two. */
export const mayBeSamePayment = (one: Payment, other: Payment): boolean =>
  one.direction === other.direction &&
  one.amount === other.amount &&
  one.date === other.date &&
  (one.partner === null || other.partner === null || one.partner === other.partner) &&
  isNear(one.purpose, other.purpose);

/** Maximum of a day's entries of one amount that a new one is held against. */
const LOOKED_AT = 50;

/** Finds an earlier entry that may be the same payment and was not taken back. One statement says that there is none. */
export async function doubleOfEntry(db: Reader, entry: Entry): Promise<Entry | undefined> {
  const { entries: e } = db.tables;
  const { forumId, date, direction, amount, number } = entry;
  const onDay = await db
    .select()
    .from(e)
    .where(
      and(
        eq(e.forumId, forumId),
        eq(e.date, date),
        eq(e.direction, direction),
        eq(e.amount, amount),
        lt(e.number, number),
      ),
    )
    .orderBy(asc(e.number))
    .limit(LOOKED_AT);
  const alike = onDay.filter(one => one.reverses === null && mayBeSamePayment(entry, one));
  if (!alike.length) return undefined;
  const states = await statesOf(db, forumId, alike);
  return alike.find(one => states.get(one.number) !== 'reversed');
}
