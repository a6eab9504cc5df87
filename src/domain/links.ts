import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import { isTrue } from '../storage/literal.ts';
import type { Tables } from '../storage/schema/index.ts';
import type { Reader, Tx } from '../storage/store.ts';
import { nextNumber } from './codes.ts';
import { hashOf } from './invitations.ts';
import type { Member } from './people.ts';

export type Link = Tables['links']['$inferSelect'];

/** A code to link an account holds for ten minutes. */
const VALID_MS = 10 * 60_000;

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
      answeredAt: null,
      linked: null,
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

export async function linkByNumber(db: Reader, forumId: string, number: number): Promise<Link | null> {
  const { links: l } = db.tables;
  const [row] = await db
    .select()
    .from(l)
    .where(and(eq(l.forumId, forumId), eq(l.number, number)));
  return row ?? null;
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

/**
 * Makes two members one person: `gone` becomes `kept`. Accounts, duties and messages go over; what was done in the past
 * keeps its number under the one name. In open votes the later ballot stands, and nobody has two: returns the numbers of
 * the votes in which there were two.
 */
export async function merge(tx: Tx, kept: Member, gone: Member, now: Date): Promise<number[]> {
  const { accounts, members, seats, snoozes, issues, mediators, indicatorPartners, reviews, deliveries } = tx.tables;
  const { forumId } = kept;
  const [from, to] = [gone.number, kept.number];
  await tx
    .update(accounts)
    .set({ member: to })
    .where(and(eq(accounts.forumId, forumId), eq(accounts.member, from)));
  const sits = await tx
    .select()
    .from(seats)
    .where(and(eq(seats.forumId, forumId), inArray(seats.member, [from, to])));
  const ofGone = and(eq(seats.forumId, forumId), eq(seats.member, from));
  if (sits.some(seat => seat.member === to)) await tx.delete(seats).where(ofGone);
  else await tx.update(seats).set({ member: to }).where(ofGone);
  const { seatRequests: r } = tx.tables;
  await tx.delete(r).where(and(eq(r.forumId, forumId), eq(r.member, from)));
  await tx.delete(snoozes).where(and(eq(snoozes.forumId, forumId), eq(snoozes.member, from)));
  await tx
    .update(issues)
    .set({ owner: to })
    .where(and(eq(issues.forumId, forumId), eq(issues.owner, from)));
  const mediates = await tx
    .delete(mediators)
    .where(and(eq(mediators.forumId, forumId), eq(mediators.member, from)))
    .returning();
  if (mediates.length)
    await tx
      .insert(mediators)
      .values(mediates.map(row => ({ ...row, member: to })))
      .onConflictDoNothing();
  await tx
    .update(indicatorPartners)
    .set({ member: to })
    .where(and(eq(indicatorPartners.forumId, forumId), eq(indicatorPartners.member, from)));
  await tx
    .update(reviews)
    .set({ mediator: to })
    .where(and(eq(reviews.forumId, forumId), eq(reviews.mediator, from)));
  await tx
    .update(deliveries)
    .set({ member: to })
    .where(and(eq(deliveries.forumId, forumId), eq(deliveries.member, from), eq(deliveries.state, 'pending')));
  const twice = await mergeVotes(tx, forumId, to, from);
  await tx
    .update(members)
    .set({ coordinator: kept.coordinator || gone.coordinator })
    .where(and(eq(members.forumId, forumId), eq(members.number, to)));
  await tx
    .update(members)
    .set({ name: kept.name, folded: kept.folded, coordinator: false, forgottenAt: now })
    .where(and(eq(members.forumId, forumId), eq(members.number, from)));
  return twice;
}

/** In votes that are open: one voter, and of two ballots of one's own the later. Returns the votes with two. */
async function mergeVotes(tx: Tx, forumId: string, to: number, from: number): Promise<number[]> {
  const twice: number[] = [];
  const { strategies: s, voters, ballots: b } = tx.tables;
  const open = await tx
    .select({ number: s.number, rule: s.rule })
    .from(s)
    .where(and(eq(s.forumId, forumId), isNull(s.outcome)));
  for (const { number, rule } of open) {
    const here = and(eq(voters.forumId, forumId), eq(voters.strategy, number));
    const both = await tx
      .select()
      .from(voters)
      .where(and(here, or(eq(voters.member, to), eq(voters.member, from))));
    if (both.length < 2) {
      await tx
        .update(voters)
        .set({ member: to })
        .where(and(here, eq(voters.member, from)));
      continue;
    }
    await tx.delete(voters).where(and(here, eq(voters.member, from)));
    if (rule.basis !== 'member') continue;
    const ofUnit = (unit: number) =>
      and(eq(b.forumId, forumId), eq(b.strategy, number), eq(b.unit, unit), isTrue(b.inForce));
    const [mine] = await tx.select().from(b).where(ofUnit(to));
    const [theirs] = await tx.select().from(b).where(ofUnit(from));
    if (theirs) await tx.update(b).set({ inForce: false, secretKey: null }).where(eq(b.seq, theirs.seq));
    if (theirs && !(mine && mine.castAt >= theirs.castAt)) {
      if (mine) await tx.update(b).set({ inForce: false, secretKey: null }).where(eq(b.seq, mine.seq));
      const { seq: _, ...later } = theirs;
      await tx.insert(b).values({ ...later, unit: to });
    }
    if (mine && theirs) twice.push(number);
    await oneElector(tx, forumId, number, to, from);
  }
  return twice;
}

/** One person is one of the electorate: what the other account had cast is kept under the one, and is not in force. */
async function oneElector(tx: Tx, forumId: string, strategy: number, to: number, from: number): Promise<void> {
  const { electors: e, ballots: b, proxies: p } = tx.tables;
  await tx
    .update(b)
    .set({ unit: to })
    .where(and(eq(b.forumId, forumId), eq(b.strategy, strategy), eq(b.unit, from)));
  const proxied = or(eq(p.unit, from), eq(p.holder, from));
  await tx.delete(p).where(and(eq(p.forumId, forumId), eq(p.strategy, strategy), proxied));
  await tx.delete(e).where(and(eq(e.forumId, forumId), eq(e.strategy, strategy), eq(e.unit, from)));
}
