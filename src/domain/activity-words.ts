import { and, type Column, count, desc, eq, gte, inArray, like, lt, ne, type SQL, sql } from 'drizzle-orm';
import { prepared } from '../storage/prepared.ts';
import type { Tables } from '../storage/schema/index.ts';
import type { Reader } from '../storage/store.ts';
import { likePattern, type Sought, searchWordsOf, soughtIn } from '../storage/words.ts';
import { type Page, pageOf, passedBefore } from './page.ts';

type Activity = Tables['activities']['$inferSelect'];

/** Number of the newest entries that tell how frequent words are. */
const SAMPLE = 100;
/** Maximum of the newest entries that are looked through for frequent words before full-text search is asked. */
const MAXIMUM_NEWEST = 1_000;
/** Number above all that entries can have. */
const ABOVE_ALL = 2_147_483_647;

/**
 * The newest activities that have these words, the last one perhaps only begun; `before`: of those below this number.
 * Words that many have are found among the newest entries, and words that few have by full-text search: what is read
 * does not grow with the record.
 */
export async function newestWith(
  db: Reader,
  forumId: string,
  typed: string,
  most: number,
  before = ABOVE_ALL,
): Promise<Activity[]> {
  const words = soughtIn(typed);
  if (!words.length) return [];
  const patterns = patternsOf(words);
  const [sample] = await sampled(db, { forumId, before, ...patterns });
  const { last, all } = sample!;
  // Suffices where the other new entries have as many as the sample.
  if (last <= MAXIMUM_NEWEST || all * MAXIMUM_NEWEST >= most * SAMPLE) {
    const found = await amongNewest(db, { forumId, from: last - MAXIMUM_NEWEST, before, most, ...patterns });
    if (found.length === most || last <= MAXIMUM_NEWEST) return found;
  }
  // Full-text search of a frequent word reads all that have it.
  const rare = words.filter((_, i) => sample![`word${i}`]! * 20 < SAMPLE);
  const query = db.queryOf(rare.length ? rare : words);
  return matched(db, { forumId, before, query, most, ...patterns });
}

/** One page of the activities that have these words, the newest first; `before`: of those below this number. */
export async function pageWith(
  db: Reader,
  forumId: string,
  typed: string,
  before: number | undefined,
  size: number,
): Promise<Page<Activity>> {
  const rows = await newestWith(db, forumId, typed, size + 1, before);
  return pageOf(rows, size, async () => {
    const { activities: a } = db.tables;
    const { from, where } = db.matching(db.queryOf(soughtIn(typed)));
    const [row] = await db
      .select({ of: count(), passed: passedBefore(a.number, before) })
      .from(from)
      .where(and(where, here(a, forumId)));
    return row!;
  });
}

/** Condition of what is found by words: what was undone is not. */
const here = (a: Tables['activities'], forumId: string): SQL | undefined =>
  and(eq(a.forumId, forumId), ne(a.state, 'undone'));

/** Patterns of words in a text with a blank before and behind it, as values of a `prepared` query. */
type Patterns = Readonly<Record<`word${number}`, string>>;

const patternsOf = (words: readonly Sought[]): Patterns =>
  Object.fromEntries(words.map(({ word, isBegun }, i) => [`word${i}`, isBegun ? `% ${word}%` : `% ${word} %`]));

/** Finds words as full-text search does, but by looking through texts. */
const has = (search: Column | SQL, patterns: Patterns): SQL[] =>
  Object.values(patterns).map(pattern => like(sql`' ' || ${search} || ' '`, pattern));

interface At {
  readonly forumId: string;
  readonly before: number;
}

/** The last number, and how many of the newest entries have all of the words and each of them. */
const sampled = prepared((db, { forumId, before, ...patterns }: At & Patterns) => {
  const { activities: a } = db.tables;
  const some = db
    .select({ number: a.number, search: a.search })
    .from(a)
    .where(and(eq(a.forumId, forumId), lt(a.number, before)))
    .orderBy(desc(a.number))
    .limit(SAMPLE)
    .as('some');
  const found = has(some.search, patterns);
  const counted = (condition: SQL | undefined) => count(sql`case when ${condition} then 1 end`);
  const counts: Record<'last' | 'all' | `word${number}`, SQL<number>> = {
    last: sql<number>`coalesce(max(${some.number}), 0)`,
    all: counted(and(...found)),
    ...Object.fromEntries(found.map((one, i) => [`word${i}`, counted(one)])),
  };
  return db.select(counts).from(some);
});

/** The newest entries from a number on that have all words. */
const amongNewest = prepared(
  (db, { forumId, from, before, most, ...patterns }: At & { from: number; most: number } & Patterns) => {
    const { activities: a } = db.tables;
    return db
      .select()
      .from(a)
      .where(and(here(a, forumId), gte(a.number, from), lt(a.number, before), ...has(a.search, patterns)))
      .orderBy(desc(a.number))
      .limit(most);
  },
);

/** The newest entries that full-text search finds and that have all words. */
const matched = prepared(
  (db, { forumId, before, query, most, ...patterns }: At & { query: string; most: number } & Patterns) => {
    const { activities: a } = db.tables;
    const { from, where, newest } = db.matching(query);
    const found = db
      .select({ seq: sql<number>`${a.seq}` })
      .from(from)
      .where(and(where, here(a, forumId), lt(a.number, before), ...has(a.search, patterns)))
      .orderBy(newest)
      .limit(most);
    return db.select().from(a).where(inArray(a.seq, found)).orderBy(desc(a.number));
  },
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
