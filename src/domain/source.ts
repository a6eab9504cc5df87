import { and, type Column, like, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../storage/store.ts';
import { likePattern, sameName, wordsOf } from '../storage/words.ts';
import type { Actor } from './actor.ts';
import type { Thing } from './thing.ts';

/** Point of view from which something is looked at: whose eyes, in which forum, when. */
export interface Reach {
  readonly db: Reader;
  readonly forumId: string;
  readonly actor: Actor;
  readonly now: Date;
}

/**
 * Source of the rows of one thing, as far as the actor may see them. Everything outside the actor's forum
 * or sight is absent.
 */
export interface Source<Row> {
  readonly thing: Thing;
  /** The letter of its codes: `K` for `K-12`. */
  readonly prefix: string;
  code(row: Row): string;
  label(row: Row): string;
  byNumber(reach: Reach, number: number): Promise<Row | null>;
  /**
   * Rows whose name has all these words (none: all), the actor's own and recent ones first. With `whole` the shortest
   * names come first: a name that has these words and no others is among them, however many there are.
   */
  named(reach: Reach, typed: string, limit: number, whole?: boolean): Promise<readonly Row[]>;
}

/** The shortest names first, where a whole one is looked for. */
export const shortestFirst = (folded: Column, whole: boolean | undefined): SQL[] =>
  whole ? [sql`length(${folded})`] : [];

/** Maximum of rows of which the names are compared with a whole one. */
const COMPARED = 200;

/** The rows that are called exactly what was typed: case, accents and punctuation aside. */
export async function calledSo<Row>(source: Source<Row>, reach: Reach, typed: string): Promise<Row[]> {
  const near = await source.named(reach, typed, COMPARED, true);
  return near.filter(row => sameName(source.label(row), typed));
}

/** Builds the condition that a folded name has all the words that were typed. */
export const holdsWords = (folded: Column, typed: string): SQL | undefined =>
  and(...wordsOf(typed).map(word => like(folded, likePattern(word, 'anywhere'))));
