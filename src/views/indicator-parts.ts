import { and, asc, eq } from 'drizzle-orm';
import type { RenderContext } from '../contract/render-context.ts';
import { eventQuery } from '../domain/audit.ts';
import { evidenceQuery } from '../domain/evidence.ts';
import type { Indicator } from '../domain/indicators/row.ts';
import { together } from '../storage/together.ts';

/** The number of no goal. */
const NONE = 0;

const read = together((db, { forumId, number, goal }: { forumId: string; number: number; goal: number }) => {
  const { goals: g, reports: r, issues: i, strategies: s } = db.tables;
  return [
    db
      .select()
      .from(g)
      .where(and(eq(g.forumId, forumId), eq(g.number, goal))),
    db
      .select()
      .from(r)
      .where(and(eq(r.forumId, forumId), eq(r.indicator, number)))
      .orderBy(asc(r.seq)),
    evidenceQuery(db, { forumId, thing: 'indicator', number }),
    eventQuery(db, { forumId, thing: 'indicator', number }),
    db
      .select()
      .from(i)
      .where(and(eq(i.forumId, forumId), eq(i.indicator, number), eq(i.isPrivate, false))),
    db
      .select()
      .from(s)
      .where(and(eq(s.forumId, forumId), eq(s.indicator, number))),
  ];
});

/**
 * Reads the rest of an indicator's card besides how it stands, with one statement: its goal, all that was reported in
 * the order in which it was, its evidence and history, and the public issues and the proposals that came of it.
 */
export async function cardParts({ db, forumId }: RenderContext, { number, goal: of }: Indicator) {
  const [[goal], reports, evidence, events, issues, proposals] = await read(db, { forumId, number, goal: of ?? NONE });
  return { goal: goal ?? null, reports, evidence, events: events.map(({ event }) => event), issues, proposals };
}

export type CardParts = Awaited<ReturnType<typeof cardParts>>;
