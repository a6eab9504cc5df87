import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Reader } from '../storage/store.ts';

export interface SelfJoined {
  readonly member: number;
  readonly name: string;
  readonly partner: string;
}

/**
 * People who took their seat by themselves, as it was possible before joining became a request, and whom nobody has seated
 * or accepted since. Coordinators, who may seat themselves, are not among them.
 */
export async function selfJoined(db: Reader, forumId: string): Promise<SelfJoined[]> {
  const { seats: s, members: m, partners: p, events: e } = db.tables;
  const seated = await db
    .select({ member: s.member, number: s.partner, name: m.name, partner: p.name })
    .from(s)
    .innerJoin(m, and(eq(m.forumId, s.forumId), eq(m.number, s.member)))
    .innerJoin(p, and(eq(p.forumId, s.forumId), eq(p.number, s.partner)))
    .where(and(eq(s.forumId, forumId), eq(s.role, 'member'), eq(m.coordinator, false)))
    .orderBy(asc(s.partner), asc(s.member));
  if (!seated.length) return [];
  const events = await db
    .select({ by: e.member, partner: e.number, data: e.data })
    .from(e)
    .where(and(eq(e.forumId, forumId), inArray(e.kind, ['partner.joined', 'partner.assigned'])))
    .orderBy(asc(e.seq));
  const seatedBy = new Map(events.map(({ by, partner, data }) => [`${partner}:${data.member}`, by]));
  return seated
    .filter(one => seatedBy.get(`${one.number}:${one.member}`) === one.member)
    .map(({ member, name, partner }) => ({ member, name, partner }));
}
