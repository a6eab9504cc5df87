import { and, eq, inArray, isNotNull, isNull, lt, ne, or } from 'drizzle-orm';
import { sweepFiles } from '../domain/files/store.ts';
import { forgetImportRows } from '../domain/imports/store.ts';
import { forgetAttempts } from '../domain/invitations.ts';
import { forgetAnswers } from '../domain/kept-answers.ts';
import { shareTurn } from '../runtime/event-loop.ts';
import type { Store } from '../storage/store.ts';
import { forgetInactive } from './inactive.ts';

const DAY_MS = 86_400_000;
/** Maximum age of a refused draft, days. */
const DRAFT_DAYS = 7;
/** Number of days for which a code that led nowhere is kept, and the name of who asked with one that did. */
const CODE_DAYS = 30;
/**
 * Number of days for which it is kept to whom what was sent when, unless a forum says otherwise (`/forum settings
 * history`).
 */
export const HISTORY_DAYS = 180;
const PAGE = 2_000;

const before = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS);

/**
 * Deletes what has been kept long enough. Cheap, and harmless to run at any time and in any number of processes: each
 * minute for what is short-lived, the rest once a day (`daily`). The record itself is never touched.
 */
export async function retain(store: Store, now: Date, daily: boolean): Promise<void> {
  await store.write(null, async tx => {
    const { drafts } = tx.tables;
    await forgetAnswers(tx, now);
    await forgetAttempts(tx, now);
    await forgetImportRows(tx, now);
    await tx.delete(drafts).where(lt(drafts.at, before(now, DRAFT_DAYS)));
  });
  await sweepFiles(store, now);
  if (!daily) return;
  await forgetCodes(store, now);
  await forgetHistory(store, now);
  await forgetInactive(store, now);
}

/** Tells whether the daily part is due: one process a day finds that it is. */
export function isNewDay(store: Store, now: Date): Promise<boolean> {
  const { facts } = store.tables;
  const value = now.toISOString().slice(0, 10);
  const name = 'retention';
  return store.write(null, async tx => {
    const rows = await tx
      .insert(facts)
      .values({ name, value })
      .onConflictDoUpdate({ target: facts.name, set: { value }, setWhere: ne(facts.value, value) })
      .returning({ value: facts.value });
    return rows.length > 0;
  });
}

/** Codes that have run out. Which accounts were linked stays: it is one person. */
async function forgetCodes(store: Store, now: Date): Promise<void> {
  const { links: l, invitations: i } = store.tables;
  const limit = before(now, CODE_DAYS);
  await store.write(null, async tx => {
    await tx.delete(l).where(and(lt(l.expiresAt, limit), or(isNull(l.linked), eq(l.linked, false))));
    await tx.delete(i).where(and(lt(i.expiresAt, limit), isNull(i.usedAt)));
    await tx
      .update(i)
      .set({ askedBy: null })
      .where(and(lt(i.expiresAt, limit), isNotNull(i.askedBy)));
  });
}

/** Deliveries that ended long ago, a forum and a page at a time. */
async function forgetHistory(store: Store, now: Date): Promise<void> {
  const { deliveries: d, forums } = store.tables;
  const chosen = await store.read.select({ id: forums.id, settings: forums.settings }).from(forums);
  for (const { id, settings } of chosen) {
    const limit = before(now, settings.historyDays ?? HISTORY_DAYS);
    const isOld = and(eq(d.forumId, id), lt(d.doneAt, limit), isNull(d.nextAt));
    for (let n = PAGE; n === PAGE; await shareTurn()) {
      const old = (await store.read.select({ seq: d.seq }).from(d).where(isOld).limit(PAGE)).map(one => one.seq);
      n = old.length;
      if (n) await store.write(null, tx => tx.delete(d).where(and(inArray(d.seq, old), isNull(d.nextAt))));
    }
  }
}
