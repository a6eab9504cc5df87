import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Action } from './actions/row.ts';
import { ownActionsOf } from './actions/store.ts';
import { type Issue, issuesInSight, OPEN } from './issues/store.ts';
import type { Reach } from './source.ts';

export type OwnIssue = Pick<Issue, 'number' | 'title' | 'severity' | 'state' | 'due'>;
export type OwnAction = Pick<Action, 'number' | 'title' | 'due' | 'amount'>;

/**
 * Reads the open work of a person: open issues in their charge; actions that are awaited from them. One statement, as
 * every list of tasks asks it.
 */
export async function ownWork(
  reach: Reach,
  limit: number,
): Promise<{ readonly issues: readonly OwnIssue[]; readonly actions: readonly OwnAction[] }> {
  const { db, actor } = reach;
  const { issues: i, actions: a } = db.tables;
  const nothing = sql<string | null>`cast(null as text)`;
  const rows = await db
    .select({
      number: i.number,
      title: i.title,
      due: i.due,
      severity: sql<string | null>`${i.severity}`,
      state: sql<string | null>`${i.state}`,
      amount: sql<number | null>`cast(null as bigint)`,
    })
    .from(i)
    .where(and(issuesInSight(reach), inArray(i.state, [...OPEN]), eq(i.owner, actor.member)))
    .unionAll(
      db
        .select({
          number: a.number,
          title: a.title,
          due: a.due,
          severity: nothing,
          state: nothing,
          amount: sql<number | null>`${a.amount}`,
        })
        .from(a)
        .where(ownActionsOf(reach)),
    )
    .limit(limit);
  const isIssue = (row: (typeof rows)[number]): boolean => row.state !== null;
  return {
    issues: rows.filter(isIssue) as OwnIssue[],
    actions: rows
      .filter(row => !isIssue(row))
      .map(({ number, title, due, amount }) => ({
        number,
        title,
        due,
        amount: amount === null ? null : Number(amount),
      })),
  };
}
