import type { Clock } from '../contract/clock.ts';
import type { Log } from '../contract/log.ts';
import type { Store } from '../storage/store.ts';
import type { Outcome } from './delivery.ts';
import type { Ready } from './prepare.ts';
import { noticeRefused } from './refused-message.ts';
import { outcomeOf } from './verdict.ts';
import type { Watch } from './watch.ts';

interface Deps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly watch: Watch;
}

/** Hands a message to its platform, and finds what its answer means. */
export async function handOver({ store, clock, log, watch }: Deps, ready: Ready): Promise<Outcome> {
  const { delivery, adapter, post, anew, standing, hash, isLast, gathered } = ready;
  let result = await adapter.send(post);
  // Somebody deleted it: it is made anew, once.
  const remade = standing !== null && !gathered && result.kind === 'gone' && result.of === 'message';
  if (remade && !standing.remade) result = await adapter.send(anew);
  await noticeRefused({ store, log, now: clock.now() }, delivery, result);
  const isToBlame = watch.hasAnsweredSince(delivery.platform, delivery.startedAt);
  const hold = await watch.hear(delivery, post.target, result);
  const edits = standing !== null && !remade;
  const handed = { delivery, target: post.target, hash, edits, remade, isLast, gathered, isToBlame };
  return outcomeOf(handed, result, hold, clock.now());
}
