import type { SendResult, Target } from '../contract/act.ts';
import type { Delivery, Outcome } from './delivery.ts';
import { standsIn } from './posts.ts';
import type { Hold } from './watch.ts';

/** Tries are put off by 2, 4, 8 … seconds, an hour at most, and a little more, so that not all come back at once. */
export const backOff = ({ seq, tries }: Delivery): number =>
  Math.min(3_600_000, 1_000 * 2 ** tries) * (1 + (seq % 16) / 64);

type Later = Extract<Outcome, { kind: 'later' }>;
export type NotNow = Extract<Outcome, { kind: 'suppressed' }> | Later;

/** Puts a delivery off; a try that was no fault of the recipient's does not count. */
export const later = (now: Date, reason: string, afterMs: number, counts = true, doubtful = false): Later => ({
  kind: 'later',
  at: new Date(now.getTime() + afterMs),
  reason,
  counts,
  doubtful,
});

/** Returns what becomes of a message whose place is not well. Where it is closed or gone, waiting would help nobody. */
export function held({ state, detail, until }: Hold): Outcome {
  if (state === 'closed' || state === 'gone')
    return { kind: 'failed', reason: `${state === 'gone' ? 'gone' : 'forbidden'}: ${detail}` };
  return { kind: 'later', at: until, reason: detail, counts: false, place: true };
}

/** A message's name among all of its platform, as an act brings it: on Slack it is only unique within its channel. */
const namedIn = (target: Target, ref: string): string =>
  target.kind === 'channel' && /^\d+\.\d+$/.test(ref) ? `${target.channel}/${ref}` : ref;

/** A message that was handed to a platform. */
export interface Handed {
  readonly delivery: Delivery;
  readonly target: Target;
  /** Hash of the view, if the message is to be kept up to date; null: it is not. */
  readonly hash: string | null;
  /** It takes the place of one that somebody deleted. */
  readonly remade: boolean;
  /** It is not edited again. */
  readonly isLast: boolean;
  /** It is a line of a message that says several things. */
  readonly gathered: boolean;
  /** It brings up to date what stands. */
  readonly edits: boolean;
  /** The platform has answered others since it was tried before without an answer: it has itself to blame. */
  readonly isToBlame: boolean;
}

/** Returns what a platform's answer means for the message; `hold` says until when its place is to be left alone. */
export function outcomeOf(
  { delivery, target, hash, edits, remade, isLast, gathered, isToBlame }: Handed,
  result: SendResult,
  hold: Hold | null,
  now: Date,
): Outcome {
  // A whole platform that is held takes nothing, so its messages keep their turn.
  const waitsUntil = (otherwise: Date): Date => (hold?.of === 'platform' ? delivery.due : (hold?.until ?? otherwise));
  if (result.kind === 'sent') {
    const { ref } = result;
    const post = hash === null ? null : { channel: standsIn(delivery), ref, hash, remade, isLast, gathered };
    // By its name a button in a message to one person finds who wrote it, and to whom.
    return { kind: 'sent', post, ...(delivery.member !== null && { ref: namedIn(target, ref) }) };
  }
  // The platform asks us to wait, refuses us, or is away: that is no fault of the message, however long it takes.
  if (result.kind === 'later' || result.kind === 'refused')
    return { kind: 'later', at: waitsUntil(now), reason: result.detail, counts: false, place: true };
  if (result.kind === 'unknown') {
    // To bring something up to date twice does no harm: it is tried until it lands.
    const counts = !edits && isToBlame;
    const at = waitsUntil(new Date(now.getTime() + backOff(delivery)));
    return { kind: 'later', at, reason: result.detail, counts, doubtful: !edits, place: !isToBlame };
  }
  // A server that lets us keep no calendar has the card all the same.
  if (target.kind === 'calendar') return { kind: 'suppressed', reason: result.detail };
  // A message that we made badly is not refused by the person to whom it was written.
  const refused = target.kind === 'direct' && result.kind !== 'invalid';
  return { kind: 'failed', reason: `${result.kind}: ${result.detail}`, refused };
}
