import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import readXlsx from 'read-excel-file/node';
import type { Sheet } from '../../src/reports/sheet.ts';
import { xlsxOf } from '../../src/reports/xlsx.ts';
import { aForum } from './forum.ts';
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

/** Report of the process that imported. */
export interface Imported {
  readonly n: number;
  readonly judgedMs: number;
  readonly writtenMs: number;
  /** Time of the processor, of all threads together. */
  readonly busyMs: number;
  /** Most memory that the process took, all of it counted. */
  readonly memoryMb: number;
}

const MAXIMUM_MEMORY_MB = 250;
/** Rows a second of the processor: what else runs on the machine does not count. */
const MINIMUM_ROWS = 2_000;

const CHILD = fileURLToPath(new URL('./imports-child.js', import.meta.url));

/** Enters a file into a forum of its own, in a process of its own. */
async function imported(file: Uint8Array): Promise<Imported> {
  const forum = await aForum();
  await forum.run('/partner add "BPBD Kota"');
  await forum.store.close();
  const name = join(mkdtempSync(join(tmpdir(), 'rembug-bench-')), 'table');
  writeFileSync(name, file);
  const told: Imported = JSON.parse(execFileSync(process.execPath, [CHILD, forum.file, name], { encoding: 'utf8' }));
  if (told.n !== ROWS) throw new Error(`${told.n} rows were entered, not ${ROWS}`);
  return told;
}

/**
 * Entering 20,000 activities out of a file: how many rows a second, of how much work of the processor, and how much
 * memory the whole process takes at most. Fails where it is slower, or takes more, than is promised.
 */
export async function imports(only?: string): Promise<void> {
  section(
    'Import of 20,000 activities',
    '| file | read bare | read and judged | written | rows a second | rows a second of the processor | memory of the process |',
    `Promised: at least ${MINIMUM_ROWS} rows a second of the processor, at most ${MAXIMUM_MEMORY_MB} MB for the whole process.`,
  );
  const broken: string[] = [];
  for (const [name, make] of [
    ['CSV', asCsv],
    ['XLSX', asWorkbook],
  ] as const) {
    if (only && only !== name.toLowerCase()) continue;
    const file = await make();
    const begin = performance.now();
    await READERS[name](file);
    const bareMs = performance.now() - begin;
    const { judgedMs, writtenMs, busyMs, memoryMb } = await imported(file);
    const [rate, busy] = [judgedMs + writtenMs, busyMs].map(took => Math.round(ROWS / (took / 1_000))) as [
      number,
      number,
    ];
    row(name, ms(bareMs), ms(judgedMs), ms(writtenMs), `${rate}`, `${busy}`, `${memoryMb.toFixed(0)} MB`);
    if (busy < MINIMUM_ROWS) broken.push(`${name}: ${busy} rows a second`);
    if (memoryMb > MAXIMUM_MEMORY_MB) broken.push(`${name}: ${memoryMb.toFixed(0)} MB`);
  }
  if (broken.length) throw new Error(broken.join('\n'));
}
