import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { LOCALES } from '../../src/language/locale.ts';
import type { Fill } from './demo-child.ts';
import { ms } from './measure.ts';
import { row, section } from './page.ts';

const FIRST = Date.parse('2026-01-01T00:10:00Z');
const DAYS = 1_461;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/**
 * Fills the demo on days of four years, at an hour that moves on, in both languages, as many at once as the machine has
 * processors; the first failure ends it.
 */
export async function demo(most: number): Promise<void> {
  const days = Math.min(most, DAYS);
  // Fewer fills are spread over the four years.
  const fills = Array.from({ length: days }, (_, i): Fill => {
    const day = Math.floor((i * DAYS) / days);
    // Each hour of the day comes in both languages.
    return [LOCALES[(day + Math.floor(day / 24)) % 2]!, FIRST + day * (DAY_MS + HOUR_MS)];
  });
  const workers = Math.min(days, availableParallelism());
  const since = performance.now();
  const longest = await Promise.all(
    Array.from({ length: workers }, async (_, n) => {
      const workerData = fills.filter((_, i) => i % workers === n);
      const worker = new Worker(new URL('./demo-child.js', import.meta.url), { workerData });
      const [took] = (await once(worker, 'message')) as [number];
      return took;
    }),
  );
  const minutes = ((performance.now() - since) / 60_000).toFixed(1);
  section(
    'The demo',
    '| what | fills | longest | all |',
    `Written by \`npm run bench -- demo\`, ${workers} fills at once.`,
  );
  row(
    'days of four years, each hour of the day in both languages',
    days.toLocaleString('en'),
    ms(Math.max(...longest)),
    `${minutes} min`,
  );
}
