import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

describe.each(databases)('a goal on $name', ({ open }) => {
  it('says that it has no measure, offers to add one, and shows it with its value, target and status', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup "Forum Uji"', '/goal add Siaga due:31/12/2027', '/goal add Pangan');
    const bare = await world.run('/goal show T-1');
    expect(bare.text).toContain('Belum ada ukurannya');
    const asked = await world.run(':click "Tambah indikator"');
    expect(asked.ok).toBe(true);
    const added = await world.run(':fill name="Warga terlatih" unit=orang target=20 frequency=monthly');
    expect(added.text).toContain('T-1 Siaga');
    await world.all('/indicator report N-1 value:12 period:okt');
    const shown = (await world.run('/goal show T-1')).text;
    expect(shown).toMatch(/N-1 Warga terlatih.*12 orang \(2026-10\).*20 orang/);
    expect(shown).not.toContain('Belum ada ukurannya');
    const list = (await world.run('/goal list')).text;
    expect(list).toMatch(/T-1 Siaga.*berjalan$/m);
    expect(list).toMatch(/T-2 Pangan.*berjalan ▲[\s\S]*▲ belum ada ukurannya/);
    const closed = await world.run('/goal close T-2 outcome:Batal');
    expect(closed.text).not.toContain('Tambah indikator');
    expect(world.logged).toEqual([]);
  });
});
