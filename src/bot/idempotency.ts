import { and, eq } from 'drizzle-orm';
import type { View } from '../contract/view.ts';
import { prepared } from '../storage/prepared.ts';
import type { Tables } from '../storage/schema/index.ts';
import type { Reader, Tx } from '../storage/store.ts';

/** The answer that this act was given the first time, if there was one. */
export async function firstAnswer(db: Reader, forumId: string, key: string): Promise<View | null> {
  const { acts } = db.tables;
  const [row] = await db
    .select({ answer: acts.answer })
    .from(acts)
    .where(and(eq(acts.forumId, forumId), eq(acts.key, key)));
  return (row?.answer as View | undefined) ?? null;
}

/** Keeps the answer, in the act's own unit of work: a repeat finds it or finds that nothing happened. */
export async function keepAnswer(tx: Tx, forumId: string, key: string, answer: View, now: Date): Promise<void> {
  await addAnswer(tx, { forumId, key, answer, at: now });
}

const addAnswer = prepared((tx: Tx, row: Tables['acts']['$inferInsert']) => tx.insert(tx.tables.acts).values(row));
