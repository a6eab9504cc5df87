import { and, asc, eq, isNull, lt } from 'drizzle-orm';
import { question } from '../storage/once.ts';
import type { Tables } from '../storage/schema/index.ts';
import type { Reader, Tx } from '../storage/store.ts';
import { fold } from '../storage/words.ts';
import { codeOf, nextNumber, PREFIX } from './codes.ts';
import { rowByNumber, rowsNamed } from './numbered.ts';
import type { Source } from './source.ts';

export type Goal = Tables['goals']['$inferSelect'];

/** The forum's goals; open ones come first. */
export const goalSource: Source<Goal> = {
  thing: 'goal',
  prefix: PREFIX.goal,
  code: row => codeOf('goal', row.number),
  label: row => row.title,
  byNumber: ({ db, forumId }, number) => goalByNumber(db, forumId, number),
  named: ({ db, forumId }, typed, limit, whole) =>
    rowsNamed(db, db.tables.goals, forumId, { typed, whole, limit, oldest: true }, row => row.closedAt !== null),
};

export const goalByNumber = (db: Reader, forumId: string, number: number): Promise<Goal | null> =>
  rowByNumber(db, db.tables.goals, forumId, number);

export async function listGoals(db: Reader, forumId: string): Promise<Goal[]> {
  const { goals } = db.tables;
  return db.select().from(goals).where(eq(goals.forumId, forumId)).orderBy(asc(goals.number));
}

/** Open goals that were to be reached before a local date, the latest first. */
export const lateGoals = question(
  ['goals'],
  (db, forumId: string, today: string, limit: number) => {
    const { goals: g } = db.tables;
    return db
      .select()
      .from(g)
      .where(and(eq(g.forumId, forumId), isNull(g.closedAt), lt(g.due, today)))
      .orderBy(asc(g.due), asc(g.number))
      .limit(limit);
  },
  (rows): readonly Goal[] => rows,
);

export async function addGoal(
  tx: Tx,
  forumId: string,
  goal: Pick<Goal, 'title' | 'description' | 'due' | 'createdBy'> & Partial<Pick<Goal, 'sector'>>,
  now: Date,
): Promise<Goal> {
  const number = await nextNumber(tx, forumId, 'goal');
  const [row] = await tx
    .insert(tx.tables.goals)
    .values({ ...goal, forumId, number, folded: fold(goal.title), outcome: null, createdAt: now, closedAt: null })
    .returning();
  return row!;
}

/** Changes what a goal says; null where it is closed. */
export async function changeGoal(
  tx: Tx,
  goal: Goal,
  set: Partial<Pick<Goal, 'title' | 'description' | 'due' | 'sector' | 'narrative'>>,
): Promise<Goal | null> {
  const { goals } = tx.tables;
  const [row] = await tx
    .update(goals)
    .set({ ...set, ...(set.title !== undefined && { folded: fold(set.title) }) })
    .where(and(eq(goals.forumId, goal.forumId), eq(goals.number, goal.number), isNull(goals.closedAt)))
    .returning();
  return row ?? null;
}

/** Writes what the report that people sign says of a goal; also of a closed one, which is reported once more. */
export async function writeNarrative(tx: Tx, goal: Goal, narrative: string): Promise<Goal> {
  const { goals } = tx.tables;
  const [row] = await tx
    .update(goals)
    .set({ narrative })
    .where(and(eq(goals.forumId, goal.forumId), eq(goals.number, goal.number)))
    .returning();
  return row!;
}

/** Closes a goal with its outcome; null where it is closed already. */
export async function closeGoal(tx: Tx, goal: Goal, outcome: string, now: Date): Promise<Goal | null> {
  const { goals } = tx.tables;
  const [row] = await tx
    .update(goals)
    .set({ outcome, closedAt: now })
    .where(and(eq(goals.forumId, goal.forumId), eq(goals.number, goal.number), isNull(goals.closedAt)))
    .returning();
  return row ?? null;
}
