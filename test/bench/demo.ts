import { fillDemo } from '../../src/cli/demo.ts';
import { createLog } from '../../src/contract/log.ts';
import { openStore } from '../../src/storage/open.ts';
import { ms } from './measure.ts';
import { row, section } from './page.ts';

const FIRST = Date.parse('2026-01-01T00:10:00Z');
const DAYS = 1_461;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const log = createLog(
  { level: 'error', format: 'json' },
  () => new Date(0),
  () => {},
);

/** Fills the demo on days of four years, at an hour that moves on, in both languages by turns; the first failure ends it. */
export async function demo(most: number): Promise<void> {
  const days = Math.min(most, DAYS);
  // Fewer fills are spread over the four years.
  const numbers = Array.from({ length: days }, (_, i) => Math.floor((i * DAYS) / days));
  let longest = 0;
  for (const n of numbers) {
    const now = new Date(FIRST + n * (DAY_MS + HOUR_MS));
    const store = await openStore('file::memory:');
    const since = performance.now();
    try {
      await fillDemo({ store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } }, now, n % 2 ? 'en' : 'id');
    } catch (error) {
      throw new Error(`the demo is not filled at ${now.toISOString()}`, { cause: error });
    } finally {
      await store.close();
    }
    longest = Math.max(longest, performance.now() - since);
  }
  section('The demo', '| what | fills | longest |');
  row('days of four years, each hour of the day, both languages by turns', days.toLocaleString('en'), ms(longest));
}
