import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aForum } from './figures-forum.ts';

describe.each(databases)('what a coordinator is to answer, on $name', ({ open }) => {
  it('G1: a sum from before there was a choice is shown both ways until a coordinator chooses its span', async () => {
    await using world = await aForum(open, '2026-10-15');
    await world.all(
      '/indicator add "People trained" unit:people baseline:0 baseline_date:1/1/2026 target:1200 due:31/12/2027 frequency:monthly aggregate:sum partner:BPBD',
      '/indicator add "Chosen so" unit:people baseline:0 baseline_date:1/1/2026 target:1200 due:31/12/2027 frequency:monthly aggregate:sum span:year',
    );
    // As the upgrade leaves it: each year anew, and the first version says nothing of a span.
    const { indicators, indicatorVersions } = world.store.tables;
    const [version] = await world.store.read.select().from(indicatorVersions);
    const { span: _, ...set } = version!.set;
    await world.store.write(null, async tx => {
      await tx.update(indicators).set({ span: 'year' }).where(eq(indicators.number, 1));
      await tx.update(indicatorVersions).set({ set }).where(eq(indicatorVersions.indicator, 1));
    });
    await world.all(
      '@budi /indicator report N-1 500 period:2026-09',
      ':skip 40d',
      '@budi /indicator report N-1 100 period:2026-10',
      ':skip 70d',
      '@budi /indicator report N-1 50 period:2027-01',
      ':skip 20d',
    );
    const asked = await world.text('/me tasks');
    expect(asked).toContain(
      'N-1 People trained (2027-01): the whole course 650 people of target 650.21 people; each year 50 people',
    );
    expect(asked).not.toContain('N-2 Chosen so (');
    expect(await world.text('@budi /me tasks')).not.toContain('whole course');
    const card = await world.text(':click "The whole course"');
    expect(card).toContain('650 people');
    expect(await world.text('/me tasks')).not.toContain('whole course');
  });

  it('G19: attendance that nobody wrote down is asked for in the tasks and the digest, too', async () => {
    await using world = await aForum(open, '2026-02-02');
    await world.all(
      '/activity plan Meeting date:3/2/2026 partners:"BPBD, Lumbung"',
      '/activity plan Drill date:3/2/2026 partners:BPBD',
      ':skip 2d',
      '/activity done K-1',
      '/activity done K-2',
    );
    const asked = 'Activities without a note of who came';
    expect(await world.text('/me tasks')).toContain(asked);
    const told = await world.text('/digest now');
    expect(told.slice(told.indexOf(asked))).toMatch(/K-2 Drill\n.*K-1 Meeting.*\[Note who came: K-2\]/s);
    const tasks = await world.text('@joko /me tasks');
    expect([tasks.includes('K-1 Meeting'), tasks.split(asked)[1]?.split('New in')[0]?.includes('K-2')]).toEqual([
      true,
      false,
    ]);
    await world.all('/activity attendance K-1 partners:BPBD');
    expect(await world.text('@joko /me tasks')).not.toContain(asked);
    expect(await world.text('/me tasks')).toContain('K-2 Drill');
    const later = await world.text('/digest now');
    expect([later.includes('K-2 Drill'), later.includes('K-1 Meeting')]).toEqual([true, false]);
    // After some weeks the tasks alone ask on.
    await world.run(':skip 40d');
    expect((await world.text('/digest now')).includes(asked)).toBe(false);
    expect(await world.text('/me tasks')).toContain('K-2 Drill');
  });
});
