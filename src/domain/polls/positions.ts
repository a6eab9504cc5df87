import { and } from 'drizzle-orm';
import { isTrue } from '../../storage/literal.ts';
import type { Reader } from '../../storage/store.ts';
import { silentUnits } from '../strategies/ballots.ts';
import { ofVote } from '../strategies/box.ts';
import { electorsOf } from '../strategies/electorate.ts';
import type { Poll } from './store.ts';

/** Describes how one unit of the electorate has voted; of a secret poll only whether. */
export interface PollPosition {
  readonly unit: number;
  readonly name: string;
  readonly hasVoted: boolean;
  readonly choice: string | null;
  readonly castAt: Date | null;
}

/** Tells how each unit has voted, in the order of the electorate. */
export async function pollPositions(db: Reader, poll: Poll): Promise<PollPosition[]> {
  const { pollBallots: b } = db.tables;
  const cast = await db
    .select({ unit: b.unit, choice: b.choice, castAt: b.castAt })
    .from(b)
    .where(and(ofVote(b as never, poll), isTrue(b.inForce)));
  const byUnit = new Map(cast.map(one => [one.unit, one]));
  const silent = await silentUnits(db, poll);
  return (await electorsOf(db, poll)).map(({ unit, name }) => {
    const ballot = byUnit.get(unit);
    return {
      unit,
      name,
      hasVoted: ballot !== undefined || !silent.has(unit),
      choice: ballot?.choice ?? null,
      castAt: ballot?.castAt ?? null,
    };
  });
}
