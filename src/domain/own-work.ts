import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Action } from './actions/row.ts';
import { actionsInSight, openActions } from './actions/store.ts';
import { type Issue, issuesInSight, OPEN } from './issues/store.ts';
import { speaksFor } from './people.ts';
import type { Reach } from './source.ts';

export type OwnIssue = Pick<Issue, 'number' | 'title' | 'severity' | 'state' | 'due'>;
export type OwnAction = Pick<Action, 'number' | 'title' | 'due' | 'amount'>;

/**
 * What a person is to do and sees: open issues in their charge; open actions of their own, and those that their partner is
 * bound to and nobody was given, where they speak for it. One statement, as every list of tasks asks it.
 */
export async function ownWork(
  reach: Reach,
  limit: number,
): Promise<{ readonly issues: readonly OwnIssue[]; readonly actions: readonly OwnAction[] }> {
  const { db, actor } = reach;
  const { issues: i, actions: a } = db.tables;
  const { seat } = actor;
  const nobodys =
    seat && speaksFor(actor, seat.partner) ? and(isNull(a.owner), eq(a.partner, seat.partner)) : undefined;
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
        .where(and(actionsInSight(reach), openActions(db.tables), or(eq(a.owner, actor.member), nobodys))),
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
