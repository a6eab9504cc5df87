import { and, asc, desc, eq, exists, gte, isNotNull, isNull, notExists, sql } from 'drizzle-orm';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import type { Activity } from '../activities.ts';

export type Attendance = Tables['attendances']['$inferSelect'];
export type Answer = NonNullable<Attendance['answer']>;

/** Invites partners to an activity; who is invited already keeps their answer. */
export async function invite(tx: Tx, { forumId, number }: Activity, partners: readonly number[]): Promise<void> {
  if (!partners.length) return;
  const open = { answer: null, answeredBy: null, came: null };
  await tx
    .insert(tx.tables.attendances)
    .values(partners.map(partner => ({ forumId, activity: number, partner, ...open })))
    .onConflictDoNothing();
}

/** A partner's answer; a later one replaces it. */
export async function answerInvitation(
  tx: Tx,
  { forumId, number }: Activity,
  partner: number,
  answer: Answer,
  member: number,
  now: Date,
): Promise<void> {
  const { attendances: a } = tx.tables;
  const here = and(eq(a.forumId, forumId), eq(a.activity, number), eq(a.partner, partner));
  const [before] = await tx.select({ yesAt: a.yesAt }).from(a).where(here);
  // People who go on to come keep their place in the queue.
  const said = { answer, answeredBy: member, yesAt: answer === 'yes' ? (before?.yesAt ?? now) : null };
  await tx
    .insert(a)
    .values({ forumId, activity: number, partner, ...said, came: null })
    .onConflictDoUpdate({ target: [a.forumId, a.activity, a.partner], set: said });
}

/** Writes down that a partner came; of others it says nothing. */
export async function notePartnerPresent(tx: Tx, { forumId, number }: Activity, partner: number): Promise<void> {
  const { attendances: a } = tx.tables;
  const row = { forumId, activity: number, partner, answer: null, answeredBy: null, came: true };
  await tx
    .insert(a)
    .values(row)
    .onConflictDoUpdate({ target: [a.forumId, a.activity, a.partner], set: { came: true } });
}

/** Writes down which partners came: of all others that were invited it is then known that they did not. */
export async function noteAttendance(tx: Tx, activity: Activity, came: readonly number[]): Promise<void> {
  const { attendances: a } = tx.tables;
  const here = and(eq(a.forumId, activity.forumId), eq(a.activity, activity.number));
  await invite(tx, activity, came);
  const rows = await tx.select().from(a).where(here);
  for (const row of rows)
    await tx
      .update(a)
      .set({ came: came.includes(row.partner) })
      .where(and(here, eq(a.partner, row.partner)));
}

/**
 * Tells whether partners were invited and nobody has written down who came. An answer to an invitation is no
 * attendance: until then it counts neither way.
 */
export const isAttendanceUnknown = (activity: Pick<Activity, 'state'>, invited: readonly Attendance[]): boolean =>
  activity.state === 'done' && invited.length > 0 && invited.every(one => one.came === null);

/**
 * The last activities done of which nobody has written down who came, the newest first; of one partner or all, from a
 * local date on.
 */
export async function withoutAttendance(
  db: Reader,
  forumId: string,
  { partner, limit, from }: { readonly partner: number | null; readonly limit: number; readonly from?: string },
): Promise<Pick<Activity, 'number' | 'title' | 'date'>[]> {
  const { activities: a, attendances: at, activityPartners: of } = db.tables;
  const one = { one: sql`1` };
  // Invitations without a word about who came are few, and have an index of their own: the query begins with them.
  const unknown = db
    .selectDistinct({ activity: at.activity })
    .from(at)
    .where(and(eq(at.forumId, forumId), isNull(at.came)))
    .as('unknown_attendance');
  const noted = db
    .select(one)
    .from(at)
    .where(and(eq(at.forumId, a.forumId), eq(at.activity, a.number), isNotNull(at.came)));
  const own = db
    .select(one)
    .from(of)
    .where(and(eq(of.forumId, a.forumId), eq(of.activity, a.number), eq(of.partner, partner ?? 0)));
  return db
    .select({ number: a.number, title: a.title, date: a.date })
    .from(unknown)
    .innerJoin(a, eq(a.number, unknown.activity))
    .where(
      and(
        eq(a.forumId, forumId),
        eq(a.state, 'done'),
        notExists(noted),
        partner === null ? undefined : exists(own),
        from === undefined ? undefined : gte(a.date, from),
      ),
    )
    .orderBy(desc(a.date), desc(a.number))
    .limit(limit);
}

/** Returns who was invited to an activity, what they answered and whether they came. */
export async function attendanceOf(db: Reader, activity: Activity): Promise<(Attendance & { name: string })[]> {
  const { attendances: a, partners } = db.tables;
  const rows = await db
    .select({ row: a, name: partners.name })
    .from(a)
    .innerJoin(partners, and(eq(partners.forumId, a.forumId), eq(partners.number, a.partner)))
    .where(and(eq(a.forumId, activity.forumId), eq(a.activity, activity.number)))
    .orderBy(asc(partners.folded));
  return rows.map(({ row, name }) => ({ ...row, name }));
}
