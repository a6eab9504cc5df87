import { and, asc, eq } from 'drizzle-orm';
import type { Tables } from '../storage/schema/index.ts';
import type { Reader, Tx } from '../storage/store.ts';
import { seatsOf } from './partners.ts';
import { coordinators } from './people.ts';

export type SeatRequest = Tables['seatRequests']['$inferSelect'];

/** Puts down that a person asks to sit for a partner; a request for another partner is replaced by it. */
export async function askForSeat(tx: Tx, request: SeatRequest): Promise<void> {
  const { seatRequests: r } = tx.tables;
  const { partner, at } = request;
  await tx
    .insert(r)
    .values(request)
    .onConflictDoUpdate({ target: [r.forumId, r.member], set: { partner, at } });
}

/** The open request of a person; null: there is none. */
export async function seatRequestOf(db: Reader, forumId: string, member: number): Promise<SeatRequest | null> {
  const { seatRequests: r } = db.tables;
  const [row] = await db
    .select()
    .from(r)
    .where(and(eq(r.forumId, forumId), eq(r.member, member)));
  return row ?? null;
}

/** Takes a request away that was answered with no. */
export async function dropRequest(tx: Tx, forumId: string, member: number): Promise<void> {
  const { seatRequests: r } = tx.tables;
  await tx.delete(r).where(and(eq(r.forumId, forumId), eq(r.member, member)));
}

/** Returns who asks to sit for a partner, the first first. */
export async function seatRequestsFor(
  db: Reader,
  forumId: string,
  partner: number,
): Promise<{ member: number; name: string; at: Date }[]> {
  const { seatRequests: r, members: m } = db.tables;
  return db
    .select({ member: r.member, name: m.name, at: r.at })
    .from(r)
    .innerJoin(m, and(eq(m.forumId, r.forumId), eq(m.number, r.member)))
    .where(and(eq(r.forumId, forumId), eq(r.partner, partner)))
    .orderBy(asc(r.at), asc(r.member));
}

/** Returns who answers a request for a partner: those who speak for it, or the coordinators where nobody does. */
export async function answerersFor(db: Reader, forumId: string, partner: number): Promise<number[]> {
  const speakers = (await seatsOf(db, forumId, partner)).filter(one => one.role !== 'member').map(one => one.member);
  return speakers.length ? speakers : (await coordinators(db, forumId)).map(one => one.number);
}
