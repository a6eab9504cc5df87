import { and, asc, eq, inArray, lt } from 'drizzle-orm';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import type { Change } from '../audit.ts';
import { nextNumber } from '../codes.ts';
import { rowByNumber } from '../numbered.ts';
import { inserts, pieces } from '../pieces.ts';

export type Import = Tables['imports']['$inferSelect'];
export type ImportRow = Tables['importRows']['$inferSelect'];

/** Time within which an import may be taken back, ms. */
export const UNDO_MS = 86_400_000;

/** Begins an import; what its rows write is kept with `keepRows`. */
export async function beginImport(
  tx: Tx,
  forumId: string,
  data: Pick<Import, 'kind' | 'file' | 'counts' | 'madeBy'>,
  now: Date,
): Promise<Import> {
  const number = await nextNumber(tx, forumId, 'import');
  const [row] = await tx
    .insert(tx.tables.imports)
    .values({ ...data, forumId, number, madeAt: now, undoneBy: null, undoneAt: null })
    .returning();
  return row!;
}

/** Writes each row's line of the audit, and keeps what is needed to take the rows back; `kept` are kept already. */
export async function keepRows(
  tx: Tx,
  of: Import,
  rows: readonly (Pick<ImportRow, 'number' | 'before' | 'after'> & {
    readonly thing: Change['thing'] | 'framework';
    readonly event: { readonly kind: string; readonly data: Readonly<Record<string, unknown>> };
  })[],
  kept = 0,
): Promise<void> {
  const { events, importRows } = tx.tables;
  const { forumId, madeAt: at, madeBy: member, number } = of;
  let item = kept;
  for (const piece of inserts(rows)) {
    const lines = piece.map(one => {
      const data = { ...one.event.data, import: number };
      // An instrument has no code: its line of the audit stands among those of the forum.
      const about =
        one.thing === 'framework' ? { thing: 'forum', number: 0 } : { thing: one.thing, number: one.number };
      return { forumId, at, member, kind: one.event.kind, ...about, data };
    });
    const made = await tx.insert(events).values(lines).returning({ seq: events.seq });
    const seqs = made.map(one => one.seq).sort((x, y) => x - y);
    await tx.insert(importRows).values(
      piece.map(({ thing, number: n, before, after }, i) => {
        item++;
        return { forumId, import: number, item, thing, number: n, before, after, event: seqs[i]! };
      }),
    );
  }
}

export const importByNumber = (db: Reader, forumId: string, number: number): Promise<Import | null> =>
  rowByNumber(db, db.tables.imports, forumId, number);

/** Returns what an import wrote, the last first: in the order in which it is taken back. */
export async function rowsOfImport(db: Reader, { forumId, number }: Import): Promise<ImportRow[]> {
  const { importRows: r } = db.tables;
  const rows = await db
    .select()
    .from(r)
    .where(and(eq(r.forumId, forumId), eq(r.import, number)))
    .orderBy(asc(r.item));
  return rows.reverse();
}

/** Marks an import as taken back; its rows are of no more use. */
export async function markUndone(tx: Tx, { forumId, number }: Import, by: number, now: Date): Promise<void> {
  const { imports: i, importRows: r } = tx.tables;
  await tx
    .update(i)
    .set({ undoneBy: by, undoneAt: now })
    .where(and(eq(i.forumId, forumId), eq(i.number, number)));
  await tx.delete(r).where(and(eq(r.forumId, forumId), eq(r.import, number)));
}

/** Deletes what imports wrote that can be taken back no more. */
export async function forgetImportRows(tx: Tx, now: Date): Promise<void> {
  const { imports: i, importRows: r } = tx.tables;
  const old = await tx
    .selectDistinct({ forumId: i.forumId, number: i.number })
    .from(r)
    .innerJoin(i, and(eq(i.forumId, r.forumId), eq(i.number, r.import)))
    .where(lt(i.madeAt, new Date(now.getTime() - UNDO_MS)));
  for (const one of old) await tx.delete(r).where(and(eq(r.forumId, one.forumId), eq(r.import, one.number)));
}

/** Deletes lines of the audit that an import wrote about things that it is taken back with. */
export async function forgetEvents(tx: Tx, seqs: readonly number[]): Promise<void> {
  const { events } = tx.tables;
  for (const piece of pieces(seqs)) await tx.delete(events).where(inArray(events.seq, [...piece]));
}
