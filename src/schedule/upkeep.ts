import { notePass } from '../domain/cursors.ts';
import type { Store } from '../storage/store.ts';
import { voidWrongLeases } from './leases.ts';
import { isNewDay, retain } from './retention.ts';

/** What a running bot does each minute besides what falls due: it notes that it runs, and clears away. */
export async function upkeep(store: Store, now: Date): Promise<void> {
  await store.write(null, async tx => {
    await notePass(tx, now);
    await voidWrongLeases(tx, now);
  });
  await retain(store, now, await isNewDay(store, now));
}
