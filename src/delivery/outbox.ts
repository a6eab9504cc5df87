import { forumById } from '../domain/forums.ts';
import { memberByNumber } from '../domain/people.ts';
import { whenQuietEnds } from '../domain/quiet.ts';
import { prepared } from '../storage/prepared.ts';
import type { Tables } from '../storage/schema/index.ts';
import type { Tx } from '../storage/store.ts';
import { type Audience, type Stop, stops } from './stops.ts';

type NewDelivery = Tables['deliveries']['$inferInsert'];

interface Letter {
  readonly topic: { readonly kind: string; readonly subject: string };
  readonly to: Audience;
  readonly due: Date;
  readonly occurrence: string;
  /** A reminder: direct messages wait until the person's quiet hours end, and posts, with `all`, for the forum's. */
  readonly waits?: 'direct' | 'all';
  /** The instant at which it is written, where that may be long after it was due. */
  readonly now?: Date;
  /** A warning: it overtakes all that is none. */
  readonly urgent?: boolean;
}

/**
 * Puts a message into the outbox, a row for each stop, within the unit of work that decides it. The same occurrence is
 * taken once, no matter who asks and how often.
 */
export async function enqueue(tx: Tx, forumId: string, letter: Letter): Promise<void> {
  const rows: NewDelivery[] = [];
  for (const stop of await stops(tx, forumId, letter.to)) {
    const { due, nextAt } = await timesOf(tx, forumId, letter, stop);
    rows.push({
      ...stop,
      forumId,
      occurrence: `${letter.occurrence}@${stop.platform}:${stop.workspace}:${stop.channel ?? `~${stop.member}`}`,
      topic: letter.topic.kind,
      subject: letter.topic.subject,
      due,
      state: 'pending',
      claim: 0,
      nextAt,
      urgent: letter.urgent ?? false,
    });
  }
  const [one, ...more] = rows;
  if (one && !more.length) await addOne(tx, one);
  else if (rows.length) await tx.insert(tx.tables.deliveries).values(rows).onConflictDoNothing();
}

/** Most messages have one stop. */
const addOne = prepared((tx: Tx, row: NewDelivery) =>
  tx.insert(tx.tables.deliveries).values(row).onConflictDoNothing(),
);

/**
 * The instant at which a letter was to reach a stop: when it is due, or when the quiet hours it falls in are over; and
 * the one at which it may. After an outage that one is later, as the quiet hours of that day hold too.
 */
async function timesOf(
  tx: Tx,
  forumId: string,
  { due, waits, now }: Letter,
  { member }: Stop,
): Promise<{ readonly due: Date; readonly nextAt: Date }> {
  if (!waits || (waits === 'direct' && member === null)) return { due, nextAt: due };
  const forum = await forumById(tx, forumId);
  if (!forum) return { due, nextAt: due };
  const person = member === null ? null : await memberByNumber(tx, forumId, member);
  const wanted = whenQuietEnds(due, forum, person);
  return { due: wanted, nextAt: now && now > wanted ? whenQuietEnds(now, forum, person) : wanted };
}
