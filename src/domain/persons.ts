import { and, type Column, eq, exists, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
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

/** A member's own number, and those of the accounts whose rights it shares: what a link does not lend yet stays apart. */
export async function numbersOf(
  db: Reader,
  { forumId, number }: { readonly forumId: string; readonly number: number },
): Promise<number[]> {
  const { links: l } = db.tables;
  const linked = await db
    .select({ kept: l.member, gone: l.other })
    .from(l)
    .where(and(eq(l.forumId, forumId), eq(l.linked, true), isNotNull(l.lentAt), isNull(l.undoneAt)));
  const mine = new Set([number]);
  for (let size = 0; size < mine.size; ) {
    size = mine.size;
    for (const { kept, gone } of linked) if (mine.has(kept) && gone !== null) mine.add(gone);
  }
  return [...mine];
}

/** Tells of a member's number which one stands for the person: that of the account that was kept, where some were linked. */
export async function personOf(db: Reader, forumId: string): Promise<(member: number) => number> {
  const { links: l } = db.tables;
  const linked = await db
    .select({ kept: l.member, gone: l.other })
    .from(l)
    .where(and(eq(l.forumId, forumId), eq(l.linked, true), isNull(l.undoneAt)));
  const keptOf = new Map(linked.flatMap(({ kept, gone }) => (gone === null ? [] : [[gone, kept] as const])));
  return member => {
    let found = member;
    for (let steps = 0; steps < keptOf.size && keptOf.has(found); steps++) found = keptOf.get(found)!;
    return found;
  };
}
