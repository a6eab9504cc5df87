import { fork } from 'node:child_process';
import { once } from 'node:events';
import Database from 'better-sqlite3';
import { startPostgres } from '../postgres.ts';
import { newFile } from './forum.ts';
import { middle, ms } from './measure.ts';
import { row, section } from './page.ts';
import type { Drained } from './soak-drain.ts';
import type { Verdict } from './soak-load.ts';
import { stormOn } from './soak-storm.ts';
import { startWire } from './soak-wire.ts';

const FORUMS = 8;
/** Acts a second on each platform; what is left of all is done in the forums of the terminal. */
const ON_EACH_PLATFORM = 4;
const WINDOWS = 12;
/** Memory is flat where an hour adds less than this share of it; what acts take, where its end is not this much worse. */
const MEMORY_SHARE = 0.05;
const RATIO = 1.5;
/**
 * Maximum time after the load in which everything that is due goes out, milliseconds: the longest for which a platform that
 * is ill is left alone (src/delivery/health.ts), and a minute.
 */
const DRAIN_TIMEOUT_MS = 360_000;

/** Orders of the process under load. */
export interface SoakOptions {
  readonly database: string;
  readonly discord?: { readonly api: string; readonly token: string };
  readonly slack?: { readonly api: string; readonly botToken: string; readonly appToken: string };
  /** The number of its first forum, and how many it has. */
  readonly first: number;
  readonly forums: number;
  readonly perSecond: number;
  readonly windowMs: number;
  readonly windows: number;
  readonly drainTimeoutMs: number;
}

/** Figures of a part of the time. Sizes are in bytes, times in milliseconds. */
export interface SoakWindow {
  readonly minutes: number;
  readonly acts: number;
  readonly p50: number;
  readonly p99: number;
  /** Processor time of all threads, an act: other programs on the machine cannot lengthen it. */
  readonly cpu: number;
  /** Programs that wanted the machine at once, in the last five minutes on average. */
  readonly load: number;
  /** Heap in use after the garbage was collected. */
  readonly heap: number;
  readonly rss: number;
  readonly running: number;
  readonly outbox: number;
  readonly file: number | null;
  /** Number of acts by verdict, since the beginning. */
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Number of lines that were logged as a warning or worse; `failures` says the first of them. */
  readonly warnings: number;
  readonly failures: readonly string[];
}

/**
 * Places of the soak: one process on a file, or two on one PostgreSQL, without faults of the platforms or in a storm of
 * them.
 */
export type SoakKind = 'sqlite' | 'postgres' | 'storm';

/**
 * Mixed load of `rate` acts a second on the whole bot: eight forums in its terminal, one on the real discord.js and one on the
 * real Bolt, with outbox and scheduler running. Throws where an act failed, or the outbox does not run empty; ends as failed
 * where memory, or what acts take, is not flat.
 */
export async function soak(minutes: number, rate: number, kind: SoakKind = 'sqlite'): Promise<void> {
  const server = kind === 'sqlite' ? null : await startPostgres();
  const wire = await startWire();
  const discord = { api: wire.discord.api, token: wire.discord.token };
  const slack = { api: wire.slack.api, botToken: wire.slack.team.token, appToken: wire.slack.appToken };
  const platforms = server ? [{ discord }, { slack }] : [{ discord, slack }];
  const share = FORUMS / platforms.length;
  const crew = platforms.map((on, n) => {
    const options: SoakOptions = {
      ...on,
      database: server?.url ?? `file:${newFile()}`,
      first: n * share + 1,
      forums: share,
      perSecond: (rate - 2 * ON_EACH_PLATFORM) / platforms.length,
      windowMs: (minutes * 60_000) / WINDOWS,
      windows: WINDOWS,
      drainTimeoutMs: DRAIN_TIMEOUT_MS,
    };
    return fork(new URL('./soak-child.js', import.meta.url), [JSON.stringify(options)], { execArgv: ['--expose-gc'] });
  });
  const ended = Promise.all(crew.map(child => once(child, 'exit') as Promise<[number]>));
  await Promise.all(crew.map(child => once(child, 'message')));
  for (const drive of wire.drives) await drive.setUp();
  const told: SoakWindow[][] = crew.map(() => []);
  let pulses: readonly NodeJS.Timeout[] = [];
  const floors: number[] = [];
  const floor = bareInsert();
  const drains: Drained[] = [];
  for (const [n, child] of crew.entries()) {
    child.on('message', (said: SoakWindow | Drained) => {
      if ('drainedMs' in said) {
        // A process that has ended sends nothing of what another one still writes.
        if (drains.push(said) === crew.length) for (const one of crew) one.send('end');
        return;
      }
      told[n]!.push(said);
      if (!n) floors.push(floor.p99());
      console.log(n, JSON.stringify(said));
      // Before a process ends: people who act on a bot that is gone would be waited for.
      if (told[n]!.length === WINDOWS) for (const pulse of pulses) clearInterval(pulse);
    });
    child.send('go');
  }
  const wireFaults: string[] = [];
  pulses = wire.drives.map(drive => {
    let n = 0;
    const next = () => void drive.next(n++).catch(error => wireFaults.push(String(error)));
    return setInterval(next, 1_000 / ON_EACH_PLATFORM);
  });
  const storm = kind === 'storm' ? stormOn(wire, minutes * 60_000 * (1 - 1 / WINDOWS)) : null;
  const codes = await ended;
  floor.stop();
  storm?.stop();
  for (const pulse of pulses) clearInterval(pulse);
  await wire.stop();
  await server?.stop();
  const windows = Array.from({ length: Math.min(...told.map(one => one.length)) }, (_, i) =>
    together(told.map(one => one[i]!)),
  );
  const drain = {
    drainedMs: Math.max(0, ...drains.map(one => one.drainedMs)),
    left: Math.max(0, ...drains.map(one => one.left)),
  };
  tell(windows, floors, { minutes, rate, kind }, storm, drain);
  const last = windows.at(-1);
  if (wireFaults.length) console.log(`${wireFaults.length} acts over the wire:`, wireFaults.slice(0, 5).join('\n'));
  if (codes.some(([code]) => code !== 0) || !last || last.counts.failed || drain.left || drains.length < crew.length)
    throw new Error(`the soak failed: exit ${codes}, ${JSON.stringify(drain)}, ${JSON.stringify(last)}`);
}

/** The figures of all processes in one part of the time: times are those of the slowest, sizes and numbers of all. */
function together(all: readonly SoakWindow[]): SoakWindow {
  const sum = (of: (one: SoakWindow) => number): number => all.reduce((n, one) => n + of(one), 0);
  const most = (of: (one: SoakWindow) => number): number => Math.max(...all.map(of));
  const acts = sum(one => one.acts);
  const [first] = all as readonly [SoakWindow];
  const verdicts = Object.keys(first.counts) as Verdict[];
  return {
    ...first,
    acts,
    p50: most(one => one.p50),
    p99: most(one => one.p99),
    cpu: sum(one => one.cpu * one.acts) / acts,
    heap: sum(one => one.heap),
    rss: sum(one => one.rss),
    outbox: most(one => one.outbox),
    counts: Object.fromEntries(verdicts.map(name => [name, sum(one => one.counts[name])])) as SoakWindow['counts'],
    warnings: sum(one => one.warnings),
    failures: all.flatMap(one => one.failures),
  };
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

/** The slope of a line through the points, by least squares. */
function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (i: 0 | 1): number => points.reduce((sum, point) => sum + point[i], 0) / points.length;
  const [mx, my] = [mean(0), mean(1)];
  const above = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  return above / points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
}

const TITLES: Readonly<Record<SoakKind, string>> = {
  sqlite: 'Soak on SQLite',
  postgres: 'Soak on PostgreSQL',
  storm: 'Soak in a storm of platform faults, on PostgreSQL',
};

function tell(
  windows: readonly SoakWindow[],
  floors: readonly number[],
  { minutes, rate, kind }: { readonly minutes: number; readonly rate: number; readonly kind: SoakKind },
  storm: ReturnType<typeof stormOn> | null,
  drain: Drained,
): void {
  // The first sixth is for warming up.
  const warm = windows.slice(WINDOWS / 6);
  const perHour = slope(warm.map(one => [one.minutes / 60, one.heap]));
  const level = middle(warm.map(one => one.heap));
  const wrong: string[] = [];
  const ends = (what: string, values: readonly number[], shown: (value: number) => string): string => {
    const [early, late] = [values.slice(0, 3), values.slice(-3)].map(middle);
    const verdict = late! < early! * RATIO ? 'flat' : 'NOT flat';
    if (verdict !== 'flat') wrong.push(`${what} grew from ${shown(early!)} to ${shown(late!)}`);
    return `${shown(early!)} in the beginning, ${shown(late!)} in the end: ${verdict} (within ${RATIO}×)`;
  };
  const ofBare = warm.map((one, i) => one.p99 / floors[i + WINDOWS / 6]!);
  const total = windows.reduce((sum, one) => sum + one.acts, 0);
  const { counts, warnings } = windows.at(-1)!;
  const grown = perHour * (minutes / 60);
  const isFlat = Math.abs(grown) < level * MEMORY_SHARE;
  if (!isFlat) wrong.push(`memory changed by ${mb(grown)}`);
  section(
    TITLES[kind],
    '| minutes | acts | median | p99 | p99 of a bare insert | processor an act | load | in use after collection | resident | waiting in the outbox | database |',
    `Written by \`npm run bench -- soak${kind === 'sqlite' ? '' : `-${kind}`} --minutes ${minutes} --rate ${rate}\`: ${(total / minutes / 60).toFixed(0)} acts a second for ${minutes} minutes, of which`,
    `${FORUMS} forums in the terminal, one on the real discord.js and one on the real Bolt, over the stand-ins: votes, activities,`,
    'reports, issues, lists, searches, buttons, forms and their repairs, autocomplete. Outbox and scheduler run. An act is',
    'timed from the instant it was meant for, so that a pause counts for everybody who waits in it.',
    ...(kind === 'sqlite'
      ? []
      : ['Two processes on one database: times are those of the slower one, sizes those of both.']),
    ...(storm
      ? [
          `The platforms failed ${storm.blows()} times, for three seconds at most, and ${storm.struck()} calls with that: 503, 429, lines that`,
          'break, pages instead of answers. In the last twelfth of the time it was calm.',
        ]
      : []),
    '',
    `${counts.failed} acts failed, ${counts.refused} were refused, ${counts.repaired} were repaired in their form; ${warnings} warnings were logged.`,
    `The outbox ran empty ${(drain.drainedMs / 1_000).toFixed(1)} s after the load, ${drain.left} messages left (within ${DRAIN_TIMEOUT_MS / 1_000} s).`,
    `Memory after collection: ${grown >= 0 ? '+' : '−'}${mb(Math.abs(grown))} over the time, ${isFlat ? 'flat' : 'NOT flat'} (within ${MEMORY_SHARE * 100}% of ${mb(level)}).`,
    `p99, of the p99 of a bare insert: ${ends('p99', ofBare, value => `${value.toFixed(1)}×`)}.`,
    `Processor time an act: ${ends(
      'processor time',
      warm.map(one => one.cpu),
      ms,
    )}.`,
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
  if (wrong.length) process.exitCode = 1;
  for (const one of wrong) console.error(`not flat: ${one}`);
}
