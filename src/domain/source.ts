import { and, type Column, like, type SQL } from 'drizzle-orm';
import type { Reader } from '../storage/store.ts';
import { likePattern, wordsOf } from '../storage/words.ts';
import type { Actor } from './people.ts';

/** From where something is looked at: whose eyes, in which forum, when. */
export interface Reach {
  readonly db: Reader;
  readonly forumId: string;
  readonly actor: Actor;
  readonly now: Date;
}

/** The things that have a code in a forum. */
export type Thing =
  | 'activity'
  | 'issue'
  | 'strategy'
  | 'indicator'
  | 'goal'
  | 'agreement'
  | 'entry'
  | 'partner'
  | 'reminder';

/**
 * Where the rows of one thing come from, as far as the actor may see them. Everything outside the actor's forum
 * or sight is absent.
 */
export interface Source<Row> {
  readonly thing: Thing;
  /** The letter of its codes: `K` for `K-12`. */
  readonly prefix: string;
  code(row: Row): string;
  label(row: Row): string;
  byNumber(reach: Reach, number: number): Promise<Row | null>;
  /** Rows whose name has all these words (none: all), the actor's own and recent ones first. */
  named(reach: Reach, typed: string, limit: number): Promise<readonly Row[]>;
}

/** That a folded name has all the words that were typed. */
export const holdsWords = (folded: Column, typed: string): SQL | undefined =>
  and(...wordsOf(typed).map(word => like(folded, likePattern(word, 'anywhere'))));
