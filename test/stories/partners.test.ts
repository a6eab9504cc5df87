import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const FORUM = [
  '/forum setup "Forum Uji"',
  '/partner add A sector:government',
  '/partner add B sector:private',
  '/partner assign ani partner:A role:representative',
  '/partner archive A reason:"Programnya selesai"',
] as const;

describe.each(databases)('an archived partner on $name', ({ open }) => {
  it('takes nobody in, and is archived once', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    const joined = await world.run('@budi /partner join M-1');
    expect(joined.error?.code).toBe('closed');
    expect(joined.text).toContain('A sudah diarsipkan');
    expect(joined.text).toContain('/mitra pulihkan M-1');
    expect((await world.run('/partner assign ani partner:M-1')).error?.code).toBe('closed');
    expect((await world.run('/partner archive M-1')).error?.code).toBe('closed');
    expect((await world.run('/indicator add Orang partner:"B, M-1"')).error?.code).toBe('closed');
    expect((await world.run('/partner show M-1')).text).toContain('mengarsipkan: Programnya selesai');
  });

  it('comes back with its history instead of being added a second time', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    for (const line of ['/partner add a', '/partner invite A']) {
      const again = await world.run(line);
      expect(again.error?.code).toBe('conflict');
      expect(again.text).toContain('A ada di arsip sebagai M-1');
    }
    expect((await world.run('@ani /partner restore M-1')).error?.code).toBe('forbidden');
    expect((await world.run('/partner restore B')).error?.code).toBe('not_found');
    const restored = await world.run('/mitra pulihkan A');
    expect(restored.text).toContain('Mitra M-1 ikut lagi');
    expect((await world.run('/partner list')).text).toContain('M-1 A');
    const shown = (await world.run('/partner show A')).text;
    for (const what of ['menambahkan mitra ini', 'mengarsipkan', 'memulihkan']) expect(shown).toContain(what);
    await world.all('/partner assign ani partner:A role:representative');
    expect((await world.run('/partner restore A')).error?.code).toBe('not_found');
    expect(world.logged).toEqual([]);
  });

  it('does not come back while another bears its name', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/partner edit B name:A');
    expect((await world.run('/partner restore M-1')).error?.code).toBe('conflict');
  });

  it('that only declined an invitation may be invited again', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji', '/partner invite Radio', '/partner decline Radio reason:sibuk');
    expect((await world.run('/partner join M-1')).error?.code).toBe('not_found');
    await world.all('/partner invite Radio');
  });
});

it.each(databases)(
  'the members are listed with partner and role, and who has none is marked ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup "Forum Uji"',
      '/partner add A',
      '/partner assign ani partner:A role:representative',
      ...Array.from({ length: 20 }, (_, i) => `@orang${i} /help`),
      '/forum coordinator ani action:add',
    );
    await world.all(...Array.from({ length: 20 }, (_, i) => `@orang${i} /me language indonesia`));
    const list = await world.run('@orang3 /forum anggota');
    expect(list.text).toContain('22 anggota, 21 di antaranya belum bermitra');
    expect(list.text).toMatch(/ani\s+M-1 A\s+wakil, koordinator/);
    expect(list.text).toMatch(/sari\s+▲ belum bermitra\s+koordinator/);
    expect(list.text).not.toContain('orang19');
    expect((await world.run('@orang3 :click Berikutnya')).text).toContain('orang19');
    await world.all('@orang0 /me forget', '@orang0 :click "Ya, hapus"');
    expect((await world.run('/forum members')).text).not.toMatch(/orang0\b/);
  },
);
