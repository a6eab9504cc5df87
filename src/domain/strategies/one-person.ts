import { and, eq, inArray, or } from 'drizzle-orm';
import { isTrue } from '../../storage/literal.ts';
import type { CutVoters } from '../../storage/schema/links.ts';
import type { Tx } from '../../storage/store.ts';
import { BOXES, type Box, type BoxTables, ofVote, POLL_BOX, STRATEGY_BOX, type Vote } from './box.ts';
import type { Elector, Voter } from './electorate.ts';

/**
 * One person has one ballot in each vote of members that is open: of two the later one stands, and the electorate is
 * one smaller. Returns the votes in which there were two, and what was taken out.
 */
export async function countOnce(
  tx: Tx,
  forumId: string,
  to: number,
  from: number,
): Promise<{ twice: CountedTwice[]; cut: CutVoters }> {
  const twice: CountedTwice[] = [];
  const ofDecisions = await countOnceIn(tx, STRATEGY_BOX, { forumId, to, from }, twice);
  const polls = await countOnceIn(tx, POLL_BOX, { forumId, to, from }, twice);
  return {
    twice,
    cut: polls.electors.length
      ? { ...ofDecisions, polls: polls as unknown as NonNullable<CutVoters['polls']> }
      : ofDecisions,
  };
}

/** A vote in which one person had two ballots. */
export interface CountedTwice {
  readonly thing: Box['thing'];
  readonly number: number;
}

type Cut = Pick<CutVoters, 'electors' | 'voters'>;

/** The numbers of two members who are one person: the kept one, and the one that is gone. */
interface Pair {
  readonly forumId: string;
  readonly to: number;
  readonly from: number;
}

/** The votes of members that are open. */
async function openVotes(tx: Tx, box: Box, forumId: string): Promise<Vote[]> {
  const open = await box.undecided(tx, forumId);
  return open.flatMap(({ number, basis, secret }) =>
    basis === 'member' ? [{ forumId, number, round: 1, rule: { basis, secret }, box }] : [],
  );
}

async function countOnceIn(tx: Tx, box: Box, pair: Pair, twice: CountedTwice[]): Promise<Cut> {
  const { forumId, to, from } = pair;
  const { voters, electors } = box.tables(tx);
  const cut: { electors: Elector[]; voters: Voter[] } = { electors: [], voters: [] };
  for (const vote of await openVotes(tx, box, forumId)) {
    const here = ofVote(voters, vote);
    const both = await tx
      .select()
      .from(voters)
      .where(and(here, inArray(voters.member, [to, from])));
    if (both.length < 2) continue;
    const ofFrom = and(ofVote(electors, vote), eq(electors.unit, from));
    cut.electors.push(...(await tx.select().from(electors).where(ofFrom)));
    cut.voters.push(...both.filter(one => one.member === from));
    await tx.delete(voters).where(and(here, eq(voters.member, from)));
    const had = vote.rule.secret ? await oneSecret(tx, box, vote, to, from) : false;
    if ((await oneBallot(tx, box, vote, to, from)) || had) twice.push({ thing: box.thing, number: vote.number });
    await oneElector(tx, box, vote, to, from);
  }
  return cut;
}

/**
 * Puts back into votes that are still open what was taken out; ballots that were cast meanwhile stand where they are.
 */
export async function countTwice(tx: Tx, forumId: string, { polls, ...decisions }: CutVoters): Promise<void> {
  await countTwiceIn(tx, STRATEGY_BOX, forumId, decisions);
  if (polls) await countTwiceIn(tx, POLL_BOX, forumId, polls as unknown as Cut);
}

async function countTwiceIn(tx: Tx, box: Box, forumId: string, { electors, voters }: Cut): Promise<void> {
  const t = box.tables(tx);
  const open = await openVotes(tx, box, forumId);
  const isOpen = (row: object): boolean =>
    open.some(vote => Object.entries(box.key(vote)).every(([name, value]) => row[name as keyof object] === value));
  const [units, people] = [electors.filter(isOpen), voters.filter(isOpen)];
  if (units.length) await tx.insert(t.electors).values(units).onConflictDoNothing();
  if (people.length) await tx.insert(t.voters).values(people).onConflictDoNothing();
}

/** A person who votes from one account for what the other one sat for: the kept number is the voter. */
export async function moveVoter(tx: Tx, forumId: string, to: number, from: number): Promise<void> {
  for (const box of BOXES) {
    const { voters: v } = box.tables(tx);
    for (const { number } of await box.undecided(tx, forumId)) {
      const here = and(eq(v.forumId, forumId), eq(box.of(v), number));
      const both = await tx
        .select()
        .from(v)
        .where(and(here, or(eq(v.member, to), eq(v.member, from))));
      const ofFrom = and(here, eq(v.member, from));
      if (both.length < 2) await tx.update(v).set({ member: to }).where(ofFrom);
      else await tx.delete(v).where(ofFrom);
    }
  }
}

/** Keeps the later of two open ballots, under the kept number. Returns whether there were two. */
async function oneBallot(tx: Tx, box: Box, vote: Vote, to: number, from: number): Promise<boolean> {
  const { ballots: b } = box.tables(tx);
  const ofUnit = (unit: number) => and(ofVote(b, vote), eq(b.unit, unit), isTrue(b.inForce));
  const [mine] = await tx.select().from(b).where(ofUnit(to));
  const [theirs] = await tx.select().from(b).where(ofUnit(from));
  if (!theirs) return false;
  await tx.update(b).set({ inForce: false }).where(eq(b.seq, theirs.seq));
  if (mine?.castAt && theirs.castAt && mine.castAt >= theirs.castAt) return true;
  if (mine) await tx.update(b).set({ inForce: false }).where(eq(b.seq, mine.seq));
  const { seq: _, ...later } = theirs;
  await tx.insert(b).values({ ...later, unit: to });
  return mine !== undefined;
}

/**
 * Keeps the ballot of the kept number, since nothing says which of two secret ballots is the later; the other is
 * deleted. Returns true if there were two.
 */
async function oneSecret(tx: Tx, box: Box, vote: Vote, to: number, from: number): Promise<boolean> {
  const { secretBallots: s } = box.tables(tx);
  const of = (unit: number) => and(ofVote(s, vote), eq(s.unit, unit));
  const [mine] = await tx.select().from(s).where(of(to));
  const [theirs] = await tx.select().from(s).where(of(from));
  if (!theirs) return false;
  await tx.delete(s).where(of(from));
  tx.erase(box.secrets);
  const { choice, reason, castBy } = theirs;
  const before = [...theirs.before, ...(mine?.before ?? [])];
  if (!mine) await tx.insert(s).values({ ...theirs, unit: to });
  else if (!mine.choice) await tx.update(s).set({ choice, reason, castBy, before }).where(of(to));
  else
    await tx
      .update(s)
      .set({ before: choice ? [...before, castBy] : before })
      .where(of(to));
  return Boolean(mine?.choice && choice);
}

/** One person is one of the electorate: what the other account had cast is kept under the one, and is not in force. */
async function oneElector(tx: Tx, box: Box, vote: Vote, to: number, from: number): Promise<void> {
  const { electors: e, ballots: b }: BoxTables = box.tables(tx);
  await tx
    .update(b)
    .set({ unit: to })
    .where(and(ofVote(b, vote), eq(b.unit, from)));
  if (box === STRATEGY_BOX) await cutProxies(tx, vote, from);
  await tx.delete(e).where(and(ofVote(e, vote), eq(e.unit, from)));
}

async function cutProxies(tx: Tx, { forumId, number }: Vote, unit: number): Promise<void> {
  const { proxies: p } = tx.tables;
  const proxied = or(eq(p.unit, unit), eq(p.holder, unit));
  await tx.delete(p).where(and(eq(p.forumId, forumId), eq(p.strategy, number), proxied));
}
