import type { Clock } from '../contract/clock.ts';
import type { Log } from '../contract/log.ts';
import { notePass } from '../domain/cursors.ts';
import type { Store } from '../storage/store.ts';
import { learnDays } from './days.ts';
import { restateOnce } from './restating.ts';
import { isNewDay, retain } from './retention.ts';
import { voidWrongLeases } from './skewed-leases.ts';
import { everyMinute } from './tick.ts';

/** Does the minute's work besides what falls due: notes that the bot runs, and clears away. */
async function upkeep(store: Store, now: Date): Promise<void> {
  await store.write(null, async tx => {
    await notePass(tx, now);
    await voidWrongLeases(tx, now);
  });
  await learnDays(store, now);
  await restateOnce(store, now);
  await retain(store, now, await isNewDay(store, now));
}

/** Keeps a running bot up each minute, by the real time, until it is stopped; `then` follows each time. */
export function keepUp(
  { store, log }: { readonly store: Store; readonly log: Log },
  clock: Clock,
  failed: (error: unknown) => void,
  then: () => void = () => {},
): { stop(): Promise<void> } {
  return everyMinute(
    async () => {
      await upkeep(store, clock.now());
      then();
    },
    error => {
      failed(error);
      log.error('tick failed', { error });
    },
  );
}
