import { describe, expect, it } from 'vitest';
import { indicatorByNumber } from '../../src/domain/indicators/store.ts';
import { satuDataOf } from '../../src/reports/satu-data.ts';
import { contextOf } from '../context.ts';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const LINES = [
  '/forum setup "Forum Uji"',
  '/partner add "Mitra A" sector:government',
  '/partner add "Mitra B" sector:community',
  '/partner assign budi partner:"Mitra A" role:representative',
  '/goal add "Siap banjir"',
  '/indicator add "Warga terlatih" goal:T-1 unit:orang direction:up baseline:100 baseline_date:1/1/2026 target:200 due:31/12/2026 frequency:quarterly partner:"Mitra A" definition:"Lulus pelatihan"',
  '/indicator add "Cakupan peringatan" unit:% direction:up frequency:quarterly partner:"Mitra A"',
  '@budi /indicator report N-1 150 period:"Q3 2026" parts:"P=90, L=60"',
  '@budi /indicator report N-2 58,6 numerator:8900 denominator:15200 period:"Q3 2026"',
];

describe.each(databases)('by the standards, on $name', ({ open }) => {
  it('one indicator is metadata of Satu Data, with what is missing named', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(...LINES);
    const [forum] = await store.read.select().from(store.tables.forums);
    const context = contextOf(store, forum!);
    const of = async (number: number) =>
      satuDataOf(context, forum!, (await indicatorByNumber(store.read, forum!.id, number))!);
    const people = await of(1);
    expect(people.kode).toBe('N-1');
    expect(people.indikator).toMatchObject({
      nama_indikator: 'Warga terlatih',
      konsep: 'Siap banjir',
      definisi: 'Lulus pelatihan',
      satuan: 'orang',
      klasifikasi_penyajian: 'perempuan, laki-laki',
      indikator_komposit: 'tidak',
      produsen_data: 'Mitra A',
      frekuensi: 'triwulanan',
      nilai_awal: '100 orang (1 Januari 2026)',
      dapat_diakses_umum: 'tidak',
    });
    const coverage = await of(2);
    expect(coverage.indikator).toMatchObject({ ukuran: 'persentase', definisi: null });
    expect(coverage.indikator.metode_penghitungan).toContain('jumlah pembilang dibagi jumlah penyebut');
    expect(coverage.variabel.map(one => one.nama)).toEqual(['pembilang', 'penyebut']);
    const answer = await world.run('/indicator metadata N-2');
    expect(answer.ok).toBe(true);
    expect(answer.text).toMatch(/harap dilengkapi: .*Definisi/);
    expect(answer.text).toContain('N-2-metadata.json');
    expect((await world.run('/report 1/7/2026 format:iati')).text).toContain('rembug-2026-07-01-2026-11-24-iati.xml');
  });
});
