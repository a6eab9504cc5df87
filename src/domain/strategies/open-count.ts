import { and, count, eq } from 'drizzle-orm';
import { isTrue } from '../../storage/literal.ts';
import { CHOICES } from '../../storage/schema/decisions.ts';
import type { Reader } from '../../storage/store.ts';
import { together } from '../../storage/together.ts';
import { boxOf, ofVote, type Vote } from './box.ts';
import type { Group } from './tally.ts';

const counted = together((db, { forumId, number }: { forumId: string; number: number }) => {
  const { electors: e, ballots: b, proxies: p } = db.tables;
  return [
    db
      .select({ n: count() })
      .from(e)
      .where(and(eq(e.forumId, forumId), eq(e.strategy, number))),
    db
      .select({ unit: p.unit })
      .from(p)
      .where(and(eq(p.forumId, forumId), eq(p.strategy, number)))
      .limit(1),
    // Each by itself, which takes SQLite less than half the time of comparing the choices row by row.
    ...CHOICES.map(choice =>
      db
        .select({ n: count() })
        .from(b)
        .where(and(eq(b.forumId, forumId), eq(b.strategy, number), eq(b.choice, choice), isTrue(b.inForce))),
    ),
  ];
});

/**
 * Counts the units of an open decision by choice, sectors aside: in one statement, from the index that holds the
 * choices, however many have voted. Null: somebody votes for another, so units have to be followed one by one.
 */
export async function openGroups(db: Reader, { forumId, number }: Vote): Promise<Group[] | null> {
  const [[all], proxies, ...counts] = await counted(db, { forumId, number });
  if (proxies.length) return null;
  const cast = CHOICES.map((choice, i) => ({ choice, n: counts[i]![0]!.n })).filter(one => one.n > 0);
  const silent = cast.reduce((left, { n }) => left - n, all!.n);
  return [...cast, ...(silent ? [{ choice: null, n: silent }] : [])].map(one => ({ sector: null, ...one }));
}

/** Counts the open ballots of a vote by choice, from the same index. */
export function openChoices(db: Reader, vote: Vote): Promise<{ choice: string | null; n: number }[]> {
  const { ballots: b } = boxOf(vote).tables(db);
  return db
    .select({ choice: b.choice, n: count() })
    .from(b)
    .where(and(ofVote(b, vote), isTrue(b.inForce)))
    .groupBy(b.choice);
}
