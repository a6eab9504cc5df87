import { parse } from 'csv-parse/sync';
import readXlsx from 'read-excel-file/node';
import { applyImport, planImport } from '../../src/imports/import.ts';
import type { Sheet } from '../../src/reports/sheet.ts';
import { xlsxOf } from '../../src/reports/xlsx.ts';
import { aForum, START } from './forum.ts';
import { ms } from './measure.ts';
import { row, section } from './page.ts';

const ROWS = 20_000;
const HEAD = ['Tanggal', 'Nama Kegiatan', 'Jenis', 'Lokasi', 'Peserta', 'Perempuan', 'Mitra', 'Hasil'];

const cells = (i: number): string[] => [
  `2026-${String((i % 10) + 1).padStart(2, '0')}-${String((i % 28) + 1).padStart(2, '0')}`,
  `Kegiatan ${i}`,
  'pelatihan',
  `Balai RW ${i % 40}`,
  String(20 + (i % 60)),
  String(i % 20),
  'BPBD Kota',
  `Berjalan baik, catatan ${i}`,
];

const asCsv = (): Uint8Array =>
  Buffer.from([HEAD, ...Array.from({ length: ROWS }, (_, i) => cells(i))].map(line => line.join(';')).join('\n'));

const asWorkbook = (): Promise<Uint8Array> => {
  const columns = HEAD.map(name => ({ key: 'item', name, means: '', type: 'text', unit: null }) as const);
  const sheet = {
    name: 'Data',
    about: '',
    columns,
    head: HEAD,
    rows: Array.from({ length: ROWS }, (_, i) => cells(i)),
  };
  return xlsxOf([sheet as unknown as Sheet], 'id');
};

/** The readers alone, without any of our own looking. */
const READERS = {
  CSV: (file: Uint8Array): unknown => parse(Buffer.from(file), { delimiter: ';' }),
  XLSX: (file: Uint8Array): Promise<unknown> => readXlsx(Buffer.from(file)),
};

/**
 * Entering 20,000 activities out of a file: how many rows a second, of how much work of the processor, and how much memory the
 * process takes at most.
 */
export async function imports(only?: string): Promise<void> {
  section(
    'Import of 20,000 activities',
    '| file | read bare | read and judged | written | rows a second | of the processor | memory of the process |',
  );
  for (const [name, make] of [
    ['CSV', asCsv],
    ['XLSX', asWorkbook],
  ] as const) {
    if (only && only !== name.toLowerCase()) continue;
    const file = await make();
    const readBare = READERS[name];
    const bareBegin = process.hrtime.bigint();
    await readBare(file);
    const bareEnd = process.hrtime.bigint();
    const { store, run, forumId } = await aForum();
    await run('/partner add "BPBD Kota"');
    const [forum] = await store.read.select().from(store.tables.forums);
    const used = process.cpuUsage();
    const begin = process.hrtime.bigint();
    let judged = begin;
    await store.write(forumId, async tx => {
      const planned = await planImport(tx, forum!, 'activities', file, START);
      judged = process.hrtime.bigint();
      if ('why' in planned) throw new Error(planned.why);
      await applyImport(tx, forum!, planned, { file: 'x', by: { member: 1, partner: null }, now: START });
    });
    const end = process.hrtime.bigint();
    const took = (from: bigint, to: bigint): number => Number(to - from) / 1e6;
    const rate = ROWS / (took(begin, end) / 1_000);
    const memory = process.resourceUsage().maxRSS / 1_024;
    const { user, system } = process.cpuUsage(used);
    const busy = (user + system) / 1_000;
    row(
      name,
      ms(took(bareBegin, bareEnd)),
      ms(took(begin, judged)),
      ms(took(judged, end)),
      `${Math.round(rate)}`,
      ms(busy),
      `${memory.toFixed(0)} MB`,
    );
    await store.close();
  }
}
