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

  it('is edited with history; its reminder follows the day, and a closed one stays as it is', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup "Forum Uji" coordinators:koor', '/goal add Siga due:26/11/2026', '@budi /me show');
    const edited = await world.run('/tujuan ubah T-1 judul:Siaga tenggat:3/12/2026');
    expect(edited.text).toContain('Tujuan T-1 diubah');
    expect(edited.text).toContain('mengubah judul: Siga → Siaga; tenggat: 26 November 2026 → 3 Desember 2026');
    expect((await world.run('/goal show Siaga')).text).toContain('menambahkan tujuan ini');
    const early = await world.run(':skip 4d');
    expect(early.posts.filter(post => post.text.includes('Tenggat tujuan'))).toEqual([]);
    const late = await world.run(':skip 5d');
    expect(late.posts.filter(post => post.text.includes('Tenggat tujuan T-1: 3 Desember 2026'))).toHaveLength(1);
    const same = await world.run('/goal edit T-1 title:Siaga');
    expect(same).toMatchObject({ ok: false, error: { code: 'missing_option' } });
    expect(await world.run('@budi /goal edit T-1 title:Lain')).toMatchObject({ error: { code: 'forbidden' } });
    await world.all('/goal close T-1 outcome:Tercapai');
    expect(await world.run('/goal edit T-1 title:Lain')).toMatchObject({ ok: false, error: { code: 'closed' } });
    expect((await world.run('/goal show T-1')).text).toContain('Siaga');
    expect(world.logged).toEqual([]);
  });
});
