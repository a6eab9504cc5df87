import { cursorOf, moveCursor } from '../domain/cursors.ts';
import type { Forum } from '../domain/forums.ts';
import { instantsOf } from './cron.ts';
import { type Planned, plan, planned } from './occurrences.ts';
import type { Done, Duty, Handlers } from './run.ts';

/** Mondays at 08.00, in the forum's zone. */
export const WEEKLY = '0 8 * * 1';
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** A digest later than this is missed; the next one covers what it would have said. */
const WINDOW_MS = DAY_MS;
/** More missed ones than this are not listed one by one. */
const LISTED = 60;

export const cronOf = (forum: Forum): string => forum.settings.digestCron ?? WEEKLY;

/** The next `n` digests after an instant. */
export function nextDigests(forum: Forum, after: Date, n: number): Date[] {
  const found: Date[] = [];
  for (const at of instantsOf(cronOf(forum), forum.zone, after)) {
    if (at > after) found.push(at);
    if (found.length === n) break;
  }
  return found;
}

/** The row of one digest. */
export const digestAt = (due: Date): Planned => planned('digest', due.toISOString(), due);

/** Since when a digest reports: the last one that was made, else a week before. */
export const watermark = async (db: Duty['tx'], forumId: string, now: Date): Promise<Date> =>
  (await cursorOf(db, forumId, 'digest')) ?? new Date(now.getTime() - WEEK_MS);

/**
 * One digest. Of several that came due while the bot was away the latest is sent, if it is not too late, and covers
 * all since the last; the others are recorded as missed. The next one is planned in the same unit of work.
 */
async function make(duty: Duty): Promise<Done> {
  const { tx, forum, forumId, occurrence, now } = duty;
  let latest = occurrence.due;
  const between: Date[] = [];
  for (const at of instantsOf(cronOf(forum), forum.zone, occurrence.due)) {
    if (at > now || between.length >= LISTED) break;
    if (at > latest) {
      between.push(at);
      latest = at;
    }
  }
  const [next] = nextDigests(forum, now, 1);
  if (next) await plan(tx, forumId, digestAt(next));
  const tooLate = now.getTime() - latest.getTime() > WINDOW_MS;
  for (const at of tooLate ? between : between.slice(0, -1)) await recordMissed(duty, at);
  if (tooLate) return { missed: 'too late' };
  const from = await watermark(tx, forumId, latest);
  await moveCursor(tx, forumId, 'digest', now);
  const subject = `${from.toISOString()}/${now.toISOString()}/${latest.toISOString()}`;
  await duty.post(
    { kind: 'digest', subject },
    { purpose: 'coordinators' },
    { occurrence: `digest:${latest.toISOString()}`, due: latest },
  );
  return between.length ? { missed: 'covered by a later one' } : 'done';
}

/** Writes down a digest that was not sent, so that it can be seen. */
async function recordMissed({ tx, forumId, now }: Duty, at: Date): Promise<void> {
  const { occurrences } = tx.tables;
  const missed = { state: 'missed' as const, reason: 'covered by a later one', doneAt: now };
  await tx
    .insert(occurrences)
    .values({ ...digestAt(at), ...missed, forumId })
    .onConflictDoUpdate({ target: [occurrences.forumId, occurrences.key], set: missed });
}

export const digestHandlers: Handlers = { digest: { windowMs: Number.POSITIVE_INFINITY, run: make } };
