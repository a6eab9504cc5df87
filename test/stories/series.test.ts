import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const FORUM = [
  '/forum setup Uji announce:umum',
  '/partner add BPBD sector:government',
  '/partner assign ani partner:BPBD role:representative',
];

type World = Awaited<ReturnType<typeof aWorld>>;
const datesIn = async (world: World) =>
  (await world.store.read.select().from(world.store.tables.activities))
    .map(one => `${one.number} ${one.date} ${one.time} ${one.state}`)
    .sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));

describe.each(databases)('a meeting that comes again on $name', ({ open }) => {
  it('is eight activities ahead, and one more with each that is over', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    const planned = await world.run('@ani /activity plan Rapat repeat:"setiap Senin pertama 09.00-11.00"');
    expect(planned.text).toContain('Kegiatan K-1 direncanakan, setiap Senin pertama');
    expect(planned.text).toContain('Tanggal: Senin, 7 Desember 2026 09.00–11.00 WIB');
    expect(planned.text).toContain('Berulang: setiap Senin pertama');
    expect(planned.text).toContain('K-8: Sen, 5 Jul 2027 09.00–11.00 WIB');
    expect(planned.posts.filter(post => post.to === '#umum')).toHaveLength(1);
    expect(await datesIn(world)).toHaveLength(8);
    const { posts } = await world.run(':skip 2w');
    expect(posts.filter(post => post.to === '#umum').map(post => post.text.split('\n')[0])).toEqual(['K-2 Rapat']);
    expect((await datesIn(world)).at(-1)).toBe('9 2027-08-02 09:00 planned');
    await world.all('@ani /activity done K-1 participants:12');
    expect(world.logged).toEqual([]);
  });

  it('has one occurrence moved or cancelled alone, or all from here on', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '@ani /activity plan Rapat repeat:"setiap Senin 09.00 6 kali" date:30/11/2026',
      '@ani /activity move K-2 date:"8/12/2026 10.00"',
      '@ani /activity cancel K-3 reason:Libur',
      '@ani /activity move K-4 date:"22/12/2026 13.00" which:following',
    );
    expect(await datesIn(world)).toEqual([
      '1 2026-11-30 09:00 planned',
      '2 2026-12-08 10:00 planned',
      '3 2026-12-14 09:00 cancelled',
      '4 2026-12-22 13:00 planned',
      '5 2026-12-29 13:00 planned',
      '6 2027-01-05 13:00 planned',
    ]);
    // Its end is told, and what is made ahead is new to nobody but once.
    expect((await world.run('/activity show K-4')).text).toContain('Berulang: setiap Selasa, 3 kali');
    expect((await world.run('@ani /me tasks')).text.match(/K-\d+ Rapat/g)).toEqual(['K-4 Rapat', 'K-1 Rapat']);
    await world.all('@ani /activity cancel K-5 reason:Selesai which:following', ':skip 10w');
    expect(await datesIn(world)).toEqual([
      '1 2026-11-30 09:00 planned',
      '2 2026-12-08 10:00 planned',
      '3 2026-12-14 09:00 cancelled',
      '4 2026-12-22 13:00 planned',
      '5 2026-12-29 13:00 cancelled',
      '6 2027-01-05 13:00 cancelled',
    ]);
    expect((await world.run('/activity plan Satu date:1/3/2027')).ok).toBe(true);
    expect((await world.run('/activity cancel K-7 reason:x which:following')).text).toContain('tidak berulang');
    expect(world.logged).toEqual([]);
  });

  it('leaves days off out or moves them, as the series has it, and asks where the first is one', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/forum holiday 7/12/2026 name:Haul', '/forum holiday 8/12/2026');
    const asked = await world.run('@ani /activity plan Rapat repeat:"setiap Senin 09.00 3 kali" date:7/12/2026');
    expect(asked).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await datesIn(world)).toEqual([]);
    await world.all('@ani :click geser');
    expect((await datesIn(world))[0]).toBe('1 2026-12-09 09:00 planned');
    await world.all('@ani /activity plan Lain repeat:"setiap Senin 09.00 3 kali" date:7/12/2026 holidays:skip');
    expect((await datesIn(world)).slice(3)).toEqual(['4 2026-12-14 09:00 planned', '5 2026-12-21 09:00 planned']);
    // A series whose first date is left out is new by the first that is there.
    expect((await world.run('@ani /me tasks')).text.match(/K-\d+ (Rapat|Lain)/g)).toEqual(['K-4 Lain', 'K-1 Rapat']);
    const single = await world.run('@ani /activity plan Satu date:"7/12/2026 09.00"');
    expect(single).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect((await world.run('@ani /activity plan Satu date:"7/12/2026 09.00" confirm:yes')).ok).toBe(true);
    expect((await world.run('@ani /activity plan Sehari date:7/12/2026')).ok).toBe(true);
  });

  it('that was done already is logged with how it goes on, each date after it planned', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    // The 24th of November 2026 is a Tuesday.
    const logged = await world.run(
      '@ani /activity log Rapat date:23/11/2026 repeat:"tiap dua minggu pada Senin 09.00-11.00 4 kali" participants:12',
    );
    expect(logged.text).toContain('K-1 tercatat');
    expect(logged.text).toContain('Tanggal: Senin, 23 November 2026 09.00–11.00 WIB');
    expect(logged.text).toContain('K-2: Sen, 7 Des 2026 09.00–11.00 WIB');
    expect(await datesIn(world)).toEqual([
      '1 2026-11-23 09:00 done',
      '2 2026-12-07 09:00 planned',
      '3 2026-12-21 09:00 planned',
      '4 2027-01-04 09:00 planned',
      '5 2027-01-18 09:00 planned',
    ]);
    const kinds = (await world.store.read.select().from(world.store.tables.activities)).map(one => one.participants);
    expect(kinds).toEqual([12, null, null, null, null]);
    // Nothing is logged where its repetition cannot be; a day off is asked about.
    for (const how of ['"setiap 30 Februari"', '"setiap Senin sampai 20/11/2026"'])
      expect((await world.run(`@ani /activity log X repeat:${how}`)).error?.code).toBe('invalid_option');
    expect((await world.run('@ani /activity log X date:"20-22 nov 2026" repeat:"setiap bulan"')).error?.code).toBe(
      'invalid_option',
    );
    await world.all('/forum holiday 30/11/2026');
    const asked = await world.run('@ani /activity log Kerja date:23/11/2026 repeat:"setiap Senin 2 kali"');
    expect(asked.error?.code).toBe('conflict');
    expect(await datesIn(world)).toHaveLength(5);
    await world.all('@ani :click lewati');
    expect((await datesIn(world)).slice(5)).toEqual(['6 2026-11-23 null done', '7 2026-12-07 null planned']);
    expect(world.logged).toEqual([]);
  });

  it('that is moved ends where it ends: what has no date left is cancelled, and nothing moves beyond the end', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '@ani /activity plan Rapat repeat:"setiap Senin 09.00 sampai 15/1/2027" date:7/12/2026',
      '@ani /activity move K-3 date:4/1/2027 which:following',
    );
    expect(await datesIn(world)).toEqual([
      '1 2026-12-07 09:00 planned',
      '2 2026-12-14 09:00 planned',
      '3 2027-01-04 09:00 planned',
      '4 2027-01-11 09:00 planned',
      '5 2027-01-04 09:00 cancelled',
      '6 2027-01-11 09:00 cancelled',
    ]);
    const late = await world.run('@ani /activity move K-4 date:18/1/2027 which:following');
    expect([late.error?.code, late.text]).toEqual(['invalid_option', expect.stringContaining('sesudah akhir')]);
    expect((await world.run('@ani /activity move K-4 date:18/1/2027')).ok).toBe(true);
    expect(world.logged).toEqual([]);
  });

  it('follows the market week, and never plans a date that does not come', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '@ani /activity plan Kumpulan repeat:"setiap Jumat Kliwon jam 7 malam"');
    expect((await datesIn(world)).slice(0, 3)).toEqual([
      '1 2026-12-04 19:00 planned',
      '2 2027-01-08 19:00 planned',
      '3 2027-02-12 19:00 planned',
    ]);
    expect((await world.run('/activity show K-3')).text).toContain('Berulang: setiap Jumat Kliwon');
    const never = await world.run('@ani /activity plan X repeat:"setiap 30 Februari"');
    expect(never.error?.code).toBe('invalid_option');
    expect(never.text).toContain('tidak akan pernah tiba');
    const over = await world.run('@ani /activity plan X repeat:"setiap Senin sampai 1/11/2026"');
    expect(over.error?.code).toBe('invalid_option');
  });

  it('may go on over midnight, each night with its end on the day after', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    const planned = await world.run('@ani /activity plan Ronda repeat:"setiap Sabtu 22.00-04.00 4 kali"');
    expect(planned.text).toContain('Sabtu, 28 November 2026 22.00 – Minggu, 29 November 2026 04.00 WIB');
    await world.all(
      '@ani /activity move K-2 time:23.00',
      '@ani /activity move K-3 date:"11/12/2026 20.00-24.00" which:following',
    );
    expect((await world.run('/activity show K-4')).text).toContain(
      'Jumat, 18 Desember 2026 20.00 – Sabtu, 19 Desember 2026 00.00 WIB',
    );
    const rows = await world.store.read.select().from(world.store.tables.activities);
    expect(rows.map(one => `${one.date} ${one.time} ${one.endDate} ${one.until}`).sort()).toEqual([
      '2026-11-28 22:00 2026-11-29 04:00',
      '2026-12-05 23:00 2026-12-06 05:00',
      '2026-12-11 20:00 2026-12-12 00:00',
      '2026-12-18 20:00 2026-12-19 00:00',
    ]);
    await world.all('@ani /activity move K-4 date:"18/12/2026 19.00-21.00" which:following');
    expect((await world.run('/activity show K-4')).text).toContain('Jumat, 18 Desember 2026 19.00–21.00 WIB');
    // What ends in the afternoon before it begins is a slip, and what takes three days does not repeat.
    const slip = await world.run('@ani /activity plan X repeat:"setiap Sabtu 15.00-13.00"');
    expect([slip.error?.code, slip.text]).toEqual(['invalid_option', expect.stringContaining('Silakan perbaiki')]);
    expect((await world.run('@ani /activity move K-4 date:"18-20 des 2026" which:following')).ok).toBe(false);
    expect(world.logged).toEqual([]);
  });
});
