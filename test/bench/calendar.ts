import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { newFolder } from '../program.ts';
import { row, sectionInPieces } from './page.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Days and hours on which code that looks at the machine's clock has gone wrong, or may. An instant stands for more than
 * one of them where it can: each costs a run.
 */
const CLOCKS: readonly Shifted[] = [
  { name: '31 December, 23.30', at: '2026-12-31T16:30:00Z' },
  { name: '17.30 UTC of 31 December: 1 January in Jakarta', at: '2026-12-31T17:30:00Z' },
  { name: '23.55 UTC of a Sunday: Monday in Jakarta, and a new day begins meanwhile', at: '2026-11-29T23:55:00Z' },
  { name: '29 February 2028', at: '2028-02-29T05:00:00Z' },
  { name: 'a Sunday, the night in which summer time begins', at: '2027-03-28T00:58:00Z', zone: 'Europe/Amsterdam' },
  { name: 'a Sunday, the night in which it ends', at: '2027-10-31T00:58:00Z', zone: 'Europe/Amsterdam' },
];

interface Shifted {
  readonly name: string;
  readonly at: string;
  /** The machine's zone, where it is another one. */
  readonly zone?: string;
}

interface Verdict {
  readonly numFailedTests: number;
  readonly numTotalTests: number;
  readonly testResults: readonly { readonly name: string; readonly status: string }[];
}

/** A reader of the machine's clock, and the test file in which it read. */
interface Asked {
  readonly by: string;
  readonly asker: string;
}

/** File that lists the test files which were seen to ask, so that one clock may be run later. */
const KEPT = join(ROOT, 'dist', 'asking.json');

/**
 * Runs the tests with the machine's clock put elsewhere: all of them, or the `files` that are named, under the first
 * clock, and who asks for the time is noted. A file in which nobody asks is the same under each clock, so that the
 * other clocks run those alone that ask. With `only`, the clocks whose name holds it, by what was noted before.
 */
export function calendar(files: readonly string[], only = ''): void {
  const clocks = CLOCKS.filter(one => one.name.includes(only));
  let asking: readonly string[] | null = only && !files.length && existsSync(KEPT) ? keptFiles() : null;
  sectionInPieces(
    'The calendar',
    '| the machine’s clock | files | tests | failed |',
    'Written by `npm run bench -- calendar`, with the clock of the machine, and of every program that the tests start, put',
    'elsewhere. Under one clock all files are run, and it is noted in which the time is asked for; a file in which nobody asks',
    'is the same under each clock, and the other clocks run those that ask.',
  );
  for (const clock of clocks) {
    const { verdict, asked } = runAt(clock, asking ?? files);
    if (!asking) {
      asking = [...new Set(asked.map(one => one.by.slice(ROOT.length)))].sort();
      if (!files.length) writeFileSync(KEPT, JSON.stringify(asking));
      tellAskers(asked, verdict);
    }
    tell(clock, verdict, files);
  }
}

const keptFiles = (): readonly string[] => JSON.parse(readFileSync(KEPT, 'utf8')) as string[];

/** Writes a clock’s line; where files were named, they are part of what it is called. */
function tell({ name, at, zone }: Shifted, verdict: Verdict, named: readonly string[]): void {
  const failed = verdict.testResults.filter(one => one.status !== 'passed').map(one => one.name.slice(ROOT.length));
  row(
    `${name} (${at}${zone ? `, ${zone}` : ''})${named.length ? `: ${named.join(', ')}` : ''}`,
    String(verdict.testResults.length),
    String(verdict.numTotalTests),
    failed.length ? `${verdict.numFailedTests}: ${failed.join(', ')}` : '0',
  );
}

/** Prints who asks, and in how many test files: what the table of clocks rests on. */
function tellAskers(asked: readonly Asked[], { testResults }: Verdict): void {
  const files = new Map<string, Set<string>>();
  for (const { by, asker } of asked) files.set(nameOf(asker), (files.get(nameOf(asker)) ?? new Set()).add(by));
  console.log(`the time is asked for in ${new Set(asked.map(one => one.by)).size} of ${testResults.length} files`);
  for (const [asker, by] of [...files].sort((a, b) => b[1].size - a[1].size))
    console.log(
      `  ${String(by.size).padStart(4)}  ${asker}  ${by.size > 3 ? '' : [...by].map(one => one.slice(ROOT.length))}`,
    );
}

/** An asker as it is told: a file of the project, or the package. */
const nameOf = (asker: string): string =>
  /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(asker)?.[1] ?? asker.replace(ROOT, '').replace(/^dist\/.*/, 'dist');

function runAt({ at, zone }: Shifted, files: readonly string[]): { verdict: Verdict; asked: readonly Asked[] } {
  const folder = newFolder();
  const [out, notes] = [join(folder, 'verdict.json'), join(folder, 'asked')];
  writeFileSync(notes, '');
  const preload = pathToFileURL(join(ROOT, 'test/shifted-clock.mjs')).href;
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const config = 'test/vitest.calendar.config.ts';
  const args = ['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile=${out}`, ...files];
  const shift = String(Date.parse(at) - Date.now());
  const clock = { NODE_OPTIONS: `--import=${preload}`, CLOCK_SHIFT_MS: shift, CLOCK_ASKED: notes };
  spawnSync(process.execPath, [vitest, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...clock, ...(zone && { TZ: zone }) },
  });
  const asked = readFileSync(notes, 'utf8').trim().split('\n').filter(Boolean);
  return {
    verdict: JSON.parse(readFileSync(out, 'utf8')) as Verdict,
    // The runner's own questions belong to no file.
    asked: asked.map(line => JSON.parse(line) as Asked).filter(one => one.by),
  };
}
