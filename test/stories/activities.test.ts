import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const FORUM = [
  '/forum setup "Forum Uji"',
  '/partner add A sector:government',
  '/partner assign ani partner:A role:representative',
  '/digest schedule "0 8 1 1 *"',
] as const;

describe.each(databases)('a planned activity on $name', ({ open }) => {
  it('that names no day says that today was taken, and is moved by a button', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    const planned = await world.run('@ani /activity plan Gladi');
    expect(planned.text).toContain('Tanggalnya belum disebut, jadi dipakai hari ini: Selasa, 24 November 2026.');
    await world.all('@ani :click "Ubah tanggal"');
    const moved = await world.run('@ani :fill date=30/11/2026');
    expect(moved.text).toContain('Kegiatan K-1 dipindahkan ke Senin, 30 November 2026');
    await world.all('@ani /activity attend K-1 answer:yes');
    const { posts } = await world.run(':skip 6d');
    expect(posts.filter(post => post.text.startsWith('Besok')).map(post => post.to)).toEqual(['@ani']);
    expect((await world.run('/activity plan Rapat date:2/12/2026')).text).not.toContain('belum disebut');
    expect(world.logged).toEqual([]);
  });

  it('is moved by whoever may change it, and no more once it is done', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '@ani /activity plan Gladi date:30/11/2026');
    expect((await world.run('@tamu /activity move K-1 date:1/12/2026')).error?.code).toBe('forbidden');
    await world.all('@ani /kegiatan pindah K-1 tanggal:1/12/2026', '@ani /activity done K-1 result:baik');
    expect((await world.run('@ani /activity move K-1 date:2/12/2026')).error?.code).toBe('closed');
    expect((await world.run('/activity show K-1')).text).toContain('tanggal');
  });
});
