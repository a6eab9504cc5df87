import { describe, expect, it } from 'vitest';
import { indicatorByNumber } from '../../src/domain/indicators/store.ts';
import { catalogue } from '../../src/language/messages.ts';
import { iatiOf } from '../../src/reports/iati.ts';
import { satuDataOf } from '../../src/reports/satu-data.ts';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';

/** The order of elements in the schema of IATI 2.03, as far as they are used here. */
const ORDER: Readonly<Record<string, readonly string[]>> = {
  'iati-activity': [
    'iati-identifier',
    'reporting-org',
    'title',
    'description',
    'participating-org',
    'activity-status',
    'activity-date',
    'recipient-country',
    'result',
  ],
  result: ['title', 'description', 'indicator'],
  indicator: ['title', 'description', 'baseline', 'period'],
  baseline: ['comment'],
  period: ['period-start', 'period-end', 'target', 'actual'],
  target: ['comment'],
  actual: ['comment'],
};

/** What the schema asks for of each element. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'iati-activity': [
    'iati-identifier',
    'reporting-org',
    'title',
    'description',
    'participating-org',
    'activity-status',
    'activity-date',
  ],
  'reporting-org': ['@ref', '@type', 'narrative'],
  'participating-org': ['@role'],
  'activity-date': ['@iso-date', '@type'],
  result: ['@type', 'title', 'indicator'],
  indicator: ['@measure', 'title'],
  baseline: ['@year'],
  period: ['period-start', 'period-end'],
  'period-start': ['@iso-date'],
  'period-end': ['@iso-date'],
};

/** Everything in a tree that breaks the schema's order, or lacks what it asks for. */
function faults(name: string, node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(one => faults(name, one));
  if (typeof node !== 'object' || node === null) return typeof node === 'string' ? [] : [`${name} is no text`];
  const keys = Object.keys(node);
  const children = keys.filter(key => !/^[@#]/.test(key));
  const order = ORDER[name];
  return [
    ...(REQUIRED[name] ?? []).filter(key => !keys.includes(key)).map(key => `${name} lacks ${key}`),
    ...(order && children.some((key, i) => i > 0 && order.indexOf(key) <= order.indexOf(children[i - 1]!))
      ? [`${name}: ${children.join(' ')}`]
      : []),
    ...keys.flatMap(key => faults(key, (node as Record<string, unknown>)[key])),
  ];
}

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
  it('results are an IATI activity: a result a goal, baselines, periods with target and actual', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(...LINES);
    const [forum] = await store.read.select().from(store.tables.forums);
    const look = {
      db: store.read,
      forumId: forum!.id,
      m: catalogue.en,
      locale: 'en',
      zone: 'UTC',
      now: START,
    } as const;
    const made = await iatiOf(look, forum!, { from: '2026-07-01', to: '2026-09-30' });
    const {
      '@version': version,
      'iati-activity': [activity],
    } = made['iati-activities'] as never as {
      '@version': string;
      'iati-activity': [Record<string, unknown>];
    };
    expect(version).toBe('2.03');
    expect(faults('iati-activity', activity)).toEqual([]);
    expect(activity['@xml:lang']).toBe('id');
    expect(activity.title).toEqual({ narrative: [{ '#text': 'Forum Uji' }] });
    expect(activity['participating-org']).toMatchObject([{ '@role': '4', '@type': '10' }, { '@type': '90' }]);
    const [outcome, other] = activity.result as [Record<string, unknown>, Record<string, unknown>];
    expect(outcome).toMatchObject({ '@type': '2', title: { narrative: [{ '#text': 'T-1 Siap banjir' }] } });
    expect((outcome.indicator as unknown[])[0]).toMatchObject({
      '@measure': '1',
      '@ascending': 'true',
      title: { narrative: [{ '#text': 'N-1 Warga terlatih' }] },
      baseline: [{ '@iso-date': '2026-01-01', '@year': '2026', '@value': '100' }],
      period: [
        {
          'period-start': { '@iso-date': '2026-07-01' },
          'period-end': { '@iso-date': '2026-09-30' },
          target: [
            { '@value': '174.725275', comment: { narrative: [{ '#text': expect.stringContaining('garis lurus') }] } },
          ],
          actual: [{ '@value': '150', comment: { narrative: [{ '#text': expect.stringContaining('1 dari 1') }] } }],
        },
      ],
    });
    expect(other).toMatchObject({
      '@type': '9',
      indicator: [{ '@measure': '2', period: [{ actual: [{ '@value': '58.552632' }] }] }],
    });
  });

  it('one indicator is metadata of Satu Data, with what is missing named', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(...LINES);
    const [forum] = await store.read.select().from(store.tables.forums);
    const look = {
      db: store.read,
      forumId: forum!.id,
      m: catalogue.id,
      locale: 'id',
      zone: forum!.zone,
      now: START,
    } as const;
    const of = async (number: number) =>
      satuDataOf(look, forum!, (await indicatorByNumber(store.read, forum!.id, number))!);
    const people = await of(1);
    expect(people.kode).toBe('N-1');
    expect(people.indikator).toMatchObject({
      nama_indikator: 'Warga terlatih',
      konsep: 'Siap banjir',
      definisi: 'Lulus pelatihan',
      satuan: 'orang',
      klasifikasi_penyajian: 'L, P',
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
    expect((await world.run('/report 1/7/2026 format:iati')).text).toContain('rembug-2026-07-01-2026-11-24-iati.json');
  });
});
