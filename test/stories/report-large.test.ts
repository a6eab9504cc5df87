import { describe, expect, it } from 'vitest';
import { reportFile } from '../../src/reports/files.ts';
import type { Store } from '../../src/storage/store.ts';
import { contextOf } from '../context.ts';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';

/** Text that hardly packs, the same in every run. */
function noise(seed: number, length: number): string {
  let state = seed + 1;
  const next = (): string => {
    state = (state * 48_271) % 2_147_483_647;
    return state.toString(36);
  };
  let text = '';
  while (text.length < length) text += next();
  return text.slice(0, length);
}

/** Puts activities straight into the tables, so many a day, from 1 January 2026 on. */
async function fill(store: Store, forumId: string, n: number, perDay: number, length: number): Promise<void> {
  const PIECE = 500;
  for (let i = 0; i < n; i += PIECE)
    await store.write(null, tx =>
      tx.insert(tx.tables.activities).values(
        Array.from({ length: Math.min(PIECE, n - i) }, (_, k) => ({
          forumId,
          // Numbers run against the dates, so that the order of one is not that of the other.
          number: n - i - k,
          title: `Kegiatan ${i + k}`,
          kind: 'other' as const,
          state: 'done' as const,
          date: new Date(Date.UTC(2026, 0, 1 + Math.floor((i + k) / perDay))).toISOString().slice(0, 10),
          participants: 3,
          result: length ? noise(i + k, length) : null,
          search: '',
          createdBy: 1,
          createdAt: START,
        })),
      ),
    );
}

describe.each(databases)('a large report on $name', ({ open }) => {
  it('holds every row once, in order, and lets the rest of the program have its turn', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all('/forum setup "Forum Uji"');
    const [forum] = await store.read.select().from(store.tables.forums);
    await fill(store, forum!.id, 2_750, 700, 0);
    const context = contextOf(store, forum!);
    const { activitySheet } = await import('../../src/reports/subjects/activities.ts');
    const span = { from: '2026-01-01', to: '2026-12-31' };
    const sheet = await activitySheet(context, forum!, span);
    expect(sheet.rows.map(row => row[2])).toHaveLength(2_750);
    const codes = sheet.rows.map(row => [(row[1] as { date: string }).date, Number(String(row[0]).slice(2))] as const);
    expect(codes).toEqual([...codes].sort((x, y) => (x[0] < y[0] ? -1 : x[0] > y[0] ? 1 : x[1] - y[1])));
    expect(new Set(codes.map(([, number]) => number)).size).toBe(2_750);
    let turns = 0;
    let making = true;
    const count = (): void => {
      turns++;
      if (making) setImmediate(count);
    };
    setImmediate(count);
    await reportFile(context, forum!, span, 'xlsx');
    making = false;
    // How many there are depends on the machine: a turn ends when its budget of time is used.
    expect(turns).toBeGreaterThan(3);
  });
});

it.each(databases)(
  'what is larger than chat takes is refused with a way on, and a shorter time is given ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup "Forum Uji"');
    const [forum] = await world.store.read.select().from(world.store.tables.forums);
    await fill(world.store, forum!.id, 5_000, 100, 4_000);
    const whole = await world.run('/report 1/1/2026');
    expect(whole.error?.code).toBe('limit');
    expect(whole.text).toMatch(/Laporan ini \d+ MB, .* paling besar 10 MB\. Silakan pilih masa yang lebih pendek/);
    expect((await world.run('/report 1/1/2026 format:csv')).text).toContain('bentuk xlsx');
    expect((await world.run('/report 1/1/2026 to:5/1/2026')).text).toContain('rembug-2026-01-01-2026-01-05.xlsx');
  },
);
