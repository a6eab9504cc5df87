import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { restateOnce } from '../../src/schedule/restating.ts';
import { databases } from '../databases.ts';
import { aForum } from './figures-forum.ts';

type Forum = Awaited<ReturnType<typeof aForum>>;

/** Leaves the record as an upgrade does: the first version of each indicator says nothing of a span. */
async function asFromBefore({ store }: Forum): Promise<void> {
  const { indicatorVersions: v, indicators: i } = store.tables;
  for (const { forumId, indicator, set } of await store.read.select().from(v)) {
    const { span: _, ...rest } = set;
    await store.write(null, async tx => {
      await tx
        .update(v)
        .set({ set: rest })
        .where(and(eq(v.forumId, forumId), eq(v.indicator, indicator)));
      // A sum whose course crosses New Year went on as it was read.
      await tx.update(i).set({ span: 'year' }).where(eq(i.due, '2027-12-31'));
    });
  }
}

describe.each(databases)('finished figures after an upgrade, on $name', ({ open }) => {
  it('G1–G5, G16: what a corrected rule changed is told once, before and after, and kept', async () => {
    await using world = await aForum(open);
    const more =
      'baseline:0 baseline_date:1/1/2026 target:100 due:31/12/2026 frequency:monthly partner:BPBD confirm:yes';
    await world.all(
      `/indicator add Mean unit:score ${more} kind:flow aggregate:average`,
      `/indicator add Running unit:people ${more} kind:cumulative aggregate:sum`,
      `/indicator add Plain unit:people ${more} kind:flow aggregate:sum`,
      '/indicator add Near unit:index baseline:0.40 baseline_date:31/12/2025 target:0.43 due:31/12/2026 frequency:quarterly partner:BPBD kind:stock aggregate:latest',
      `/indicator add Years unit:people baseline:0 baseline_date:1/1/2026 target:1200 due:31/12/2027 frequency:monthly aggregate:sum partner:BPBD`,
      '/indicator add Each unit:people baseline:0 baseline_date:1/1/2026 target:1200 due:31/12/2027 frequency:monthly aggregate:sum kind:cumulative partner:BPBD confirm:yes',
      ':skip 40d',
      ...[50, 150, 5].map((n, i) => `@budi /indicator report N-${i + 1} ${n} period:2026-01 confirm:yes`),
      ...[5, 6].map(n => `@budi /indicator report N-${n} 50 period:2026-01`),
      ':skip 28d',
      ...[30, 250, 7].map((n, i) => `@budi /indicator report N-${i + 1} ${n} period:2026-02 confirm:yes`),
      '@budi /indicator report N-6 120 period:2026-02 confirm:yes',
      ':skip 31d',
      '@budi /indicator report N-1 10 period:2026-03',
      ':skip 175d',
      '@budi /indicator report N-4 0.42 period:2026-Q3',
    );
    const now = world.clock.now();
    await asFromBefore(world);
    await restateOnce(world.store, now);
    const said = (await world.run(':skip 1h')).posts.filter(post => post.text.includes('worked out anew'));
    // N-3 is told as it was; the others by hand from the rules before: 50, (80, 90), 400; 90.9 of a hundred; the line
    // of what begins anew each year ends with the year, not with the course; a running total is not added up.
    expect(said.map(post => post.text.split('\n').filter(line => line.includes('N-')))).toEqual([
      [
        expect.stringMatching(/N-1 2026-02: 30 score of target .* → 40 score of target/),
        expect.stringMatching(/N-1 2026-03: 10 score of target .* → 30 score of target/),
        expect.stringMatching(/N-2 2026-02: 400 people of target .* → 250 people of target/),
        expect.stringMatching(
          /N-4 2026-Q3: 0\.42 index of target 0\.42 index, ● green → 0\.42 index of target 0\.42 index, ▲ amber/,
        ),
        expect.stringMatching(
          /N-5 2026-01: 50 people of target 49\.38 people, ★ .* → 50 people of target 98\.9 people, ■ red/,
        ),
        expect.stringMatching(
          /N-6 2026-01: 50 people of target 49\.38 people, ★ .* → 50 people of target 98\.9 people, ■ red/,
        ),
        expect.stringMatching(
          /N-6 2026-02: 170 people of target 95\.47 people, ★ .* → 120 people of target 191\.21 people, ■ red/,
        ),
      ],
    ]);
    expect(said[0]!.to).toContain('coord');
    // Stored with the indicator, where it can be read at any time.
    const card = await world.text('/indicator show N-2');
    expect(card).toMatch(/worked out anew since the rules were corrected: 2026-02: 400 people .* → 250 people/);
    expect(await world.text('/indicator show N-3')).not.toContain('worked out anew');
    await restateOnce(world.store, world.clock.now());
    expect((await world.run(':skip 2d')).posts.filter(post => post.text.includes('worked out anew'))).toEqual([]);
  });

  it('says nothing where indicators have had versions from the beginning', async () => {
    await using world = await aForum(open);
    await world.all(
      '/indicator add Mean unit:score baseline:0 target:100 due:31/12/2026 frequency:monthly aggregate:average',
      ':skip 60d',
      '/indicator report N-1 50 period:2026-01',
    );
    await restateOnce(world.store, world.clock.now());
    expect((await world.run(':skip 1h')).posts.filter(post => post.text.includes('worked out anew'))).toEqual([]);
  });
});
