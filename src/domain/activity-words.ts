import { and, type Column, desc, eq, gt, inArray, like, ne, type SQL, sql } from 'drizzle-orm';
import type { Tables } from '../storage/schema/index.ts';
import type { Reader } from '../storage/store.ts';
import { likePattern, searchedWords, searchWordsOf } from '../storage/words.ts';

type Activity = Tables['activities']['$inferSelect'];

/** Maximum of the newest entries that are looked through for words before full-text search is asked. */
const MAXIMUM_NEWEST = 1_000;

/**
 * The newest activities that have these words, the last one perhaps only begun. Words that many have are found among the
 * newest entries, and words that few have by full-text search: what is read does not grow with the record.
 */
export async function newestWith(db: Reader, forumId: string, typed: string, limit: number): Promise<Activity[]> {
  const { activities: a } = db.tables;
  const words = searchedWords(typed);
  if (!words.length) return [];
  const here = and(eq(a.forumId, forumId), ne(a.state, 'undone'));
  const newest = desc(a.number);
  const [{ last } = { last: 0 }] = await db
    .select({ last: a.number })
    .from(a)
    .where(eq(a.forumId, forumId))
    .orderBy(newest)
    .limit(1);
  const isNew = gt(a.number, last - MAXIMUM_NEWEST);
  const recent = await db
    .select()
    .from(a)
    .where(and(here, isNew, hasWords(a.search, words)))
    .orderBy(newest)
    .limit(limit);
  if (recent.length === limit || last <= MAXIMUM_NEWEST) return recent;
  const { from, where } = db.matching(typed);
  // A sum has no index: else PostgreSQL goes through all numbers down, as it takes words that are begun for frequent.
  const unindexed = desc(sql`${a.number} + 0`);
  const found = db
    .select({ seq: sql<number>`${a.seq}` })
    .from(from)
    .where(and(where, here))
    .orderBy(unindexed)
    .limit(limit);
  return db.select().from(a).where(inArray(a.seq, found)).orderBy(newest);
}

/** Finds whole words as full-text search does; the last may be half typed where it is no number. */
const hasWords = (search: Column, words: readonly string[]): SQL | undefined =>
  and(
    ...words.map((word, i) =>
      i < words.length - 1 || /^\d+$/.test(word)
        ? like(sql`' ' || ${search} || ' '`, `% ${word} %`)
        : like(sql`' ' || ${search}`, `% ${word}%`),
    ),
  );

/** Activities whose title begins with these words, the shortest first. */
export async function titled(db: Reader, forumId: string, typed: string, limit: number): Promise<Activity[]> {
  const { activities: a } = db.tables;
  const words = searchWordsOf(typed).join(' ');
  // The searched text begins with the title's words.
  return db
    .select()
    .from(a)
    .where(and(eq(a.forumId, forumId), ne(a.state, 'undone'), like(a.search, likePattern(words, 'start'))))
    .orderBy(sql`length(${a.title})`, desc(a.number))
    .limit(limit);
}
