import { and, eq, isNotNull } from 'drizzle-orm';
import { isTrue } from '../../storage/literal.ts';
import type { Reader } from '../../storage/store.ts';
import { positions } from './ballots.ts';
import { ofVote } from './box.ts';
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
async function secretVoters(db: Reader, strategy: Strategy): Promise<readonly number[]> {
  const { secretBallots: s } = db.tables;
  const rows = await db
    .select({ unit: s.unit })
    .from(s)
    .where(and(ofVote(s, strategy), isNotNull(s.choice)));
  return rows.map(row => row.unit);
}

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
  const { electors, ballots, proxies, partners } = db.tables;
  const units = await electorsOf(db, strategy);
  const cast = await db
    .select()
    .from(ballots)
    .where(and(ofVote(ballots, strategy), isTrue(ballots.inForce)));
  const secret = new Set(await secretVoters(db, strategy));
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
      voted: ballot !== undefined || secret.has(unit),
      castAt: ballot?.castAt ?? null,
      proxy: given.find(one => one.unit === unit)?.name ?? null,
      left: gone.some(one => one.unit === unit && one.archivedAt !== null),
    };
  });
}
