import { and, asc, eq, inArray, isNull, notInArray } from 'drizzle-orm';
import type { Reader, Tx } from '../storage/store.ts';
import { bindingActions, openActions } from './actions/store.ts';
import { speakerOf } from './partners.ts';

const SOLVED = ['resolved', 'closed'] as const;

/** Duties that end with a person's seat, by the numbers of the things. */
export interface Passed {
  readonly partner: number;
  readonly member: number;
  /** Member who does it from now on; null: nobody speaks for the partner. */
  readonly to: number | null;
  readonly indicators: readonly number[];
  readonly issues: readonly number[];
  readonly actions: readonly number[];
}

/**
 * Passes on what people did for a partner whose seat they left: reports that were handed to them fall back to the
 * person who speaks for the partner, and so do its issues and actions in their charge. Call it once the seats are as
 * they will be. A private issue stays where it is: it is between those who see it.
 */
export async function passDuties(
  tx: Tx,
  forumId: string,
  partner: number,
  members: readonly number[],
): Promise<Passed[]> {
  const { indicatorPartners: of, issues: i, actions: a } = tx.tables;
  const to = await speakerOf(tx, forumId, partner);
  const passed: Passed[] = [];
  for (const member of members) {
    const reports = await tx
      .update(of)
      .set({ member: null })
      .where(and(eq(of.forumId, forumId), eq(of.partner, partner), eq(of.member, member)))
      .returning({ number: of.indicator });
    const mine = and(eq(i.forumId, forumId), eq(i.partner, partner), eq(i.owner, member), eq(i.isPrivate, false));
    const open = and(mine, notInArray(i.state, [...SOLVED]));
    const issues = await tx.update(i).set({ owner: to }).where(open).returning({ number: i.number, state: i.state });
    const left = issues.filter(one => to === null && one.state === 'in_progress').map(one => one.number);
    if (left.length)
      await tx
        .update(i)
        .set({ state: 'new' })
        .where(and(eq(i.forumId, forumId), inArray(i.number, left)));
    const actions = await tx
      .update(a)
      .set({ owner: null })
      .where(and(eq(a.forumId, forumId), eq(a.partner, partner), eq(a.owner, member), openActions(tx.tables)))
      .returning({ number: a.number, isPrivate: a.isPrivate });
    const numbers = (rows: readonly { number: number }[]) => rows.map(row => row.number).sort((a, b) => a - b);
    const told = actions.filter(one => !one.isPrivate);
    if (reports.length || issues.length || told.length)
      passed.push({
        partner,
        member,
        to,
        indicators: numbers(reports),
        issues: numbers(issues),
        actions: numbers(told),
      });
  }
  return passed;
}

/** Describes what a partner has to do: indicators it reports, issues about it, and actions that bind it. */
export interface Duties {
  readonly indicators: readonly number[];
  readonly issues: readonly number[];
  readonly actions: readonly number[];
}

/** The duties of a partner that somebody has to take over when it is archived. What is private is not among them. */
export async function dutiesOf(db: Reader, forumId: string, partner: number): Promise<Duties> {
  const { indicatorPartners: of, indicators: n, issues: i, actions: a } = db.tables;
  const indicators = await db
    .select({ number: n.number })
    .from(of)
    .innerJoin(n, and(eq(n.forumId, of.forumId), eq(n.number, of.indicator)))
    .where(and(eq(of.forumId, forumId), eq(of.partner, partner), isNull(n.retiredAt)))
    .orderBy(asc(n.number));
  const about = and(eq(i.forumId, forumId), eq(i.partner, partner), eq(i.isPrivate, false));
  const issues = await db
    .select({ number: i.number })
    .from(i)
    .where(and(about, notInArray(i.state, [...SOLVED])))
    .orderBy(asc(i.number));
  const actions = await db
    .select({ number: a.number })
    .from(a)
    .where(and(eq(a.forumId, forumId), eq(a.partner, partner), eq(a.isPrivate, false), bindingActions(db)))
    .orderBy(asc(a.number));
  return {
    indicators: indicators.map(row => row.number),
    issues: issues.map(row => row.number),
    actions: actions.map(row => row.number),
  };
}
