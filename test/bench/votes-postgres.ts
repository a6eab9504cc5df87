import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { newDatabase, startPostgres } from '../postgres.ts';
import { type Build, buildsBeside } from './beside.ts';
import { middle, ms, ratio } from './measure.ts';
import { atLeast, row, section } from './page.ts';

const AT_ONCE = 32;
/** Number of runs of each build, by turns; the middle one counts, and the least and the most are told. */
const RUNS = 5;
const LEAST = 2.5;

/** Orders of the process that votes on a build. */
export interface VotesTask {
  readonly folder: string;
  readonly database: string;
  readonly forums: number;
  readonly atOnce: number;
}

/** Figures of one run: votes a second on the clock, and processor milliseconds of a vote in our process. */
export interface VotesRun {
  readonly perSecond: number;
  readonly cpu: number;
}

/** The same with what PostgreSQL spent, processor milliseconds of a vote. */
type Measured = VotesRun & { readonly database: number };

const heard = <T>(child: ChildProcess): Promise<T> =>
  new Promise((done, fail) => {
    child.once('message', message => done(message as T));
    child.once('exit', code => fail(new Error(`the process that votes ended with ${code}`)));
  });

/** Clock ticks of Linux in a second, in which it counts processor time. */
const TICKS = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Fields of a process of Linux behind its name, the first of which is its state; null: it has ended. */
function statOf(pid: string | number): readonly string[] | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
  } catch {
    return null;
  }
}

/** Returns what tells how much processor time a server has spent by now, all its processes together, milliseconds. */
async function meterOf(url: string): Promise<() => number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
  const server = statOf(rows[0].pid)![1]!;
  await client.end();
  return () => {
    const own = statOf(server)!;
    // Processes that have ended count with the server's own: the sixteenth and seventeenth field of the manual.
    const ended = Number(own[13]) + Number(own[14]);
    const running = readdirSync('/proc').flatMap(name => {
      const stat = /^\d+$/.test(name) ? statOf(name) : null;
      return stat?.[1] === server ? Number(stat[11]) + Number(stat[12]) : 0;
    });
    return ((ended + running.reduce((sum, ticks) => sum + ticks, 0)) * 1_000) / TICKS;
  };
}

async function ready(build: Build, server: string, forums: number): Promise<ChildProcess> {
  const task: VotesTask = { folder: build.folder, database: await newDatabase(server), forums, atOnce: AT_ONCE };
  const child = fork(new URL('./votes-postgres-child.js', import.meta.url), [JSON.stringify(task)]);
  await heard(child);
  return child;
}

const wholeOf = ({ cpu, database }: Measured): number => cpu + database;

/** The middle one of some figures, and their least and most. */
const told = (all: readonly number[], shown: (value: number) => string): [middle: string, ends: string] => [
  shown(middle(all)),
  `${shown(Math.min(...all))} – ${shown(Math.max(...all))}`,
];

/**
 * Votes in many forums at once on PostgreSQL, of this build and of another one beside it: both on one server, with the same
 * acts, by turns, so that what else the machine does meets both.
 */
export async function votesOnPostgres(forums: number, votes: number, revision: string | undefined): Promise<void> {
  const builds = buildsBeside(revision);
  const server = await startPostgres();
  section(
    'Votes on PostgreSQL',
    '| build | votes a second | least and most of five runs | processor time of a vote | least and most | with that of PostgreSQL | least and most |',
    `Written by \`npm run bench -- votes-postgres${builds[1] ? ` --beside ${builds[1].name}` : ''}\`: ${forums} forums, ${AT_ONCE} votes at once, ${votes} in each run;`,
    'builds by turns on one PostgreSQL, without `fsync`, on the same machine. Processor time is that of our process, and then with PostgreSQL: others lengthen it little.',
  );
  try {
    const spent = await meterOf(server.url);
    const crew = [];
    for (const build of builds)
      crew.push({ build, child: await ready(build, server.url, forums), runs: [] as Measured[] });
    // The first run is for warming up.
    for (let n = 0; n <= RUNS; n++)
      for (const { child, runs } of crew) {
        const run = heard<VotesRun>(child);
        const before = spent();
        child.send(votes);
        const figures = { ...(await run), database: (spent() - before) / votes };
        if (n) runs.push(figures);
      }
    for (const { child } of crew) child.disconnect();
    const rate = (value: number): string => `${value.toFixed(0)}/s`;
    for (const { build, runs } of crew) {
      const [rates, costs] = [runs.map(one => one.perSecond), runs.map(one => one.cpu)];
      const whole = runs.map(wholeOf);
      row(build.name, ...told(rates, rate), ...told(costs, ms), ...told(whole, ms));
    }
    const [here, there] = crew;
    if (here && there) {
      const pairs = (of: (mine: Measured, theirs: Measured) => number): number[] =>
        here.runs.map((one, n) => of(one, there.runs[n]!));
      const times = (value: number): string => ratio(value, 1);
      const rates = pairs((mine, theirs) => mine.perSecond / theirs.perSecond);
      const [rate, least] = told(rates, times);
      const bound = atLeast('votes a second on PostgreSQL', middle(rates), LEAST);
      row(
        `times ${there.build.name}, each pair`,
        `${rate} (${bound})`,
        least,
        ...told(
          pairs((mine, theirs) => theirs.cpu / mine.cpu),
          times,
        ),
        ...told(
          pairs((mine, theirs) => wholeOf(theirs) / wholeOf(mine)),
          times,
        ),
      );
    }
  } finally {
    await server.stop();
    for (const build of builds) build.remove();
  }
}
