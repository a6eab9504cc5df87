import type { Adapter } from '../contract/act.ts';
import type { Clock } from '../contract/clock.ts';
import type { Log } from '../contract/log.ts';
import type { View } from '../contract/view.ts';
import type { Store } from '../storage/store.ts';
import { hashOf, nonceOf } from './compose.ts';
import type { Delivery, Outcome } from './delivery.ts';
import { hear } from './hand-over.ts';
import type { Recorder } from './recorder.ts';
import { targetOf } from './target.ts';
import { later } from './verdict.ts';
import type { Watch } from './watch.ts';

/** Describes what sending needs of the outbox. */
export interface SendingDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly adapters: readonly Pick<Adapter, 'platform' | 'send'>[];
  readonly watch: Watch;
  readonly recorder: Recorder;
}

/**
 * Sends one message that says several deliveries; what becomes of it becomes of each. Null: the platform does not take
 * it as it is made, which may be the fault of a single line. Each is to be sent by itself then.
 */
export async function sendTogether(
  { store, clock, log, adapters, watch, recorder }: SendingDeps,
  said: readonly Delivery[],
  view: View,
): Promise<Outcome | null> {
  const [delivery] = said as [Delivery];
  const adapter = adapters.find(one => one.platform === delivery.platform);
  if (!adapter) return later(clock.now(), 'platform not connected', 60_000, false);
  const target = await targetOf(store, delivery);
  if (typeof target === 'string') return { kind: 'failed', reason: target };
  const begun = await Promise.all(said.map(one => recorder.begin(one)));
  if (begun.includes(false)) return later(clock.now(), 'claimed by another', 1_000, false);
  const result = await adapter.send({ nonce: nonceOf(delivery), target, view, previous: null, mention: null });
  const handed = { delivery, target, hash: hashOf(view), edits: false, remade: false, isLast: false, gathered: true };
  const outcome = await hear({ store, clock, log, watch }, handed, result);
  return result.kind === 'invalid' ? null : outcome;
}
