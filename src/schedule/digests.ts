import { addDays, dateIn, instantAt, previousWorkingDay, timeIn } from '../domain/calendar.ts';
import { cursorOf, moveCursor } from '../domain/cursors.ts';
import { daysOff } from '../domain/days-off.ts';
import type { Forum } from '../domain/forums.ts';
import { daysOf, timesOf } from './cron.ts';
import { adjust } from './holiday-rule.ts';
import { type Planned, plan, planned } from './occurrences.ts';
import type { Handlers, JobContext, JobResult } from './run.ts';

/** Mondays at 08.00, in the forum's zone. */
const WEEKLY = '0 8 * * 1';
const DAY_MS = 86_400_000;
/** A digest later than this is missed; the next one covers what it would have said. */
const WINDOW_MS = DAY_MS;
/** Maximum number of missed ones that are listed one by one. */
const LISTED = 60;
/** Maximum time by which clocks go back, ms. */
const JUMP_MS = 3 * 3_600_000;

/** The regular digest, and the one of the month where a forum wants it. */
export const DIGESTS = ['digest', 'digest_monthly'] as const;
export type DigestKind = (typeof DIGESTS)[number];

/** The first digest of a kind reports on so many days. */
const FIRST_DAYS: Readonly<Record<DigestKind, number>> = { digest: 7, digest_monthly: 31 };

/** Times of a digest, as cron in the forum's zone; null: never. */
export function cronOf({ settings }: Forum, kind: DigestKind): string | null {
  if (kind === 'digest') return settings.digestCron ?? WEEKLY;
  return settings.monthlyDigest ? `0 8 ${settings.monthlyDigest} * *` : null;
}

/**
 * The instants of a digest after one, in order: what falls on a holiday goes by the forum's rule. Read on the wall
 * clock, so a time the clocks skip is the next valid instant and one that comes twice is the first. Days are counted
 * from the last working day, behind which nothing moves, and only times that may be after `after` are turned into instants:
 * what it costs does not depend on the expression.
 */
function* digestsAfter(forum: Forum, kind: DigestKind, after: Date, off: ReadonlySet<string>): Generator<Date> {
  const cron = cronOf(forum, kind);
  if (!cron) return;
  const { zone } = forum;
  const times = timesOf(cron);
  const wall = new Date(`${dateIn(after, zone)}T${timeIn(after, zone)}:00Z`);
  const earliest = new Date(wall.getTime() - JUMP_MS).toISOString().slice(0, 16);
  const moved = previousWorkingDay(addDays(earliest.slice(0, 10), -1), off);
  let last = after;
  for (const nominal of daysOf(cron, moved)) {
    const day = adjust(nominal, forum.settings.digestOnHoliday ?? 'next', off);
    if (day === null) continue;
    for (const time of times) {
      if (`${day}T${time}` < earliest) continue;
      const at = instantAt(day, time, zone);
      if (at <= last) continue;
      last = at;
      yield at;
    }
  }
}

/** The next `n` digests of a kind after an instant, given the forum's days off. */
export function nextDigests(forum: Forum, kind: DigestKind, after: Date, off: ReadonlySet<string>, n: number): Date[] {
  const found: Date[] = [];
  for (const at of digestsAfter(forum, kind, after, off)) if (found.push(at) === n) break;
  return found;
}

/** The row of one digest. */
const digestAt = (kind: DigestKind, due: Date): Planned => planned(kind, due.toISOString(), due);

/** The next digest of each kind, to be planned. */
export const digestsToCome = (forum: Forum, after: Date, off: ReadonlySet<string>): Planned[] =>
  DIGESTS.flatMap(kind => nextDigests(forum, kind, after, off, 1).map(at => digestAt(kind, at)));

/**
 * One digest. Of several that came due while the bot was away the latest is sent, if it is not too late, and covers
 * all since the last; the others are recorded as missed. The next one is planned in the same unit of work.
 */
const make = (kind: DigestKind) =>
  async function make(job: JobContext): Promise<JobResult> {
    const { tx, forum, forumId, occurrence, now } = job;
    const off = await daysOff(tx, forumId);
    const between: Date[] = [];
    for (const at of digestsAfter(forum, kind, occurrence.due, off)) {
      if (at > now || between.length >= LISTED) break;
      between.push(at);
    }
    const latest = between.at(-1) ?? occurrence.due;
    for (const next of nextDigests(forum, kind, now, off, 1)) await plan(tx, forumId, digestAt(kind, next));
    const tooLate = now.getTime() - latest.getTime() > WINDOW_MS;
    for (const at of tooLate ? between : between.slice(0, -1)) await recordMissed(job, kind, at);
    if (tooLate) return { missed: 'too late' };
    const from = (await cursorOf(tx, forumId, kind)) ?? new Date(latest.getTime() - FIRST_DAYS[kind] * DAY_MS);
    await moveCursor(tx, forumId, kind, now);
    const subject = `${from.toISOString()}/${now.toISOString()}/${latest.toISOString()}`;
    await job.post(
      { kind: 'digest', subject },
      { purpose: 'coordinators' },
      { occurrence: `${kind}:${latest.toISOString()}`, due: latest, atOnce: true },
    );
    if (forum.settings.overdueInPublic) {
      const overdue = { kind: 'reports_overdue', subject: `public:${latest.toISOString()}` };
      await job.post(overdue, { purpose: 'announce' }, { occurrence: `${kind}_overdue:${latest.toISOString()}` });
    }
    return between.length ? { missed: 'covered by a later one' } : 'done';
  };

/** Writes down a digest that was not sent, so that it can be seen. */
async function recordMissed({ tx, forumId, now }: JobContext, kind: DigestKind, at: Date): Promise<void> {
  const { occurrences } = tx.tables;
  const missed = { state: 'missed' as const, reason: 'covered by a later one', doneAt: now };
  await tx
    .insert(occurrences)
    .values({ ...digestAt(kind, at), ...missed, forumId })
    .onConflictDoUpdate({ target: [occurrences.forumId, occurrences.key], set: missed });
}

const EVER = Number.POSITIVE_INFINITY;

export const digestHandlers: Handlers = {
  digest: { windowMs: EVER, run: make('digest') },
  digest_monthly: { windowMs: EVER, run: make('digest_monthly') },
};
