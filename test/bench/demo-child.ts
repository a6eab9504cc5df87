import { copyFileSync, rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { fillDemo } from '../../src/cli/demo.ts';
import { createLog } from '../../src/contract/log.ts';
import type { Locale } from '../../src/language/locale.ts';
import { openStore } from '../../src/storage/open.ts';

/** Names the local date, the language and the instant of one fill, in ms since 1970. */
export interface Fill {
  readonly date: string;
  readonly locale: Locale;
  readonly at: number;
}

/** Tells how one fill ended: in how many ms, and with which error, if any. */
export interface Filled extends Fill {
  readonly took: number;
  readonly error: string | null;
}

const log = createLog(
  { level: 'error', format: 'json' },
  () => new Date(0),
  () => {},
);

/** Fills the demo at each instant, into a copy of a database that is migrated already. */
const { fills, template, file } = workerData as { fills: readonly Fill[]; template: string; file: string };
for (const fill of fills) {
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
  copyFileSync(template, file);
  const store = await openStore(`file:${file}`);
  const since = performance.now();
  let error: string | null = null;
  try {
    const services = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
    if (!(await fillDemo(services, new Date(fill.at), fill.locale))) error = 'the database was not empty';
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message : String(thrown);
  } finally {
    await store.close();
  }
  parentPort!.postMessage({ ...fill, took: performance.now() - since, error } satisfies Filled);
}
