import { openConsole } from '../src/app/app.ts';
import type { Clock, Ids } from '../src/contract/clock.ts';
import { createLog } from '../src/contract/log.ts';
import type { Store } from '../src/storage/store.ts';
import { newSqliteStore } from './migrated.ts';

/** Tuesday 24 November 2026, 08.00 WIB. */
export const START = new Date('2026-11-24T01:00:00Z');

let worlds = 0;

/** Ids that count up, in a series of their own for each world: the same in every run of a test file. */
export const countedIds = () => {
  const series = ++worlds;
  let n = 0;
  return { next: () => `w${String(series).padStart(5, '0')}x${String(++n).padStart(8, '0')}` };
};

/**
 * Makes what a whole bot is started with: a clock that shows `start` first and runs on from there, whatever the
 * machine's says, and ids that count.
 */
export function handed(start = START): { readonly clock: Clock & { skip(ms: number): void }; readonly ids: Ids } {
  const since = performance.now();
  let skipped = 0;
  const clock = {
    now: () => new Date(start.getTime() + skipped + performance.now() - since),
    skip(ms: number) {
      skipped += ms;
    },
  };
  return { clock, ids: countedIds() };
}

/** A forum in the terminal on a database in memory, with a clock that stands still and ids that count. */
export async function aWorld(
  options: {
    store?: Store;
    start?: Date;
    actor?: string;
    workspace?: string;
    publicUrl?: string;
    /** Addresses of feeds of alerts that may be watched. */
    alertFeeds?: readonly string[];
    /** Lowest level that is kept of what is logged. */
    level?: 'debug' | 'warn';
    ids?: ReturnType<typeof countedIds>;
  } = {},
) {
  const store = options.store ?? (await newSqliteStore());
  const logged: string[] = [];
  const log = createLog(
    { level: options.level ?? 'warn', format: 'json' },
    () => START,
    line => logged.push(line),
  );
  const console = openConsole(
    {
      store,
      log,
      defaults: {
        locale: 'id',
        zone: 'Asia/Jakarta',
        publicUrl: options.publicUrl,
        alertFeeds: options.alertFeeds ?? [],
      },
    },
    {
      actor: options.actor ?? 'sari',
      start: options.start ?? START,
      ids: options.ids ?? countedIds(),
      ...(options.workspace && { workspace: options.workspace }),
    },
  );
  const run = (line: string) => console.session.run(line);
  return {
    ...console,
    store,
    /** Lines that were logged, as a warning or worse unless told otherwise. */
    logged,
    run,
    /** Runs lines that must succeed, and gives their texts. */
    async all(...lines: string[]): Promise<string[]> {
      const texts: string[] = [];
      for (const line of lines) {
        const result = await run(line);
        if (!result.ok) throw new Error(`${line}\n${result.text}\n${logged.join('\n')}`);
        texts.push(result.text);
      }
      return texts;
    },
    [Symbol.asyncDispose]: () => store.close(),
  };
}
