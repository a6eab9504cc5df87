import { type AnyColumn, and, eq, inArray, like, notInArray, or } from 'drizzle-orm';
import type { Tx } from '../../storage/store.ts';
import { likePattern } from '../../storage/words.ts';
import { openActions } from '../actions/store.ts';
import { expireFile } from '../files/store.ts';
import type { Account, Member } from '../people.ts';
import { numbersOf } from '../persons.ts';
import { placesOfAccounts } from './data-export.ts';
import { type Gone, goneOf, mayHold, pseudonymOf, unnameAnswers, unnameRecord } from './pseudonymize.ts';

/** A topic whose posts may have named the person. */
interface Topic {
  readonly kind: string;
  readonly subject: string;
}

/**
 * Forgets a person, and every account that was linked to theirs: names, accounts on platforms, seat, duties and
 * preferences are gone. What they did for the forum stays under a number that leads nowhere, so that tallies, the ledger
 * and the audit hold. `instead` is what a repeated act is answered whose answer named the person. Returns what stands in channels and may show a name: it is to be rendered again.
 */
export async function forget(tx: Tx, member: Member, now: Date, instead: unknown): Promise<Topic[]> {
  const { forumId } = member;
  const numbers = await numbersOf(tx, member);
  const gone = await goneOf(tx, forumId, numbers);
  const touched = await unnameRecord(tx, gone, now);
  await unnameAnswers(tx, gone, instead);
  await forgetElsewhere(tx, gone, now);
  tx.erase(...ERASED);
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

/** Columns that hold a person's names, besides what others wrote. */
const ERASED = [
  'members',
  'accounts',
  'acts',
  'codeAttempts',
  'drafts',
  'electors',
  'events',
  'invitations',
  'links',
  'partners',
  'pollElectors',
  'pollOptions',
] as const;

/** Removes what lies about a person beside the record, or takes the person out of it. */
async function forgetElsewhere(tx: Tx, { forumId, own: names, ...gone }: Gone, now: Date): Promise<void> {
  const t = tx.tables;
  const numbers = [...gone.numbers];
  const own = (forum: AnyColumn, person: AnyColumn) => and(eq(forum, forumId), inArray(person, numbers));
  for (const here of await placesOfAccounts(tx, forumId, numbers)) {
    const { platform, workspace, account } = here;
    const gone = await tx
      .delete(t.drafts)
      .where(and(eq(t.drafts.platform, platform), eq(t.drafts.workspace, workspace), eq(t.drafts.account, account)))
      .returning({ given: t.drafts.given });
    for (const { given } of gone) for (const hash of filesIn(given)) await expireFile(tx, forumId, hash, now);
    const { codeAttempts: c } = t;
    await tx.delete(c).where(and(eq(c.platform, platform), eq(c.workspace, workspace), eq(c.account, account)));
  }
  const accounts = await tx.select().from(t.accounts).where(own(t.accounts.forumId, t.accounts.member));
  for (const one of accounts) await leaveDrafts(tx, one);
  await tx.delete(t.accounts).where(own(t.accounts.forumId, t.accounts.member));
  await tx.delete(t.seats).where(own(t.seats.forumId, t.seats.member));
  await tx.delete(t.seatRequests).where(own(t.seatRequests.forumId, t.seatRequests.member));
  await tx.delete(t.snoozes).where(own(t.snoozes.forumId, t.snoozes.member));
  await tx.delete(t.calendarTokens).where(own(t.calendarTokens.forumId, t.calendarTokens.member));
  // A seat at what is still to come is free for those who wait; who came to what is over still counts.
  const planned = tx
    .select({ number: t.activities.number })
    .from(t.activities)
    .where(and(eq(t.activities.forumId, forumId), eq(t.activities.state, 'planned')));
  await tx
    .delete(t.invitees)
    .where(and(own(t.invitees.forumId, t.invitees.member), inArray(t.invitees.activity, planned)));
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
  await tx
    .update(t.actions)
    .set({ owner: null })
    .where(and(own(t.actions.forumId, t.actions.owner), openActions(t)));
  const mine = own(t.deliveries.forumId, t.deliveries.member);
  await tx.update(t.deliveries).set({ ref: null }).where(mine);
  for (const number of numbers)
    await tx
      .delete(t.posts)
      .where(and(eq(t.posts.forumId, forumId), like(t.posts.channel, likePattern(`~${number}`, 'end'))));
  await tx
    .update(t.deliveries)
    .set({ state: 'suppressed', reason: 'forgotten', nextAt: null, doneAt: now })
    .where(and(mine, eq(t.deliveries.state, 'pending')));
  for (const name of names.keys()) {
    await tx
      .update(t.invitations)
      .set({ askedBy: null })
      .where(and(eq(t.invitations.forumId, forumId), eq(t.invitations.askedBy, name)));
    await tx
      .update(t.partners)
      .set({ contact: null })
      .where(and(eq(t.partners.forumId, forumId), eq(t.partners.contact, name)));
  }
}

/** The hashes of kept files in a draft. */
function filesIn(given: Record<string, unknown>): string[] {
  const values = Object.values(given) as { file?: { kept?: string }; also?: { kept?: string }[] }[];
  return values.flatMap(raw => [raw.file, ...(raw.also ?? [])]).flatMap(file => file?.kept ?? []);
}

/** Others' drafts that were to name the person name nobody: their form asks again. */
async function leaveDrafts(tx: Tx, { platform, account }: Pick<Account, 'platform' | 'account'>): Promise<void> {
  const { drafts: d } = tx.tables;
  const isMeant = (raw: unknown): boolean => (raw as { account?: { account?: unknown } }).account?.account === account;
  const some = await tx
    .select({ id: d.id, given: d.given })
    .from(d)
    .where(and(eq(d.platform, platform), mayHold(d.given, account)));
  for (const { id, given } of some) {
    const left = Object.entries(given).filter(([, raw]) => !isMeant(raw));
    if (left.length < Object.keys(given).length)
      await tx
        .update(d)
        .set({ given: Object.fromEntries(left) })
        .where(eq(d.id, id));
  }
}

/** Returns what stands in channels about things of these numbers. */
async function standingAbout(tx: Tx, forumId: string, numbers: ReadonlySet<number>): Promise<Topic[]> {
  const { posts } = tx.tables;
  const standing = await tx
    .selectDistinct({ kind: posts.topic, subject: posts.subject })
    .from(posts)
    .where(eq(posts.forumId, forumId));
  return standing.filter(({ subject }) => numbers.has(Number.parseInt(subject, 10)));
}
