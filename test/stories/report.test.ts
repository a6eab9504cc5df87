import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/language/messages.ts';
import { csvArchive } from '../../src/reports/csv.ts';
import { pageOf } from '../../src/reports/page.ts';
import type { Sheet } from '../../src/reports/sheets.ts';
import { sheetsOf } from '../../src/reports/sheets.ts';
import { xlsxOf } from '../../src/reports/xlsx.ts';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';

/** A workbook read back: its sheets by name, each as rows of what the cells hold. */
function read(bytes: Uint8Array): Map<string, string[][]> {
  const files = unzipSync(bytes);
  const part = (name: string): string => strFromU8(files[name]!);
  const names = [...part('xl/workbook.xml').matchAll(/<sheet name="([^"]*)"/g)].map(([, name]) => name!);
  return new Map(
    names.map((name, i) => [
      name,
      [...part(`xl/worksheets/sheet${i + 1}.xml`).matchAll(/<row>(.*?)<\/row>/gs)].map(([, row]) =>
        [...row!.matchAll(/<c\/>|<c[^>]*>(?:<v>([^<]*)<\/v>|<is><t[^>]*>([^<]*)<\/t><\/is>)<\/c>/g)].map(
          ([, value, typed]) => value ?? typed ?? '',
        ),
      ),
    ]),
  );
}

const HOSTILE: Sheet = {
  name: 'Uji',
  about: '<script>alert(1)</script>',
  head: ['a', 'b'],
  rows: [
    ['=1+1', -5],
    ['@sum(A1)', { date: '2026-11-24' }],
    ['<b>&"\u0000', 1234.5],
    ['a;b,c"d\nline', null],
  ],
};

describe.each(databases)('a report on $name', ({ open }) => {
  it('holds the record of a time, without what is private, and is the same again', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(
      '/forum setup "Forum Uji"',
      '/partner add "Mitra A" sector:ngo',
      '/activity log "Gladi banjir" date:20/11/2026 participants:45 women:20 partners:"Mitra A"',
      '/activity log Terlalu-awal date:1/10/2026',
      '/issue raise Saluran severity:high',
      '/issue raise Rahasia private:yes',
      '/issue raise Tanpa-nama anonymous:yes',
      '/finance record Sewa direction:out amount:"Rp 750.000,50"',
      '/agreement record Nota partners:"Mitra A"',
    );
    const answer = await world.run('/report 1/11/2026');
    expect(answer.text).toContain('rembug-2026-11-01-2026-11-24.xlsx');
    expect(answer.text).not.toContain('Rahasia');
    const [forum] = await store.read.select().from(store.tables.forums);
    const look = {
      db: store.read,
      forumId: forum!.id,
      m: catalogue.id,
      locale: 'id',
      zone: forum!.zone,
      now: START,
    } as const;
    const make = async () => xlsxOf(await sheetsOf(look, forum!, { from: '2026-11-01', to: '2026-11-30' }));
    const bytes = await make();
    expect(Buffer.from(await make()).equals(Buffer.from(bytes))).toBe(true);
    const book = read(bytes);
    expect([...book.keys()]).toEqual(['Kegiatan', 'Indikator', 'Keputusan', 'Isu', 'Keuangan', 'Kesepakatan']);
    expect(book.get('Kegiatan')!.slice(1)).toEqual([
      ['K-1', '46346', 'Gladi banjir', 'lainnya', 'terlaksana', '', '45', '20', 'Mitra A', '', ''],
    ]);
    expect(
      book
        .get('Isu')!
        .slice(1)
        .map(row => row[2]),
    ).toEqual(['Saluran', 'Tanpa-nama']);
    expect(book.get('Keuangan')![1]!.slice(0, 5)).toEqual(['U-1', '46350', 'keluar', '750000.5', 'Sewa']);
    expect(JSON.stringify([...book])).not.toContain('Rahasia');
  });

  it('asks for a time that runs forward, in a known form', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup "Forum Uji"');
    expect((await world.run('/report 2/11/2026 to:1/11/2026')).error?.code).toBe('invalid_option');
    expect((await world.run('/report 2/11/2026 format:docx')).error?.code).toBe('invalid_option');
    expect((await world.run('/report')).error?.code).toBe('missing_option');
  });
});

describe('hostile cells', () => {
  it('P16: stay text, numbers and dates in a workbook, and never a formula', () => {
    const [name, rows] = [...read(xlsxOf([HOSTILE]))][0]!;
    expect(name).toBe('Uji');
    expect(rows[1]).toEqual(['=1+1', '-5']);
    expect(rows[2]).toEqual(['@sum(A1)', '46350']);
    expect(rows[3]).toEqual(['&lt;b&gt;&amp;&quot;', '1234.5']);
    expect(strFromU8(unzipSync(xlsxOf([HOSTILE]))['xl/worksheets/sheet1.xml']!)).not.toContain('<f>');
  });

  it('are disarmed in both kinds of CSV, with a byte order mark', () => {
    const files = unzipSync(csvArchive([HOSTILE]));
    expect(Object.keys(files)).toEqual(['titik-koma/uji.csv', 'koma/uji.csv']);
    const indonesian = new TextDecoder('utf-8', { ignoreBOM: true }).decode(files['titik-koma/uji.csv']);
    expect(indonesian.startsWith('\ufeffa;b\r\n')).toBe(true);
    expect(indonesian).toContain("'=1+1;-5");
    expect(indonesian).toContain("'@sum(A1);2026-11-24");
    expect(indonesian).toContain(';"1234,5"');
    expect(new TextDecoder().decode(files['koma/uji.csv'])).toContain(',1234.5');
  });

  it('are words on the page, which runs and loads nothing', () => {
    const page = pageOf('<x>', [HOSTILE, { ...HOSTILE, rows: [] }], 'id', 'kosong');
    expect(page).not.toMatch(/<script|<b>|src=|href=|url\(/);
    expect(page).toContain('&lt;script&gt;');
    expect(page).toContain('<td class="n">1.234,5</td>');
    expect(page).toContain('24 Nov 2026');
    expect(page).toContain('kosong');
  });
});
