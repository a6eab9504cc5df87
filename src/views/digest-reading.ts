import { and, count, eq, gte, inArray, isNull, lt, lte, type SQL, sql } from 'drizzle-orm';
import type { RenderContext } from '../contract/render-context.ts';
import { MAX_REFUSALS } from '../delivery/stops.ts';
import { EXPIRING_DAYS } from '../domain/agreements/rules.ts';
import { endingBy } from '../domain/agreements/store.ts';
import { addDays, dateIn } from '../domain/calendar.ts';
import { lateGoals } from '../domain/goals.ts';
import { TERMS } from '../domain/indicators/record.ts';
import { lateIssues } from '../domain/issues/store.ts';
import { openPolls } from '../domain/polls/store.ts';
import { missedSince, sentSince } from '../domain/reminders.ts';
import { undecidedStrategies } from '../domain/strategies/store.ts';
import { askedTogether, question } from '../storage/once.ts';
import { LISTED } from './digest-section.ts';

const STALE_MS = 7 * 86_400_000;

/** Number of issues that are not private: raised and resolved from one instant to another, unchanged since a third, open. */
export const issueCounts = question(
  ['issues', 'forums'],
  (db, forumId: string, from: Date, to: Date, since: Date) => {
    const { issues, forums } = db.tables;
    // Each is counted from an index of its own, and all go together.
    const n = (...where: SQL[]) => {
      const all = and(eq(issues.forumId, forumId), eq(issues.isPrivate, false), ...where);
      return sql<number>`(${db.select({ n: count() }).from(issues).where(all)})`.mapWith(Number);
    };
    const isOpen = inArray(issues.state, ['new', 'in_progress', 'waiting']);
    return db
      .select({
        opened: n(gte(issues.createdAt, from), lt(issues.createdAt, to)),
        resolved: n(gte(issues.resolvedAt, from), lt(issues.resolvedAt, to)),
        stale: n(isOpen, lt(issues.changedAt, since)),
        open: n(isOpen),
      })
      .from(forums)
      .where(eq(forums.id, forumId));
  },
  ([row]) => row!,
);

export const staleSince = ({ now }: RenderContext): Date => new Date(now.getTime() - STALE_MS);

/** The strategies whose review is due by a local date. */
export const reviewsDue = question(
  ['strategies'],
  (db, forumId: string, by: string, limit: number) => {
    const { strategies: s } = db.tables;
    return db
      .select({ number: s.number, title: s.title })
      .from(s)
      .where(and(eq(s.forumId, forumId), eq(s.outcome, 'carried'), isNull(s.review), lte(s.reviewOn, by)))
      .limit(limit);
  },
  rows => rows,
);

export const soonAfter = (to: Date, { zone }: RenderContext): string => addDays(dateIn(to, zone), 7);

/** The people who refused direct messages so often that they are not tried there any more. */
export const unreachable = question(
  ['accounts', 'members'],
  (db, forumId: string, limit: number) => {
    const { accounts: a, members: m } = db.tables;
    return db
      .selectDistinct({ name: m.name })
      .from(a)
      .innerJoin(m, and(eq(m.forumId, a.forumId), eq(m.number, a.member)))
      .where(and(eq(a.forumId, forumId), gte(a.refusals, MAX_REFUSALS)))
      .limit(limit);
  },
  rows => rows.map(row => row.name),
);

const sectionsOf = askedTogether(
  ...TERMS,
  issueCounts,
  lateIssues,
  lateGoals,
  undecidedStrategies,
  openPolls,
  reviewsDue,
  endingBy,
  sentSince,
  missedSince,
  unreachable,
);

/** Reads with one statement what the sections ask one after the other. */
export function readDigest(context: RenderContext, from: Date, to: Date): Promise<void> {
  const { db, forumId: id, now, zone } = context;
  const today = dateIn(now, zone);
  return sectionsOf(
    db,
    [id],
    [id],
    [id],
    [id],
    [id],
    [id],
    [id],
    [id, from, to, staleSince(context)],
    [id, today, LISTED],
    [id, today, LISTED],
    [id, LISTED],
    [id, LISTED],
    [id, soonAfter(to, context), LISTED],
    [id, addDays(today, EXPIRING_DAYS)],
    [id, from],
    [id, from],
    [id, LISTED],
  );
}
