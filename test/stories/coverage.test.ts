import { describe, expect, it } from 'vitest';
import { rowArea } from '../../src/domain/coverage.ts';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const LINES = [
  '/forum setup "Forum uji"',
  '/forum data area:34.71',
  '/partner add BPBD sector:government area:34.71.03',
  '/partner add Unpad sector:academia',
  '/partner add Radio sector:media area:34.71.01',
  '/goal add "Siap banjir"',
  '/goal add "Tanpa siapa pun"',
  '/activity log Gladi kind:drill area:34.71.03.1002 partners:"BPBD, Unpad" goal:T-1 date:20/11/2026',
  '/activity log Pelatihan kind:training area:34.71.02 partners:Unpad date:20/10/2026',
  '/activity log "Sudah lama" kind:training area:34.71.05 date:1/1/2024',
  '/activity plan "Tidak jadi" area:34.71.06 date:1/12/2026',
  '/activity cancel K-4 reason:hujan',
  '/activity log "Di mana pun" kind:meeting date:21/11/2026',
];

describe.each(databases)('who does what where on $name', ({ open }) => {
  it('counts villages with their district, names who and what, and every district where nobody works', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...LINES);
    const { text } = await world.run('/mitra peta menurut:wilayah');
    expect(text).toMatch(/Gondokusuman, Yogyakarta.*BPBD, Unpad.*gladi 1/);
    expect(text).toMatch(/Jetis, Yogyakarta.*Unpad.*pelatihan 1/);
    expect(text).toMatch(/Tegalrejo, Yogyakarta.*Radio/);
    const gaps = /Belum ada yang bekerja di: (.*)\./.exec(text)![1]!;
    // The city has 14 districts; in three somebody works, and what is long over or did not take place is no work.
    expect(gaps.match(/\(34\.71\.\d\d\)/g)).toHaveLength(11);
    for (const code of ['34.71.05', '34.71.06']) expect(gaps).toContain(code);
    for (const code of ['34.71.01', '34.71.02', '34.71.03']) expect(gaps).not.toContain(code);
    expect(text).toContain('1 kegiatan tidak menyebut wilayah');
    // Who works in the whole city leaves no gap in it.
    await world.all('/partner edit Unpad area:34.71');
    expect((await world.run('/partner map by:area')).text).toContain('Semua wilayah forum ada yang mengerjakan');
  });

  it('is by goal as well, with the goals that nobody serves; by sector as ever', async () => {
    await using world = await aWorld({ store: await open() });
    expect((await world.all('/forum setup "Forum uji"', '/partner map by:area'))[1]).toContain('Belum ada mitra');
    await world.all(...LINES.slice(1));
    const { text } = await world.run('/partner map by:goal');
    expect(text).toMatch(/T-1 Siap banjir.*BPBD, Unpad.*gladi 1/);
    expect(text).toContain('Belum ada kegiatan atau indikator untuk: T-2 Tanpa siapa pun');
    const [plain, sector] = await world.all('/partner map', '/partner map by:sector');
    expect(sector).toBe(plain);
  });
});

it('a row is the area itself, or the district in which it lies', () => {
  const village = { code: '34.71.03.1002', name: 'Terban, Gondokusuman, Yogyakarta' };
  expect(rowArea(village)).toEqual({ code: '34.71.03', name: 'Gondokusuman, Yogyakarta' });
  expect(rowArea({ code: '34.71', name: 'Kota Yogyakarta' })).toEqual({ code: '34.71', name: 'Kota Yogyakarta' });
});
