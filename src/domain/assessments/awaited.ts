import { and, asc, count, eq, exists, inArray, isNull, or } from 'drizzle-orm';
import { isTrue } from '../../storage/literal.ts';
import type { Reader } from '../../storage/store.ts';
import type { Actor } from '../actor.ts';
import { type Framework, questionsOf } from './framework.ts';
import type { Assessment } from './store.ts';

/** An open assessment that somebody has not answered in full. */
export interface AwaitedAssessment extends Pick<Assessment, 'number' | 'title'> {
  readonly answered: number;
  readonly of: number;
}

/**
 * The open assessments that wait for a member: those which they began to answer or started, and those of the partner
 * for which they sit. The oldest first. One statement, and two more where there are such.
 */
export async function awaitedAssessments(
  db: Reader,
  forumId: string,
  actor: Actor,
  limit: number,
): Promise<readonly AwaitedAssessment[]> {
  const { assessments: a, assessmentAnswers: w, frameworks: f } = db.tables;
  const { member, seat } = actor;
  if (!seat && !actor.coordinator) return [];
  const mine = and(eq(w.forumId, forumId), eq(w.member, member), isTrue(w.inForce));
  const begun = exists(
    db
      .select({ seq: w.seq })
      .from(w)
      .where(and(mine, eq(w.assessment, a.number))),
  );
  const own = seat ? eq(a.partner, seat.partner) : undefined;
  const open = await db
    .select({ number: a.number, title: a.title, framework: a.framework })
    .from(a)
    .where(and(eq(a.forumId, forumId), isNull(a.closedAt), or(eq(a.createdBy, member), own, begun)))
    .orderBy(asc(a.number))
    .limit(limit);
  if (!open.length) return [];
  const numbers = open.map(one => one.number);
  const given = await db
    .select({ assessment: w.assessment, n: count() })
    .from(w)
    .where(and(mine, inArray(w.assessment, numbers)))
    .groupBy(w.assessment);
  const frameworks = await db
    .select({ number: f.number, data: f.data })
    .from(f)
    .where(and(eq(f.forumId, forumId), inArray(f.number, [...new Set(open.map(one => one.framework))])));
  const answered = new Map(given.map(one => [one.assessment, Number(one.n)]));
  const sizes = new Map(frameworks.map(one => [one.number, questionsOf(one.data as Framework).length]));
  return open
    .map(({ number, title, framework }) => ({
      number,
      title,
      answered: answered.get(number) ?? 0,
      of: sizes.get(framework) ?? 0,
    }))
    .filter(one => one.answered < one.of);
}
