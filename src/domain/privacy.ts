import { type AnyColumn, and, eq, inArray, or } from 'drizzle-orm';
import type { Reader, Tx } from '../storage/store.ts';
import type { Member } from './people.ts';

/** Rows of a person's forum in which a column names that person. */
const ofPerson =
  ({ forumId, number }: Member) =>
  (forum: AnyColumn, person: AnyColumn) =>
    and(eq(forum, forumId), eq(person, number));

/** Everything that the forum has stored about one person, a list a subject; secret choices are stored apart from them. */
export async function aboutPerson(db: Reader, member: Member): Promise<Record<string, unknown[]>> {
  const { forumId, number } = member;
  const { accounts, seats, activities, issues, reports, ballots, entries, snoozes, strategies, events } = db.tables;
  const own = ofPerson(member);
  return {
    person: [{ number, name: member.name, locale: member.locale, zone: member.zone, since: member.createdAt }],
    accounts: await db
      .select({
        platform: accounts.platform,
        account: accounts.account,
        name: accounts.name,
        seen: accounts.lastSeenAt,
      })
      .from(accounts)
      .where(own(accounts.forumId, accounts.member)),
    seats: await db.select().from(seats).where(own(seats.forumId, seats.member)),
    activities: await db
      .select({ number: activities.number, title: activities.title, at: activities.createdAt })
      .from(activities)
      .where(own(activities.forumId, activities.createdBy)),
    issues: await db
      .select({ number: issues.number, title: issues.title, at: issues.createdAt })
      .from(issues)
      .where(and(eq(issues.forumId, forumId), or(eq(issues.raisedBy, number), eq(issues.owner, number)))),
    reports: await db
      .select({ indicator: reports.indicator, period: reports.period, value: reports.value, at: reports.reportedAt })
      .from(reports)
      .where(own(reports.forumId, reports.reportedBy)),
    proposals: await db
      .select({ number: strategies.number, title: strategies.title, at: strategies.createdAt })
      .from(strategies)
      .where(own(strategies.forumId, strategies.proposedBy)),
    ballots: await db
      .select({ strategy: ballots.strategy, choice: ballots.choice, reason: ballots.reason, at: ballots.castAt })
      .from(ballots)
      .where(own(ballots.forumId, ballots.castBy)),
    entries: await db
      .select({ number: entries.number, purpose: entries.purpose, amount: entries.amount, at: entries.recordedAt })
      .from(entries)
      .where(own(entries.forumId, entries.recordedBy)),
    putOff: await db.select().from(snoozes).where(own(snoozes.forumId, snoozes.member)),
    history: await db
      .select({ at: events.at, kind: events.kind, thing: events.thing, number: events.number })
      .from(events)
      .where(own(events.forumId, events.member)),
  };
}

/** What stands where a forgotten person's name stood. */
export const pseudonymOf = (member: Pick<Member, 'number'>): string => `#${member.number}`;

/**
 * Forgets a person: the name, the accounts on platforms, the seat and the preferences are gone. What they did for the
 * forum stays under a number that leads nowhere, so that tallies and the audit hold.
 */
export async function forget(tx: Tx, member: Member, now: Date): Promise<void> {
  const { members, accounts, seats, snoozes, drafts, electors, strategies, deliveries } = tx.tables;
  const { forumId, number } = member;
  const own = ofPerson(member);
  const name = pseudonymOf(member);
  const used = await tx
    .select({ platform: accounts.platform, account: accounts.account })
    .from(accounts)
    .where(own(accounts.forumId, accounts.member));
  for (const { platform, account } of used)
    await tx.delete(drafts).where(and(eq(drafts.platform, platform), eq(drafts.account, account)));
  await tx.delete(accounts).where(own(accounts.forumId, accounts.member));
  await tx.delete(seats).where(own(seats.forumId, seats.member));
  await tx.delete(snoozes).where(own(snoozes.forumId, snoozes.member));
  await tx
    .update(deliveries)
    .set({ state: 'suppressed', reason: 'forgotten', nextAt: null, doneAt: now })
    .where(and(eq(deliveries.forumId, forumId), eq(deliveries.member, number), eq(deliveries.state, 'pending')));
  await unname(tx, member);
  const votes = await tx
    .select({ number: strategies.number, rule: strategies.rule })
    .from(strategies)
    .where(eq(strategies.forumId, forumId));
  const byMember = votes.filter(vote => vote.rule.basis === 'member').map(vote => vote.number);
  if (byMember.length)
    await tx
      .update(electors)
      .set({ name })
      .where(and(eq(electors.forumId, forumId), inArray(electors.strategy, byMember), eq(electors.unit, number)));
  await tx
    .update(members)
    .set({
      name,
      folded: name,
      locale: null,
      zone: null,
      quietFrom: null,
      quietTo: null,
      coordinator: false,
      forgottenAt: now,
    })
    .where(own(members.forumId, members.number));
}

/** The audit keeps some names by value, for its history lines; wherever the person's stands, the pseudonym goes. */
async function unname(tx: Tx, member: Member): Promise<void> {
  const { events } = tx.tables;
  const rows = await tx
    .select({ seq: events.seq, data: events.data })
    .from(events)
    .where(eq(events.forumId, member.forumId));
  const rename = (value: unknown): unknown => (value === member.name ? pseudonymOf(member) : value);
  for (const { seq, data } of rows) {
    if (!Object.values(data).includes(member.name)) continue;
    const without = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, rename(value)]));
    await tx.update(events).set({ data: without }).where(eq(events.seq, seq));
  }
}
