import { type AnyColumn, and, eq, inArray, notInArray, or } from 'drizzle-orm';
import type { Tx } from '../../storage/store.ts';
import type { Member } from '../people.ts';
import { numbersOf, placesOfAccounts } from './about.ts';

/** What stands where a forgotten person's name stood. */
export const pseudonymOf = (number: number): string => `#${number}`;

/** A topic whose posts may have named the person. */
interface Topic {
  readonly kind: string;
  readonly subject: string;
}

/**
 * Forgets a person, and every account that was linked to theirs: names, accounts on platforms, seat, duties and
 * preferences are gone. What they did for the forum stays under a number that leads nowhere, so that tallies, the ledger
 * and the audit hold. Returns what stands in channels and may show a name: it is to be rendered again.
 */
export async function forget(tx: Tx, member: Member, now: Date): Promise<Topic[]> {
  const { forumId } = member;
  const numbers = await numbersOf(tx, member);
  const names = await namesOf(tx, forumId, numbers);
  const touched = await unname(tx, forumId, numbers, names);
  await forgetElsewhere(tx, forumId, numbers, names, now);
  const { members } = tx.tables;
  for (const number of numbers) {
    const name = pseudonymOf(number);
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
      .where(and(eq(members.forumId, forumId), eq(members.number, number)));
  }
  return standingAbout(tx, forumId, touched);
}

/** Every name the person is or was known by, on any platform. */
async function namesOf(tx: Tx, forumId: string, numbers: readonly number[]): Promise<ReadonlySet<string>> {
  const { members, accounts } = tx.tables;
  const own = (forum: AnyColumn, person: AnyColumn) => and(eq(forum, forumId), inArray(person, [...numbers]));
  const rows = [
    ...(await tx.select({ name: members.name }).from(members).where(own(members.forumId, members.number))),
    ...(await tx.select({ name: accounts.name }).from(accounts).where(own(accounts.forumId, accounts.member))),
  ];
  return new Set(rows.map(row => row.name));
}

/** What lies about a person beside the record: it goes, or loses the person. */
async function forgetElsewhere(
  tx: Tx,
  forumId: string,
  numbers: number[],
  names: ReadonlySet<string>,
  now: Date,
): Promise<void> {
  const t = tx.tables;
  const own = (forum: AnyColumn, person: AnyColumn) => and(eq(forum, forumId), inArray(person, numbers));
  for (const here of await placesOfAccounts(tx, forumId, numbers)) {
    const { platform, workspace, account } = here;
    await tx
      .delete(t.drafts)
      .where(and(eq(t.drafts.platform, platform), eq(t.drafts.workspace, workspace), eq(t.drafts.account, account)));
    const { codeAttempts: c } = t;
    await tx.delete(c).where(and(eq(c.platform, platform), eq(c.workspace, workspace), eq(c.account, account)));
  }
  await tx.delete(t.accounts).where(own(t.accounts.forumId, t.accounts.member));
  await tx.delete(t.seats).where(own(t.seats.forumId, t.seats.member));
  await tx.delete(t.snoozes).where(own(t.snoozes.forumId, t.snoozes.member));
  await tx
    .delete(t.links)
    .where(and(eq(t.links.forumId, forumId), or(inArray(t.links.member, numbers), inArray(t.links.other, numbers))));
  const reports = own(t.indicatorPartners.forumId, t.indicatorPartners.member);
  await tx.update(t.indicatorPartners).set({ member: null }).where(reports);
  const unsolved = notInArray(t.issues.state, ['resolved', 'closed']);
  await tx
    .update(t.issues)
    .set({ owner: null })
    .where(and(own(t.issues.forumId, t.issues.owner), unsolved));
  const mine = own(t.deliveries.forumId, t.deliveries.member);
  await tx.update(t.deliveries).set({ ref: null }).where(mine);
  await tx
    .update(t.deliveries)
    .set({ state: 'suppressed', reason: 'forgotten', nextAt: null, doneAt: now })
    .where(and(mine, eq(t.deliveries.state, 'pending')));
  for (const name of names) {
    await tx
      .update(t.invitations)
      .set({ askedBy: null })
      .where(and(eq(t.invitations.forumId, forumId), eq(t.invitations.askedBy, name)));
    await tx
      .update(t.partners)
      .set({ contact: null })
      .where(and(eq(t.partners.forumId, forumId), eq(t.partners.contact, name)));
  }
  await forgetAnswersNaming(tx, forumId, names);
}

/** Answers that are kept for a repeated act may show the name. */
async function forgetAnswersNaming(tx: Tx, forumId: string, names: ReadonlySet<string>): Promise<void> {
  const { acts } = tx.tables;
  const written = [...names].map(name => JSON.stringify(name).slice(1, -1));
  const kept = await tx.select({ key: acts.key, answer: acts.answer }).from(acts).where(eq(acts.forumId, forumId));
  for (const { key, answer } of kept) {
    const said = JSON.stringify(answer);
    if (written.some(name => said.includes(name)))
      await tx.delete(acts).where(and(eq(acts.forumId, forumId), eq(acts.key, key)));
  }
}

/**
 * The audit and the electorates of votes by member keep some names by value; wherever the person's stands, the pseudonym
 * goes. Returns the numbers of all things the person had a part in, of whatever kind.
 */
async function unname(
  tx: Tx,
  forumId: string,
  numbers: readonly number[],
  names: ReadonlySet<string>,
): Promise<ReadonlySet<number>> {
  const { events, electors, strategies } = tx.tables;
  const pseudonym = pseudonymOf(numbers[0]!);
  const rename = (value: unknown): unknown => {
    if (typeof value === 'string') return names.has(value) ? pseudonym : value;
    if (Array.isArray(value)) return value.map(rename);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rename(inner)]));
  };
  const touched = new Set<number>();
  const rows = await tx
    .select({ seq: events.seq, member: events.member, number: events.number, data: events.data })
    .from(events)
    .where(eq(events.forumId, forumId));
  for (const { seq, member, number, data } of rows) {
    const without = rename(data) as typeof data;
    const named = JSON.stringify(without) !== JSON.stringify(data);
    if (named) await tx.update(events).set({ data: without }).where(eq(events.seq, seq));
    if (named || (member !== null && numbers.includes(member))) touched.add(number);
  }
  const votes = await tx
    .select({ number: strategies.number, rule: strategies.rule })
    .from(strategies)
    .where(eq(strategies.forumId, forumId));
  const byMember = votes.filter(vote => vote.rule.basis === 'member').map(vote => vote.number);
  for (const number of byMember) touched.add(number);
  if (byMember.length)
    for (const unit of numbers)
      await tx
        .update(electors)
        .set({ name: pseudonymOf(unit) })
        .where(and(eq(electors.forumId, forumId), inArray(electors.strategy, byMember), eq(electors.unit, unit)));
  return touched;
}

/** What stands in channels about things of these numbers. */
async function standingAbout(tx: Tx, forumId: string, numbers: ReadonlySet<number>): Promise<Topic[]> {
  const { posts } = tx.tables;
  const standing = await tx
    .selectDistinct({ kind: posts.topic, subject: posts.subject })
    .from(posts)
    .where(eq(posts.forumId, forumId));
  return standing.filter(({ subject }) => numbers.has(Number.parseInt(subject, 10)));
}
