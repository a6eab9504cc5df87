import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { LOCALES } from '../../src/language/locale.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Fill, Filled } from './demo-child.ts';
import { ms } from './measure.ts';
import { row, section } from './page.ts';

/** 1 January 2026, ten minutes after midnight in Jakarta. */
const FIRST = Date.parse('2025-12-31T17:10:00Z');
const DAYS = 1_461;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The date so many days after the first one. */
const dateOf = (day: number): string => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);

/** One date of the four years: its hour moves on from day to day, and each hour comes in both languages. */
const fillOn = (day: number): Fill => ({
  date: dateOf(day),
  locale: LOCALES[(day + Math.floor(day / 24)) % 2]!,
  at: FIRST + day * DAY_MS + (day % 24) * HOUR_MS,
});

/**
 * Fills the demo on the dates of four years in Jakarta, or on those from one date to before another, or on so many spread
 * over them; as many at once as the machine has processors. Tells how each month ended as soon as it has, and ends with an
 * error where a date failed.
 */
export async function demo(most: number, from = dateOf(0), to = dateOf(DAYS)): Promise<void> {
  const dates = Array.from({ length: DAYS }, (_, day) => fillOn(day)).filter(({ date }) => date >= from && date < to);
  const count = Math.min(most, dates.length);
  const fills = Array.from({ length: count }, (_, i) => dates[Math.floor((i * dates.length) / count)]!);
  const folder = mkdtempSync(join(tmpdir(), 'rembug-demo-'));
  const template = join(folder, 'template.db');
  await (await openStore(`file:${template}`)).close();
  const workers = Math.min(count, availableParallelism());
  const since = performance.now();
  const done: Filled[] = [];
  try {
    await Promise.all(
      Array.from({ length: workers }, async (_, n) => {
        const wanted = fills.filter((_, i) => i % workers === n);
        const workerData = { fills: wanted, template, file: join(folder, `${n}.db`) };
        const worker = new Worker(new URL('./demo-child.js', import.meta.url), { workerData });
        worker.on('message', (one: Filled) => {
          done.push(one);
          if (one.error) console.error(`${one.date} (${one.locale}) failed: ${one.error}`);
          tellMonth(one.date.slice(0, 7), fills, done);
        });
        await once(worker, 'exit');
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  section(
    'The demo',
    '| dates of | fills | failed | longest |',
    `Written by \`npm run bench -- demo\`: on each date in Jakarta the demo is filled at another hour, each hour in both languages; ${workers} at once, ${((performance.now() - since) / 60_000).toFixed(0)} minutes in all.`,
  );
  const failed = fills.length - done.filter(({ error }) => error === null).length;
  for (const year of new Set(fills.map(({ date }) => date.slice(0, 4)))) {
    const ofYear = done.filter(({ date }) => date.startsWith(year));
    const wrong = ofYear.filter(({ error }) => error !== null);
    row(year, String(ofYear.length), String(wrong.length), ms(Math.max(0, ...ofYear.map(({ took }) => took))));
  }
  if (failed) throw new Error(`the demo was not filled on ${failed} of ${fills.length} dates`);
}

/** Prints the verdict on a month when its last date was tried. */
function tellMonth(month: string, fills: readonly Fill[], done: readonly Filled[]): void {
  const [wanted, tried] = [fills, done].map(all => all.filter(({ date }) => date.startsWith(month)).length);
  if (wanted !== tried) return;
  const wrong = done.filter(({ date, error }) => date.startsWith(month) && error !== null).length;
  console.log(`${month}: ${wanted} filled, ${wrong} failed`);
}
