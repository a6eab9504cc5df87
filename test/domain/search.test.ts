import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { renewSearch } from '../../src/domain/search.ts';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const LONG = Array.from({ length: 60 }, (_, i) => `hal${i}`).join(' ');
const OLD = 'hasil di bpbd.sleman.go.id/laporan-akhir';

describe.each(databases)('searching on $name', ({ open }) => {
  it('finds the end of a long result, and the place', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji', `/activity log Gladi location:Cangkringan result:"${LONG} penutup"`);
    for (const word of ['hal0', 'hal59', 'penutup', 'cangkringan'])
      expect((await world.run(`/activity search ${word}`)).text, word).toContain('Gladi');
    expect((await world.run('/activity search tiada')).text).not.toContain('Gladi');
  });

  it('what was written by an earlier rule is made anew once, in as many pages as it takes', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all('/forum setup Uji', `/activity log "Kunjungan" result:"${OLD}"`);
    const { activities: a, facts } = store.tables;
    const [one] = await store.read.select().from(a);
    const { seq: _, ...row } = one!;
    await store.write(null, async tx => {
      // The old ones stand on three pages.
      const more = Array.from({ length: 1_100 }, (_, i) => ({
        ...row,
        number: i + 2,
        ...(i % 550 === 549 && { search: OLD }),
      }));
      for (let n = 0; n < more.length; n += 100) await tx.insert(a).values(more.slice(n, n + 100));
      await tx.update(a).set({ search: OLD }).where(eq(a.number, 1));
    });
    await renewSearch(store);
    const texts = await store.read.selectDistinct({ search: a.search }).from(a);
    expect(texts).toEqual([{ search: 'kunjungan hasil di bpbd sleman go id laporan akhir' }]);
    expect((await world.run('/activity search sleman')).text).toContain('Kunjungan');
    expect(await store.read.select().from(facts).where(eq(facts.name, 'search'))).toHaveLength(1);
    await store.write(null, tx => tx.update(a).set({ search: OLD }).where(eq(a.number, 1)));
    await renewSearch(store);
    expect(await store.read.select().from(a).where(eq(a.search, OLD))).toHaveLength(1);
  });
});
