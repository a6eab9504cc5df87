import { and, eq, inArray, isNull, notInArray } from 'drizzle-orm';
import type { BeforeMerge } from '../storage/schema/links.ts';
import type { Tx } from '../storage/store.ts';
import { openActions } from './actions/store.ts';
import { partInvitations } from './meetings/one-invitee.ts';

/**
 * Makes two members of one again: what still lies where the merge put it goes back, and nothing else is touched. What was
 * taken from the one person meanwhile, a seat or coordination, comes back with neither.
 */
export async function unmerge(tx: Tx, forumId: string, before: BeforeMerge): Promise<void> {
  const t = tx.tables;
  const { kept, gone } = before;
  const member = (number: number) => and(eq(t.members.forumId, forumId), eq(t.members.number, number));
  await tx
    .update(t.members)
    .set({ name: before.name, folded: before.folded, coordinator: false, forgottenAt: null })
    .where(member(gone));
  // A coordinator who was made none meanwhile is none under either account.
  const [still] = await tx.select({ coordinator: t.members.coordinator }).from(t.members).where(member(kept));
  if (before.coordinators.gone && still?.coordinator)
    await tx.update(t.members).set({ coordinator: true }).where(member(gone));
  if (before.coordinators.gone && !before.coordinators.kept)
    await tx.update(t.members).set({ coordinator: false }).where(member(kept));
  for (const { platform, home, account } of before.accounts)
    await tx
      .update(t.accounts)
      .set({ member: gone })
      .where(
        and(
          eq(t.accounts.forumId, forumId),
          eq(t.accounts.platform, platform),
          eq(t.accounts.home, home),
          eq(t.accounts.account, account),
          eq(t.accounts.member, kept),
        ),
      );
  await returnSeat(tx, forumId, before);
  await takeBack(tx, forumId, before);
  if (before.issues.length)
    await tx
      .update(t.issues)
      .set({ owner: gone })
      .where(
        and(eq(t.issues.forumId, forumId), eq(t.issues.owner, kept), inArray(t.issues.number, [...before.issues])),
      );
  if (before.actions?.length)
    await tx
      .update(t.actions)
      .set({ owner: gone })
      .where(
        and(eq(t.actions.forumId, forumId), eq(t.actions.owner, kept), inArray(t.actions.number, [...before.actions])),
      );
  for (const { issue, both } of before.mediated) {
    const mine = and(eq(t.mediators.forumId, forumId), eq(t.mediators.issue, issue), eq(t.mediators.member, kept));
    if (!both) await tx.delete(t.mediators).where(mine);
    await tx.insert(t.mediators).values({ forumId, issue, member: gone }).onConflictDoNothing();
  }
  for (const { indicator, partner } of before.indicators)
    await tx
      .update(t.indicatorPartners)
      .set({ member: gone })
      .where(
        and(
          eq(t.indicatorPartners.forumId, forumId),
          eq(t.indicatorPartners.indicator, indicator),
          eq(t.indicatorPartners.partner, partner),
          eq(t.indicatorPartners.member, kept),
        ),
      );
  if (before.reviews.length)
    await tx
      .update(t.reviews)
      .set({ mediator: gone })
      .where(
        and(
          eq(t.reviews.forumId, forumId),
          eq(t.reviews.mediator, kept),
          inArray(t.reviews.number, [...before.reviews]),
        ),
      );
  await partInvitations(tx, forumId, { kept, gone }, before.invited ?? []);
  const { calendarTokens: c } = t;
  if (before.calendars?.length)
    await tx
      .update(c)
      .set({ member: gone })
      .where(and(eq(c.forumId, forumId), eq(c.member, kept), inArray(c.seq, [...before.calendars])));
}

/** Gives a seat back that the merge took, in the role that is free now; not one that has ended meanwhile. */
async function returnSeat(tx: Tx, forumId: string, { kept, gone, seats: was }: BeforeMerge): Promise<void> {
  if (!was.gone) return;
  const { seats: s, partners: p } = tx.tables;
  const { partner } = was.gone;
  const [sits] = await tx
    .select()
    .from(s)
    .where(and(eq(s.forumId, forumId), eq(s.member, kept)));
  const isThere = sits?.partner === partner;
  if (was.kept?.partner === partner || !was.kept) {
    if (!isThere) return;
  } else {
    const [there] = await tx
      .select({ archivedAt: p.archivedAt })
      .from(p)
      .where(and(eq(p.forumId, forumId), eq(p.number, partner)));
    if (!there || there.archivedAt) return;
  }
  if (!was.kept) {
    await tx
      .update(s)
      .set({ member: gone })
      .where(and(eq(s.forumId, forumId), eq(s.member, kept)));
    return;
  }
  const taken = await tx
    .select({ role: s.role })
    .from(s)
    .where(and(eq(s.forumId, forumId), eq(s.partner, partner), eq(s.role, was.gone.role)));
  const role = taken.length ? 'member' : was.gone.role;
  await tx.insert(s).values({ forumId, member: gone, partner, role, since: new Date(was.gone.since) });
}

/** Gives duties back that passed on with the seat, as far as nobody else was given them meanwhile. */
async function takeBack(tx: Tx, forumId: string, { gone, passed = [] }: BeforeMerge): Promise<void> {
  const { seats: s, indicatorPartners: r, issues: i, actions: a } = tx.tables;
  for (const { partner, to, indicators, issues, actions } of passed) {
    const [sits] = await tx
      .select({ partner: s.partner })
      .from(s)
      .where(and(eq(s.forumId, forumId), eq(s.member, gone)));
    if (sits?.partner !== partner) continue;
    const handed = and(eq(r.forumId, forumId), eq(r.partner, partner), isNull(r.member));
    if (indicators.length)
      await tx
        .update(r)
        .set({ member: gone })
        .where(and(handed, inArray(r.indicator, [...indicators])));
    const inCharge = and(eq(i.forumId, forumId), to === null ? isNull(i.owner) : eq(i.owner, to));
    if (issues.length)
      await tx
        .update(i)
        .set({ owner: gone, ...(to === null && { state: 'in_progress' as const }) })
        .where(and(inCharge, notInArray(i.state, ['resolved', 'closed']), inArray(i.number, [...issues])));
    if (actions.length)
      await tx
        .update(a)
        .set({ owner: gone })
        .where(and(eq(a.forumId, forumId), isNull(a.owner), openActions(tx.tables), inArray(a.number, [...actions])));
  }
}
