import { parentPort, workerData } from 'node:worker_threads';
import { fillDemo } from '../../src/cli/demo.ts';
import { createLog } from '../../src/contract/log.ts';
import type { Locale } from '../../src/language/locale.ts';
import { openStore } from '../../src/storage/open.ts';

/** Names the language and the instant of one fill, in ms since 1970. */
export type Fill = readonly [locale: Locale, at: number];

const log = createLog(
  { level: 'error', format: 'json' },
  () => new Date(0),
  () => {},
);

/** Fills the demo at each of the instants that this worker was given, and tells how long the longest took, ms. */
let longest = 0;
for (const [locale, at] of workerData as readonly Fill[]) {
  const store = await openStore('file::memory:');
  const since = performance.now();
  try {
    await fillDemo({ store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } }, new Date(at), locale);
  } catch (error) {
    throw new Error(`the demo is not filled at ${new Date(at).toISOString()}`, { cause: error });
  } finally {
    await store.close();
  }
  longest = Math.max(longest, performance.now() - since);
}
parentPort!.postMessage(longest);
