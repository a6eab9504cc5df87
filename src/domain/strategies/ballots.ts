import { and, asc, count as counted, eq, isNull, ne } from 'drizzle-orm';
import { isTrue } from '../../storage/literal.ts';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import { numberIn, PREFIX } from '../codes.ts';
import { forgetRefused } from '../refused.ts';
import { electorsOf } from './electorate.ts';
import type { Strategy } from './store.ts';
import { type Choice, type Group, groupsOf, type Position, positionsOf } from './tally.ts';

export type Ballot = Tables['ballots']['$inferSelect'];

/** Rows are inserted in pieces of this many: SQLite takes 32,766 values a statement. */
const PIECE = 1_000;

const ofStrategy = (table: { forumId: Ballots['forumId']; strategy: Ballots['strategy'] }, s: Strategy) =>
  and(eq(table.forumId, s.forumId), eq(table.strategy, s.number));
type Ballots = Tables['ballots'];

/** The ballot in force of a unit. */
export async function ballotOf(db: Reader, strategy: Strategy, unit: number): Promise<Ballot | null> {
  const { ballots } = db.tables;
  const [row] = await db
    .select()
    .from(ballots)
    .where(and(ofStrategy(ballots, strategy), eq(ballots.unit, unit), isTrue(ballots.inForce)));
  return row ?? null;
}

/** One ballot of a decision, in force or not. */
export async function ballotBySeq(db: Reader, strategy: Strategy, seq: number): Promise<Ballot | null> {
  const { ballots } = db.tables;
  const [row] = await db
    .select()
    .from(ballots)
    .where(and(ofStrategy(ballots, strategy), eq(ballots.seq, seq)));
  return row ?? null;
}

/** Whether anybody has voted, in this round. */
export async function hasBallots(db: Reader, strategy: Strategy): Promise<boolean> {
  const { ballots } = db.tables;
  const inForce = and(ofStrategy(ballots, strategy), isTrue(ballots.inForce));
  return (await db.select({ seq: ballots.seq }).from(ballots).where(inForce).limit(1)).length > 0;
}

/**
 * Casts a unit's ballot: the one before is kept, and not in force any more. A secret choice goes apart, under a key
 * that only the ballot in force knows. Returns the new ballot and the one it replaces.
 */
export async function castBallot(
  tx: Tx,
  strategy: Strategy,
  vote: { unit: number; choice: Choice; reason: string | null; castBy: number; key: string },
  now: Date,
): Promise<{ ballot: Ballot; replaced: Ballot | null }> {
  const { ballots, secretVotes } = tx.tables;
  const { forumId, number, round, rule } = strategy;
  const replaced = await ballotOf(tx, strategy, vote.unit);
  if (replaced) await tx.update(ballots).set({ inForce: false, secretKey: null }).where(eq(ballots.seq, replaced.seq));
  if (replaced?.secretKey) await tx.delete(secretVotes).where(eq(secretVotes.key, replaced.secretKey));
  const secret = rule.secret && vote.choice !== 'recuse';
  const [ballot] = await tx
    .insert(ballots)
    .values({
      forumId,
      strategy: number,
      unit: vote.unit,
      round,
      choice: secret ? null : vote.choice,
      reason: secret ? null : vote.reason,
      castBy: vote.castBy,
      castAt: now,
      inForce: true,
      secretKey: secret ? vote.key : null,
    })
    .returning();
  const { choice, reason, key } = vote;
  if (secret) await tx.insert(secretVotes).values({ key, forumId, strategy: number, choice, reason });
  return { ballot: ballot!, replaced };
}

/** Sets all ballots aside for a new round; they stay in the record. Returns who had cast them. */
export async function newRound(tx: Tx, strategy: Strategy): Promise<readonly number[]> {
  const { ballots, secretVotes } = tx.tables;
  const inForce = and(ofStrategy(ballots, strategy), isTrue(ballots.inForce));
  const cast = await tx.select({ by: ballots.castBy }).from(ballots).where(inForce);
  await tx.update(ballots).set({ inForce: false, secretKey: null }).where(ofStrategy(ballots, strategy));
  if (strategy.rule.secret)
    await tx
      .delete(secretVotes)
      .where(and(eq(secretVotes.forumId, strategy.forumId), eq(secretVotes.strategy, strategy.number)));
  return [...new Set(cast.map(one => one.by))];
}

const joinedBallots = (db: Reader) => {
  const { electors, ballots } = db.tables;
  return and(
    eq(ballots.forumId, electors.forumId),
    eq(ballots.strategy, electors.strategy),
    eq(ballots.unit, electors.unit),
    isTrue(ballots.inForce),
  );
};

async function proxiesOf(db: Reader, strategy: Strategy): Promise<ReadonlyMap<number, number>> {
  const { proxies } = db.tables;
  const given = await db
    .select({ unit: proxies.unit, holder: proxies.holder })
    .from(proxies)
    .where(and(eq(proxies.forumId, strategy.forumId), eq(proxies.strategy, strategy.number)));
  return new Map(given.map(({ unit, holder }) => [unit, holder]));
}

/** The choice that stands for each unit now; secret ones are joined through their keys, while those exist. */
export async function positions(db: Reader, strategy: Strategy): Promise<Position[]> {
  const { electors, ballots, secretVotes } = db.tables;
  const units = await db
    .select({ unit: electors.unit, sector: electors.sector, open: ballots.choice, secret: secretVotes.choice })
    .from(electors)
    .leftJoin(ballots, joinedBallots(db))
    .leftJoin(secretVotes, eq(secretVotes.key, ballots.secretKey))
    .where(and(eq(electors.forumId, strategy.forumId), eq(electors.strategy, strategy.number)))
    .orderBy(asc(electors.unit));
  const own = new Map(
    units.flatMap(({ unit, open, secret }) => {
      const choice = open ?? secret;
      return choice ? [[unit, choice] as const] : [];
    }),
  );
  return positionsOf(units, own, await proxiesOf(db, strategy));
}

/** The units by sector and choice: counted by the database, unless proxies have to be followed first. */
export async function groups(db: Reader, strategy: Strategy): Promise<Group[]> {
  if ((await proxiesOf(db, strategy)).size) return groupsOf(await positions(db, strategy));
  const { electors, ballots, secretVotes } = db.tables;
  const rows = await db
    .select({ sector: electors.sector, open: ballots.choice, secret: secretVotes.choice, n: counted() })
    .from(electors)
    .leftJoin(ballots, joinedBallots(db))
    .leftJoin(secretVotes, eq(secretVotes.key, ballots.secretKey))
    .where(and(eq(electors.forumId, strategy.forumId), eq(electors.strategy, strategy.number)))
    .groupBy(electors.sector, ballots.choice, secretVotes.choice);
  return rows.map(({ sector, open, secret, n }) => ({ sector, choice: open ?? secret, n }));
}

/** Cuts every tie between secret choices and those who cast them: ballots forget their keys, choices get new ones. */
export async function sealSecrets(tx: Tx, strategy: Strategy, newKey: () => string): Promise<void> {
  if (!strategy.rule.secret) return;
  const { ballots, secretVotes } = tx.tables;
  const mine = and(eq(secretVotes.forumId, strategy.forumId), eq(secretVotes.strategy, strategy.number));
  await tx.update(ballots).set({ secretKey: null }).where(ofStrategy(ballots, strategy));
  const votes = await tx.select().from(secretVotes).where(mine).orderBy(asc(secretVotes.choice), asc(secretVotes.key));
  await tx.delete(secretVotes).where(mine);
  for (let i = 0; i < votes.length; i += PIECE)
    await tx.insert(secretVotes).values(votes.slice(i, i + PIECE).map(vote => ({ ...vote, key: newKey() })));
  await forgetChoices(tx, strategy);
}

/** The reasons of the objections in a decided secret vote, sorted by their words: no order tells whose they are. */
export async function secretReasons(db: Reader, { forumId, number }: Strategy): Promise<readonly string[]> {
  const { secretVotes: v } = db.tables;
  const rows = await db
    .select({ reason: v.reason })
    .from(v)
    .where(and(eq(v.forumId, forumId), eq(v.strategy, number), eq(v.choice, 'object')));
  return rows.flatMap(({ reason }) => reason ?? []).sort((a, b) => (a < b ? -1 : 1));
}

/**
 * Forgets the refused ballots of a vote, as they hold a choice. One that names another undecided proposal by its code
 * may still be mended; any other goes, since a vote may be named in many ways.
 */
async function forgetChoices(tx: Tx, { forumId, number }: Strategy): Promise<void> {
  const { strategies: s } = tx.tables;
  const others = await tx
    .select({ number: s.number, createdAt: s.createdAt })
    .from(s)
    .where(and(eq(s.forumId, forumId), ne(s.number, number), isNull(s.outcome)));
  // What was typed before anything had that code was no code, but a part of some title.
  const namesAnother = (typed: string, at: Date): boolean =>
    others.some(one => one.number === numberIn(PREFIX.strategy, typed) && one.createdAt < at);
  await forgetRefused(tx, forumId, ['sv', 'sb'], ({ given, at }) => !namesAnother(typedVote(given), at));
}

/** How a refused ballot named its vote. */
const typedVote = ({ strategy }: Record<string, unknown>): string =>
  String((strategy as { typed?: unknown } | undefined)?.typed ?? '').trim();

/** Everything that is public about how the units stand, by name: for the record of a decided, open vote. */
export async function standing(
  db: Reader,
  strategy: Strategy,
): Promise<
  {
    unit: number;
    name: string;
    sector: string | null;
    choice: Choice | null;
    reason: string | null;
    castAt: Date | null;
    proxy: string | null;
    left: boolean;
  }[]
> {
  const { electors, ballots, proxies, partners } = db.tables;
  const units = await electorsOf(db, strategy);
  const cast = await db
    .select()
    .from(ballots)
    .where(and(ofStrategy(ballots, strategy), isTrue(ballots.inForce)));
  const given = await db
    .select({ unit: proxies.unit, name: electors.name })
    .from(proxies)
    .innerJoin(
      electors,
      and(
        eq(electors.forumId, proxies.forumId),
        eq(electors.strategy, proxies.strategy),
        eq(electors.unit, proxies.holder),
      ),
    )
    .where(and(eq(proxies.forumId, strategy.forumId), eq(proxies.strategy, strategy.number)));
  const gone =
    strategy.rule.basis === 'member'
      ? []
      : await db
          .select({ unit: partners.number, archivedAt: partners.archivedAt })
          .from(partners)
          .where(eq(partners.forumId, strategy.forumId));
  const choices = new Map((await positions(db, strategy)).map(({ unit, choice }) => [unit, choice]));
  return units.map(({ unit, name, sector }) => {
    const ballot = cast.find(one => one.unit === unit);
    return {
      unit,
      name,
      sector,
      choice: choices.get(unit) ?? null,
      reason: ballot?.reason ?? null,
      castAt: ballot?.castAt ?? null,
      proxy: given.find(one => one.unit === unit)?.name ?? null,
      left: gone.some(one => one.unit === unit && one.archivedAt !== null),
    };
  });
}
