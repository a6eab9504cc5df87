import { expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';
import { check, enter, exported, rowsOf, said, undo } from './enter.ts';

it('areas by code or name, who reports and targets of periods come in, and go again', async () => {
  await using world = await aWorld({ store: await databases[0]!.open() });
  const { store } = world;
  await world.all('/forum setup Uji', '/partner add "BPBD Kota"', '/partner add "PMI Kota"');
  const partners = `Nama;Sektor;Wilayah
A;LSM;34.71.03
B;LSM;Gondokusuman, Yogyakarta; 34.71
C;LSM;"34.71.03 Gondokusuman, Yogyakarta; Kota Bandung"
D;LSM;Sukamaju
E;LSM;Negeri Antah
`.replace('B;LSM;Gondokusuman, Yogyakarta; 34.71', 'B;LSM;"Gondokusuman, Yogyakarta; 34.71"');
  expect(said(await check(store, 'partners', partners))).toEqual([
    'baris 2 A: baru',
    'baris 3 B: baru',
    'baris 4 C: baru',
    expect.stringMatching(
      /^C5 D: salah\. Ada beberapa wilayah bernama Sukamaju: Sukamaju, .*\(\d\d\.\d\d\.\d\d\.\d{4}\)/,
    ),
    expect.stringContaining('C6 E: salah'),
  ]);
  await enter(store, 'partners', partners);
  expect((await rowsOf(store, 'partners')).flatMap(one => one.area ?? [])).toEqual([
    '34.71.03 Gondokusuman, Yogyakarta',
    '34.71 Kota Yogyakarta; 34.71.03 Gondokusuman, Yogyakarta',
    '32.73 Kota Bandung; 34.71.03 Gondokusuman, Yogyakarta',
  ]);
  expect((await check(store, 'partners', partners)).counts).toMatchObject({ new: 0, changed: 0, same: 3 });

  await enter(store, 'activities', 'Tanggal;Kegiatan;Wilayah\n1/10/2026;Gladi;34.71.03\n');
  expect((await check(store, 'activities', 'Tanggal;Kegiatan;Area\n1/10/2026;Gladi;34.71\n')).counts).toMatchObject({
    changed: 1,
  });

  const before = await exported(store);
  const indicators = `Indikator;Satuan;Pelapor;Frekuensi;Target;Tenggat;Wilayah;Target per periode
Warga terlatih;orang;"BPBD Kota; PMI Kota";triwulan;1.000;31/12/2027;34.71;"TW IV 2026=250; 2027-Q1=400,5"
Sirene;unit;;bulanan;;;;"TW IV 2026=3"
`;
  expect(said(await check(store, 'indicators', indicators))[1]).toBe(
    'H3 Sirene: salah. TW IV 2026 bukan periode indikator ini.',
  );
  const { number } = await enter(store, 'indicators', indicators);
  const [made] = await rowsOf(store, 'indicators');
  expect([made?.area, made?.frequency]).toEqual(['34.71 Kota Yogyakarta', 'quarterly']);
  expect((await rowsOf(store, 'indicatorPartners')).map(one => one.partner)).toEqual([1, 2]);
  expect((await world.run('/indicator report N-1 value:100 period:2026-Q4 partner:"BPBD Kota"')).text).toContain('250');
  expect((await check(store, 'indicators', indicators)).counts).toMatchObject({ new: 0, same: 1, wrong: 1 });
  expect(said(await check(store, 'indicators', indicators.replace('=250', '=300')))[0]).toContain('target per periode');
  // What was reported since is in the way; without it all is as it was.
  expect(await undo(store, number)).toMatchObject({ why: 'undo_changed' });
  const again = await enter(store, 'indicators', indicators.replace('Warga terlatih', 'Kader'));
  expect(await undo(store, again.number)).toEqual({ n: 1 });
  expect(Object.keys(before)).toContain('indicators.json');
});
