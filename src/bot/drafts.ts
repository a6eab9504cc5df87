import { and, eq } from 'drizzle-orm';
import type { Act, Given } from '../contract/act.ts';
import { holdFiles } from '../domain/files/store.ts';
import type { Reader, Store, Tx } from '../storage/store.ts';
import { keptFiles } from './hand-in.ts';

/** Time that a file which was handed in is kept with what was typed, ms. */
const KEPT_MS = 8 * 86_400_000;

/** Describes what a person typed, kept for them alone. */
export interface Draft {
  readonly action: string;
  readonly given: Given;
}

/** Keeps what was typed, for seven days (src/schedule/retention.ts). */
export async function keepDraft(
  store: Store,
  id: string,
  act: Act,
  draft: Draft & { readonly forumId: string | null },
  now: Date,
): Promise<void> {
  const { drafts } = store.tables;
  await store.write(null, async tx => {
    await tx.insert(drafts).values({
      id,
      platform: act.place.platform,
      workspace: act.place.workspace,
      account: act.who.account,
      action: draft.action,
      given: { ...draft.given },
      at: now,
    });
    if (draft.forumId !== null)
      await holdFiles(tx, draft.forumId, keptIn(draft.given), new Date(now.getTime() + KEPT_MS));
  });
}

/** The hashes of kept files among what was typed. */
const keptIn = (given: Given): string[] =>
  Object.values(given).flatMap(raw => ('file' in raw ? keptFiles(raw).map(one => one.hash) : []));

/** Forgets what a person has typed for an action, finished or not. */
export async function forgetDrafts(tx: Tx, act: Pick<Act, 'place' | 'who'>, action: string): Promise<void> {
  const { drafts: d } = tx.tables;
  const { platform, workspace } = act.place;
  const mine = and(eq(d.platform, platform), eq(d.workspace, workspace), eq(d.account, act.who.account));
  const gone = await tx
    .delete(d)
    .where(and(mine, eq(d.action, action)))
    .returning({ id: d.id });
  if (gone.length) tx.erase('drafts');
}

/** The draft of that id, if it is this person's, in this place. */
export async function findDraft(db: Reader, id: string, act: Pick<Act, 'place' | 'who'>): Promise<Draft | null> {
  const { drafts } = db.tables;
  const [row] = await db
    .select()
    .from(drafts)
    .where(
      and(
        eq(drafts.id, id),
        eq(drafts.platform, act.place.platform),
        eq(drafts.workspace, act.place.workspace),
        eq(drafts.account, act.who.account),
      ),
    );
  return row ? { action: row.action, given: row.given as Given } : null;
}
