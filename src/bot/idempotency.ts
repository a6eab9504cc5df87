import { and, desc, eq, gte, lt, ne } from 'drizzle-orm';
import type { Act } from '../contract/act.ts';
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

/**
 * The last answer that another act of the same form was given: its connection broke, and the person changed the words and
 * sent it again. Keys of such acts are hexadecimal behind the form's own.
 */
export async function savedBefore(db: Reader, forumId: string, { key, form }: Act): Promise<View | null> {
  if (!form) return null;
  const { acts } = db.tables;
  const rows = await db
    .select({ key: acts.key, answer: acts.answer })
    .from(acts)
    .where(and(eq(acts.forumId, forumId), gte(acts.key, form), lt(acts.key, `${form}g`), ne(acts.key, key)))
    .orderBy(desc(acts.at))
    .limit(1);
  return (rows[0]?.answer as View | undefined) ?? null;
}

/** Keeps the answer, in the act's own unit of work: a repeat finds it or finds that nothing happened. */
export async function keepAnswer(tx: Tx, forumId: string, key: string, answer: View, now: Date): Promise<void> {
  await addAnswer(tx, { forumId, key, answer, at: now });
}

const addAnswer = prepared((tx: Tx, row: Tables['acts']['$inferInsert']) => tx.insert(tx.tables.acts).values(row));
