import { renewSearch } from '../domain/search.ts';
import type { Ground } from '../house.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { StorageFault } from '../storage/faults.ts';
import { isHalfMoved } from '../storage/move.ts';
import { openStore } from '../storage/open.ts';

/** What every verb is handed. */
export interface Verb {
  readonly settings: Settings;
  readonly log: Log;
  readonly args: string[];
}

/** The command line is at fault: what to write instead. */
export class UsageError extends Error {}

export const say = (...lines: string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);
export const complain = (...lines: string[]): void => void process.stderr.write(`${lines.join('\n')}\n`);

/**
 * The database that the settings name, opened and migrated.
 * @throws StorageFault `half` where a move into it has not come to its end.
 */
export async function ground({ settings, log }: Verb): Promise<Ground> {
  const store = await openStore(settings.databaseUrl, error => log.warn('idle database connection lost', { error }));
  if (await isHalfMoved(store)) {
    await store.close();
    throw new StorageFault('half', 'a move into this database has not come to its end');
  }
  await renewSearch(store);
  return { store, log, defaults: { locale: settings.locale, zone: settings.zone, publicUrl: settings.publicUrl } };
}
