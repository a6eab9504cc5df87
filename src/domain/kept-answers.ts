import { lt } from 'drizzle-orm';
import type { Tx } from '../storage/store.ts';

/** Time for which answers are kept for a repeated act, ms: seven days. */
const KEPT_MS = 7 * 86_400_000;

/** Forgets answers that are too old to be asked for again. */
export async function forgetAnswers(tx: Tx, now: Date): Promise<void> {
  const { acts } = tx.tables;
  await tx.delete(acts).where(lt(acts.at, new Date(now.getTime() - KEPT_MS)));
}
