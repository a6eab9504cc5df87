import { expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { judging } from '../../src/domain/engagement/judging.ts';
import { engagementOf } from '../../src/domain/engagement/measures.ts';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

it.each(databases)(
  'a report whose day moves behind weeks of days off is awaited, and judged when it falls due ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup Uji',
      '/partner add A',
      '/partner assign ani partner:A role:representative',
      '/indicator add Cek unit:kali frequency:monthly due_days:20 partner:A',
    );
    const [forum] = await world.store.read.select().from(world.store.tables.forums);
    const { holidays } = world.store.tables;
    const days = Array.from({ length: 53 }, (_, n) => addDays('2026-12-10', n));
    await world.store.write(null, tx =>
      tx.insert(holidays).values(days.map(date => ({ forumId: forum!.id, date, name: 'Libur', off: true }))),
    );
    // The reports of November and December are due on 20 December and 20 January. Both move to 1 February, and lock 30 days later.
    await world.all(':skip 88d');
    expect((await world.run('/indicator due')).text).toContain('2026-11');
    expect((await world.run('@ani /me tasks')).text).toContain('2026-11');
    const span = { from: '2027-01-25', to: '2027-02-10' };
    const how = await judging(world.store.read, forum!, world.clock.now(), span.from);
    expect((await engagementOf(world.store.read, forum!, 1, span, how)).parts.reporting).toMatchObject({ n: 0, of: 2 });
  },
);
