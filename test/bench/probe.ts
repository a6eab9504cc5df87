// Loaded into a program before its own code (--import): tells whoever started it, over the channel between them, what an
// act cost since it was asked last.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { watchTurns } from './turns.ts';

/** Describes what the program did between two questions. */
export interface Probed {
  /** The longest time for which the event loop ran nothing else, milliseconds. */
  readonly longest: number;
  /** The most processor time that a turn of it took, milliseconds: what other programs of the machine cannot lengthen. */
  readonly turn: number;
  /** Processor time of all threads, milliseconds. */
  readonly cpu: number;
  readonly statements: number;
  readonly memory: number;
}

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
let statements = 0;
const turns = watchTurns();

/** Counts what every connection of SQLite is asked, whatever program it is: the one whose folder it runs in. */
function countStatements(): void {
  const Database = createRequire(join(process.env.PROBED_PROGRAM!, 'package.json'))('better-sqlite3');
  const probe = new Database(':memory:');
  const statement = Object.getPrototypeOf(probe.prepare('select 1'));
  probe.close();
  for (const way of ['all', 'get', 'run', 'iterate']) {
    const real = statement[way];
    statement[way] = function (...values: unknown[]) {
      statements++;
      return real.apply(this, values);
    };
  }
}

countStatements();
process.on('message', () => {
  const told: Probed = { longest: delay.max / 1e6, ...turns.told(), statements, memory: process.memoryUsage().rss };
  delay.reset();
  statements = 0;
  process.send!(told);
});
process.channel?.unref();
