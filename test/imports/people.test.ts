import { asc } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';
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
    expect(posts.filter(one => one.to === '@ani')).not.toEqual([]);
    // Each who sat by the file is told that they do not any more, and nobody else; of a new partner too.
    const told = posts.filter(one => one.text.includes('Anda tidak lagi tercatat')).map(one => one.to);
    expect(told.sort()).toEqual(['@budi', '@cici', '@dodi', '@fani']);
    expect((await world.all('/indicator show N-1'))[0]).not.toContain('fani');
    const again = await enter(store, 'partners', FILE);
    await world.all('/partner assign eka partner:"PMI Kota" role:member');
    expect(await world.run(`/import undo ${again.number}`)).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });

  it('a seat that a merge moved is undone with its import; one that the kept account had before stays', async () => {
    await using world = await forum();
    const code = async (name: string) =>
      /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await world.run(`@${name} /me link`)).text)![0];
    const merged = async (shows: string, types: string, request: number) =>
      world.all(
        `@${types} /me link ${await code(shows)}`,
        `@${types} /me claim request:${request}`,
        `@${shows} /me same request:${request}`,
        `/me vouch request:${request}`,
      );
    const file = 'Nama Lembaga;Orang\nBPBD Kota;eka, fani, dodi\n';
    const { number } = await enter(world.store, 'partners', file, new Date(START.getTime() + 1000));
    await world.all('@budi /me show', '/forum coordinator budi action:add');
    await merged('budi', 'eka', 1);
    await merged('ani', 'fani', 2);
    const before = await world.sitting();
    expect(before.filter(([partner]) => partner === 1).map(([, name]) => name)).toEqual(['ani', 'budi', 'dodi']);
    const { ok, posts } = await world.run(`/import undo ${number}`);
    expect(ok).toBe(true);
    expect(await world.sitting()).toEqual([
      [1, 'ani', 'representative'],
      [2, 'gani', 'member'],
    ]);
    expect([...new Set(posts.map(one => one.to))].sort()).toEqual(['@budi', '@dodi']);
  });
});
