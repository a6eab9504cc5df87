import { and, type Column, eq, exists, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Tables } from '../storage/schema/index.ts';
import type { Reader } from '../storage/store.ts';

/** A condition: the member has accounts that were linked to others. */
export function isLinked(db: Reader, forumId: string, member: Column): SQL {
  const { links: l } = db.tables;
  const linked = and(eq(l.forumId, forumId), eq(l.linked, true), isNull(l.undoneAt));
  const either = or(eq(l.member, member), eq(l.other, member));
  return exists(db.select({ one: sql`1` }).from(l).where(and(linked, either)));
}

/**
 * All numbers of the person who is behind a member's: of accounts that were linked, whether or not they share their
 * rights yet. Rules that take two people compare these.
 */
export async function personNumbers(db: Reader, forumId: string, member: number): Promise<readonly number[]> {
  const { links: l } = db.tables;
  const linked = await db
    .select({ one: l.member, other: l.other })
    .from(l)
    .where(and(eq(l.forumId, forumId), eq(l.linked, true), isNull(l.undoneAt)));
  const mine = new Set([member]);
  for (let size = 0; size < mine.size; ) {
    size = mine.size;
    for (const { one, other } of linked)
      if (other !== null && (mine.has(one) || mine.has(other))) mine.add(one).add(other);
  }
  return [...mine];
}

/** The links by which one member became another, and which stand. */
const merges = (db: Reader, forumId: string) => {
  const { links: l } = db.tables;
  return and(eq(l.forumId, forumId), isNotNull(l.lentAt), isNull(l.undoneAt));
};

/** A condition: other accounts were merged into the member's, or it into another. */
export function sharesRights(db: Reader, members: Tables['members']): SQL<boolean> {
  const { links: l } = db.tables;
  const either = or(eq(l.member, members.number), eq(l.other, members.number));
  const of = and(eq(l.forumId, members.forumId), isNotNull(l.lentAt), isNull(l.undoneAt), either);
  return sql<boolean>`${exists(db.select({ one: sql`1` }).from(l).where(of))}`;
}

/** Each member who became another, with the one who was kept. */
export async function keptOf(db: Reader, forumId: string): Promise<ReadonlyMap<number, number>> {
  const { links: l } = db.tables;
  const rows = await db.select({ kept: l.member, gone: l.other, before: l.before }).from(l).where(merges(db, forumId));
  // Links of long ago noted nothing of what was before, and kept the account that was shown the code.
  return new Map(
    rows.flatMap(({ kept, gone, before }) => (gone === null ? [] : [[before?.gone ?? gone, before?.kept ?? kept]])),
  );
}

/** The member whom a number stands for now, through however many merges. */
export function currentOf(kept: ReadonlyMap<number, number>, member: number): number {
  let found = member;
  for (let steps = 0; steps < kept.size && kept.has(found); steps++) found = kept.get(found)!;
  return found;
}

/** A member's own number, and those of the accounts whose rights it shares: what a link does not lend yet stays apart. */
export async function numbersOf(
  db: Reader,
  { forumId, number }: { readonly forumId: string; readonly number: number },
): Promise<number[]> {
  const kept = await keptOf(db, forumId);
  return [number, ...[...kept.keys()].filter(gone => gone !== number && currentOf(kept, gone) === number)];
}

/** Tells of a member's number which one stands for the person: the same for all accounts that were linked. */
export async function personOf(db: Reader, forumId: string): Promise<(member: number) => number> {
  const { links: l } = db.tables;
  const linked = await db
    .select({ one: l.member, other: l.other })
    .from(l)
    .where(and(eq(l.forumId, forumId), eq(l.linked, true), isNull(l.undoneAt)));
  const stands = new Map<number, number>();
  for (const { one, other } of linked) {
    const [a, b] = [currentOf(stands, one), currentOf(stands, other ?? one)];
    if (a !== b) stands.set(b, a);
  }
  return member => currentOf(stands, member);
}
