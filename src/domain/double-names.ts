import type { Reader } from '../storage/store.ts';
import { type Goal, listGoals } from './goals.ts';
import type { Indicator } from './indicators/row.ts';
import { everyIndicator } from './indicators/store.ts';
import { isNear } from './near.ts';
import { everyPartner, type Partner } from './partners.ts';

/** Finds the one that is called nearly like a thing that was entered just now; the earliest of several. */
const nearest = <T extends { readonly number: number }>(
  all: readonly T[],
  own: T,
  nameOf: (one: T) => string,
): T | undefined => all.find(one => one.number !== own.number && isNear(nameOf(one), nameOf(own)));

/** Finds a partner or candidate that may be the same as one that was added just now. */
export async function doubleOfPartner(db: Reader, own: Partner): Promise<Partner | undefined> {
  const all = await everyPartner(db, own.forumId);
  const present = all.filter(one => !one.archivedAt);
  return nearest(present, own, one => one.name);
}

/** Finds an open goal that may be the same as one that was set just now. */
export async function doubleOfGoal(db: Reader, own: Goal): Promise<Goal | undefined> {
  const all = await listGoals(db, own.forumId);
  const open = all.filter(one => !one.closedAt);
  return nearest(open, own, one => one.title);
}

/** Describes what tells whether two indicators measure the same. */
export type Measured = Pick<Indicator, 'name' | 'goal' | 'unit'>;

const isEither = <T>(one: T | null, other: T | null): boolean => !one || !other || one === other;

/** Tells whether two indicators may be one: another goal or unit makes them two. */
export const mayMeasureSame = (one: Measured, other: Measured): boolean =>
  isEither(one.goal, other.goal) && isEither(one.unit, other.unit) && isNear(one.name, other.name);

/** Finds an indicator that may be the same as one that was agreed just now. */
export async function doubleOfIndicator(db: Reader, own: Indicator): Promise<Indicator | undefined> {
  const all = await everyIndicator(db, own.forumId);
  return all.find(one => one.number !== own.number && mayMeasureSame(one, own));
}
