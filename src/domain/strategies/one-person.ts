import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import { isTrue } from '../../storage/literal.ts';
import type { CutVoters } from '../../storage/schema/links.ts';
import type { Tx } from '../../storage/store.ts';
import type { Elector, Voter } from './electorate.ts';

/**
 * One person has one ballot in each vote of members that is open: of two the later one stands, and the electorate is one
 * smaller. Returns the votes in which there were two, and what was taken out.
 */
export async function countOnce(
  tx: Tx,
  forumId: string,
  to: number,
  from: number,
): Promise<{ twice: number[]; cut: CutVoters }> {
  const { strategies: s, voters, electors } = tx.tables;
  const twice: number[] = [];
  const cut: { electors: Elector[]; voters: Voter[] } = { electors: [], voters: [] };
  const open = await tx
    .select({ number: s.number, rule: s.rule })
    .from(s)
    .where(and(eq(s.forumId, forumId), isNull(s.outcome)));
  for (const { number, rule } of open) {
    if (rule.basis !== 'member') continue;
    const here = and(eq(voters.forumId, forumId), eq(voters.strategy, number));
    const both = await tx
      .select()
      .from(voters)
      .where(and(here, inArray(voters.member, [to, from])));
    if (both.length < 2) continue;
    const ofFrom = and(eq(electors.forumId, forumId), eq(electors.strategy, number), eq(electors.unit, from));
    cut.electors.push(...(await tx.select().from(electors).where(ofFrom)));
    cut.voters.push(...both.filter(one => one.member === from));
    await tx.delete(voters).where(and(here, eq(voters.member, from)));
    const had = rule.secret ? await oneSecret(tx, forumId, number, to, from) : false;
    if ((await oneBallot(tx, forumId, number, to, from)) || had) twice.push(number);
    await oneElector(tx, forumId, number, to, from);
  }
  return { twice, cut };
}

/** Puts back into votes that are still open what was taken out; ballots that were cast meanwhile stand where they are. */
export async function countTwice(tx: Tx, forumId: string, { electors, voters }: CutVoters): Promise<void> {
  const { strategies: s } = tx.tables;
  const numbers = electors.map(one => one.strategy);
  if (!numbers.length) return;
  const open = await tx
    .select({ number: s.number })
    .from(s)
    .where(and(eq(s.forumId, forumId), inArray(s.number, numbers), isNull(s.outcome)));
  const isOpen = (one: { readonly strategy: number }): boolean => open.some(vote => vote.number === one.strategy);
  const [units, people] = [electors.filter(isOpen), voters.filter(isOpen)];
  if (units.length) await tx.insert(tx.tables.electors).values(units).onConflictDoNothing();
  if (people.length) await tx.insert(tx.tables.voters).values(people).onConflictDoNothing();
}

/** A person who votes from one account for what the other one sat for: the kept number is the voter. */
export async function moveVoter(tx: Tx, forumId: string, to: number, from: number): Promise<void> {
  const { strategies: s, voters: v } = tx.tables;
  const open = await tx
    .select({ number: s.number })
    .from(s)
    .where(and(eq(s.forumId, forumId), isNull(s.outcome)));
  for (const { number } of open) {
    const here = and(eq(v.forumId, forumId), eq(v.strategy, number));
    const both = await tx
      .select()
      .from(v)
      .where(and(here, or(eq(v.member, to), eq(v.member, from))));
    const ofFrom = and(here, eq(v.member, from));
    if (both.length < 2) await tx.update(v).set({ member: to }).where(ofFrom);
    else await tx.delete(v).where(ofFrom);
  }
}

/** Of two open ballots the later stands, under the kept number. Returns whether there were two. */
async function oneBallot(tx: Tx, forumId: string, strategy: number, to: number, from: number): Promise<boolean> {
  const { ballots: b } = tx.tables;
  const ofUnit = (unit: number) =>
    and(eq(b.forumId, forumId), eq(b.strategy, strategy), eq(b.unit, unit), isTrue(b.inForce));
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
 * Of two secret ballots nothing says which is the later: the kept number's stands, and the other choice is deleted.
 * Returns whether there were two.
 */
async function oneSecret(tx: Tx, forumId: string, strategy: number, to: number, from: number): Promise<boolean> {
  const { secretBallots: s } = tx.tables;
  const of = (unit: number) => and(eq(s.forumId, forumId), eq(s.strategy, strategy), eq(s.unit, unit));
  const [mine] = await tx.select().from(s).where(of(to));
  const [theirs] = await tx.select().from(s).where(of(from));
  if (!theirs) return false;
  await tx.delete(s).where(of(from));
  tx.erase('secretBallots');
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
async function oneElector(tx: Tx, forumId: string, strategy: number, to: number, from: number): Promise<void> {
  const { electors: e, ballots: b, proxies: p } = tx.tables;
  await tx
    .update(b)
    .set({ unit: to })
    .where(and(eq(b.forumId, forumId), eq(b.strategy, strategy), eq(b.unit, from)));
  const proxied = or(eq(p.unit, from), eq(p.holder, from));
  await tx.delete(p).where(and(eq(p.forumId, forumId), eq(p.strategy, strategy), proxied));
  await tx.delete(e).where(and(eq(e.forumId, forumId), eq(e.strategy, strategy), eq(e.unit, from)));
}
