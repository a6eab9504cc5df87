import { and, eq, isNotNull } from 'drizzle-orm';
import { isTrue } from '../../storage/literal.ts';
import { prepared } from '../../storage/prepared.ts';
import type { Reader } from '../../storage/store.ts';
import { positions } from './ballots.ts';
import { ofEachVote, ofVote } from './box.ts';
import { electorsOf } from './electorate.ts';
import type { Strategy } from './store.ts';
import type { Choice } from './tally.ts';

/** The reasons of the objections in a decided secret vote, sorted by their words: no order tells whose they are. */
export async function secretReasons(db: Reader, { forumId, number }: Strategy): Promise<readonly string[]> {
  const { secretVotes: v } = db.tables;
  const objections = and(eq(v.forumId, forumId), eq(v.strategy, number), eq(v.choice, 'object'));
  const rows = await db.select({ reason: v.reason }).from(v).where(objections);
  return rows.flatMap(({ reason }) => reason ?? []).sort((a, b) => (a < b ? -1 : 1));
}

/** The units that have a secret ballot in force while the round is open. */
const secretVoters = ofEachVote((db, vote) => {
  const { secretBallots: s } = db.tables;
  return db
    .select({ unit: s.unit })
    .from(s)
    .where(and(ofVote(s, vote), isNotNull(s.choice)));
});

/** The open ballots in force. */
const openBallots = ofEachVote((db, vote) => {
  const { ballots: b } = db.tables;
  return db
    .select()
    .from(b)
    .where(and(ofVote(b, vote), isTrue(b.inForce)));
});

/** The units that gave a proxy, and to whom. */
const proxiesGiven = ofEachVote((db, { forumId, number }) => {
  const { proxies: p, electors: e } = db.tables;
  return db
    .select({ unit: p.unit, name: e.name })
    .from(p)
    .innerJoin(e, and(eq(e.forumId, p.forumId), eq(e.strategy, p.strategy), eq(e.unit, p.holder)))
    .where(and(eq(p.forumId, forumId), eq(p.strategy, number)));
});

const archivedPartners = prepared((db, { forumId }: { forumId: string }) => {
  const { partners: p } = db.tables;
  return db
    .select({ unit: p.number })
    .from(p)
    .where(and(eq(p.forumId, forumId), isNotNull(p.archivedAt)));
});

/** Everything that is public about how the units stand, by name: for the record of a decided, open vote. */
export async function positionsByName(
  db: Reader,
  strategy: Strategy,
): Promise<
  {
    unit: number;
    name: string;
    sector: string | null;
    choice: Choice | null;
    reason: string | null;
    voted: boolean;
    castAt: Date | null;
    proxy: string | null;
    left: boolean;
  }[]
> {
  const { forumId, rule } = strategy;
  const units = await electorsOf(db, strategy);
  const cast = new Map((await openBallots(db, strategy)).map(one => [one.unit, one]));
  const secret = new Set((await secretVoters(db, strategy)).map(one => one.unit));
  const given = new Map((await proxiesGiven(db, strategy)).map(one => [one.unit, one.name]));
  const archived = rule.basis === 'member' ? [] : await archivedPartners(db, { forumId });
  const gone = new Set(archived.map(one => one.unit));
  const choices = new Map((await positions(db, strategy)).map(({ unit, choice }) => [unit, choice]));
  return units.map(({ unit, name, sector }) => {
    const ballot = cast.get(unit);
    return {
      unit,
      name,
      sector,
      choice: choices.get(unit) ?? null,
      reason: ballot?.reason ?? null,
      voted: ballot !== undefined || secret.has(unit),
      castAt: ballot?.castAt ?? null,
      proxy: given.get(unit) ?? null,
      left: gone.has(unit),
    };
  });
}
