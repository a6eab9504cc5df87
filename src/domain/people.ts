import { and, asc, desc, eq, inArray, isNull, like } from 'drizzle-orm';
import { question } from '../storage/once.ts';
import type { Tables } from '../storage/schema/index.ts';
import type { Platform } from '../storage/schema/platforms.ts';
import type { Reader, Tx } from '../storage/store.ts';
import { fold, likePattern } from '../storage/words.ts';
import type { Actor } from './actor.ts';
import { recordEvent } from './audit.ts';
import { nextNumber } from './codes.ts';
import { countJoin } from './joins.ts';
import { rowByNumber } from './numbered.ts';
import { numbersOf, sharesRights } from './persons.ts';

export type Member = Tables['members']['$inferSelect'];
export type Seat = Tables['seats']['$inferSelect'];
export type SeatRole = Seat['role'];

/** Tells whether a person speaks for a partner: as its representative or alternate, whom others have put there. */
export const speaksFor = (actor: Actor, partner: number): boolean =>
  actor.seat?.partner === partner && actor.seat.role !== 'member';

/**
 * Tells whether a person may bind a partner or undo what others did for it: its representative, its alternate, or a
 * coordinator.
 */
export const actsFor = (actor: Actor, partner: number | null): boolean =>
  actor.coordinator || (partner !== null && speaksFor(actor, partner));

/** An account of a platform, and where it was seen. */
export interface Account {
  readonly platform: Platform;
  readonly home: string;
  readonly account: string;
  readonly name: string;
  readonly workspace: string;
}

const ofAccount = ({ accounts }: Tables, forumId: string, a: Pick<Account, 'platform' | 'home' | 'account'>) =>
  and(
    eq(accounts.forumId, forumId),
    eq(accounts.platform, a.platform),
    eq(accounts.home, a.home),
    eq(accounts.account, a.account),
  );

/** The member behind an account of a platform, if the forum knows it. */
export async function memberOfAccount(
  db: Reader,
  forumId: string,
  account: Pick<Account, 'platform' | 'home' | 'account'>,
): Promise<Member | null> {
  const { accounts, members } = db.tables;
  const [row] = await db
    .select({ member: members })
    .from(accounts)
    .innerJoin(members, and(eq(members.forumId, accounts.forumId), eq(members.number, accounts.member)))
    .where(ofAccount(db.tables, forumId, account));
  return row?.member ?? null;
}

const DAY_MS = 86_400_000;

/** Rounds an instant down to the day before it is stored of a person, so that it cannot be matched with an unnamed act. */
const dayOf = (now: Date): Date => new Date(now.getTime() - (now.getTime() % DAY_MS));

/**
 * Makes a new account a member of the forum, with no partner. Not `arrived`: somebody else named it, and it has done
 * nothing here itself.
 */
export async function addMember(
  tx: Tx,
  forumId: string,
  account: Account,
  now: Date,
  { coordinator = false, arrived = true } = {},
): Promise<Member> {
  const { accounts, members } = tx.tables;
  const number = await nextNumber(tx, forumId, 'member');
  await countJoin(tx, forumId, now);
  const [member] = await tx
    .insert(members)
    .values({
      forumId,
      number,
      name: account.name,
      folded: fold(account.name),
      locale: null,
      zone: null,
      coordinator,
      arrived,
      createdAt: dayOf(now),
      forgottenAt: null,
    })
    .returning();
  await tx.insert(accounts).values({ ...account, forumId, member: number, lastSeenAt: dayOf(now) });
  return member!;
}

/** Remembers where a member's account was seen; of when, the day is kept. From then on the member has arrived. */
export async function seeAccount(
  tx: Tx,
  { forumId, number }: Pick<Member, 'forumId' | 'number'>,
  account: Account,
  now: Date,
): Promise<void> {
  const { members: m } = tx.tables;
  await tx
    .update(m)
    .set({ arrived: true })
    .where(and(eq(m.forumId, forumId), eq(m.number, number)));
  await tx
    .update(tx.tables.accounts)
    .set({ workspace: account.workspace, lastSeenAt: dayOf(now), refusals: 0 })
    .where(ofAccount(tx.tables, forumId, account));
}

/** The person means this forum from now on in direct messages that belong to no place, and no other. */
export async function meanDirectly(tx: Tx, forumId: string, account: Account, now: Date): Promise<void> {
  const { accounts: a } = tx.tables;
  await tx
    .update(a)
    .set({ directAt: null })
    .where(and(eq(a.platform, account.platform), eq(a.home, account.home), eq(a.account, account.account)));
  await tx
    .update(a)
    .set({ directAt: now })
    .where(ofAccount(tx.tables, forumId, account));
}

/** Describes what a forum has noted of an account: what it is called, and where and when it was seen. */
export interface SeenAccount {
  readonly name: string;
  readonly workspace: string;
  readonly at: Date;
  /** Number of direct messages in a row that the platform refused. */
  readonly refusals: number;
}

/** Interval at which a busy person is noted as seen, ms. */
const NOTED_MS = 60_000;

/** Tells whether nothing would be told by noting an account that was seen so before. */
const isNoted = (seen: SeenAccount, { name, workspace }: Account, now: Date): boolean =>
  seen.name === name &&
  seen.workspace === workspace &&
  seen.refusals === 0 &&
  Math.abs(now.getTime() - seen.at.getTime()) < NOTED_MS;

/**
 * Remembers that an account did something under its name, and what it is called by now. A member is called as the
 * account is whose name they bear; earlier names are kept in the audit, so that they can be forgotten. `seen` is what
 * was noted before the act.
 */
export async function nameAccount(
  tx: Tx,
  forumId: string,
  account: Account,
  seen: SeenAccount | null,
  now: Date,
): Promise<void> {
  if (seen && isNoted(seen, account, now)) return;
  const { accounts, members } = tx.tables;
  const here = ofAccount(tx.tables, forumId, account);
  if (seen?.name === account.name) {
    await tx.update(accounts).set({ workspace: account.workspace, lastSeenAt: now, refusals: 0 }).where(here);
    return;
  }
  const [row] = await tx.select({ name: accounts.name, member: accounts.member }).from(accounts).where(here);
  if (!row) return;
  const { name, workspace } = account;
  await tx.update(accounts).set({ name, workspace, lastSeenAt: now, refusals: 0 }).where(here);
  if (row.name === name) return;
  const renamed = await tx
    .update(members)
    .set({ name, folded: fold(name) })
    .where(and(eq(members.forumId, forumId), eq(members.number, row.member), eq(members.name, row.name)))
    .returning({ number: members.number });
  const data = { before: row.name, led: renamed.length > 0 };
  await recordEvent(tx, forumId, row.member, { kind: 'me.renamed', thing: 'member', number: row.member, data }, now);
}

/** The actor that a member is: coordinator or not, and where they sit. */
export async function actorOf(db: Reader, member: Member): Promise<Actor> {
  const { members: m, seats, partners } = db.tables;
  const [row] = await db
    .select({ partner: seats.partner, partnerName: partners.name, role: seats.role, sharesRights: sharesRights(db, m) })
    .from(m)
    .leftJoin(seats, and(eq(seats.forumId, m.forumId), eq(seats.member, m.number)))
    .leftJoin(partners, and(eq(partners.forumId, seats.forumId), eq(partners.number, seats.partner)))
    .where(and(eq(m.forumId, member.forumId), eq(m.number, member.number)));
  const { partner = null, partnerName: name = null, role = null } = row ?? {};
  return {
    member: member.number,
    numbers: row?.sharesRights ? await numbersOf(db, member) : [member.number],
    name: member.name,
    coordinator: member.coordinator,
    seat: partner === null || name === null || role === null ? null : { partner, name, role },
  };
}

export const memberByNumber = (db: Reader, forumId: string, number: number): Promise<Member | null> =>
  rowByNumber(db, db.tables.members, forumId, number);

/** Members whose name begins with what is typed; those seen last come first. */
export async function membersNamed(db: Reader, forumId: string, typed: string, limit: number): Promise<Member[]> {
  const { members } = db.tables;
  return db
    .select()
    .from(members)
    .where(
      and(
        eq(members.forumId, forumId),
        isNull(members.forgottenAt),
        like(members.folded, likePattern(fold(typed), 'start')),
      ),
    )
    .orderBy(desc(members.number))
    .limit(limit);
}

/** The members seen last on any platform, with where that was. */
export async function recentMembers(
  db: Reader,
  forumId: string,
  limit: number,
): Promise<{ number: number; name: string; platform: Account['platform'] }[]> {
  const { accounts: a, members: m } = db.tables;
  const rows = await db
    .select({ number: m.number, name: m.name, platform: a.platform })
    .from(a)
    .innerJoin(m, and(eq(m.forumId, a.forumId), eq(m.number, a.member)))
    .where(and(eq(a.forumId, forumId), isNull(m.forgottenAt)))
    .orderBy(desc(a.lastSeenAt), desc(a.member))
    .limit(2 * limit);
  return [...new Map(rows.reverse().map(row => [row.number, row])).values()].reverse().slice(0, limit);
}

export const coordinators = question(
  ['members'],
  (db, forumId: string) => {
    const { members } = db.tables;
    return db
      .select()
      .from(members)
      .where(and(eq(members.forumId, forumId), eq(members.coordinator, true)))
      .orderBy(asc(members.number));
  },
  (rows): readonly Member[] => rows,
);

/** Grants or takes away coordination; the caller has checked that one remains. */
export async function setCoordinator(tx: Tx, member: Member, coordinator: boolean): Promise<void> {
  const { members } = tx.tables;
  await tx
    .update(members)
    .set({ coordinator })
    .where(and(eq(members.forumId, member.forumId), eq(members.number, member.number)));
}

/** Sets a person's own language, zone or quiet hours; null takes the forum's again. */
export async function setPreferences(
  tx: Tx,
  forumId: string,
  member: number,
  set: Partial<Pick<Member, 'locale' | 'zone' | 'quietFrom' | 'quietTo'>>,
): Promise<void> {
  const { members } = tx.tables;
  await tx
    .update(members)
    .set(set)
    .where(and(eq(members.forumId, forumId), eq(members.number, member)));
}

/** The names of members, by number. */
export async function memberNames(
  db: Reader,
  forumId: string,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (!numbers.length) return new Map();
  const { members: m } = db.tables;
  const rows = await db
    .select({ number: m.number, name: m.name })
    .from(m)
    .where(and(eq(m.forumId, forumId), inArray(m.number, [...new Set(numbers)])));
  return new Map(rows.map(row => [row.number, row.name]));
}
