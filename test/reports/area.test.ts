import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { newFolder } from '../program.ts';
import { faultsOfPackage } from '../standards/data-package.ts';
import { aWorld } from '../world.ts';

it.each(databases)(
  'a report says where things are, and one of an area has only what is there, on $name',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup Forum',
      '/partner add BPBD area:34.71',
      '/partner add PMI area:34.04',
      '/partner assign budi partner:BPBD role:representative',
      '/goal add Siap',
      '/indicator add Sumur area:34.71.03.1005 unit:buah frequency:monthly partner:BPBD confirm:yes',
      '/indicator add Pompa area:34.04 unit:buah frequency:monthly partner:BPBD confirm:yes',
      '@budi /indicator report N-1 3 period:okt',
      '@budi /indicator report N-2 7 period:okt',
      '/activity log Gladi date:1/10/2026 area:"34.71.03.1005; 34.02" participants:30 women:12',
      '/activity log Rapat date:2/10/2026 area:34.04 participants:9',
      '/activity log Tanpa date:3/10/2026 participants:5',
      '/issue raise Banjir area:34.71.03',
      '/issue raise Longsor area:34.04',
      '/finance record Iuran direction:in amount:1000 date:1/10/2026',
    );
    const folder = newFolder();
    const report = async (options: string, name: string) => {
      const answer = await world.run(`/report 2026 ${options}`);
      expect([answer.text, answer.ok]).toEqual([answer.text, true]);
      await world.all(`:save ${folder}/${name}`);
      return { ...answer, bytes: readFileSync(join(folder, name)) };
    };
    const read = (bytes: Uint8Array) => {
      const files = unzipSync(bytes);
      const text = (path: string) => (files[path] ? strFromU8(files[path]) : null);
      const table = (name: string) =>
        parse(text(`koma/${name}.csv`) ?? '', { bom: true, columns: true }) as Record<string, string>[];
      return { files: Object.keys(files), text, table };
    };
    const all = read((await report('format:csv', 'all.zip')).bytes);
    expect(all.table('kegiatan').map(row => row.Wilayah)).toEqual([
      '34.02 Kabupaten Bantul; 34.71.03.1005 Terban, Gondokusuman, Yogyakarta',
      '34.04 Kabupaten Sleman',
      '',
    ]);
    expect(all.table('mitra').map(row => row.Wilayah)).toEqual(['34.71 Kota Yogyakarta', '34.04 Kabupaten Sleman']);
    expect(all.table('isu').map(row => row.Wilayah?.slice(0, 8))).toEqual(['34.71.03', '34.04 Ka']);
    expect(all.table('indikator').map(row => row.Wilayah?.slice(0, 5))).toEqual(['34.71', '34.04']);

    const some = await report('format:csv area:"Kota Yogyakarta"', 'some.zip');
    expect(some.text).toContain('Kota Yogyakarta');
    expect(some.text).toContain('terlaksana 1, peserta 30 (perempuan 12)');
    expect(some.text).not.toMatch(/Uang|Usulan/);
    expect(some.text).toContain('rembug-2026-01-01-2026-12-31-34.71-csv.zip');
    const within = read(some.bytes);
    const codes = (name: string, column = 'Kode') => within.table(name).map(row => row[column]);
    expect([codes('kegiatan'), codes('indikator'), codes('isu'), codes('mitra')]).toEqual([
      ['K-1'],
      ['N-1'],
      ['I-1'],
      ['M-1'],
    ]);
    expect(codes('laporan-indikator', 'Indikator')).toEqual(['N-1']);
    expect(within.files.filter(file => /keuangan|keputusan|satu-data|popolo/.test(file))).toEqual([]);
    const figures = Object.fromEntries(within.table('ringkasan').map(row => Object.values(row)));
    expect(figures).toMatchObject({ Peserta: '30', 'Indikator dipakai': '1', 'Isu dilaporkan': '1', Mitra: '1' });
    expect(Object.keys(figures).filter(name => /Saldo|Usulan|Tujuan/.test(name))).toEqual([]);
    expect((await faultsOfPackage(within.text('datapackage.json')!, within.text)).faults).toEqual([]);
    const html = (await report('format:html area:34.71', 'some.html')).bytes.toString();
    expect(html).toContain('Forum, Kota Yogyakarta');
    expect(html).not.toContain('Rapat');
    for (const format of ['iati', 'print', 'docx'])
      expect((await world.run(`/report 2026 format:${format} area:34.71`)).error?.code).toBe('invalid_option');
    expect((await world.run('/report 2026 area:Atlantis')).error?.code).toBe('not_found');
    expect((await world.run('/report 2026 area:Terban')).error?.code).toBe('ambiguous');
    expect(world.logged).toEqual([]);
  },
);
