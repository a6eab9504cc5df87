import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Build, buildsBeside } from './beside.ts';
import { newFile } from './forum.ts';
import { middle, ms, ratio } from './measure.ts';
import { atMost, row, section } from './page.ts';

/** Number of runs; the middle one counts, and the least and the most are told. */
const RUNS = 5;
/**
 * Number of acts that each run makes more than the one it is compared with: few, with the program just started, and
 * many.
 */
const ACTS = 400;
const MANY = 1_500;

/** Lines that are measured, with the maximum of bare transactions that each may take. */
const LINES: readonly { readonly line: (i: number) => string; readonly name: string; readonly most: number }[] = [
  { name: '`/activity log`', line: i => `/activity log "Kegiatan ${i}" participants:5 date:${dayOf(i)}`, most: 15 },
  { name: '`/activity show`', line: () => '/activity show K-1', most: 9 },
];

/** Ten activities a day, as a busy forum has: a new one is held against those of its day. */
function dayOf(i: number): string {
  return new Date(Date.UTC(2026, 10, 23) - Math.floor(i / 10) * 86_400_000).toISOString().slice(0, 10);
}

/** Processor milliseconds of a durable transaction of five prepared selects and five prepared inserts. */
function bare(): number {
  const db = new Database(newFile());
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT) STRICT');
  const select = db.prepare('SELECT * FROM t WHERE id = ?');
  const insert = db.prepare('INSERT INTO t (a, b) VALUES (?, ?)');
  const since = process.cpuUsage();
  for (let i = 0; i < ACTS; i++) {
    db.exec('BEGIN IMMEDIATE');
    for (let k = 0; k < 5; k++) select.get(i * 5 + k);
    for (let k = 0; k < 5; k++) insert.run(`a${i}`, 'b');
    db.exec('COMMIT');
  }
  const { user, system } = process.cpuUsage(since);
  db.close();
  return (user + system) / 1_000 / ACTS;
}

/** Processor milliseconds that a build's console takes for some lines, its start included. */
function took(build: Build, file: string, lines: readonly string[]): number {
  const report = "process.on('exit',()=>{const u=process.cpuUsage();process.stderr.write('#'+(u.user+u.system)/1e3)})";
  const run = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(report)}`,
      join(build.folder, 'dist/src/main.js'),
      'console',
      '--json',
      '--now',
      '2026-11-24T01:00:00Z',
      '--as',
      'sari',
    ],
    {
      env: { PATH: process.env.PATH, DATABASE_URL: `file:${file}`, LOG_LEVEL: 'error' },
      input: `${lines.join('\n')}\n`,
      encoding: 'utf8',
    },
  );
  return Number(/#([\d.]+)$/.exec(run.stderr)?.[1] ?? Number.NaN);
}

/** Measures one act through the console on a build, its start taken away. */
function costOf(build: Build, line: (i: number) => string, acts: number): number {
  const file = newFile();
  const some = (from: number, n: number) => Array.from({ length: n }, (_, i) => line(from + i));
  took(build, file, ['/forum setup Bench', ...some(0, 20)]);
  const few = took(build, file, some(1_000, 100));
  return (took(build, file, some(2_000, 100 + acts)) - few) / acts;
}

/** Processor time of usual acts through the console, of this build and of another one beside it. */
export function processor(revision: string | undefined): void {
  const builds = buildsBeside(revision);
  section(
    'Processor time of an act',
    '| what | build | of one | of the bare transaction | least and most of five runs | at most |',
    `Written by \`npm run bench -- processor\`${revision ? ` with \`--beside ${revision}\`` : ''}: through the whole console, on SQLite. The bare transaction is five prepared selects and five prepared inserts, as durable as ours. The first acts after the start run before the engine has compiled what they need, so few and many are told apart.`,
  );
  try {
    const floors = Array.from({ length: RUNS }, bare);
    const floor = middle(floors);
    const spread = (all: readonly number[]) => `${ratio(Math.min(...all), floor)} – ${ratio(Math.max(...all), floor)}`;
    row('the bare durable transaction', '', ms(floor), '1×', spread(floors), '');
    for (const { name, line, most } of LINES)
      for (const acts of [ACTS, MANY])
        for (const build of builds) {
          const what = `${name}, ${acts} times`;
          const all = Array.from({ length: RUNS }, () => costOf(build, line, acts));
          const times = middle(all) / floor;
          const bound = build === builds[0] ? atMost(what, times, most) : '';
          row(what, build.name, ms(middle(all)), ratio(middle(all), floor), spread(all), bound);
        }
  } finally {
    for (const build of builds) build.remove();
  }
}
