import { and, eq, inArray } from 'drizzle-orm';
import type { BeforeMerge } from '../storage/schema/links.ts';
import type { Tx } from '../storage/store.ts';
import { passDuties } from './duties.ts';
import { invitationsOf, joinInvitations } from './meetings/one-invitee.ts';
import type { Member } from './people.ts';
import { moveVoter } from './strategies/one-person.ts';

export type { BeforeMerge };

/**
 * Makes two members one: `gone` becomes `kept`. Accounts, duties and messages go over; what was done in the past keeps
 * its number under the one name. Who sat for two partners sits for that of `kept`, and what they did for the other
 * passes on. Returns how everything was before.
 */
export async function merge(tx: Tx, kept: Member, gone: Member, now: Date): Promise<BeforeMerge> {
  const { accounts, members, seats, snoozes, issues, mediators, indicatorPartners, reviews, deliveries } = tx.tables;
  const { forumId } = kept;
  const [from, to] = [gone.number, kept.number];
  const before = await asItIs(tx, kept, gone);
  await tx
    .update(accounts)
    .set({ member: to })
    .where(and(eq(accounts.forumId, forumId), eq(accounts.member, from)));
  const sits = await tx
    .select()
    .from(seats)
    .where(and(eq(seats.forumId, forumId), inArray(seats.member, [from, to])));
  const ofGone = and(eq(seats.forumId, forumId), eq(seats.member, from));
  const staysAt = sits.find(seat => seat.member === to)?.partner;
  const leaves = sits.find(seat => seat.member === from && seat.partner !== (staysAt ?? seat.partner))?.partner;
  if (staysAt !== undefined) await tx.delete(seats).where(ofGone);
  else await tx.update(seats).set({ member: to }).where(ofGone);
  const passed = leaves === undefined ? [] : await passDuties(tx, forumId, leaves, [from]);
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
  const { actions, calendarTokens } = tx.tables;
  await joinInvitations(tx, forumId, { kept: to, gone: from }, before.invited!);
  await tx
    .update(calendarTokens)
    .set({ member: to })
    .where(and(eq(calendarTokens.forumId, forumId), eq(calendarTokens.member, from)));
  await tx
    .update(actions)
    .set({ owner: to })
    .where(and(eq(actions.forumId, forumId), eq(actions.owner, from)));
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
  await moveVoter(tx, forumId, to, from);
  await tx
    .update(members)
    .set({ coordinator: kept.coordinator || gone.coordinator })
    .where(and(eq(members.forumId, forumId), eq(members.number, to)));
  await tx
    .update(members)
    .set({ name: kept.name, folded: kept.folded, coordinator: false, forgottenAt: now })
    .where(and(eq(members.forumId, forumId), eq(members.number, from)));
  return { ...before, passed };
}

/** Returns what belongs to a member who is about to become another. */
async function asItIs(tx: Tx, kept: Member, gone: Member): Promise<BeforeMerge> {
  const t = tx.tables;
  const { forumId } = gone;
  const number = gone.number;
  const seatOf = async (member: number) =>
    (
      await tx
        .select({ partner: t.seats.partner, role: t.seats.role, since: t.seats.since })
        .from(t.seats)
        .where(and(eq(t.seats.forumId, forumId), eq(t.seats.member, member)))
    ).map(seat => ({ ...seat, since: seat.since.toISOString() }))[0] ?? null;
  const accounts = await tx
    .select({ platform: t.accounts.platform, home: t.accounts.home, account: t.accounts.account })
    .from(t.accounts)
    .where(and(eq(t.accounts.forumId, forumId), eq(t.accounts.member, number)));
  const issues = await tx
    .select({ number: t.issues.number })
    .from(t.issues)
    .where(and(eq(t.issues.forumId, forumId), eq(t.issues.owner, number)));
  const mediated = async (member: number) =>
    (
      await tx
        .select({ issue: t.mediators.issue })
        .from(t.mediators)
        .where(and(eq(t.mediators.forumId, forumId), eq(t.mediators.member, member)))
    ).map(one => one.issue);
  const keptMediates = new Set(await mediated(kept.number));
  const indicators = await tx
    .select({ indicator: t.indicatorPartners.indicator, partner: t.indicatorPartners.partner })
    .from(t.indicatorPartners)
    .where(and(eq(t.indicatorPartners.forumId, forumId), eq(t.indicatorPartners.member, number)));
  const actions = await tx
    .select({ number: t.actions.number })
    .from(t.actions)
    .where(and(eq(t.actions.forumId, forumId), eq(t.actions.owner, number)));
  const { calendarTokens: c } = t;
  const calendars = await tx
    .select({ seq: c.seq })
    .from(c)
    .where(and(eq(c.forumId, forumId), eq(c.member, number)));
  const reviews = await tx
    .select({ number: t.reviews.number })
    .from(t.reviews)
    .where(and(eq(t.reviews.forumId, forumId), eq(t.reviews.mediator, number)));
  return {
    kept: kept.number,
    gone: number,
    name: gone.name,
    folded: gone.folded,
    coordinators: { kept: kept.coordinator, gone: gone.coordinator },
    seats: { kept: await seatOf(kept.number), gone: await seatOf(number) },
    accounts,
    issues: issues.map(one => one.number),
    mediated: (await mediated(number)).map(issue => ({ issue, both: keptMediates.has(issue) })),
    indicators,
    reviews: reviews.map(one => one.number),
    actions: actions.map(one => one.number),
    invited: await invitationsOf(tx, forumId, kept.number, number),
    calendars: calendars.map(one => one.seq),
  };
}
