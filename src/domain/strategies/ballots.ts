import { and, asc, count as counted, eq, inArray, isNotNull, ne } from 'drizzle-orm';
import { isTrue } from '../../storage/literal.ts';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import { numberIn } from '../codes.ts';
import { personNumbers } from '../persons.ts';
import { forgetRefused } from '../refused.ts';
import { type Box, boxOf, ofEachVote, ofVote, PIECE, type Vote } from './box.ts';
import { openGroups } from './open-count.ts';
import type { Strategy } from './store.ts';
import { type Choice, type Group, groupsOf, type Position, positionsOf } from './tally.ts';

export type Ballot = Tables['ballots']['$inferSelect'];
type SecretBallot = Tables['secretBallots']['$inferSelect'];

/** Tells whether a unit has a ballot in force, secret or open. */
export async function hasVoted(db: Reader, vote: Vote, unit: number): Promise<boolean> {
  return (await openBallot(db, vote, unit)) !== null || Boolean((await secretOf(db, vote, unit))?.choice);
}

async function openBallot(db: Reader, vote: Vote, unit: number): Promise<Ballot | null> {
  const { ballots } = boxOf(vote).tables(db);
  const [row] = await db
    .select()
    .from(ballots)
    .where(and(ofVote(ballots, vote), eq(ballots.unit, unit), isTrue(ballots.inForce)));
  return row ?? null;
}

/** Returns what the unit has cast in secret while the round is open. */
async function secretOf(db: Reader, vote: Vote, unit: number): Promise<SecretBallot | null> {
  const { secretBallots: s } = boxOf(vote).tables(db);
  const [row] = await db
    .select()
    .from(s)
    .where(and(ofVote(s, vote), eq(s.unit, unit)));
  return row ?? null;
}

/** Returns who cast the ballot of a unit that is in force. */
export async function casterOf(db: Reader, vote: Vote, unit: number): Promise<number | null> {
  const secret = await secretOf(db, vote, unit);
  return secret?.choice ? secret.castBy : ((await openBallot(db, vote, unit))?.castBy ?? null);
}

/** Tells whether a person has a ballot in force for another unit, from another account: one person votes once. */
export async function votedElsewhere(db: Reader, vote: Vote, unit: number, member: number): Promise<boolean> {
  const { ballots: b, secretBallots: s } = boxOf(vote).tables(db);
  const others = (await personNumbers(db, vote.forumId, member)).filter(number => number !== member);
  if (!others.length) return false;
  const open = and(ofVote(b, vote), isTrue(b.inForce), ne(b.unit, unit), inArray(b.castBy, others));
  if ((await db.select({ unit: b.unit }).from(b).where(open).limit(1)).length) return true;
  const secret = and(ofVote(s, vote), isNotNull(s.choice), ne(s.unit, unit), inArray(s.castBy, others));
  return (await db.select({ unit: s.unit }).from(s).where(secret).limit(1)).length > 0;
}

/** One ballot of a decision, in force or not; a secret one is none of them. */
export async function ballotBySeq(db: Reader, vote: Vote, seq: number): Promise<Ballot | null> {
  const { ballots } = boxOf(vote).tables(db);
  const [row] = await db
    .select()
    .from(ballots)
    .where(and(ofVote(ballots, vote), eq(ballots.seq, seq)));
  return row ?? null;
}

/** Tells whether anybody has voted, in this round. */
export async function hasBallots(db: Reader, vote: Vote): Promise<boolean> {
  const { ballots: b, secretBallots: s } = boxOf(vote).tables(db);
  const inForce = and(ofVote(b, vote), isTrue(b.inForce));
  if ((await db.select({ unit: b.unit }).from(b).where(inForce).limit(1)).length) return true;
  const secret = and(ofVote(s, vote), isNotNull(s.choice));
  return (await db.select({ unit: s.unit }).from(s).where(secret).limit(1)).length > 0;
}

/** A ballot as it was taken. */
export interface Cast {
  /**
   * The number that stands on its receipt; null: it is secret, and its place in the row would tell when it was cast.
   */
  readonly seq: number | null;
  /** Member who had cast the one that it replaces; null: it is the unit's first. */
  readonly replacedBy: number | null;
}

/** A ballot as it is cast. */
interface NewBallot {
  readonly unit: number;
  readonly choice: string;
  readonly reason: string | null;
  readonly castBy: number;
  /** True if the unit has an open ballot in force; left out: perhaps. */
  readonly hasOpen?: boolean;
}

/**
 * Casts a unit's ballot: the one before is kept, and not in force any more. Of a secret one the choice before is gone;
 * it goes apart until the round is over, without its instant.
 */
export async function castBallot(tx: Tx, vote: Vote, ballot: NewBallot, now: Date): Promise<Cast> {
  const box = boxOf(vote);
  const { ballots, secretBallots } = box.tables(tx);
  const { round, rule } = vote;
  const key = box.key(vote);
  const { unit, reason, castBy, hasOpen = true } = ballot;
  // Decisions and polls know which choices there are; here one is only kept.
  const choice = ballot.choice as Choice;
  const replacedBy = hasOpen || rule.secret ? await setAside(tx, vote, unit) : null;
  if (!rule.secret || choice === 'recuse') {
    const row = { unit, choice, reason, castBy, ...key, round, castAt: now, inForce: true };
    const [taken] = await tx.insert(ballots).values(row).returning({ seq: ballots.seq });
    return { seq: taken!.seq, replacedBy };
  }
  const set = { choice, reason, castBy };
  await tx
    .insert(secretBallots)
    .values({ ...set, ...key, unit, before: [] })
    .onConflictDoUpdate({ target: [secretBallots.forumId, box.of(secretBallots) as never, secretBallots.unit], set });
  return { seq: null, replacedBy };
}

/** Takes a unit's ballot back for good: a secret choice leaves no trace in the files. Returns who had cast it. */
export async function takeBallot(tx: Tx, vote: Vote, unit: number): Promise<number | null> {
  tx.erase(boxOf(vote).secrets);
  return setAside(tx, vote, unit);
}

/** Takes a unit's ballot out of force; it stays in the record, without a secret choice. Returns who had cast it. */
async function setAside(tx: Tx, vote: Vote, unit: number): Promise<number | null> {
  const { ballots, secretBallots: s } = boxOf(vote).tables(tx);
  const [open] = await tx
    .update(ballots)
    .set({ inForce: false })
    .where(and(ofVote(ballots, vote), eq(ballots.unit, unit), isTrue(ballots.inForce)))
    .returning({ castBy: ballots.castBy });
  const secret = vote.rule.secret ? await secretOf(tx, vote, unit) : null;
  if (!secret?.choice) return open?.castBy ?? null;
  await tx
    .update(s)
    .set({ choice: null, reason: null, before: [...secret.before, secret.castBy] })
    .where(and(ofVote(s, vote), eq(s.unit, unit)));
  return secret.castBy;
}

/** Sets all ballots aside for a new round; they stay in the record. Returns who had cast them. */
export async function newRound(tx: Tx, vote: Vote): Promise<readonly number[]> {
  const { ballots } = boxOf(vote).tables(tx);
  await sealBallots(tx, vote);
  const inForce = and(ofVote(ballots, vote), isTrue(ballots.inForce));
  const cast = await tx.select({ by: ballots.castBy }).from(ballots).where(inForce);
  await tx.update(ballots).set({ inForce: false }).where(inForce);
  return [...new Set(cast.map(one => one.by))];
}

/**
 * Ends what is secret in a round: who took part goes into the record in the order of the units, and what ties them to
 * their choices is deleted. Returns the choices, sorted by what they say.
 */
async function sealBallots(tx: Tx, vote: Vote): Promise<readonly Pick<SecretBallot, 'choice' | 'reason'>[]> {
  const { ballots, secretBallots: s } = boxOf(vote).tables(tx);
  const { round, rule } = vote;
  if (!rule.secret) return [];
  const mine = ofVote(s, vote);
  const cast = await tx.select().from(s).where(mine).orderBy(asc(s.unit));
  const rows = cast.flatMap(({ unit, choice, castBy, before }) => {
    const one = { ...boxOf(vote).key(vote), unit, round, choice: null, reason: null, castAt: null };
    const set = before.map(by => ({ ...one, castBy: by, inForce: false }));
    return choice === null ? set : [...set, { ...one, castBy, inForce: true }];
  });
  for (let i = 0; i < rows.length; i += PIECE) await tx.insert(ballots).values(rows.slice(i, i + PIECE));
  await tx.delete(s).where(mine);
  tx.erase(boxOf(vote).secrets, 'drafts');
  const words = ({ choice, reason }: SecretBallot): string => `${choice}:${reason ?? ''}`;
  return cast.filter(one => one.choice !== null).sort((a, b) => (words(a) < words(b) ? -1 : 1));
}

/** The ballots of the electors: the open ones, and the secret ones while their round is open. */
function joinedTables(db: Reader, vote: Pick<Vote, 'box'>) {
  const { tables, of } = boxOf(vote);
  const { electors, ballots, secretBallots } = tables(db);
  const ofElector = (cast: typeof ballots | typeof secretBallots) =>
    and(eq(cast.forumId, electors.forumId), eq(of(cast), of(electors)), eq(cast.unit, electors.unit));
  const open = and(ofElector(ballots), isTrue(ballots.inForce));
  return { electors, ballots, secretBallots, open, secret: ofElector(secretBallots) };
}

/**
 * Returns the choice that each unit of the electorate has cast itself; secret ones are known while their round is open.
 */
async function ownChoices(db: Reader, vote: Vote) {
  const rows = await castByUnit(db, vote);
  return rows.map(({ open, secret, ...unit }) => ({ ...unit, choice: open ?? secret }));
}

const castByUnit = ofEachVote((db, vote) => {
  const { electors, ballots, secretBallots, open, secret } = joinedTables(db, vote);
  return db
    .select({ unit: electors.unit, sector: electors.sector, open: ballots.choice, secret: secretBallots.choice })
    .from(electors)
    .leftJoin(ballots, open)
    .leftJoin(secretBallots, secret)
    .where(ofVote(electors, vote))
    .orderBy(asc(electors.unit));
});

/** The units that have cast no ballot themselves. */
export const silentUnits = async (db: Reader, vote: Vote): Promise<ReadonlySet<number>> =>
  new Set((await ownChoices(db, vote)).filter(one => one.choice === null).map(one => one.unit));

/** Reads what the units have cast, counted by the database; null: nothing. Secret ones while their round is open. */
export async function castChoices(
  db: Reader,
  vote: Vote,
): Promise<{ choice: string | null; sector: string | null; n: number }[]> {
  const { electors, ballots, secretBallots, open, secret } = joinedTables(db, vote);
  const rows = await db
    .select({ sector: electors.sector, open: ballots.choice, secret: secretBallots.choice, n: counted() })
    .from(electors)
    .leftJoin(ballots, open)
    .leftJoin(secretBallots, secret)
    .where(ofVote(electors, vote))
    .groupBy(electors.sector, ballots.choice, secretBallots.choice);
  return rows.map(({ sector, open, secret, n }) => ({ sector, choice: open ?? secret, n }));
}

/** Returns who has cast a ballot that is in force now. */
export async function castersSoFar(db: Reader, vote: Vote): Promise<readonly number[]> {
  const { ballots: b, secretBallots: s } = boxOf(vote).tables(db);
  const open = await db
    .select({ by: b.castBy })
    .from(b)
    .where(and(ofVote(b, vote), isTrue(b.inForce)));
  const secret = await db
    .select({ by: s.castBy })
    .from(s)
    .where(and(ofVote(s, vote), isNotNull(s.choice)));
  return [...new Set([...open, ...secret].map(one => one.by))];
}

/** Returns what one unit has cast, as it was written; null: nothing. */
export const choiceOf = async (db: Reader, vote: Vote, unit: number): Promise<string | null> =>
  (await secretOf(db, vote, unit))?.choice ?? (await openBallot(db, vote, unit))?.choice ?? null;

async function proxiesOf(db: Reader, strategy: Strategy): Promise<ReadonlyMap<number, number>> {
  const given = await proxiesIn(db, strategy);
  return new Map(given.map(({ unit, holder }) => [unit, holder]));
}

const proxiesIn = ofEachVote((db, { forumId, number }) => {
  const { proxies: p } = db.tables;
  const here = and(eq(p.forumId, forumId), eq(p.strategy, number));
  return db.select({ unit: p.unit, holder: p.holder }).from(p).where(here);
});

/** The choice that stands for each unit now; secret ones are known while their round is open. */
export async function positions(db: Reader, strategy: Strategy): Promise<Position[]> {
  const units = await ownChoices(db, strategy);
  const own = new Map(units.flatMap(({ unit, choice }) => (choice ? [[unit, choice] as const] : [])));
  return positionsOf(units, own, await proxiesOf(db, strategy));
}

/** The units by sector and choice: counted by the database, unless proxies have to be followed first. */
export async function groups(db: Reader, strategy: Strategy): Promise<Group[]> {
  const { secret, perSector } = strategy.rule;
  const open = secret || perSector ? null : await openGroups(db, strategy);
  if (open) return open;
  if ((await proxiesOf(db, strategy)).size) return groupsOf(await positions(db, strategy));
  return (await castChoices(db, strategy)) as Group[];
}

/** Cuts every tie between the secret choices of a vote that is over and those who cast them. */
export async function sealSecrets(tx: Tx, vote: Vote, newKey: () => string): Promise<void> {
  if (!vote.rule.secret) return;
  const box = boxOf(vote);
  const { secretVotes } = box.tables(tx);
  const cast = await sealBallots(tx, vote);
  const rows = cast.map(({ choice, reason }) => ({ key: newKey(), ...box.key(vote), choice: choice!, reason }));
  for (let i = 0; i < rows.length; i += PIECE) await tx.insert(secretVotes).values(rows.slice(i, i + PIECE));
  await forgetChoices(tx, vote);
}

/**
 * Forgets the refused ballots of a vote, as they hold a choice. One that names another undecided vote by its code may
 * still be mended; any other goes, since a vote may be named in many ways.
 */
async function forgetChoices(tx: Tx, vote: Vote): Promise<void> {
  const { forumId, number } = vote;
  const box = boxOf(vote);
  const others = (await box.undecided(tx, forumId)).filter(one => one.number !== number);
  // Text typed before anything had that code was no code, but a part of some title.
  const namesAnother = (typed: string, at: Date): boolean =>
    others.some(one => one.number === numberIn(box.letter, typed) && one.createdAt < at);
  await forgetRefused(tx, forumId, box.actions, ({ given, at }) => !namesAnother(typedVote(box, given), at));
}

/** Tells how a refused ballot named its vote. */
const typedVote = ({ option }: Box, given: Record<string, unknown>): string =>
  String((given[option] as { typed?: unknown } | undefined)?.typed ?? '').trim();
