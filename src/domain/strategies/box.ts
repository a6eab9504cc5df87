import { and, type Column, eq, isNull } from 'drizzle-orm';
import { prepared } from '../../storage/prepared.ts';
import type { Tables } from '../../storage/schema/index.ts';
import type { Rule } from '../../storage/schema/rule.ts';
import type { Reader } from '../../storage/store.ts';
import { PREFIX } from '../codes.ts';

/** The tables in which the electorate and the ballots of a vote lie. */
export type BoxTables = Pick<Tables, 'electors' | 'voters' | 'ballots' | 'secretBallots' | 'secretVotes'>;

/**
 * Tables of one kind of vote: decisions and polls have tables of their own with the same columns, and share
 * everything that is done with them.
 */
export interface Box {
  readonly thing: 'strategy' | 'poll';
  tables(db: Reader): BoxTables;
  /** The column that holds the number of the vote. */
  of(table: BoxTables[keyof BoxTables]): Column;
  /** Returns what a row of the vote begins with. */
  key(vote: Pick<Vote, 'forumId' | 'number'>): { forumId: string; strategy: number };
  /** The table whose old rows are written over where a secret choice goes. */
  readonly secrets: 'secretBallots' | 'pollSecretBallots';
  /** The actions by which ballots are cast, and the letter of what they name. */
  readonly actions: readonly string[];
  readonly option: string;
  readonly letter: string;
  undecided(
    db: Reader,
    forumId: string,
  ): Promise<{ number: number; createdAt: Date; basis: Rule['basis']; secret: boolean }[]>;
}

/** A vote as the engine knows it: a decision or a poll. */
export interface Vote {
  readonly forumId: string;
  readonly number: number;
  readonly round: number;
  readonly rule: Pick<Rule, 'basis' | 'secret'>;
  /** Tables of its ballots; absent: those of decisions. */
  readonly box?: Box;
}

/** The votes of one kind that have no outcome yet. The columns that it reads are the same in both tables. */
async function undecidedIn(db: Reader, table: Tables['strategies'] | Tables['polls'], forumId: string) {
  const votes = table as Tables['strategies'];
  const rows = await db
    .select({ number: votes.number, createdAt: votes.createdAt, rule: votes.rule })
    .from(votes)
    .where(and(eq(votes.forumId, forumId), isNull(votes.outcome)));
  return rows.map(({ rule, ...row }) => ({ ...row, basis: rule.basis, secret: rule.secret }));
}

/** The ballots of decisions. */
export const STRATEGY_BOX: Box = {
  thing: 'strategy',
  tables: db => db.tables,
  of: table => table.strategy,
  key: ({ forumId, number }) => ({ forumId, strategy: number }),
  secrets: 'secretBallots',
  actions: ['sv', 'sb'],
  option: 'strategy',
  letter: PREFIX.strategy,
  undecided: (db, forumId) => undecidedIn(db, db.tables.strategies, forumId),
};

/** The ballots of polls. */
export const POLL_BOX: Box = {
  thing: 'poll',
  tables: ({ tables: t }) =>
    ({
      electors: t.pollElectors,
      voters: t.pollVoters,
      ballots: t.pollBallots,
      secretBallots: t.pollSecretBallots,
      secretVotes: t.pollSecretVotes,
      // The columns are the same but for the name of the one that `of` and `key` give.
    }) as unknown as BoxTables,
  of: table => (table as unknown as Tables['pollElectors']).poll,
  key: ({ forumId, number }) => ({ forumId, poll: number }) as unknown as { forumId: string; strategy: number },
  secrets: 'pollSecretBallots',
  actions: ['jv', 'jt'],
  option: 'poll',
  letter: PREFIX.poll,
  undecided: (db, forumId) => undecidedIn(db, db.tables.polls, forumId),
};

export const BOXES = [STRATEGY_BOX, POLL_BOX] as const;

export const boxOf = (vote: Pick<Vote, 'box'>): Box => vote.box ?? STRATEGY_BOX;

/** The rows of one vote in one of its tables. */
export const ofVote = (table: BoxTables[keyof BoxTables], vote: Numbered) =>
  and(eq(table.forumId, vote.forumId), eq(boxOf(vote).of(table), vote.number));

type Numbered = Pick<Vote, 'forumId' | 'number' | 'box'>;

/** A query about one vote that is asked often, built once for each kind of vote; it knows of the vote where it lies. */
export function ofEachVote<R>(build: (db: Reader, vote: Numbered) => PromiseLike<R>) {
  const within = (box: Box) =>
    prepared((db, { forumId, number }: Pick<Vote, 'forumId' | 'number'>) => build(db, { forumId, number, box }));
  const asks = { strategy: within(STRATEGY_BOX), poll: within(POLL_BOX) };
  return (db: Reader, vote: Numbered): Promise<R> => {
    const { forumId, number } = vote;
    return asks[boxOf(vote).thing](db, { forumId, number });
  };
}

/** Maximum number of rows that are inserted by a statement: SQLite takes 32,766 values. */
export const PIECE = 1_000;
