import type { Activity } from '../domain/activities.ts';
import { extendMinutes } from '../domain/minutes.ts';
import type { Tx } from '../storage/store.ts';
import { type Planned, plan, planned, unplan } from './occurrences.ts';

const KIND = 'minutes_kept';

/** Instant from which minutes are kept for good: at the end of the time in which they may be corrected. */
export const minutesEnd = ({ number, minutesUntil }: Activity): Planned[] =>
  minutesUntil ? [planned(KIND, String(number), minutesUntil)] : [];

/**
 * Keeps the minutes of an activity that has moved open until a week after its new end, and plans anew when they are
 * kept. Call it wherever the time of an activity changes. `zone`: the forum's.
 */
export async function moveMinutesEnd(tx: Tx, activity: Activity, zone: string, now: Date): Promise<Activity> {
  const open = await extendMinutes(tx, activity, zone, now);
  if (open === activity) return activity;
  await unplan(tx, open.forumId, KIND, String(open.number), 'the activity has moved', now);
  await plan(tx, open.forumId, ...minutesEnd(open));
  return open;
}
