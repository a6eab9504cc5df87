import { and, count, eq, gte, isNotNull, isNull, lte, type SQL, sql, sum } from 'drizzle-orm';
import type { Reader } from '../../storage/store.ts';
import type { Span } from '../calendar.ts';
import { addGroups, type GroupSums } from './counts.ts';
import type { Dimension } from './dimensions.ts';

/** The activities that took place in a time, and the people who took part, together and by group. */
export interface ActivitySums extends GroupSums {
  readonly count: number;
  readonly women: number;
}

/**
 * Adds up the activities that took place in a time (local dates, both included), in three statements however many there
 * are.
 */
export async function sumActivities(
  db: Reader,
  forumId: string,
  { from, to }: Span,
  dimensions: readonly Dimension[],
): Promise<ActivitySums> {
  const { activities: a } = db.tables;
  const done = and(eq(a.forumId, forumId), eq(a.state, 'done'), gte(a.date, from), lte(a.date, to));
  const [all] = await db
    .select({ count: count(), people: sum(a.participants).mapWith(Number) })
    .from(a)
    .where(done);
  const groups = await db
    .select({ key: sql<string>`pair.key`, n: sql<number>`sum(cast(pair.value as integer))`.mapWith(Number) })
    .from(a)
    .innerJoin(db.pairsOf(a.groups), ALWAYS)
    .where(done)
    .groupBy(sql`pair.key`);
  // Of those where nobody said how many came, the groups tell at least so many.
  const untold = await db
    .select({ participants: a.participants, groups: a.groups })
    .from(a)
    .where(and(done, isNull(a.participants), isNotNull(a.groups)));
  const sums = new Map(groups.map(({ key, n }) => [key, n]));
  const told = { people: all?.people ?? 0, sums };
  return { ...addGroups(told, untold, dimensions), count: all?.count ?? 0, women: sums.get('women') ?? 0 };
}

const ALWAYS: SQL = sql`1 = 1`;
