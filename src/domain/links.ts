import { and, desc, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { Tables } from '../storage/schema/index.ts';
import type { Reader, Tx } from '../storage/store.ts';
import { nextNumber } from './codes.ts';
import { hashOf } from './invitations.ts';
import { rowByNumber } from './numbered.ts';
import { seatsOf } from './partners.ts';
import { coordinators, type Member, memberByNumber } from './people.ts';
import { currentOf, keptOf, personNumbers } from './persons.ts';

export type Link = Tables['links']['$inferSelect'];

/** Time for which a code to link an account holds, ms: ten minutes. */
const VALID_MS = 10 * 60_000;

/** Minimum time before a link lends rights where no other coordinator can say that it is one person. */
export const WAIT_MS = 24 * 3_600_000;

/** Maximum time in which either side undoes a link, from when it was made or last lent rights. */
const UNDO_MS = 7 * 86_400_000;

/** Begins a link: the code is shown to one account, to be entered by the other. */
export async function beginLink(tx: Tx, member: Member, code: string, now: Date): Promise<Link> {
  const { forumId } = member;
  const number = await nextNumber(tx, forumId, 'link');
  const [row] = await tx
    .insert(tx.tables.links)
    .values({
      forumId,
      number,
      hash: hashOf(code),
      member: member.number,
      expiresAt: new Date(now.getTime() + VALID_MS),
      other: null,
      usedAt: null,
      claimedAt: null,
      answeredAt: null,
      linked: null,
      cut: null,
      lentAt: null,
      before: null,
      undoneAt: null,
    })
    .returning();
  return row!;
}

/** Enters a code of this forum; null where it is unknown, used, too old, or one's own. */
export async function enterLink(tx: Tx, other: Member, code: string, now: Date): Promise<Link | null> {
  const { links: l } = tx.tables;
  const [found] = await tx
    .select()
    .from(l)
    .where(and(eq(l.forumId, other.forumId), eq(l.hash, hashOf(code)), isNull(l.usedAt), gt(l.expiresAt, now)));
  if (!found || found.member === other.number) return null;
  const [row] = await tx
    .update(l)
    .set({ other: other.number, usedAt: now })
    .where(and(eq(l.forumId, found.forumId), eq(l.number, found.number)))
    .returning();
  return row!;
}

export const linkByNumber = (db: Reader, forumId: string, number: number): Promise<Link | null> =>
  rowByNumber(db, db.tables.links, forumId, number);

/** The typing side says that the code it was shown is its own; false where that was said before. */
export async function claimLink(tx: Tx, link: Link, now: Date): Promise<boolean> {
  const { links: l } = tx.tables;
  const rows = await tx
    .update(l)
    .set({ claimedAt: now })
    .where(and(eq(l.forumId, link.forumId), eq(l.number, link.number), isNull(l.claimedAt), isNull(l.answeredAt)))
    .returning({ number: l.number });
  return rows.length > 0;
}

/** Writes down the answer; false where there is one already. */
export async function answerLink(tx: Tx, link: Link, linked: boolean, now: Date): Promise<boolean> {
  const { links: l } = tx.tables;
  const rows = await tx
    .update(l)
    .set({ linked, answeredAt: now })
    .where(and(eq(l.forumId, link.forumId), eq(l.number, link.number), isNull(l.answeredAt)))
    .returning({ number: l.number });
  return rows.length > 0;
}

/** Changes a link; what is absent stays. */
export async function changeLink(tx: Tx, link: Link, set: Partial<Link>): Promise<void> {
  const { links: l } = tx.tables;
  await tx
    .update(l)
    .set(set)
    .where(and(eq(l.forumId, link.forumId), eq(l.number, link.number)));
}

/**
 * The two sides of a link, as whom they act now: the rights stay with `kept`, the one who has more of them. Null: they are
 * one already.
 */
export async function sidesOf(db: Reader, link: Link): Promise<{ kept: Member; gone: Member } | null> {
  const merged = await keptOf(db, link.forumId);
  const side = (number: number) => memberByNumber(db, link.forumId, currentOf(merged, number));
  const one = await side(link.member);
  const two = link.other === null ? null : await side(link.other);
  if (!one || !two || one.number === two.number) return null;
  const seats = await seatsOf(db, link.forumId);
  const rank = (member: Member): number => {
    const role = seats.find(seat => seat.member === member.number)?.role;
    return (member.coordinator ? 4 : 0) + (role === undefined ? 0 : role === 'member' ? 1 : 2);
  };
  return rank(two) > rank(one) ? { kept: two, gone: one } : { kept: one, gone: two };
}

/** Reasons for which a link does not lend rights now. */
export type VouchNo = { readonly why: 'no_link' } | { readonly why: 'own_link' } | { readonly why: 'wait' };

/**
 * Refuses those who may not say that two linked accounts are one: another coordinator may, or, where there is none, the
 * account that has the rights, a day after it was linked.
 */
export async function mayVouch(
  db: Reader,
  actor: { readonly member: number; readonly coordinator: boolean },
  link: Link | null,
  now: Date,
): Promise<VouchNo | null> {
  if (!link?.linked || link.lentAt || link.undoneAt || !link.answeredAt) return { why: 'no_link' };
  const person = await personNumbers(db, link.forumId, link.member);
  if (!person.includes(actor.member)) return actor.coordinator ? null : { why: 'no_link' };
  const others = (await coordinators(db, link.forumId)).filter(one => !person.includes(one.number));
  const sides = await sidesOf(db, link);
  if (others.length || actor.member !== sides?.kept.number) return { why: 'own_link' };
  return now.getTime() - link.answeredAt.getTime() < WAIT_MS ? { why: 'wait' } : null;
}

/** The last link of a person that may still be undone; null: there is none. */
export async function linkToUndo(db: Reader, forumId: string, member: number, now: Date): Promise<Link | null> {
  const { links: l } = db.tables;
  const person = await personNumbers(db, forumId, member);
  const since = new Date(now.getTime() - UNDO_MS);
  const rows = await db
    .select()
    .from(l)
    .where(
      and(
        eq(l.forumId, forumId),
        eq(l.linked, true),
        isNull(l.undoneAt),
        or(gt(l.answeredAt, since), gt(l.lentAt, since)),
      ),
    )
    .orderBy(desc(sql`coalesce(${l.lentAt}, ${l.answeredAt})`), desc(l.number));
  const merged = await keptOf(db, forumId);
  // A merge on which another one rests is undone after it.
  const isLast = ({ before }: Link) => !before || !merged.has(before.kept);
  return rows.find(one => person.includes(one.member) && isLast(one)) ?? null;
}
