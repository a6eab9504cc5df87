import { and, asc, desc, eq, gt, inArray, like, lt, ne } from 'drizzle-orm';
import { addDays, dateIn, instantAt } from '../domain/calendar.ts';
import { forumById } from '../domain/forums.ts';
import type { Reader, Tx } from '../storage/store.ts';
import type { Delivery } from './delivery.ts';
import { enqueue } from './outbox.ts';

/** The topic of the notice that tells what could not be delivered. Its subject is the forum's local day. */
export const UNDELIVERED = 'undelivered';
/** Local time of the next day at which failures after the notice of a day are told. */
const MORNING = '08:00';
/** Maximum age of failures that are offered again, days. */
const OFFERED_DAYS = 30;
/** Maximum of failures that are read at one time. */
const READ = 500;
const DAY_MS = 86_400_000;
/** A day as a subject; versions before wrote the number of a delivery there. */
const A_DAY = '____-__-__';

/**
 * Tells the coordinators that something could not be delivered: at once where it is the first of a day, else with all
 * else on the next morning, so that each hears of it once a day.
 */
export async function tellOfFailures(tx: Tx, forumId: string, now: Date): Promise<void> {
  const forum = await forumById(tx, forumId);
  if (!forum) return;
  const today = dateIn(now, forum.zone);
  const { deliveries: d } = tx.tables;
  const told = await tx
    .select({ state: d.state })
    .from(d)
    .where(and(eq(d.forumId, forumId), eq(d.topic, UNDELIVERED), eq(d.subject, today)));
  if (told.some(one => one.state === 'pending')) return;
  const day = told.length ? addDays(today, 1) : today;
  const due = told.length ? instantAt(day, MORNING, forum.zone) : now;
  const topic = { kind: UNDELIVERED, subject: day };
  await enqueue(tx, forumId, { topic, to: { purpose: 'coordinators' }, due, occurrence: `${UNDELIVERED}:${day}` });
}

const lost = (db: Reader, forumId: string | null, since: Date) => {
  const { deliveries: d } = db.tables;
  const inForum = forumId === null ? undefined : eq(d.forumId, forumId);
  return and(inForum, eq(d.state, 'failed'), eq(d.elsewhere, false), ne(d.topic, UNDELIVERED), gt(d.doneAt, since));
};

const offeredSince = (now: Date): Date => new Date(now.getTime() - OFFERED_DAYS * DAY_MS);

/** Returns what could not be delivered to anybody in the last thirty days, in the order in which it was due. */
export function failures(db: Reader, forumId: string, now: Date, since = offeredSince(now)): Promise<Delivery[]> {
  const { deliveries: d } = db.tables;
  return db
    .select()
    .from(d)
    .where(lost(db, forumId, since))
    .orderBy(asc(d.due), asc(d.seq))
    .limit(READ);
}

/** Returns the instant since which the notice of a day tells of failures: the last one before it was sent. */
export async function toldUntil(db: Reader, forumId: string, day: string, now: Date): Promise<Date> {
  const { deliveries: d } = db.tables;
  const before = and(eq(d.forumId, forumId), eq(d.topic, UNDELIVERED), like(d.subject, A_DAY), lt(d.subject, day));
  const [last] = await db
    .select({ at: d.doneAt })
    .from(d)
    .where(and(before, eq(d.state, 'sent')))
    .orderBy(desc(d.doneAt))
    .limit(1);
  return last?.at ?? offeredSince(now);
}

/**
 * Sends again what could not be delivered; each message as it is now, if there is still something to say. The places
 * are believed to be mended. Gives how many messages that is.
 */
export async function sendAgain(tx: Tx, forumId: string, now: Date): Promise<number> {
  const { deliveries: d, health: h } = tx.tables;
  const all = await failures(tx, forumId, now);
  if (!all.length) return 0;
  const anew = { state: 'pending', tries: 0, nextAt: now, startedAt: null, doneAt: null, reason: null } as const;
  await tx
    .update(d)
    .set(anew)
    .where(
      inArray(
        d.seq,
        all.map(one => one.seq),
      ),
    );
  for (const { platform, workspace, channel } of all)
    if (channel !== null)
      await tx
        .update(h)
        .set({ until: now })
        .where(and(eq(h.platform, platform), eq(h.workspace, workspace), eq(h.channel, channel)));
  return all.length;
}
