import { handlers } from '../../src/app/app.ts';
import { runDue } from '../../src/schedule/run.ts';
import { aForum, START } from './forum.ts';
import { measure } from './measure.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Number of periods that begin at one instant, whether there are more indicators or not. */
const AT_ONCE = 100;

/**
 * Measures live indicators, in milliseconds: a pass with nothing due, and planning the ladder of one whose period
 * begins.
 */
export async function liveIndicators(live: number): Promise<{ idle: number; query: number; each: number }> {
  const forum = await aForum();
  const { store, forumId } = forum;
  await forum.run('/partner add A sector:ngo');
  await forum.run('/partner assign sari partner:A role:representative');
  const numbers = Array.from({ length: live }, (_, i) => i + 1);
  for (let i = 0; i < live; i += 500) {
    const some = numbers.slice(i, i + 500);
    await store.write(null, async tx => {
      const { indicators, indicatorPartners, occurrences } = tx.tables;
      const agreed = {
        forumId,
        unit: '',
        direction: 'up' as const,
        frequency: 'monthly' as const,
        valueKind: 'stock' as const,
        aggregate: 'latest' as const,
        partnersAggregate: 'sum' as const,
        dueDays: 10,
        lockDays: 30,
        green: 90,
        amber: 70,
        version: 1,
        createdBy: 1,
        createdAt: START,
      };
      await tx.insert(indicators).values(some.map(number => ({ ...agreed, number, name: `N${number}`, folded: '' })));
      await tx.insert(indicatorPartners).values(some.map(number => ({ forumId, indicator: number, partner: 1 })));
      await tx.insert(occurrences).values(
        some.map(number => ({
          forumId,
          key: `period:${number}:2026-12`,
          kind: 'period',
          subject: `${number}:2026-12`,
          due: new Date(START.getTime() + (number <= AT_ONCE ? HOUR : 30 * DAY)),
          state: 'pending' as const,
        })),
      );
    });
  }
  const ids = { next: () => 'x' };
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const pass = (now: Date) => runDue({ store, clock: { now: () => now }, ids, log, handlers });
  const idle = (await measure(200, () => pass(START))).median;
  const { cursors } = store.tables;
  const query = (await measure(200, () => store.read.select({ name: cursors.name }).from(cursors).limit(1))).median;
  const since = process.hrtime.bigint();
  const done = await pass(new Date(START.getTime() + HOUR));
  const each = Number(process.hrtime.bigint() - since) / 1e6 / done;
  if (done !== AT_ONCE) throw new Error(`${done} periods began, not ${AT_ONCE}`);
  await store.close();
  return { idle, query, each };
}
