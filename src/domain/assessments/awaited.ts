import { and, asc, countDistinct, eq, exists, inArray, isNull, or } from 'drizzle-orm';
import { isTrue } from '../../storage/literal.ts';
import type { Reader } from '../../storage/store.ts';
import { personNumbers } from '../persons.ts';
import { type Framework, questionsOf } from './framework.ts';
import type { Assessment } from './store.ts';

/** An open assessment that somebody has not answered in full. */
export interface AwaitedAssessment extends Pick<Assessment, 'number' | 'title'> {
  readonly answered: number;
  readonly of: number;
}

/** The person for whom open assessments may wait: a member, and the partner for which they sit; null: none. */
interface Whose {
  readonly forumId: string;
  readonly member: number;
  readonly partner: number | null;
}

/**
 * Asks for the open assessments of a member, the oldest first: those which they began to answer or started, and those
 * of the partner for which they sit.
 */
export function openOf(db: Reader, { forumId, member, partner }: Whose, limit: number) {
  const { assessments: a, assessmentAnswers: w } = db.tables;
  const mine = and(eq(w.forumId, forumId), eq(w.member, member), isTrue(w.inForce));
  const begun = exists(
    db
      .select({ seq: w.seq })
      .from(w)
      .where(and(mine, eq(w.assessment, a.number))),
  );
  return db
    .select({ number: a.number, title: a.title, framework: a.framework })
    .from(a)
    .where(
      and(eq(a.forumId, forumId), isNull(a.closedAt), or(eq(a.createdBy, member), eq(a.partner, partner ?? 0), begun)),
    )
    .orderBy(asc(a.number))
    .limit(limit);
}

/** Returns those of some open assessments that a member has not answered in full. Takes three statements, or none. */
export async function unfinishedOf(
  db: Reader,
  { forumId, member }: Whose,
  open: readonly Pick<Assessment, 'number' | 'title' | 'framework'>[],
): Promise<readonly AwaitedAssessment[]> {
  if (!open.length) return [];
  const { assessmentAnswers: w, frameworks: f } = db.tables;
  const numbers = open.map(one => one.number);
  const accounts = await personNumbers(db, forumId, member);
  const mine = inArray(w.member, [...accounts]);
  // Two accounts of one person may both have answered a question.
  const given = await db
    .select({ assessment: w.assessment, n: countDistinct(w.question) })
    .from(w)
    .where(and(eq(w.forumId, forumId), mine, isTrue(w.inForce), inArray(w.assessment, numbers)))
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
