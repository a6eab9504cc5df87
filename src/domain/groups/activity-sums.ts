import { and, count, eq, gte, lte, min } from 'drizzle-orm';
import type { Reader } from '../../storage/store.ts';
import { type Area, withinArea } from '../areas/area.ts';
import type { Span } from '../calendar.ts';
import { type GroupSums, sumGroups, tooMany, womenOf } from './counts.ts';
import type { Dimension } from './dimensions.ts';

/** The activities that took place in a time, and the people who took part, together and by group. */
export interface ActivitySums extends GroupSums {
  readonly count: number;
  readonly women: number;
  /** Numbers of activities of which more people of a group were counted than people; one of each equal count. */
  readonly contradictory: readonly number[];
}

/**
 * Adds up the activities that took place in a time (local dates, both included), in one statement: those with the same
 * people and groups come in one row. Of an area only those that it names or that lie in it.
 */
export async function sumActivities(
  db: Reader,
  forumId: string,
  { from, to }: Span,
  dimensions: readonly Dimension[],
  area: Area | null = null,
): Promise<ActivitySums> {
  const { activities: a } = db.tables;
  const rows = await db
    .select({ participants: a.participants, groups: a.groups, times: count(), first: min(a.number) })
    .from(a)
    .where(
      and(
        eq(a.forumId, forumId),
        eq(a.state, 'done'),
        gte(a.date, from),
        lte(a.date, to),
        area ? withinArea(a.area, area) : undefined,
      ),
    )
    .groupBy(a.participants, a.groups);
  const total = (of: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((sum, row) => sum + of(row) * row.times, 0);
  return {
    ...sumGroups(rows, dimensions),
    count: total(() => 1),
    women: total(row => womenOf(row) ?? 0),
    contradictory: rows
      .filter(row => tooMany(row.groups, row.participants, dimensions))
      .map(row => row.first!)
      .sort((one, other) => one - other),
  };
}
