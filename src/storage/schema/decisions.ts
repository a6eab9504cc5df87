import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.ts';
import type { defineGoals } from './goals.ts';
import type { defineIssues } from './issues.ts';
import { type definePeople, SECTORS } from './people.ts';
import type { Rule } from './rule.ts';

export type { Quorum, Rule, Share } from './rule.ts';

export const OUTCOMES = ['carried', 'rejected', 'blocked', 'no_quorum', 'withdrawn'] as const;
export const CHOICES = ['agree', 'disagree', 'abstain', 'object', 'recuse'] as const;

/** The arithmetic of an outcome, every number that is printed. */
export interface Arithmetic {
  readonly electorate: number;
  readonly present: number;
  readonly needed: number;
  readonly agree: number;
  readonly disagree: number;
  readonly abstain: number;
  readonly object: number;
  readonly recuse: number;
  readonly base: number;
  readonly missingSectors: readonly string[];
}

/** Proposals, who may vote on them, what was voted, and the strategy's versions. */
export function defineDecisions(
  kit: Kit,
  { forums, members }: ReturnType<typeof definePeople>,
  { goals }: ReturnType<typeof defineGoals>,
  { issues }: ReturnType<typeof defineIssues>,
) {
  const { table, text, int, real, bool, instant, json, sequence, primaryKey, foreignKey, check, index, uniqueIndex } =
    kit;

  const strategies = table(
    'strategies',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      title: text().notNull(),
      folded: text().notNull(),
      change: text().notNull(),
      rationale: text().notNull(),
      goal: int(),
      issue: int(),
      indicator: int(),
      /** The indicator's target, once this is carried. */
      newTarget: real(),
      rule: json<Rule>().notNull(),
      /** Counts up with each amendment: ballots of an earlier round are kept, and asked for again. */
      round: int().notNull(),
      proposedBy: int().notNull(),
      createdAt: instant().notNull(),
      opensAt: instant().notNull(),
      /** The electorate is frozen from then on. */
      openedAt: instant(),
      closesAt: instant().notNull(),
      outcome: text({ enum: OUTCOMES }),
      closedAt: instant(),
      closeReason: text(),
      /** Objections are put to the ⅔ vote instead of blocking, for this recorded reason. */
      overrideReason: text(),
      arithmetic: json<Arithmetic>(),
      /** A local date: when the decision is looked at again. */
      reviewOn: text(),
      review: text({ enum: ['keep', 'change', 'end'] }),
      /** The verdict of the last review: why, by whom and when. Null where another decision ended this one. */
      reviewReason: text(),
      reviewedBy: int(),
      reviewedAt: instant(),
      /** The carried decision that this proposal ends, once it is carried itself. */
      ends: int(),
      /** The decision that ended this one. */
      endedBy: int(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.number] }),
      foreignKey({ columns: [t.forumId, t.goal], foreignColumns: [goals.forumId, goals.number] }),
      foreignKey({ columns: [t.forumId, t.issue], foreignColumns: [issues.forumId, issues.number] }),
      foreignKey({ columns: [t.forumId, t.proposedBy], foreignColumns: [members.forumId, members.number] }),
      index('strategies_outcome').on(t.forumId, t.outcome, t.number),
      check('strategies_closed', sql`(${t.outcome} is null) = (${t.closedAt} is null)`),
    ],
  );

  const ofStrategy = (t: { forumId: never; strategy: never }) =>
    foreignKey({ columns: [t.forumId, t.strategy], foreignColumns: [strategies.forumId, strategies.number] });

  /** The voting units, frozen at opening: a partner each, or a member each. */
  const electors = table(
    'electors',
    {
      forumId: text().notNull(),
      strategy: int().notNull(),
      unit: int().notNull(),
      name: text().notNull(),
      sector: text({ enum: SECTORS }),
    },
    t => [primaryKey({ columns: [t.forumId, t.strategy, t.unit] }), ofStrategy(t as never)],
  );

  /** Electorate: the people who may cast the ballot of a unit, frozen at opening. */
  const voters = table(
    'voters',
    {
      forumId: text().notNull(),
      strategy: int().notNull(),
      member: int().notNull(),
      unit: int().notNull(),
      role: text({ enum: ['representative', 'alternate', 'member'] }).notNull(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.strategy, t.member] }),
      index('voters_unit').on(t.forumId, t.strategy, t.unit),
      foreignKey({
        columns: [t.forumId, t.strategy, t.unit],
        foreignColumns: [electors.forumId, electors.strategy, electors.unit],
      }),
      foreignKey({ columns: [t.forumId, t.member], foreignColumns: [members.forumId, members.number] }),
    ],
  );

  /**
   * Every ballot ever cast; one a unit is in force. A secret one is written when its round is over, in the order of the
   * units: without its choice, and without the instant at which it was cast.
   */
  const ballots = table(
    'ballots',
    {
      seq: sequence(),
      forumId: text().notNull(),
      strategy: int().notNull(),
      unit: int().notNull(),
      round: int().notNull(),
      /** Null: secret. */
      choice: text({ enum: CHOICES }),
      reason: text(),
      castBy: int().notNull(),
      /** Null: secret. */
      castAt: instant(),
      inForce: bool().notNull(),
    },
    t => [
      uniqueIndex('ballots_in_force').on(t.forumId, t.strategy, t.unit).where(sql`in_force`),
      index('ballots_strategy').on(t.forumId, t.strategy, t.seq),
      // With the column of its own condition, as SQLite reads the rows for that otherwise.
      index('ballots_choice').on(t.forumId, t.strategy, t.choice, t.inForce).where(sql`in_force`),
      foreignKey({
        columns: [t.forumId, t.strategy, t.unit],
        foreignColumns: [electors.forumId, electors.strategy, electors.unit],
      }),
    ],
  );

  /**
   * The secret ballots of a round that is open: the only rows that tie a unit to its choice, as a ballot may be changed.
   * When the round is over they are deleted, and their traces with them.
   */
  const secretBallots = table(
    'secret_ballots',
    {
      forumId: text().notNull(),
      strategy: int().notNull(),
      unit: int().notNull(),
      /** Null: taken back. */
      choice: text({ enum: CHOICES }),
      reason: text(),
      castBy: int().notNull(),
      /** Members who cast the ballots that this one replaced. */
      before: json<readonly number[]>().notNull(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.strategy, t.unit] }),
      ofStrategy(t as never),
      foreignKey({ columns: [t.forumId, t.castBy], foreignColumns: [members.forumId, members.number] }),
    ],
  );

  /** The choices of secret votes that are over, sorted by what they say. Nothing here says when or by whom. */
  const secretVotes = table(
    'secret_votes',
    {
      key: text().primaryKey(),
      forumId: text().notNull(),
      strategy: int().notNull(),
      choice: text({ enum: CHOICES }).notNull(),
      reason: text(),
    },
    t => [index('secret_votes_strategy').on(t.forumId, t.strategy), ofStrategy(t as never)],
  );

  /** Proxies of one decision: one given a unit, one held a unit. */
  const proxies = table(
    'proxies',
    {
      forumId: text().notNull(),
      strategy: int().notNull(),
      unit: int().notNull(),
      holder: int().notNull(),
      givenBy: int().notNull(),
      givenAt: instant().notNull(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.strategy, t.unit] }),
      uniqueIndex('proxies_holder').on(t.forumId, t.strategy, t.holder),
      ofStrategy(t as never),
    ],
  );

  /** The forum's strategy: each carried change makes the next version. */
  const strategyVersions = table(
    'strategy_versions',
    {
      forumId: text().notNull(),
      version: int().notNull(),
      strategy: int().notNull(),
      before: text().notNull(),
      after: text().notNull(),
      at: instant().notNull(),
      /** Origin: a vote that carried the decision, or a review that ended it. */
      made: text({ enum: ['carried', 'ended'] })
        .notNull()
        .default('carried'),
    },
    t => [primaryKey({ columns: [t.forumId, t.version] }), ofStrategy(t as never)],
  );

  return { strategies, electors, voters, ballots, secretBallots, secretVotes, proxies, strategyVersions };
}
