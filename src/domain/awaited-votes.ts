import { and, desc, eq, isNotNull, isNull, ne, type SQL } from 'drizzle-orm';
import { isTrue } from '../storage/literal.ts';
import type { Reader } from '../storage/store.ts';
import { together } from '../storage/together.ts';
import { asPoll, type Poll } from './polls/store.ts';
import { hasVoted } from './strategies/ballots.ts';
import { type Box, POLL_BOX, STRATEGY_BOX, type Vote } from './strategies/box.ts';
import { voterOf } from './strategies/electorate.ts';
import type { Strategy } from './strategies/store.ts';

type Of = { readonly forumId: string; readonly member: number };

/** Maximum number of open votes of a kind that are looked through for one's own. */
const LOOKED = 1_000;

/** The electors of open votes for which a member votes, as the frozen voter of a unit or by the seat of a partner. */
function unitsOf(db: Reader, box: Box, by: 'voter' | 'seat', member: number, open: SQL | undefined) {
  const { electors: e, voters: v, ballots: b, secretBallots: c } = box.tables(db);
  const { seats: s, strategies, polls } = db.tables;
  const vote = box === POLL_BOX ? polls : strategies;
  const inVote = (table: typeof v | typeof b | typeof c) =>
    and(eq(table.forumId, e.forumId), eq(box.of(table), box.of(e)), eq(table.unit, e.unit));
  const from = db
    .select({ vote: vote.number, isCast: b.seq, secret: c.choice })
    .from(vote)
    .innerJoin(e, and(eq(e.forumId, vote.forumId), eq(box.of(e), vote.number)));
  const mine =
    by === 'voter'
      ? from.innerJoin(v, and(inVote(v), eq(v.member, member)))
      : from.innerJoin(
          s,
          and(eq(s.forumId, e.forumId), eq(s.partner, e.unit), eq(s.member, member), ne(s.role, 'member')),
        );
  return mine
    .leftJoin(b, and(inVote(b), isTrue(b.inForce)))
    .leftJoin(c, and(inVote(c), isNotNull(c.choice)))
    .where(open);
}

const openVotes = together((db, of: Of) => {
  const { strategies: s, polls: p, links: l } = db.tables;
  const strategies = and(eq(s.forumId, of.forumId), isNull(s.outcome));
  const polls = and(eq(p.forumId, of.forumId), isNull(p.outcome));
  const isLink = and(eq(l.forumId, of.forumId), eq(l.linked, true), isNull(l.undoneAt));
  return [
    db.select().from(s).where(strategies).orderBy(desc(s.number)).limit(LOOKED),
    db.select().from(p).where(polls).orderBy(desc(p.number)).limit(LOOKED),
    unitsOf(db, STRATEGY_BOX, 'voter', of.member, strategies),
    unitsOf(db, STRATEGY_BOX, 'seat', of.member, strategies),
    unitsOf(db, POLL_BOX, 'voter', of.member, polls),
    unitsOf(db, POLL_BOX, 'seat', of.member, polls),
    db.select({ one: l.member, other: l.other }).from(l).where(isLink),
  ];
});

type Unit = { readonly vote: number; readonly isCast: number | null; readonly secret: unknown };

/**
 * The votes and polls that run, in which a member may vote and nobody has for their side; the first to close come
 * first. One statement, but for a person with other accounts, which may be the ones that are on the roll.
 */
export async function awaitedVotes(
  db: Reader,
  forumId: string,
  member: number,
  now: Date,
): Promise<{ readonly strategies: readonly Strategy[]; readonly polls: readonly Poll[] }> {
  const [strategies, polls, ...rest] = await openVotes(db, { forumId, member });
  const [voterInStrategies, seatInStrategies, voterInPolls, seatInPolls, links] = rest;
  const hasOthers = links.some(({ one, other }) => one === member || other === member);
  const awaited = async <V extends Vote & { readonly closesAt: Date }>(
    votes: readonly V[],
    voter: readonly Unit[],
    seat: readonly Unit[],
  ): Promise<V[]> => {
    const found: V[] = [];
    for (const vote of votes.filter(one => one.closesAt > now)) {
      const own = (vote.rule.basis === 'member' ? voter : seat).filter(unit => unit.vote === vote.number);
      if (own.length) {
        if (own[0]!.isCast === null && own[0]!.secret === null) found.push(vote);
      } else if (hasOthers && vote.rule.basis === 'member') {
        const other = await voterOf(db, vote, member);
        if (other && !(await hasVoted(db, vote, other.unit))) found.push(vote);
      }
    }
    return found.sort((a, b) => a.closesAt.getTime() - b.closesAt.getTime() || a.number - b.number);
  };
  return {
    strategies: await awaited(
      strategies.filter(one => one.openedAt),
      voterInStrategies,
      seatInStrategies,
    ),
    polls: await awaited(polls.map(asPoll), voterInPolls, seatInPolls),
  };
}
