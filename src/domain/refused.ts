import { and, eq, inArray } from 'drizzle-orm';
import type { Tables } from '../storage/schema/index.ts';
import type { Tx } from '../storage/store.ts';

/** Describes what was typed and refused; it waits where it was typed, to be mended. */
type Refused = Pick<Tables['drafts']['$inferSelect'], 'id' | 'given' | 'at'>;

/** Maximum number of rows in a statement: SQLite takes 32,766 values. */
const PIECE = 1_000;

/** Forgets what waits in a forum's places for some actions, as it may hold what was to stay secret; `which`: not all. */
export async function forgetRefused(
  tx: Tx,
  forumId: string,
  actions: readonly string[],
  which: (one: Refused) => boolean = () => true,
): Promise<void> {
  const { drafts: d, places: p } = tx.tables;
  const refused = await tx
    .select({ id: d.id, given: d.given, at: d.at })
    .from(d)
    .innerJoin(p, and(eq(p.platform, d.platform), eq(p.workspace, d.workspace)))
    .where(and(eq(p.forumId, forumId), inArray(d.action, actions)));
  const gone = refused.filter(which).map(({ id }) => id);
  if (gone.length) tx.erase('drafts');
  for (let i = 0; i < gone.length; i += PIECE) await tx.delete(d).where(inArray(d.id, gone.slice(i, i + PIECE)));
}
