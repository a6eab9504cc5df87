import { and, asc, count as counted, eq, inArray, isNotNull, isNull, ne } from 'drizzle-orm';
import { isTrue } from '../../storage/literal.ts';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import { numberIn, PREFIX } from '../codes.ts';
import { personNumbers } from '../persons.ts';
import { forgetRefused } from '../refused.ts';
import type { Strategy } from './store.ts';
import { type Choice, type Group, groupsOf, type Position, positionsOf } from './tally.ts';

export type Ballot = Tables['ballots']['$inferSelect'];
type SecretBallot = Tables['secretBallots']['$inferSelect'];

/** Rows are inserted in pieces of this many: SQLite takes 32,766 values a statement. */
const PIECE = 1_000;

/** The ballots of one vote. */
export const ofStrategy = (table: Tables['ballots'] | Tables['secretBallots'], s: Strategy) =>
  and(eq(table.forumId, s.forumId), eq(table.strategy, s.number));

/** Whether a unit has a ballot in force, secret or open. */
export async function hasVoted(db: Reader, strategy: Strategy, unit: number): Promise<boolean> {
  return (await openBallot(db, strategy, unit)) !== null || Boolean((await secretOf(db, strategy, unit))?.choice);
}

async function openBallot(db: Reader, strategy: Strategy, unit: number): Promise<Ballot | null> {
  const { ballots } = db.tables;
  const [row] = await db
    .select()
    .from(ballots)
    .where(and(ofStrategy(ballots, strategy), eq(ballots.unit, unit), isTrue(ballots.inForce)));
  return row ?? null;
}

/** What the unit has cast in secret while the round is open. */
async function secretOf(db: Reader, strategy: Strategy, unit: number): Promise<SecretBallot | null> {
  const { secretBallots: s } = db.tables;
  const [row] = await db
    .select()
    .from(s)
    .where(and(ofStrategy(s, strategy), eq(s.unit, unit)));
  return row ?? null;
}

/** Who cast the ballot of a unit that is in force. */
export async function casterOf(db: Reader, strategy: Strategy, unit: number): Promise<number | null> {
  const secret = await secretOf(db, strategy, unit);
  return secret?.choice ? secret.castBy : ((await openBallot(db, strategy, unit))?.castBy ?? null);
}

/** Whether a person has a ballot in force for another unit, from another account: one person votes once. */
export async function votedElsewhere(db: Reader, strategy: Strategy, unit: number, member: number): Promise<boolean> {
  const { ballots: b, secretBallots: s } = db.tables;
  const others = (await personNumbers(db, strategy.forumId, member)).filter(number => number !== member);
  if (!others.length) return false;
  const open = and(ofStrategy(b, strategy), isTrue(b.inForce), ne(b.unit, unit), inArray(b.castBy, others));
  if ((await db.select({ unit: b.unit }).from(b).where(open).limit(1)).length) return true;
  const secret = and(ofStrategy(s, strategy), isNotNull(s.choice), ne(s.unit, unit), inArray(s.castBy, others));
  return (await db.select({ unit: s.unit }).from(s).where(secret).limit(1)).length > 0;
}

/** One ballot of a decision, in force or not; a secret one is none of them. */
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
  const { ballots: b, secretBallots: s } = db.tables;
  const inForce = and(ofStrategy(b, strategy), isTrue(b.inForce));
  if ((await db.select({ unit: b.unit }).from(b).where(inForce).limit(1)).length) return true;
  const secret = and(ofStrategy(s, strategy), isNotNull(s.choice));
  return (await db.select({ unit: s.unit }).from(s).where(secret).limit(1)).length > 0;
}

/** A ballot as it was taken. */
export interface Cast {
  /** The number that stands on its receipt; null: it is secret, and its place in the row would tell when it was cast. */
  readonly seq: number | null;
  /** Who had cast the one that it replaces; null: it is the unit's first. */
  readonly replacedBy: number | null;
}

/** A ballot as it is cast. */
interface Vote {
  readonly unit: number;
  readonly choice: Choice;
  readonly reason: string | null;
  readonly castBy: number;
  /** Whether the unit has an open ballot in force; left out: perhaps. */
  readonly hasOpen?: boolean;
}

/**
 * Casts a unit's ballot: the one before is kept, and not in force any more. Of a secret one the choice before is gone;
 * it goes apart until the round is over, without its instant.
 */
export async function castBallot(
  tx: Tx,
  strategy: Strategy,
  { hasOpen = true, ...vote }: Vote,
  now: Date,
): Promise<Cast> {
  const { ballots, secretBallots } = tx.tables;
  const { forumId, number, round, rule } = strategy;
  const replacedBy = hasOpen || rule.secret ? await setAside(tx, strategy, vote.unit) : null;
  if (!rule.secret || vote.choice === 'recuse') {
    const row = { ...vote, forumId, strategy: number, round, castAt: now, inForce: true };
    const [ballot] = await tx.insert(ballots).values(row).returning({ seq: ballots.seq });
    return { seq: ballot!.seq, replacedBy };
  }
  const set = { choice: vote.choice, reason: vote.reason, castBy: vote.castBy };
  await tx
    .insert(secretBallots)
    .values({ ...set, forumId, strategy: number, unit: vote.unit, before: [] })
    .onConflictDoUpdate({ target: [secretBallots.forumId, secretBallots.strategy, secretBallots.unit], set });
  return { seq: null, replacedBy };
}

/** Takes a unit's ballot back for good: a secret choice leaves no trace in the files. Returns who had cast it. */
export async function takeBallot(tx: Tx, strategy: Strategy, unit: number): Promise<number | null> {
  tx.erase('secretBallots');
  return setAside(tx, strategy, unit);
}

/** Takes a unit's ballot out of force; it stays in the record, without a secret choice. Returns who had cast it. */
async function setAside(tx: Tx, strategy: Strategy, unit: number): Promise<number | null> {
  const { ballots, secretBallots: s } = tx.tables;
  const [open] = await tx
    .update(ballots)
    .set({ inForce: false })
    .where(and(ofStrategy(ballots, strategy), eq(ballots.unit, unit), isTrue(ballots.inForce)))
    .returning({ castBy: ballots.castBy });
  const secret = strategy.rule.secret ? await secretOf(tx, strategy, unit) : null;
  if (!secret?.choice) return open?.castBy ?? null;
  await tx
    .update(s)
    .set({ choice: null, reason: null, before: [...secret.before, secret.castBy] })
    .where(and(ofStrategy(s, strategy), eq(s.unit, unit)));
  return secret.castBy;
}

/** Sets all ballots aside for a new round; they stay in the record. Returns who had cast them. */
export async function newRound(tx: Tx, strategy: Strategy): Promise<readonly number[]> {
  const { ballots } = tx.tables;
  await sealBallots(tx, strategy);
  const inForce = and(ofStrategy(ballots, strategy), isTrue(ballots.inForce));
  const cast = await tx.select({ by: ballots.castBy }).from(ballots).where(inForce);
  await tx.update(ballots).set({ inForce: false }).where(inForce);
  return [...new Set(cast.map(one => one.by))];
}

/**
 * Ends what is secret in a round: who took part goes into the record in the order of the units, and what ties them to
 * their choices is deleted. Returns the choices, sorted by what they say.
 */
async function sealBallots(tx: Tx, strategy: Strategy): Promise<readonly Pick<SecretBallot, 'choice' | 'reason'>[]> {
  const { ballots, secretBallots: s } = tx.tables;
  const { forumId, number, round, rule } = strategy;
  if (!rule.secret) return [];
  const mine = ofStrategy(s, strategy);
  const cast = await tx.select().from(s).where(mine).orderBy(asc(s.unit));
  const rows = cast.flatMap(({ unit, choice, castBy, before }) => {
    const one = { forumId, strategy: number, unit, round, choice: null, reason: null, castAt: null };
    const set = before.map(by => ({ ...one, castBy: by, inForce: false }));
    return choice === null ? set : [...set, { ...one, castBy, inForce: true }];
  });
  for (let i = 0; i < rows.length; i += PIECE) await tx.insert(ballots).values(rows.slice(i, i + PIECE));
  await tx.delete(s).where(mine);
  tx.erase('secretBallots', 'drafts');
  const words = ({ choice, reason }: SecretBallot): string => `${choice}:${reason ?? ''}`;
  return cast.filter(one => one.choice !== null).sort((a, b) => (words(a) < words(b) ? -1 : 1));
}

/** The ballots of the electors: the open ones, and the secret ones while their round is open. */
const ofElector = (db: Reader, ballots: Tables['ballots'] | Tables['secretBallots']) => {
  const { electors } = db.tables;
  return and(
    eq(ballots.forumId, electors.forumId),
    eq(ballots.strategy, electors.strategy),
    eq(ballots.unit, electors.unit),
  );
};
const joinedBallots = (db: Reader) => and(ofElector(db, db.tables.ballots), isTrue(db.tables.ballots.inForce));

async function proxiesOf(db: Reader, strategy: Strategy): Promise<ReadonlyMap<number, number>> {
  const { proxies } = db.tables;
  const given = await db
    .select({ unit: proxies.unit, holder: proxies.holder })
    .from(proxies)
    .where(and(eq(proxies.forumId, strategy.forumId), eq(proxies.strategy, strategy.number)));
  return new Map(given.map(({ unit, holder }) => [unit, holder]));
}

/** The choice that stands for each unit now; secret ones are known while their round is open. */
export async function positions(db: Reader, strategy: Strategy): Promise<Position[]> {
  const { electors, ballots, secretBallots } = db.tables;
  const units = await db
    .select({ unit: electors.unit, sector: electors.sector, open: ballots.choice, secret: secretBallots.choice })
    .from(electors)
    .leftJoin(ballots, joinedBallots(db))
    .leftJoin(secretBallots, ofElector(db, secretBallots))
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
  const { electors, ballots, secretBallots } = db.tables;
  const rows = await db
    .select({ sector: electors.sector, open: ballots.choice, secret: secretBallots.choice, n: counted() })
    .from(electors)
    .leftJoin(ballots, joinedBallots(db))
    .leftJoin(secretBallots, ofElector(db, secretBallots))
    .where(and(eq(electors.forumId, strategy.forumId), eq(electors.strategy, strategy.number)))
    .groupBy(electors.sector, ballots.choice, secretBallots.choice);
  return rows.map(({ sector, open, secret, n }) => ({ sector, choice: open ?? secret, n }));
}

/** Cuts every tie between the secret choices of a vote that is over and those who cast them. */
export async function sealSecrets(tx: Tx, strategy: Strategy, newKey: () => string): Promise<void> {
  if (!strategy.rule.secret) return;
  const { forumId, number } = strategy;
  const votes = await sealBallots(tx, strategy);
  const rows = votes.map(({ choice, reason }) => ({
    key: newKey(),
    forumId,
    strategy: number,
    choice: choice!,
    reason,
  }));
  for (let i = 0; i < rows.length; i += PIECE) await tx.insert(tx.tables.secretVotes).values(rows.slice(i, i + PIECE));
  await forgetChoices(tx, strategy);
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
