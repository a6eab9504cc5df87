import { expect, it } from 'vitest';
import { indicatorByNumber } from '../../src/domain/indicators/store.ts';
import { forgetReminders } from '../../src/schedule/reports.ts';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';

it.each(databases)(
  'reminders that are taken back while they are claimed let go of their forum ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji', '/indicator add Air unit:liter direction:up baseline:1 target:9');
    const { store } = world;
    const { occurrences: o, forums } = store.tables;
    const [forum] = await store.read.select().from(forums);
    const indicator = await indicatorByNumber(store.read, forum!.id, 1);
    await store.write(forum!.id, async tx => {
      await tx.update(o).set({ leasedUntil: START });
      await forgetReminders(tx, indicator!, 'retired', START);
    });
    const rows = await store.read.select().from(o);
    const taken = rows.filter(one => one.kind === 'report_due');
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.map(one => [one.state, one.leasedUntil])).toEqual(taken.map(() => ['suppressed', null]));
  },
);
