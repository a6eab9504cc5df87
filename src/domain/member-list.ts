import { and, asc, count, eq, gt, isNull, lte, sql } from 'drizzle-orm';
import type { Reader } from '../storage/store.ts';
import { type Page, pageOf } from './page.ts';
import type { Member, SeatRole } from './people.ts';

/** A member with the partner they sit for; null: for none. */
export interface Seated {
  readonly member: Member;
  readonly seat: { readonly partner: number; readonly name: string; readonly role: SeatRole } | null;
}

/** One page of the members in the order in which they came, after one of them, and whether there are more. */
export async function listMembers(db: Reader, forumId: string, after: number, limit: number): Promise<Page<Seated>> {
  const { members: m, seats: s, partners: p } = db.tables;
  const rows = await db
    .select({ member: m, partner: p.number, name: p.name, role: s.role })
    .from(m)
    .leftJoin(s, and(eq(s.forumId, m.forumId), eq(s.member, m.number)))
    .leftJoin(p, and(eq(p.forumId, s.forumId), eq(p.number, s.partner)))
    .where(and(eq(m.forumId, forumId), isNull(m.forgottenAt), gt(m.number, after)))
    .orderBy(asc(m.number))
    .limit(limit + 1);
  const found = rows.map(({ member, partner, name, role }) => ({
    member,
    seat: partner === null || name === null || role === null ? null : { partner, name, role },
  }));
  return pageOf(found, limit, async () => {
    const here = and(eq(m.forumId, forumId), isNull(m.forgottenAt));
    const passed = count(sql`case when ${lte(m.number, after)} then 1 end`);
    const [row] = await db.select({ of: count(), passed }).from(m).where(here);
    return row!;
  });
}

/** Counts how many members there are, and how many of them sit for no partner. */
export async function countMembers(db: Reader, forumId: string): Promise<{ all: number; unseated: number }> {
  const { members: m, seats: s } = db.tables;
  const [row] = await db
    .select({ all: count(), seated: count(s.member) })
    .from(m)
    .leftJoin(s, and(eq(s.forumId, m.forumId), eq(s.member, m.number)))
    .where(and(eq(m.forumId, forumId), isNull(m.forgottenAt)));
  return { all: row?.all ?? 0, unseated: (row?.all ?? 0) - (row?.seated ?? 0) };
}
