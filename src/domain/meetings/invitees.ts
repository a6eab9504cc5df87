import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import type { Activity } from '../activities.ts';
import type { Answer, Attendance } from '../engagement/attendance.ts';

export type Invitee = Tables['invitees']['$inferSelect'];

/** Invites persons to an activity; who is invited already keeps their answer. */
export async function inviteMembers(tx: Tx, { forumId, number }: Activity, members: readonly number[]): Promise<void> {
  if (!members.length) return;
  await tx
    .insert(tx.tables.invitees)
    .values(members.map(member => ({ forumId, activity: number, member, answer: null, yesAt: null, came: null })))
    .onConflictDoNothing();
}

/** The persons of an activity, by name. */
export async function inviteesOf(db: Reader, { forumId, number }: Pick<Activity, 'forumId' | 'number'>) {
  const { invitees: i, members: m } = db.tables;
  const rows = await db
    .select({ row: i, name: m.name })
    .from(i)
    .innerJoin(m, and(eq(m.forumId, i.forumId), eq(m.number, i.member)))
    .where(and(eq(i.forumId, forumId), eq(i.activity, number)))
    .orderBy(asc(m.folded), asc(m.number));
  return rows.map(({ row, name }) => ({ ...row, name }));
}

export async function inviteeOf(db: Reader, { forumId, number }: Activity, member: number): Promise<Invitee | null> {
  const { invitees: i } = db.tables;
  const [row] = await db
    .select()
    .from(i)
    .where(and(eq(i.forumId, forumId), eq(i.activity, number), eq(i.member, member)));
  return row ?? null;
}

/** Lists the activities to come with a limit of seats to which a person, by any of their numbers, has said yes. */
export async function takesSeatAt(db: Reader, forumId: string, numbers: readonly number[]): Promise<Activity[]> {
  const { activities: a, invitees: i } = db.tables;
  const rows = await db
    .selectDistinct({ activity: a })
    .from(a)
    .innerJoin(i, and(eq(i.forumId, a.forumId), eq(i.activity, a.number)))
    .where(
      and(
        eq(a.forumId, forumId),
        eq(a.state, 'planned'),
        isNotNull(a.seats),
        inArray(i.member, [...numbers]),
        eq(i.answer, 'yes'),
      ),
    )
    .orderBy(asc(a.number));
  return rows.map(row => row.activity);
}

/** A person's own answer; a later one replaces it. Who goes on to come keeps their place in the queue. */
export async function answerAsPerson(tx: Tx, before: Invitee, answer: Answer, now: Date): Promise<void> {
  const { invitees: i } = tx.tables;
  const yesAt = answer === 'yes' ? (before.yesAt ?? now) : null;
  await tx
    .update(i)
    .set({ answer, yesAt })
    .where(and(eq(i.forumId, before.forumId), eq(i.activity, before.activity), eq(i.member, before.member)));
}

/** Writes down that some persons came, invited or not; with `others`, that all other persons did not. */
export async function notePresent(
  tx: Tx,
  { forumId, number }: Activity,
  members: readonly number[],
  { others = false } = {},
): Promise<void> {
  const { invitees: i } = tx.tables;
  const here = and(eq(i.forumId, forumId), eq(i.activity, number));
  if (others) await tx.update(i).set({ came: false }).where(here);
  if (!members.length) return;
  await tx
    .insert(i)
    .values(members.map(member => ({ forumId, activity: number, member, answer: null, yesAt: null, came: true })))
    .onConflictDoUpdate({ target: [i.forumId, i.activity, i.member], set: { came: true } });
}

/** Describes who comes, by seat: in the order of their answers, as many as there are seats; the others wait. */
export interface Queue {
  /** Members who have a seat, and members who wait, the first in the queue first. */
  readonly seated: readonly number[];
  readonly waiting: readonly number[];
}

/**
 * Gives the seats out: one to each person who says yes, for themselves or for a partner, in the order of the answers; who
 * says both takes one. Answers from before seats were given out come first.
 */
export function queueOf(
  seats: number | null,
  partners: readonly Pick<Attendance, 'answer' | 'answeredBy' | 'yesAt'>[],
  persons: readonly Pick<Invitee, 'answer' | 'member' | 'yesAt'>[],
): Queue {
  const since = new Map<number, number>();
  const claim = (member: number | null, answer: Answer | null, at: Date | null): void => {
    if (member === null || answer !== 'yes') return;
    const ms = at?.getTime() ?? 0;
    since.set(member, Math.min(ms, since.get(member) ?? ms));
  };
  for (const one of partners) claim(one.answeredBy, one.answer, one.yesAt);
  for (const one of persons) claim(one.member, one.answer, one.yesAt);
  const order = [...since].sort(([a, x], [b, y]) => x - y || a - b).map(([member]) => member);
  const n = seats ?? order.length;
  return { seated: order.slice(0, n), waiting: order.slice(n) };
}
