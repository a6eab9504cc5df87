import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.ts';
import { type definePeople, SECTORS } from './people.ts';
import type { Quorum } from './rule.ts';

export const POLL_KINDS = ['single', 'multiple', 'date', 'ranking', 'points', 'election', 'check'] as const;
export const POLL_METHODS = ['plurality', 'irv', 'borda', 'pairs', 'approval', 'stv', 'points', 'date'] as const;
export const POLL_RESULTS = ['live', 'voted', 'closed'] as const;
export const POLL_TIES = ['none', 'first', 'lot', 'chair'] as const;
const POLL_OUTCOMES = ['decided', 'tied', 'no_quorum', 'withdrawn'] as const;

/** The rule of one poll, frozen with it. */
export interface PollRule {
  readonly version: 1;
  readonly kind: (typeof POLL_KINDS)[number];
  readonly method: (typeof POLL_METHODS)[number];
  readonly basis: 'partner' | 'member';
  readonly secret: boolean;
  /** Moment at which the tally is shown: at once, to those who have voted, or after the close. */
  readonly results: (typeof POLL_RESULTS)[number];
  /** Number of people elected; one in other kinds. */
  readonly seats: number;
  /** Maximum of options that one ballot names; null: as many as it likes. */
  readonly max: number | null;
  /** Points of one ballot; null: in other kinds. */
  readonly points: number | null;
  /** ISO instant until which members add options; null: they do not. */
  readonly adding: string | null;
  /** Each voter is shown the options in an order of their own. */
  readonly shuffle: boolean;
  readonly quorum: Quorum | null;
  readonly binding: boolean;
  readonly tie: (typeof POLL_TIES)[number];
  /** Decimals to which a surplus is cut; null: exact. */
  readonly decimals: number | null;
}

/** A tie in a count, and how it was broken. */
export interface PollTie {
  readonly tied: readonly number[];
  readonly to: 'win' | 'leave';
  readonly chosen: number | null;
  readonly by: 'earlier_round' | 'first' | 'lot' | 'chair' | null;
}

/** Describes how a poll was counted: every number that is printed, kept. */
export interface PollCount {
  readonly electorate: number;
  readonly voted: number;
  readonly needed: number;
  readonly winners: readonly number[];
  readonly tied: readonly number[];
  readonly ties: readonly PollTie[];
  /** The score of each option, as decimal text; of dates also how many said yes and how many if need be. */
  readonly scores: readonly {
    readonly option: number;
    readonly score: string;
    readonly yes?: number;
    readonly maybe?: number;
  }[];
  readonly quota?: number;
  readonly rounds: readonly {
    readonly totals: readonly (readonly [option: number, votes: string])[];
    readonly exhausted: string;
    readonly elected: readonly number[];
    readonly excluded: number | null;
    readonly surplusOf: number | null;
  }[];
  /** Majorities that ranked pairs locked, the strongest first. */
  readonly locked?: readonly {
    readonly winner: number;
    readonly loser: number;
    readonly votes: number;
    readonly against: number;
  }[];
}

/** Describes what came of a poll's result: a plan, a proposal, or people who were named once they agreed. */
export interface PollFollow {
  readonly thing: 'activity' | 'strategy' | 'coordinator' | 'representative';
  /** The number of what was made; null: people are asked. */
  readonly number: number | null;
  readonly by: number;
  /** Members who agreed. */
  readonly agreed?: readonly number[];
  /** Members who did not. */
  readonly refused?: readonly number[];
}

/** Polls: what is asked, the options, who may vote, and what was voted, with the columns that decisions have. */
export function definePolls(kit: Kit, { forums, members }: ReturnType<typeof definePeople>) {
  const { table, text, int, bool, instant, json, sequence, primaryKey, foreignKey, check, index, uniqueIndex } = kit;

  const polls = table(
    'polls',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      title: text().notNull(),
      folded: text().notNull(),
      rule: json<PollRule>().notNull(),
      /** Counts up as a decision's round does; a poll has one. */
      round: int().notNull(),
      createdBy: int().notNull(),
      createdAt: instant().notNull(),
      opensAt: instant().notNull(),
      closesAt: instant().notNull(),
      outcome: text({ enum: POLL_OUTCOMES }),
      closedAt: instant(),
      closeReason: text(),
      /** Seed of the lot and of the order in which options are shown; the lot's is published at the close. */
      seed: text().notNull(),
      count: json<PollCount>(),
      /** Picks of the chair about ties. */
      picks: json<readonly PollTie[]>().notNull(),
      follow: json<PollFollow>(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.number] }),
      foreignKey({ columns: [t.forumId, t.createdBy], foreignColumns: [members.forumId, members.number] }),
      index('polls_outcome').on(t.forumId, t.outcome, t.number),
      check('polls_closed', sql`(${t.outcome} is null) = (${t.closedAt} is null)`),
    ],
  );

  const ofPoll = (t: { forumId: never; poll: never }) =>
    foreignKey({ columns: [t.forumId, t.poll], foreignColumns: [polls.forumId, polls.number] });

  /** Options that can be voted for. An option is never edited. */
  const pollOptions = table(
    'poll_options',
    {
      forumId: text().notNull(),
      poll: int().notNull(),
      /** Its number on the ballot, from 1. */
      option: int().notNull(),
      text: text().notNull(),
      detail: text(),
      link: text(),
      /** Local date of an option in a date poll; `at` is the instant, if it has one. */
      date: text(),
      at: instant(),
      /** Member who stands in an election, and is asked before anybody votes for them. */
      candidate: int(),
      state: text({ enum: ['asked', 'listed', 'declined'] }).notNull(),
      addedBy: int().notNull(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.poll, t.option] }),
      ofPoll(t as never),
      foreignKey({ columns: [t.forumId, t.candidate], foreignColumns: [members.forumId, members.number] }),
    ],
  );

  /** The voting units, frozen at opening: a partner each, or a member each. */
  const pollElectors = table(
    'poll_electors',
    {
      forumId: text().notNull(),
      poll: int().notNull(),
      unit: int().notNull(),
      name: text().notNull(),
      sector: text({ enum: SECTORS }),
    },
    t => [primaryKey({ columns: [t.forumId, t.poll, t.unit] }), ofPoll(t as never)],
  );

  /** Electorate: the people who may cast the ballot of a unit, frozen at opening. */
  const pollVoters = table(
    'poll_voters',
    {
      forumId: text().notNull(),
      poll: int().notNull(),
      member: int().notNull(),
      unit: int().notNull(),
      role: text({ enum: ['representative', 'alternate', 'member'] }).notNull(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.poll, t.member] }),
      index('poll_voters_unit').on(t.forumId, t.poll, t.unit),
      foreignKey({
        columns: [t.forumId, t.poll, t.unit],
        foreignColumns: [pollElectors.forumId, pollElectors.poll, pollElectors.unit],
      }),
      foreignKey({ columns: [t.forumId, t.member], foreignColumns: [members.forumId, members.number] }),
    ],
  );

  /**
   * Every ballot ever cast; one a unit is in force. A secret one is written at the close, without choice and instant.
   */
  const pollBallots = table(
    'poll_ballots',
    {
      seq: sequence(),
      forumId: text().notNull(),
      poll: int().notNull(),
      unit: int().notNull(),
      round: int().notNull(),
      /** Choice as `src/domain/polls/choices.ts` writes it; null: secret. */
      choice: text(),
      /** Always null: a poll asks for no reason. */
      reason: text(),
      castBy: int().notNull(),
      /** Null: secret. */
      castAt: instant(),
      inForce: bool().notNull(),
    },
    t => [
      uniqueIndex('poll_ballots_in_force').on(t.forumId, t.poll, t.unit).where(sql`in_force`),
      index('poll_ballots_poll').on(t.forumId, t.poll, t.seq),
      index('poll_ballots_choice').on(t.forumId, t.poll, t.choice, t.inForce).where(sql`in_force`),
      foreignKey({
        columns: [t.forumId, t.poll, t.unit],
        foreignColumns: [pollElectors.forumId, pollElectors.poll, pollElectors.unit],
      }),
    ],
  );

  /** The secret ballots of a poll that is open: the only rows that tie a unit to its choice; deleted at the close. */
  const pollSecretBallots = table(
    'poll_secret_ballots',
    {
      forumId: text().notNull(),
      poll: int().notNull(),
      unit: int().notNull(),
      /** Null: taken back. */
      choice: text(),
      reason: text(),
      castBy: int().notNull(),
      /** Members who cast the ballots that this one replaced. */
      before: json<readonly number[]>().notNull(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.poll, t.unit] }),
      ofPoll(t as never),
      foreignKey({ columns: [t.forumId, t.castBy], foreignColumns: [members.forumId, members.number] }),
    ],
  );

  /** The choices of secret polls that are over, sorted by what they say. */
  const pollSecretVotes = table(
    'poll_secret_votes',
    {
      key: text().primaryKey(),
      forumId: text().notNull(),
      poll: int().notNull(),
      choice: text().notNull(),
      reason: text(),
    },
    t => [index('poll_secret_votes_poll').on(t.forumId, t.poll), ofPoll(t as never)],
  );

  return { polls, pollOptions, pollElectors, pollVoters, pollBallots, pollSecretBallots, pollSecretVotes };
}
