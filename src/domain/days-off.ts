import { eq } from 'drizzle-orm';
import type { Reader } from '../storage/store.ts';
import { holidaysOf } from './holidays.ts';

/** The dates on which a forum does not work besides weekends: the decreed ones with its own changes. */
export async function daysOff(db: Reader, forumId: string): Promise<ReadonlySet<string>> {
  const { holidays } = db.tables;
  const own = await db.select().from(holidays).where(eq(holidays.forumId, forumId));
  const dates = (off: boolean): string[] => own.filter(row => row.off === off).map(row => row.date);
  return holidaysOf({ added: dates(true), removed: dates(false) });
}
