import { and, asc, eq, gt } from 'drizzle-orm';
import type { Store } from '../storage/store.ts';
import { searchText } from './activities.ts';
import { factOf, rememberFact } from './facts.ts';

/** The rule by which `searchText` makes what is searched; another rule gets another name here. */
const RULE = 'words as people write them';
const FACT = 'search';
const PAGE = 500;

/**
 * Makes what is searched anew, of activities that were written by an earlier rule: once, a page a unit of work, and
 * harmless to repeat. A database without activities needs no mark.
 */
export async function renewSearch(store: Store): Promise<void> {
  if ((await factOf(store, FACT)) === RULE) return;
  const { activities: a } = store.tables;
  let last = 0;
  for (let more = true; more; ) {
    const rows = await store.read
      .select({ seq: a.seq, title: a.title, result: a.result, location: a.location, search: a.search })
      .from(a)
      .where(gt(a.seq, last))
      .orderBy(asc(a.seq))
      .limit(PAGE);
    const old = rows.map(row => ({ ...row, now: searchText(row) })).filter(row => row.now !== row.search);
    // Rows that somebody has changed in the meantime have been made anew with it.
    if (old.length)
      await store.write(null, async tx => {
        for (const { seq, search, now } of old)
          await tx
            .update(a)
            .set({ search: now })
            .where(and(eq(a.seq, seq), eq(a.search, search)));
      });
    last = rows.at(-1)?.seq ?? last;
    more = rows.length === PAGE;
  }
  if (last) await rememberFact(store, FACT, RULE);
}
