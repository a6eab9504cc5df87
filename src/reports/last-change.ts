import { and, eq, exists, gte, inArray, lt, lte, max, or, type SQL, sql } from 'drizzle-orm';
import type { RenderContext } from '../contract/render-context.ts';
import { instantsOf, type Span } from '../domain/calendar.ts';
import type { Forum } from '../domain/forums.ts';
import { FREQUENCIES, periodsBetween } from '../domain/indicators/periods.ts';

/** The things of which every change shows in a report. */
const THINGS = ['activity', 'goal', 'indicator', 'entry', 'agreement'];
/** Changes of other things that count as well: not a ballot cast, or a talk that was opened. */
const KINDS = ['strategy.closed', 'strategy.withdrawn', 'strategy.reviewed', 'assessment.closed'].concat([
  'poll.closed',
  'poll.withdrawn',
  'poll.decided',
  'partner.added',
  'partner.changed',
  'partner.accepted',
  'partner.archived',
]);

/** Fields of the forum that a report shows. */
const OF_FORUM = ['name', 'locale', 'zone'];

/**
 * Instant at which the record of a time last changed, as far as its report shows it: a private issue moves nothing. Of
 * what came after the time's end only that counts which is entered for it late: what is dated in it, reports for its
 * periods, and terms that were dated back into it.
 * @param today settings of the forum that are shown as they are now, whenever they were set.
 */
export async function lastChange(
  { db, forumId }: RenderContext,
  { zone }: Forum,
  span: Span,
  today: readonly (keyof Forum['settings'])[] = [],
): Promise<Date | null> {
  const { events: e, issues: i, activities: a, entries: m, reports: r, indicatorVersions: v, actions: x } = db.tables;
  const [, until] = instantsOf(span, zone);
  const latestOf = async (where: SQL | undefined): Promise<Date | null> => {
    const rows = await db
      .select({ at: max(e.at) })
      .from(e)
      .where(and(eq(e.forumId, forumId), where));
    return rows[0]?.at ?? null;
  };
  const openIssue = db
    .select({ one: sql`1` })
    .from(i)
    .where(and(eq(i.forumId, e.forumId), eq(i.number, e.number), eq(i.isPrivate, false)));
  const openAction = db
    .select({ one: sql`1` })
    .from(x)
    .where(and(eq(x.forumId, e.forumId), eq(x.number, e.number), eq(x.isPrivate, false)));
  const activity = db
    .select({ one: sql`1` })
    .from(a)
    .where(and(eq(a.forumId, e.forumId), eq(a.number, e.number), gte(a.date, span.from), lte(a.date, span.to)));
  const entry = db
    .select({ one: sql`1` })
    .from(m)
    .where(and(eq(m.forumId, e.forumId), eq(m.number, e.number), gte(m.date, span.from), lte(m.date, span.to)));
  const shown = or(
    inArray(e.thing, THINGS),
    inArray(e.kind, KINDS),
    and(eq(e.thing, 'issue'), exists(openIssue)),
    and(eq(e.thing, 'action'), exists(openAction)),
  );
  const isDatedIn = or(and(eq(e.thing, 'activity'), exists(activity)), and(eq(e.thing, 'entry'), exists(entry)));
  const keys = FREQUENCIES.flatMap(one => periodsBetween(span.from, span.to, one)).map(({ key }) => key);
  const [reported] = await db
    .select({ at: max(r.reportedAt) })
    .from(r)
    .where(and(eq(r.forumId, forumId), inArray(r.period, keys)));
  const [agreed] = await db
    .select({ at: max(v.madeAt) })
    .from(v)
    .where(and(eq(v.forumId, forumId), lte(v.since, span.to)));
  const settings = await db
    .select({ at: e.at, data: e.data })
    .from(e)
    .where(and(eq(e.forumId, forumId), eq(e.thing, 'forum'), eq(e.kind, 'forum.changed')));
  const ofForum = settings.filter(({ at, data }) =>
    (data.changed as string[]).some(name => (at < until && OF_FORUM.includes(name)) || today.some(one => one === name)),
  );
  const ats = [
    await latestOf(and(shown, lt(e.at, until))),
    await latestOf(and(isDatedIn, gte(e.at, until))),
    reported?.at,
    agreed?.at,
    ...ofForum.map(({ at }) => at),
  ].filter(at => at instanceof Date);
  return ats.length ? new Date(Math.max(...ats.map(Number))) : null;
}
