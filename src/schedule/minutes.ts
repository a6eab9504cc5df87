import type { Activity } from '../domain/activities.ts';
import { type Planned, planned } from './occurrences.ts';

/** Instant from which minutes are kept for good: at the end of the time in which they may be corrected. */
export const minutesEnd = ({ number, minutesUntil }: Activity): Planned[] =>
  minutesUntil ? [planned('minutes_kept', String(number), minutesUntil)] : [];
