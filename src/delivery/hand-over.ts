import type { SendResult } from '../contract/act.ts';
import type { Clock } from '../contract/clock.ts';
import type { Log } from '../contract/log.ts';
import type { Store } from '../storage/store.ts';
import type { Outcome } from './delivery.ts';
import type { Ready } from './prepare.ts';
import { noticeRefused } from './refused-message.ts';
import { type Handed, outcomeOf } from './verdict.ts';
import type { Watch } from './watch.ts';

interface Deps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly watch: Watch;
}

/** Hands a message to its platform, and finds what its answer means. */
export async function handOver(deps: Deps, ready: Ready): Promise<Outcome> {
  const { delivery, adapter, post, anew, standing, hash, isLast, gathered } = ready;
  let result = await adapter.send(post);
  // Somebody deleted it: it is made anew, once.
  const remade = standing !== null && !gathered && result.kind === 'gone' && result.of === 'message';
  if (remade && !standing.remade) result = await adapter.send(anew);
  const edits = standing !== null && !remade;
  return hear(deps, { delivery, target: post.target, hash, edits, remade, isLast, gathered }, result);
}

/** Finds what the answer of a platform means for the message that it was handed, and for others that wait. */
export async function hear(
  { store, clock, log, watch }: Deps,
  handed: Omit<Handed, 'isToBlame'>,
  result: SendResult,
): Promise<Outcome> {
  const { delivery, target } = handed;
  await noticeRefused({ store, log, now: clock.now() }, delivery, result);
  const isToBlame = watch.hasAnsweredSince(delivery.platform, delivery.startedAt);
  const hold = await watch.hear(delivery, target, result);
  return outcomeOf({ ...handed, isToBlame }, result, hold, clock.now());
}
