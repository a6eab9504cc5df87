import { and, asc, count as counted, eq, inArray, isNotNull, isNull, ne, or, type SQL } from 'drizzle-orm';
import { isTrue } from '../../storage/literal.ts';
import { askedTogether, question } from '../../storage/once.ts';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import { guestsOf } from '../guests.ts';
import { listPartners, seatsOf } from '../partners.ts';
import { isLinked, personNumbers } from '../persons.ts';
import { type Box, boxOf, ofEachVote, ofVote, PIECE, POLL_BOX, STRATEGY_BOX, type Vote } from './box.ts';
import { type Strategy, strategyByNumber } from './store.ts';
import type { Rule } from './threshold.ts';

export type Elector = Tables['electors']['$inferSelect'];
export type Voter = Tables['voters']['$inferSelect'];

/** Person who may cast the ballot of a unit, with what has to be known before they do. */
export interface Caster extends Voter {
  /** The unit's name. */
  readonly name: string;
  /** Member who cast the unit's open ballot that is in force. */
  readonly castBy: number | null;
  /** True if the person has other accounts in the forum. */
  readonly isLinked: boolean;
}

/** Describes who would vote if it were opened now. */
export interface Electorate {
  readonly units: readonly Pick<Elector, 'unit' | 'name' | 'sector'>[];
  readonly people: readonly Pick<Voter, 'member' | 'unit' | 'role'>[];
  /** The partners that nobody could cast a ballot for. */
  readonly leftOut: readonly string[];
}

/**
 * The partners that have somebody to vote for them, with representative and alternate; or every member who is no guest,
 * and came by themselves or was given a seat or coordination. Being named by somebody makes nobody an elector.
 */
export async function electorateNow(db: Reader, forumId: string, basis: Rule['basis']): Promise<Electorate> {
  if (basis === 'member') {
    const { members: m, seats: s } = db.tables;
    const all = await db
      .select({ member: m.number, name: m.name })
      .from(m)
      .leftJoin(s, and(eq(s.forumId, m.forumId), eq(s.member, m.number)))
      .where(
        and(
          eq(m.forumId, forumId),
          isNull(m.forgottenAt),
          or(eq(m.arrived, true), eq(m.coordinator, true), isNotNull(s.member)),
        ),
      )
      .orderBy(asc(m.number));
    const guests = await guestsOf(db, forumId);
    const electors = all.filter(({ member }) => !guests.has(member));
    return {
      units: electors.map(({ member, name }) => ({ unit: member, name, sector: null })),
      people: electors.map(({ member }) => ({ member, unit: member, role: 'member' as const })),
      leftOut: [],
    };
  }
  const seats = (await seatsOf(db, forumId)).flatMap(({ member, partner, role }) =>
    role === 'member' ? [] : [{ member, unit: partner, role }],
  );
  const seated = new Set(seats.map(seat => seat.unit));
  const partners = await listPartners(db, forumId);
  const units = partners.filter(partner => seated.has(partner.number));
  const taking = new Set(units.map(partner => partner.number));
  return {
    units: units.map(({ number, name, sector }) => ({ unit: number, name, sector })),
    people: seats.filter(seat => taking.has(seat.unit)),
    leftOut: partners.filter(partner => !seated.has(partner.number)).map(partner => partner.name),
  };
}

/** Freezes the electorate of a vote. Returns the partners left out because nobody could cast their ballot. */
export async function freezeElectorate(tx: Tx, vote: Vote): Promise<readonly string[]> {
  const { electors, voters } = boxOf(vote).tables(tx);
  const { units, people, leftOut } = await electorateNow(tx, vote.forumId, vote.rule.basis);
  const key = boxOf(vote).key(vote);
  for (let i = 0; i < units.length; i += PIECE)
    await tx.insert(electors).values(units.slice(i, i + PIECE).map(unit => ({ ...unit, ...key })));
  for (let i = 0; i < people.length; i += PIECE)
    await tx.insert(voters).values(people.slice(i, i + PIECE).map(person => ({ ...person, ...key })));
  return leftOut;
}

/**
 * Lists who may cast now. A partner's unit is frozen, and the person who sits for it casts: its representative or
 * its alternate. In a vote by member the persons are frozen.
 */
function casters(db: Reader, box: Box, vote: Pick<Vote, 'forumId' | 'number'>, basis: Rule['basis'], member?: number) {
  const { tables, of } = box;
  const { voters, electors, ballots } = tables(db);
  const { seats } = db.tables;
  const { forumId, number } = vote;
  const isOfVote = (table: typeof voters | typeof electors) => and(eq(table.forumId, forumId), eq(of(table), number));
  // People who may cast for a unit, and as what.
  const people = basis === 'member' ? voters : seats;
  const isOfUnit =
    basis === 'member'
      ? and(isOfVote(voters), eq(voters.unit, electors.unit))
      : and(eq(seats.forumId, forumId), eq(seats.partner, electors.unit), ne(seats.role, 'member'));
  const isBallot = and(
    eq(ballots.forumId, electors.forumId),
    eq(of(ballots), of(electors)),
    eq(ballots.unit, electors.unit),
    isTrue(ballots.inForce),
  );
  return db
    .select({
      member: people.member,
      unit: electors.unit,
      role: people.role,
      name: electors.name,
      castBy: ballots.castBy,
      isLinked: isLinked(db, forumId, people.member) as SQL<boolean | number>,
    })
    .from(electors)
    .innerJoin(people, isOfUnit)
    .leftJoin(ballots, isBallot)
    .where(and(isOfVote(electors), member === undefined ? undefined : eq(people.member, member)))
    .orderBy(asc(electors.unit), asc(people.member));
}

type CasterRow = Awaited<ReturnType<typeof casters>>[number];

const asCaster = (vote: Vote, { isLinked: linked, ...row }: CasterRow): Caster => ({
  ...row,
  isLinked: Boolean(linked),
  ...boxOf(vote).key(vote),
});

/** The units of a vote that one member may cast for. */
const own = (box: Box, basis: Rule['basis']) =>
  question(
    box === POLL_BOX
      ? ['pollElectors', 'pollVoters', 'pollBallots', 'seats', 'links']
      : ['electors', 'voters', 'ballots', 'seats', 'links'],
    (db, forumId: string, number: number, member: number) => casters(db, box, { forumId, number }, basis, member),
    (rows): readonly CasterRow[] => rows,
  );

const OWN = {
  strategy: { partner: own(STRATEGY_BOX, 'partner'), member: own(STRATEGY_BOX, 'member') },
  poll: { partner: own(POLL_BOX, 'partner'), member: own(POLL_BOX, 'member') },
};

const strategyToVoteOn = askedTogether(strategyByNumber, OWN.strategy.partner, OWN.strategy.member);

/** Reads with one statement a decision and for whom a member votes in it: who asks for either afterwards has it. */
export const readToVoteOn = (db: Reader, forumId: string, number: number, member: number): Promise<void> =>
  strategyToVoteOn(db, [forumId, number], [forumId, number, member], [forumId, number, member]);

async function castersOf(db: Reader, vote: Vote): Promise<Caster[]> {
  const rows = await casters(db, boxOf(vote), vote, vote.rule.basis);
  return rows.map(row => asCaster(vote, row));
}

/** Finds the unit for which a person may vote in a decision now; null: none. */
export async function voterOf(db: Reader, vote: Vote, member: number): Promise<Caster | null> {
  const { forumId, number, rule } = vote;
  const [mine] = await OWN[boxOf(vote).thing][rule.basis](db, forumId, number, member);
  if (mine) return asCaster(vote, mine);
  if (rule.basis === 'partner') return null;
  // In a vote by member one person has one ballot, from whichever of their accounts.
  const person = await personNumbers(db, vote.forumId, member);
  return (await castersOf(db, vote)).find(one => person.includes(one.member)) ?? null;
}

/** Everybody who may cast now. */
export const votersOf = (db: Reader, vote: Vote): Promise<Caster[]> => castersOf(db, vote);

/** The partners of an electorate that were archived since it was frozen. */
export async function archivedElectors(db: Reader, vote: Vote): Promise<string[]> {
  if (vote.rule.basis === 'member') return [];
  return (await archived(db, vote)).map(row => row.name);
}

const archived = ofEachVote((db, vote) => {
  const { electors } = boxOf(vote).tables(db);
  const { partners } = db.tables;
  // Asked this way round: of a hundred thousand units few partners have left.
  const gone = db
    .select({ number: partners.number })
    .from(partners)
    .where(and(eq(partners.forumId, vote.forumId), isNotNull(partners.archivedAt)));
  return db
    .select({ name: electors.name })
    .from(electors)
    .where(and(ofVote(electors, vote), inArray(electors.unit, gone)))
    .orderBy(asc(electors.unit));
});

/** The frozen electorate of a vote. */
export const electorsOf = ofEachVote((db, vote) => {
  const { electors } = boxOf(vote).tables(db);
  return db.select().from(electors).where(ofVote(electors, vote)).orderBy(asc(electors.unit));
});

/** The name of one voting unit. */
export async function electorName(db: Reader, vote: Vote, unit: number): Promise<string> {
  const { electors } = boxOf(vote).tables(db);
  const [row] = await db
    .select({ name: electors.name })
    .from(electors)
    .where(and(ofVote(electors, vote), eq(electors.unit, unit)));
  return row?.name ?? '';
}

export async function countElectors(db: Reader, vote: Vote): Promise<number> {
  const { electors } = boxOf(vote).tables(db);
  const [row] = await db.select({ n: counted() }).from(electors).where(ofVote(electors, vote));
  return row?.n ?? 0;
}

/** Takes a unit's proxy back; returns who held it, null where nobody did. */
export async function takeProxy(tx: Tx, { forumId, number }: Strategy, unit: number): Promise<number | null> {
  const { proxies } = tx.tables;
  const mine = and(eq(proxies.forumId, forumId), eq(proxies.strategy, number), eq(proxies.unit, unit));
  const [row] = await tx.delete(proxies).where(mine).returning({ holder: proxies.holder });
  return row?.holder ?? null;
}

/**
 * Takes back the proxies of a partner that is archived, in open votes in which the holder has cast nothing yet: it
 * counts as not present unless it had voted. Gives the numbers of those votes.
 */
export async function takeIdleProxies(tx: Tx, forumId: string, unit: number): Promise<number[]> {
  const { proxies: p, strategies: s, ballots: b, secretBallots: c } = tx.tables;
  const cast = (of: typeof b | typeof c) =>
    and(eq(of.forumId, p.forumId), eq(of.strategy, p.strategy), eq(of.unit, p.holder), isNotNull(of.choice));
  const rows = await tx
    .select({ strategy: p.strategy })
    .from(p)
    .innerJoin(s, and(eq(s.forumId, p.forumId), eq(s.number, p.strategy)))
    .leftJoin(b, and(cast(b), isTrue(b.inForce)))
    .leftJoin(c, cast(c))
    .where(and(eq(p.forumId, forumId), eq(p.unit, unit), isNull(s.outcome), isNull(b.unit), isNull(c.unit)));
  for (const { strategy } of rows)
    await tx.delete(p).where(and(eq(p.forumId, forumId), eq(p.strategy, strategy), eq(p.unit, unit)));
  return rows.map(one => one.strategy);
}

/** Gives a unit's proxy; null where the holder has one already. A proxy given before is replaced. */
export async function giveProxy(
  tx: Tx,
  strategy: Strategy,
  proxy: { unit: number; holder: number; givenBy: number },
  now: Date,
): Promise<boolean> {
  const { proxies } = tx.tables;
  const { forumId, number } = strategy;
  const mine = and(eq(proxies.forumId, forumId), eq(proxies.strategy, number), eq(proxies.unit, proxy.unit));
  await tx.delete(proxies).where(mine);
  const taken = await tx
    .insert(proxies)
    .values({ ...proxy, forumId, strategy: number, givenAt: now })
    .onConflictDoNothing()
    .returning({ unit: proxies.unit });
  return taken.length > 0;
}
