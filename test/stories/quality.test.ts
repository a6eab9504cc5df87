import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aForum } from './figures-forum.ts';

describe.each(databases)('the quality of data, on $name', ({ open }) => {
  it('is asked about in the digest: unusual, unchanged and contradictory figures, each with a button', async () => {
    await using world = await aForum(open, '2026-01-15');
    await world.all(
      '/indicator add "People trained" unit:people baseline:0 target:900 due:31/12/2026 frequency:monthly partner:BPBD',
      '/indicator add "Posts ready" unit:posts baseline:0 target:9 due:31/12/2026 frequency:monthly partner:BPBD',
    );
    const months = [10, 12, 13, 15, 16, 18, 400];
    for (const [i, value] of months.entries())
      await world.all(
        ...(i ? [':skip 31d'] : []),
        `@budi /indicator report N-1 ${value} period:2026-0${i + 1} confirm:yes`,
        `@budi /indicator report N-2 ${i < 4 ? i : 4} period:2026-0${i + 1}`,
      );
    await world.all(':skip 2h');
    const told = await world.run('/digest now');
    expect(told.text).toContain('Data quality: worth another look');
    expect(told.text).toContain('N-1 People trained, BPBD, 2026-07: 400 people, far above what is usual (14 people)');
    expect(told.text).toContain('N-2 Posts ready, BPBD, 2026-07: 4 posts, the same for 3 periods running');
    expect(await world.text(':click "Show N-2"')).toContain('N-2 Posts ready');

    // Entry refuses more women than people; what came from before it did is asked about.
    await world.all(':skip 8d', '@budi /activity log Drill participants:5 women:2');
    const { activities } = world.store.tables;
    await world.store.write(null, async tx => {
      await tx
        .update(activities)
        .set({ groups: { women: 7 } })
        .where(eq(activities.number, 1));
    });
    await world.all(
      '/indicator add "People drilled" unit:people kind:flow baseline:0 target:90 due:31/12/2026 frequency:monthly partner:BPBD',
      '/indicator fill N-3 from:activities measure:participants',
      '@budi /indicator report N-3 9 period:2026-07 confirm:yes',
      ':skip 2d',
    );
    const later = await world.text('/digest now');
    expect(later).toContain('K-1: more people by group than people who took part');
    expect(later).toContain(
      'N-3 People drilled, BPBD, 2026-07: 9 people, above what activities or money say (5 people)',
    );
    expect(later).not.toContain('far above');
    expect(await world.text(':click "Show K-1"')).toContain('K-1 Drill');
  });

  it('W1: a figure that is far behind and worth another look has one button, and the digest is sent', async () => {
    await using world = await aForum(open, '2026-01-15');
    await world.all(
      '/indicator add "Posts ready" unit:posts baseline:0 target:900 due:31/12/2026 frequency:monthly partner:BPBD',
    );
    for (const month of [1, 2, 3, 4])
      await world.all(...(month > 1 ? [':skip 31d'] : []), `@budi /indicator report N-1 4 period:2026-0${month}`);
    await world.all(':skip 2h');
    const told = await world.text('/digest now');
    expect(told).toContain('the same for 4 periods running');
    expect(told.match(/Show N-1\b/g)).toHaveLength(1);
  });

  it('says nothing of a report that was returned, nor of the month before in its stead', async () => {
    await using world = await aForum(open, '2026-01-15');
    await world.all(
      '/indicator add "Posts ready" unit:posts baseline:0 target:9 due:31/12/2026 frequency:monthly partner:BPBD',
    );
    for (const month of [1, 2, 3, 4])
      await world.all(...(month > 1 ? [':skip 31d'] : []), `@budi /indicator report N-1 4 period:2026-0${month}`);
    await world.all(':skip 2h');
    expect(await world.text('/digest now')).toContain('the same for 4 periods running');
    await world.all('/indicator return N-1 period:2026-04 partner:BPBD reason:"Count again"');
    expect(await world.text('/digest now')).not.toContain('periods running');
  });
});
