import { and, asc, type Column, desc, eq } from 'drizzle-orm';
import { prepared } from '../storage/prepared.ts';
import type { Reader } from '../storage/store.ts';
import { holdsWords, shortestFirst } from './source.ts';

/** A table of things that a forum numbers. */
export interface Numbered {
  readonly forumId: Column;
  readonly number: Column;
  readonly $inferSelect: { readonly number: number };
}

/** A table of numbered things that people find by their names, which it holds folded. */
interface Named extends Numbered {
  readonly folded: Column;
}

/**
 * The same table under the type of one of them. The builder of queries knows no table that is any of several; only the
 * columns that all have are named of it.
 */
export const anyTable = (table: Numbered) => table as unknown as Reader['tables']['goals'];

/** Reads the thing of a number; null: there is none. */
export async function rowByNumber<Table extends Numbered>(
  db: Reader,
  table: Table,
  forumId: string,
  number: number,
): Promise<Table['$inferSelect'] | null> {
  const ask = byNumber.get(table) ?? numbered(table);
  byNumber.set(table, ask);
  const [row] = await ask(db, { forumId, number });
  return row ?? null;
}

const numbered = (table: Numbered) =>
  prepared((db, { forumId, number }: { forumId: string; number: number }) => {
    const from = anyTable(table);
    return db
      .select()
      .from(from)
      .where(and(eq(from.forumId, forumId), eq(from.number, number)));
  });

/** Questions for a thing by its number, by table. */
const byNumber = new WeakMap<Numbered, ReturnType<typeof numbered>>();

/** Maximum number of things of like names that are looked at. */
const LOOKED_AT = 200;

/**
 * Finds things by words of their names, the shortest name first and of equal ones the newest, or the oldest with
 * `oldest`; those that are over come behind the others.
 */
export async function rowsNamed<Table extends Named>(
  db: Reader,
  table: Table,
  forumId: string,
  {
    typed,
    whole,
    limit,
    oldest = false,
  }: { typed: string; whole: boolean | undefined; limit: number; oldest?: boolean },
  isOver: (row: Table['$inferSelect']) => boolean,
): Promise<Table['$inferSelect'][]> {
  const from = anyTable(table);
  const rows: unknown[] = await db
    .select()
    .from(from)
    .where(and(eq(from.forumId, forumId), holdsWords(from.folded, typed)))
    .orderBy(...shortestFirst(from.folded, whole), oldest ? asc(from.number) : desc(from.number))
    .limit(LOOKED_AT);
  const found = rows as Table['$inferSelect'][];
  return found.sort((one, other) => Number(isOver(one)) - Number(isOver(other))).slice(0, limit);
}
