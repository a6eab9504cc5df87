import { type AnyColumn, and, eq, getTableColumns, gt, inArray, type Table } from 'drizzle-orm';
import type { Reader } from '../../storage/store.ts';
import { pieces } from '../pieces.ts';

/** Rows that belong to a new thing alone, and go with it. */
export const PARTS = {
  partner: [],
  goal: [],
  indicator: ['indicatorPartners', 'indicatorVersions'],
  activity: ['activityPartners'],
  agreement: ['agreementParties'],
  framework: [],
} as const;
export type Deletable = keyof typeof PARTS;

type AnyTable = Table & Record<string, AnyColumn>;

/** Tells whether a column holds the number of a thing of one kind: `partner`, `recorderPartner`. */
const refersTo = (column: string, thing: string): boolean =>
  column === thing || column.endsWith(thing[0]!.toUpperCase() + thing.slice(1));

/** Lists the columns of a forum's record that may name a thing of a kind, besides its parts and what goes with it. */
function referring(db: Reader, thing: Deletable, going: readonly string[]): { table: AnyTable; column: AnyColumn }[] {
  const parts: readonly string[] = [...PARTS[thing], ...going];
  const found: { table: AnyTable; column: AnyColumn }[] = [];
  for (const [name, table] of Object.entries(db.tables) as unknown as [string, AnyTable][]) {
    if (parts.includes(name) || name === 'importRows') continue;
    const columns = getTableColumns(table);
    if (!columns.forumId) continue;
    for (const [key, column] of Object.entries(columns))
      if (refersTo(key, thing) && column.dataType === 'number') found.push({ table, column });
  }
  // Partners are the voters of most decisions.
  const { electors } = db.tables;
  if (thing === 'partner') found.push({ table: electors as unknown as AnyTable, column: electors.unit as AnyColumn });
  return found;
}

/** Finds those of some things that anything else in the record names; `going`: tables whose rows are no use of them. */
export async function usedAmong(
  db: Reader,
  forumId: string,
  thing: Deletable,
  numbers: readonly number[],
  going: readonly string[] = [],
): Promise<Set<number>> {
  const used = new Set<number>();
  for (const { table, column } of referring(db, thing, going))
    for (const piece of pieces(numbers)) {
      const rows = await db
        .selectDistinct({ number: column as never })
        .from(table as never)
        .where(and(eq(table.forumId!, forumId), inArray(column, [...piece])));
      for (const row of rows as { number: number }[]) used.add(row.number);
    }
  if (thing === 'activity' || thing === 'agreement')
    for (const piece of pieces(numbers)) {
      const { actions: a } = db.tables;
      const rows = await db
        .selectDistinct({ number: a.originNumber })
        .from(a)
        .where(and(eq(a.forumId, forumId), eq(a.origin, thing), inArray(a.originNumber, [...piece])));
      for (const { number } of rows) used.add(number!);
    }
  return used;
}

/** Finds those of some things about which the audit says anything after one of its lines. */
export async function touchedSince(
  db: Reader,
  forumId: string,
  thing: string,
  numbers: readonly number[],
  after: number,
): Promise<Set<number>> {
  const { events: e } = db.tables;
  const touched = new Set<number>();
  for (const piece of pieces(numbers)) {
    const rows = await db
      .selectDistinct({ number: e.number })
      .from(e)
      .where(and(eq(e.forumId, forumId), eq(e.thing, thing), gt(e.seq, after), inArray(e.number, [...piece])));
    for (const row of rows) touched.add(row.number);
  }
  return touched;
}
