import { and, asc, eq, gte } from 'drizzle-orm';
import type { Reader } from '../storage/store.ts';
import type { Change } from './audit.ts';

/** Describes what later changes replaced, by the number of the thing: each field as it was. */
export type Earlier = ReadonlyMap<number, Readonly<Record<string, unknown>>>;

/**
 * Tells how the things of one kind differed at an instant from what they are now, as far as their changes keep what was
 * before them. A report of what is over is read with it.
 */
export async function earlierThan(db: Reader, forumId: string, thing: Change['thing'], until: Date): Promise<Earlier> {
  const { events: e } = db.tables;
  const rows = await db
    .select({ number: e.number, data: e.data })
    .from(e)
    .where(and(eq(e.forumId, forumId), eq(e.thing, thing), gte(e.at, until)))
    .orderBy(asc(e.seq));
  const found = new Map<number, Record<string, unknown>>();
  for (const { number, data } of rows) {
    // The first change after the instant replaced what held then.
    found.set(number, { ...replacedBy(data), ...found.get(number) });
  }
  return found;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns what one change replaced: it keeps that as `before`, or with each field of `changed` as `from`. */
function replacedBy({ before, changed }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const edited = Object.entries(isRecord(changed) ? changed : {}).filter(([, one]) => isRecord(one) && 'from' in one);
  return {
    ...(isRecord(before) ? before : {}),
    ...Object.fromEntries(edited.map(([field, one]) => [field, (one as { from: unknown }).from])),
  };
}

/** A row with the fields that later changes replaced; `instants` names those that hold an instant. */
export function restored<T extends { readonly number: number }>(
  row: T,
  earlier: Earlier,
  instants: readonly (keyof T & string)[] = [],
): T {
  const was = Object.entries(earlier.get(row.number) ?? {})
    .filter(([field]) => field in row)
    .map(([field, value]) => {
      const isInstant = typeof value === 'string' && (instants as readonly string[]).includes(field);
      return [field, isInstant ? new Date(value) : value];
    });
  return { ...row, ...Object.fromEntries(was) };
}

/** Picks the fields that a change replaced, as they were before it: what the change keeps as `before`. */
export const replacedIn = <T extends object>(before: T, after: T, fields: readonly (keyof T)[]): Partial<T> =>
  Object.fromEntries(
    fields.filter(field => String(before[field]) !== String(after[field])).map(field => [field, before[field]]),
  ) as Partial<T>;
