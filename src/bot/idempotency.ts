import { and, eq, lt } from 'drizzle-orm';
import { type View, view } from '../contract/view.ts';
import type { Locale } from '../language/locale.ts';
import { catalogue } from '../language/messages.ts';
import type { Reader, Tx } from '../storage/store.ts';

/** Answers are kept for a repeated act this long: seven days. */
const KEPT_MS = 7 * 86_400_000;

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
  await tx.insert(tx.tables.acts).values({ forumId, key, answer, at: now });
}

/** What a repeated act is answered where the first answer may be shown no more. */
export const doneAlready = (locale: Locale): View => view(catalogue[locale].core.doneAlready, { tone: 'good' });

/** Forgets answers that are too old to be asked for again. */
export async function forgetAnswers(tx: Tx, now: Date): Promise<void> {
  const { acts } = tx.tables;
  await tx.delete(acts).where(lt(acts.at, new Date(now.getTime() - KEPT_MS)));
}
