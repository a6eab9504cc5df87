import { type Announcement, endsWarning } from '../domain/announcements.ts';
import { type Planned, planned } from './occurrences.ts';
import type { Handlers, JobContext, JobResult } from './run.ts';

/** No delay is too long: nothing is sent, so nothing is missed. */
const EVER = Number.POSITIVE_INFINITY;

/** Plans that what stands of a warning says that it holds no longer, at the instant at which it expires. */
export const warningOver = (one: Pick<Announcement, 'number' | 'life' | 'expires'>): Planned[] =>
  one.expires === null || endsWarning(one) ? [] : [planned('announcement_over', String(one.number), one.expires)];

/** Plans that the draft of an official alert loses its buttons, at the instant at which the alert expires. */
export const alertOfferOver = (number: number, expires: Date): Planned =>
  planned('alert_offer_over', String(number), expires);

async function over({ stale, occurrence }: JobContext, kind: string): Promise<JobResult> {
  await stale({ kind, subject: occurrence.subject });
  return 'done';
}

/** Handles the ends of early warnings: nothing is sent, what stands is brought up to date. */
export const warningHandlers: Handlers = {
  announcement_over: { windowMs: EVER, run: job => over(job, 'announcement') },
  alert_offer_over: { windowMs: EVER, run: job => over(job, 'alert_offer') },
};
