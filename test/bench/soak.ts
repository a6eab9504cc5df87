import { fork } from 'node:child_process';
import { once } from 'node:events';
import Database from 'better-sqlite3';
import { startPostgres } from '../postgres.ts';
import { newFile } from './forum.ts';
import { ms } from './measure.ts';
import { row, section } from './page.ts';
import type { Verdict } from './soak-load.ts';
import { startWire } from './soak-wire.ts';

const FORUMS = 8;
/** Acts a second in the forums of the terminal; each platform adds its own. */
const IN_TERMINAL = 42;
const ON_EACH_PLATFORM = 4;
const WINDOWS = 12;
/** Memory is flat where an hour adds less than this share of it; what acts take, where its end is not this much worse. */
const MEMORY_SHARE = 0.05;
const RATIO = 1.5;

/** What the process under load is told. */
export interface SoakOptions {
  readonly database: string;
  readonly discord: { readonly api: string; readonly token: string };
  readonly slack: { readonly api: string; readonly botToken: string; readonly appToken: string };
  readonly forums: number;
  readonly perSecond: number;
  readonly windowMs: number;
  readonly windows: number;
}

/** What a part of the time came to. Sizes are in bytes, times in milliseconds. */
export interface SoakWindow {
  readonly minutes: number;
  readonly acts: number;
  readonly p50: number;
  readonly p99: number;
  /** Of all threads, an act: what other programs on the machine cannot lengthen. */
  readonly cpu: number;
  /** Programs that wanted the machine at once, in the last five minutes on average. */
  readonly load: number;
  /** What is in use after the garbage was collected. */
  readonly heap: number;
  readonly rss: number;
  readonly running: number;
  readonly outbox: number;
  readonly file: number | null;
  /** Since the beginning. */
  readonly counts: Readonly<Record<Verdict, number>>;
  /** What was logged as a warning or worse: how often, and the first of it. */
  readonly warnings: number;
  readonly failures: readonly string[];
}

/**
 * Mixed load at 50 acts a second on the whole bot in a process of its own: eight forums in its terminal, one on the
 * real discord.js and one on the real Bolt, with outbox and scheduler running. Throws where an act failed.
 */
export async function soak(minutes: number, on: 'sqlite' | 'postgres' = 'sqlite'): Promise<void> {
  const server = on === 'postgres' ? await startPostgres() : null;
  const wire = await startWire();
  const windowMs = (minutes * 60_000) / WINDOWS;
  const options: SoakOptions = {
    database: server?.url ?? `file:${newFile()}`,
    discord: { api: wire.discord.api, token: wire.discord.token },
    slack: { api: wire.slack.api, botToken: wire.slack.team.token, appToken: wire.slack.appToken },
    forums: FORUMS,
    perSecond: IN_TERMINAL,
    windowMs,
    windows: WINDOWS,
  };
  const child = fork(new URL('./soak-child.js', import.meta.url), [JSON.stringify(options)], {
    execArgv: ['--expose-gc'],
  });
  const ended = once(child, 'exit');
  await once(child, 'message');
  for (const drive of wire.drives) await drive.setUp();
  const windows: SoakWindow[] = [];
  child.on('message', window => {
    windows.push(window as SoakWindow);
    console.log(JSON.stringify(window));
  });
  child.send('go');
  const wireFaults: string[] = [];
  const pulses = wire.drives.map(drive => {
    let n = 0;
    const next = () => void drive.next(n++).catch(error => wireFaults.push(String(error)));
    return setInterval(next, 1_000 / ON_EACH_PLATFORM);
  });
  const floors: number[] = [];
  const floor = bareInsert();
  child.on('message', () => floors.push(floor.p99()));
  const [code] = await ended;
  floor.stop();
  for (const pulse of pulses) clearInterval(pulse);
  await wire.stop();
  await server?.stop();
  tell(windows, floors, minutes, on);
  const last = windows.at(-1);
  console.log(wireFaults.slice(0, 5).join('\n'));
  if (code !== 0 || !last || last.counts.failed)
    throw new Error(`the soak failed: exit ${code}, ${JSON.stringify(last)}`);
}

/** A bare insert every quarter of a second, timed like an act: what the machine itself made everybody wait for. */
function bareInsert() {
  const db = new Database(newFile());
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE t (a TEXT) STRICT');
  const insert = db.prepare('INSERT INTO t VALUES (?)');
  let took: number[] = [];
  let meant = performance.now() + 250;
  let timer = setTimeout(function once() {
    insert.run('x');
    took.push(performance.now() - meant);
    meant = performance.now() + 250;
    timer = setTimeout(once, 250);
  }, 250);
  return {
    p99(): number {
      const sorted = took.sort((a, b) => a - b);
      took = [];
      return sorted[Math.floor(sorted.length * 0.99)] ?? 0;
    },
    stop(): void {
      clearTimeout(timer);
      db.close();
    },
  };
}

const mb = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** The slope of a line through the points, by least squares. */
function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (i: 0 | 1): number => points.reduce((sum, point) => sum + point[i], 0) / points.length;
  const [mx, my] = [mean(0), mean(1)];
  const above = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  return above / points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
}

function tell(windows: readonly SoakWindow[], floors: readonly number[], minutes: number, on: string): void {
  // The first sixth is for warming up.
  const warm = windows.slice(WINDOWS / 6);
  const perHour = slope(warm.map(one => [one.minutes / 60, one.heap]));
  const level = middle(warm.map(one => one.heap));
  const ends = (of: 'p99' | 'cpu'): string => {
    const [early, late] = [warm.slice(0, 3), warm.slice(-3)].map(part => middle(part.map(one => one[of])));
    const verdict = late! < early! * RATIO ? 'flat' : 'NOT flat';
    return `${ms(early!)} in the beginning, ${ms(late!)} in the end: ${verdict} (within ${RATIO}×)`;
  };
  const total = windows.reduce((sum, one) => sum + one.acts, 0);
  const { counts, warnings } = windows.at(-1)!;
  const grown = perHour * (minutes / 60);
  const isFlat = Math.abs(grown) < level * MEMORY_SHARE;
  section(
    `Soak on ${on === 'sqlite' ? 'SQLite' : 'PostgreSQL'}`,
    '| minutes | acts | median | p99 | p99 of a bare insert | processor an act | load | in use after collection | resident | waiting in the outbox | database |',
    `Written by \`npm run bench -- soak\`: ${(total / minutes / 60).toFixed(0)} acts a second for ${minutes} minutes, of which`,
    `${FORUMS} forums in the terminal, one on the real discord.js and one on the real Bolt, over the stand-ins: votes, activities,`,
    'reports, issues, lists, searches, buttons, forms and their repairs, autocomplete. Outbox and scheduler run. An act is',
    'timed from the instant it was meant for, so that a pause counts for everybody who waits in it.',
    '',
    `${counts.failed} acts failed, ${counts.refused} were refused, ${counts.repaired} were repaired in their form; ${warnings} warnings were logged.`,
    `Memory after collection: ${grown >= 0 ? '+' : '−'}${mb(Math.abs(grown))} over the time, ${isFlat ? 'flat' : 'NOT flat'} (within ${MEMORY_SHARE * 100}% of ${mb(level)}).`,
    `p99: ${ends('p99')}. Processor time an act: ${ends('cpu')}.`,
    'The machine has two cores; *load* is how many programs wanted them at once, this one included. A bare insert is timed',
    'in a process of its own: it shows what the machine made everybody wait for.',
  );
  for (const [i, one] of windows.entries())
    row(
      String(Number(one.minutes.toFixed(1))),
      String(one.acts),
      ms(one.p50),
      ms(one.p99),
      ms(floors[i] ?? 0),
      ms(one.cpu),
      one.load.toFixed(1),
      mb(one.heap),
      mb(one.rss),
      String(one.outbox),
      one.file === null ? '–' : mb(one.file),
    );
}
