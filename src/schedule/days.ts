import { createHash } from 'node:crypto';
import { and, eq, gt } from 'drizzle-orm';
import { addDays, dateIn, instantAt, nextWorkingDay } from '../domain/calendar.ts';
import { cursorOf } from '../domain/cursors.ts';
import { daysOff } from '../domain/days-off.ts';
import { INDONESIA } from '../domain/decreed.ts';
import { factOf, rememberFact } from '../domain/facts.ts';
import type { Forum } from '../domain/forums.ts';
import { periodOf } from '../domain/indicators/periods.ts';
import { listIndicators } from '../domain/indicators/store.ts';
import { isPending } from '../storage/literal.ts';
import type { Store, Tx } from '../storage/store.ts';
import { DIGESTS, digestsToCome } from './digests.ts';
import { pulseOn } from './engagement.ts';
import { type Occurrence, type Planned, plan, planned, unplan } from './occurrences.ts';
import { planReports } from './reports.ts';
import type { Handlers, JobContext, JobResult } from './run.ts';

const REASON = 'days off changed';
/** Day of a year by which the next one's days off have been decreed, as a rule. */
const ASKED_ON = '10-01';
const WINDOW_MS = 60 * 86_400_000;

/** Returns what is planned of a kind and not due yet. */
const toCome = (tx: Tx, forumId: string, kind: string, now: Date): Promise<Occurrence[]> => {
  const { occurrences: o } = tx.tables;
  return tx
    .select()
    .from(o)
    .where(and(eq(o.forumId, forumId), eq(o.kind, kind), isPending(o.state), gt(o.due, now)));
};

/**
 * Plans anew what falls on other days since the forum's days off have changed: reminders, digests and the quarterly
 * survey. What has been said stays said; what is due already is left to be done.
 */
export async function replanDays(tx: Tx, forum: Forum, now: Date): Promise<void> {
  const off = await daysOff(tx, forum.id);
  await moveReminders(tx, forum, now);
  for (const kind of DIGESTS) {
    const after = (await cursorOf(tx, forum.id, kind)) ?? now;
    const [wanted] = digestsToCome(forum, after, off).filter(one => one.kind === kind);
    const [is, ...more] = await toCome(tx, forum.id, kind, now);
    if (is && !more.length && wanted && wanted.key !== is.key) await replace(tx, forum.id, is, wanted, now);
  }
  for (const is of await toCome(tx, forum.id, 'pulse_opens', now)) {
    const day = nextWorkingDay(periodOf(is.subject, 'quarterly').start, off);
    if (day !== is.subject) await replace(tx, forum.id, is, pulseOn(day, forum.zone), now);
  }
  await plan(tx, forum.id, holidaysAsked(forum, now));
}

async function replace(tx: Tx, forumId: string, is: Occurrence, wanted: Planned, now: Date): Promise<void> {
  await unplan(tx, forumId, is.kind, is.subject, REASON, now);
  await plan(tx, forumId, wanted);
}

/** Reminders keep their key, whatever the day on which they fall. */
async function moveReminders(tx: Tx, forum: Forum, now: Date): Promise<void> {
  const { occurrences: o } = tx.tables;
  const rows = new Map((await toCome(tx, forum.id, 'report_due', now)).map(row => [row.key, row]));
  for (const indicator of await listIndicators(tx, forum.id)) {
    const wanted = await planReports(tx, indicator, now);
    for (const one of wanted) {
      const is = rows.get(one.key);
      if (is && is.due.getTime() !== one.due.getTime())
        await tx.update(o).set({ due: one.due }).where(eq(o.seq, is.seq));
    }
    await plan(tx, forum.id, ...wanted);
  }
}

/**
 * Instant at which coordinators are asked for the days off of a year that nobody has decreed, the next one that lies
 * ahead.
 */
export function holidaysAsked(forum: Forum, now: Date): Planned {
  const today = dateIn(now, forum.zone);
  const year = Number(addDays(today, 1).slice(0, 4));
  const next = today < `${year}-${ASKED_ON}` ? year : year + 1;
  return planned('holidays_asked', String(next + 1), instantAt(`${next}-${ASKED_ON}`, '09:00', forum.zone));
}

async function asks(job: JobContext): Promise<JobResult> {
  const { tx, forum, forumId, occurrence, now } = job;
  await plan(tx, forumId, holidaysAsked(forum, now));
  if ((await daysOff(tx, forumId)).knows(Number(occurrence.subject))) return { suppressed: 'known' };
  await job.post({ kind: 'holidays_missing', subject: occurrence.subject }, { purpose: 'coordinators' });
  return 'done';
}

export const dayHandlers: Handlers = { holidays_asked: { windowMs: WINDOW_MS, run: asks } };

/** Version of the decrees that the program knows. */
const TABLE = createHash('sha256').update(JSON.stringify(INDONESIA)).digest('base64url').slice(0, 16);
const FACT = 'days-off';

/** Plans anew what other decrees move, once after the program has learned of them. */
export async function learnDays(store: Store, now: Date): Promise<void> {
  if ((await factOf(store, FACT)) === TABLE) return;
  const { forums } = store.tables;
  for (const forum of await store.read.select().from(forums))
    await store.write(forum.id, tx => replanDays(tx, forum, now));
  await rememberFact(store, FACT, TABLE);
}
