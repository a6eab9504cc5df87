import { asc } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';
import { check, enter, exported, said, undo } from './enter.ts';

const FILE = `Nama Lembaga;Unsur;Wakil;Pengganti;Orang
PMI Kota;LSM;budi;cici;dodi, Pak Baru
BPBD Kota;pemda;eka;fani;gani
Radio Kota;media;budi;;
`;

describe.each(databases)('the people of imported partners on $name', ({ open }) => {
  async function forum() {
    const world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup "Forum Uji" announce:umum coordinators:koor',
      '/partner add "BPBD Kota" sector:government',
      '/partner add Lain sector:ngo',
      '/partner assign ani partner:"BPBD Kota" role:representative',
      '/partner assign gani partner:Lain role:member',
      ...['budi', 'cici', 'dodi', 'eka', 'fani'].map(name => `@${name} /me show`),
      '/indicator add Air frequency:monthly partner:"BPBD Kota"',
    );
    const { seats } = world.store.tables;
    const sitting = async () => {
      const members = await world.store.read.select().from(world.store.tables.members);
      const rows = await world.store.read.select().from(seats).orderBy(asc(seats.partner), asc(seats.member));
      return rows.map(row => [row.partner, members.find(one => one.number === row.member)!.name, row.role]);
    };
    return Object.assign(world, { sitting });
  }

  it('those who are members get seats, which are seen before; no seat and no role that is taken is touched', async () => {
    await using world = await forum();
    const { store } = world;
    const planned = await check(store, 'partners', FILE);
    expect(said(planned)).toEqual([
      'baris 2 PMI Kota: baru. budi menjadi wakil. cici menjadi pengganti. dodi menjadi anggota. Pak Baru belum menjadi anggota forum: tempatkan dengan /mitra tugaskan setelah bergabung.',
      'baris 3 BPBD Kota: berubah. Berubah: orang. eka: sudah ada wakil. Ganti dengan /mitra tugaskan bila perlu. fani menjadi pengganti. gani sudah duduk pada sebuah mitra: ubah dengan /mitra tugaskan bila perlu.',
      'baris 4 Radio Kota: baru. budi sudah duduk pada sebuah mitra: ubah dengan /mitra tugaskan bila perlu.',
    ]);
    const before = await world.sitting();
    expect(await enter(store, 'partners', FILE)).toMatchObject({ n: 3 });
    expect(await world.sitting()).toEqual([
      [1, 'ani', 'representative'],
      [1, 'fani', 'alternate'],
      [2, 'gani', 'member'],
      [3, 'budi', 'representative'],
      [3, 'cici', 'alternate'],
      [3, 'dodi', 'member'],
    ]);
    // They act for the partner from then on.
    await world.all('@budi /activity log Rapat partners:"PMI Kota"', '/activity cancel K-1 reason:uji');
    expect((await check(store, 'partners', FILE)).counts).toMatchObject({ new: 0, changed: 0, same: 3 });
    expect(before).toHaveLength(2);
    expect(world.logged).toEqual([]);
  });

  it('undone, they sit as before, and what they had been handed passes on; whoever was seated since stands in the way', async () => {
    await using world = await forum();
    const { store } = world;
    const before = await exported(store);
    expect(await undo(store, (await enter(store, 'partners', FILE)).number)).toMatchObject({ n: 3 });
    expect(await exported(store)).toEqual(before);
    const { number } = await enter(store, 'partners', FILE);
    await world.all('@ani /indicator handover N-1 fani');
    const { posts } = await world.run(`/import undo ${number}`);
    expect(posts.filter(one => one.to === '@fani' || one.to === '@ani')).not.toEqual([]);
    expect((await world.all('/indicator show N-1'))[0]).not.toContain('fani');
    const again = await enter(store, 'partners', FILE);
    await world.all('/partner assign eka partner:"PMI Kota" role:member');
    expect(await world.run(`/import undo ${again.number}`)).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });
});
