import { and, asc, eq, gte, isNotNull, lt, lte, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../storage/store.ts';
import { newestPage, type Page } from '../page.ts';
import type { Action, Origin } from './row.ts';
import { actionsInSight, awaitedActions, openActions, ownActionsOf, type Seer } from './store.ts';

/** Describes what actions are looked for. */
export interface ActionFilter {
  readonly state?: 'open' | 'late' | 'done' | 'cancelled' | undefined;
  readonly partner?: number | undefined;
  readonly owner?: number | undefined;
  readonly from?: Origin | undefined;
  readonly before?: number | undefined;
}

function fits({ tables }: Reader, { state, partner, owner, from }: ActionFilter, today: string): SQL | undefined {
  const { actions: a } = tables;
  const open = openActions(tables);
  const states = {
    open,
    late: and(open, lt(a.due, today)),
    done: isNotNull(a.doneOn),
    cancelled: isNotNull(a.cancelledAt),
  };
  return and(
    state && states[state],
    partner === undefined ? undefined : eq(a.partner, partner),
    owner === undefined ? undefined : eq(a.owner, owner),
    from && and(eq(a.origin, from.origin), eq(a.originNumber, from.originNumber)),
  );
}

/** One page of the actions that the person may see, the newest first. `today`: the local date that late ones missed. */
export async function listActions(
  seer: Seer,
  filter: ActionFilter,
  today: string,
  limit: number,
): Promise<Page<Action>> {
  const { db } = seer;
  const { actions: a } = db.tables;
  const where = and(actionsInSight(seer), fits(db, filter, today));
  return newestPage(db, a, where, filter.before, limit);
}

/** Lists what a person is to do and sees, the first due first. */
export async function ownActions(seer: Seer, { until, limit }: { until?: string; limit: number }): Promise<Action[]> {
  const { actions: a } = seer.db.tables;
  return seer.db
    .select()
    .from(a)
    .where(and(ownActionsOf(seer), until === undefined ? undefined : lte(a.due, until)))
    .orderBy(sql`${a.due} is null`, asc(a.due), asc(a.number))
    .limit(limit);
}

/** Lists the awaited actions that were due before a local date, the first due first, that all may see. */
export async function lateActions(db: Reader, forumId: string, today: string): Promise<Action[]> {
  const { actions: a } = db.tables;
  return db
    .select()
    .from(a)
    .where(and(eq(a.forumId, forumId), awaitedActions(db), lt(a.due, today), eq(a.isPrivate, false)))
    .orderBy(asc(a.due), asc(a.number));
}

/** Open actions of a forum that have a day not before a local date. */
export async function actionsDueFrom(db: Reader, forumId: string, from: string): Promise<Action[]> {
  const { actions: a } = db.tables;
  return db
    .select()
    .from(a)
    .where(and(eq(a.forumId, forumId), openActions(db.tables), gte(a.due, from)))
    .orderBy(asc(a.due), asc(a.number));
}
