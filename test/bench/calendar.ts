import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { newFolder } from '../program.ts';
import { row, section } from './page.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Days and hours on which code that looks at the machine's clock has gone wrong, or may. */
const CLOCKS: readonly { readonly name: string; readonly at: string; readonly zone?: string }[] = [
  { name: 'a Monday in Jakarta', at: '2026-11-30T02:00:00Z' },
  { name: 'a Sunday', at: '2026-11-29T03:00:00Z' },
  { name: '31 December, 23.30', at: '2026-12-31T16:30:00Z' },
  { name: '1 January', at: '2027-01-01T00:10:00Z' },
  { name: '29 February 2028', at: '2028-02-29T05:00:00Z' },
  { name: 'the night in which summer time begins', at: '2027-03-28T00:58:00Z', zone: 'Europe/Amsterdam' },
  { name: 'the night in which it ends', at: '2027-10-31T00:58:00Z', zone: 'Europe/Amsterdam' },
  { name: '17.30 UTC: tomorrow already in Jakarta', at: '2026-11-24T17:30:00Z' },
  { name: '23.55 UTC: a new day begins meanwhile', at: '2026-11-24T23:55:00Z' },
];

/** What starts whole bots or tells stories of days: what runs where no files are named. */
const STORIES = [
  'test/stories',
  'test/schedule',
  'test/discord',
  'test/slack',
  'test/platforms',
  'test/wire',
  'test/ops',
];

interface Verdict {
  readonly numPassedTests: number;
  readonly numTotalTests: number;
  readonly testResults: readonly { readonly name: string; readonly status: string }[];
}

/** Runs test files with the machine's clock put elsewhere, once for each clock whose name holds `only`. */
export function calendar(files: readonly string[], only = ''): void {
  const chosen = files.length ? files : STORIES;
  section(
    'The calendar',
    '| the machine’s clock | tests | failed |',
    `Written by \`npm run bench -- calendar\`: ${chosen.map(file => `\`${file}\``).join(', ')} with the clock of the`,
    'machine, and of every program that the tests start, put elsewhere.',
  );
  for (const { name, at, zone } of CLOCKS.filter(one => one.name.includes(only))) {
    const verdict = runAt(chosen, at, zone);
    const failed = verdict.testResults.filter(one => one.status !== 'passed').map(one => one.name.slice(ROOT.length));
    const many = verdict.numTotalTests - verdict.numPassedTests;
    row(`${name} (${at}${zone ? `, ${zone}` : ''})`, String(verdict.numTotalTests), many ? `${many}: ${failed}` : '0');
  }
}

function runAt(files: readonly string[], at: string, zone?: string): Verdict {
  const out = join(newFolder(), 'verdict.json');
  const preload = pathToFileURL(join(ROOT, 'test/shifted-clock.mjs')).href;
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const args = ['run', '--config', 'test/vitest.config.ts', '--reporter=json', `--outputFile=${out}`, ...files];
  const shift = String(Date.parse(at) - Date.now());
  spawnSync(process.execPath, [vitest, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: `--import=${preload}`, CLOCK_SHIFT_MS: shift, ...(zone && { TZ: zone }) },
  });
  return JSON.parse(readFileSync(out, 'utf8')) as Verdict;
}
