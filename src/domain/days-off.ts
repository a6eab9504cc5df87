import { and, asc, eq, gte } from 'drizzle-orm';
import { inLocale, type Locale } from '../language/locale.ts';
import { question } from '../storage/once.ts';
import type { Reader } from '../storage/store.ts';
import { INDONESIA } from './decreed.ts';
import { type DaysOff, holidaysOf } from './holidays.ts';

/** The dates on which a forum does not work besides weekends: the decreed ones with its own changes. */
export const daysOff = async (db: Reader, forumId: string): Promise<DaysOff> => (await workingTime(db, forumId)).off;

/**
 * Working time of a forum: the zone by which its days begin and end, and the days on which it does not work besides
 * weekends.
 */
export const workingTime = question(
  ['forums', 'holidays'],
  (db, forumId: string) => {
    const { forums, holidays } = db.tables;
    return db
      .select({ zone: forums.zone, own: holidays })
      .from(forums)
      .leftJoin(holidays, eq(holidays.forumId, forums.id))
      .where(eq(forums.id, forumId));
  },
  (rows): { readonly zone: string; readonly off: DaysOff } => {
    const dates = (off: boolean): string[] => rows.flatMap(({ own }) => (own?.off === off ? [own.date] : []));
    return { zone: rows[0]!.zone, off: holidaysOf({ added: dates(true), removed: dates(false) }) };
  },
);

/** A day off with its name; a day that a forum added may have none. */
export interface NamedDay {
  readonly date: string;
  readonly name: string;
}

/** A forum's next `n` days off from a local date on, its own and the decreed ones. */
export async function comingDaysOff(
  db: Reader,
  forumId: string,
  today: string,
  locale: Locale,
  n: number,
): Promise<readonly NamedDay[]> {
  const { holidays: h } = db.tables;
  const own = await db
    .select()
    .from(h)
    .where(and(eq(h.forumId, forumId), gte(h.date, today)))
    .orderBy(asc(h.date));
  const decreed = INDONESIA.flatMap(({ days }) => days)
    .filter(day => day.date >= today && !own.some(row => row.date === day.date && (!row.off || row.name)))
    .map(day => ({ date: day.date, name: inLocale(day, locale) }));
  const added = own.filter(row => row.off && !decreed.some(day => day.date === row.date));
  return [...decreed, ...added].sort((a, b) => a.date.localeCompare(b.date)).slice(0, n);
}
