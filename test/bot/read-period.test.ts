import { describe, expect, it } from 'vitest';
import { readAnyPeriod, readPeriod } from '../../src/bot/read-period.ts';
import { FREQUENCIES } from '../../src/domain/indicators/periods.ts';
import { readDate } from '../../src/language/dates.ts';
import { databases } from '../databases.ts';
import { fc } from '../properties.ts';
import { aWorld } from '../world.ts';

describe('a period as people type it', () => {
  const today = '2026-11-24';
  it.each([
    ['2026-q3', 'quarterly', '2026-Q3'],
    ['Q3 2026', 'quarterly', '2026-Q3'],
    ['2026 Q3', 'quarterly', '2026-Q3'],
    ['triwulan III', 'quarterly', '2026-Q3'],
    ['TW ke-2 2025', 'quarterly', '2025-Q2'],
    ['q4', 'quarterly', '2026-Q4'],
    ['kuartal lalu', 'quarterly', '2026-Q3'],
    ['okt 2026', 'monthly', '2026-10'],
    ['oktober', 'monthly', '2026-10'],
    ['Desember', 'monthly', '2025-12'],
    ['10/2026', 'monthly', '2026-10'],
    ['2026-10', 'monthly', '2026-10'],
    ['2026-10-31', 'monthly', '2026-10'],
    ['last', 'monthly', '2026-10'],
    ['bulan lalu', 'monthly', '2026-10'],
    ['bulan ini', 'monthly', '2026-11'],
    ['minggu yang lalu', 'weekly', '2026-W47'],
    ['minggu 47', 'weekly', '2026-W47'],
    ['w48', 'weekly', '2026-W48'],
    ['w49', 'weekly', '2025-W49'],
    ['semester II 2026', 'semiannual', '2026-H2'],
    ['sem 1', 'semiannual', '2026-H1'],
    ['2026', 'annual', '2026'],
    ['tahun lalu', 'annual', '2025'],
    ['tahun 2026', 'annual', '2026'],
    ['agustus', 'monthly', '2026-08'],
    ['Agustus 2026', 'monthly', '2026-08'],
    ['bulan Agustus tahun 2026', 'monthly', '2026-08'],
    ['Triwulan ketiga 2026', 'quarterly', '2026-Q3'],
    ['TW-III/2026', 'quarterly', '2026-Q3'],
    ['third quarter of 2026', 'quarterly', '2026-Q3'],
    ['3rd quarter 2026', 'quarterly', '2026-Q3'],
    ['semester pertama', 'semiannual', '2026-H1'],
    ['25/11/2026', 'quarterly', '2026-Q4'],
  ] as const)('"%s" is %s %s', (typed, frequency, key) => {
    expect(readPeriod(typed, frequency, today)?.key).toBe(key);
  });

  it.each([
    ['2026-Q3', 'monthly'],
    ['oktober', 'quarterly'],
    ['minggu lalu', 'monthly'],
    ['2026-02-30', 'monthly'],
    ['13/2026', 'monthly'],
    ['10', 'monthly'],
    ['q5', 'quarterly'],
    ['2025 q3 2026', 'quarterly'],
    ['besok', 'monthly'],
    ['', 'monthly'],
  ] as const)('"%s" is no %s one', (typed, frequency) => {
    expect(readPeriod(typed, frequency, today)).toBeNull();
  });

  it('knows the week that belongs to the next year, or to the last', () => {
    expect(readPeriod('w1', 'weekly', '2025-12-30')?.key).toBe('2026-W01');
    expect(readPeriod('w53', 'weekly', '2027-01-01')?.key).toBe('2026-W53');
  });

  it('throws at nothing, and reads back each key', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...FREQUENCIES), (text, frequency) => {
        const period = readPeriod(text, frequency, today);
        if (period) expect(readPeriod(period.key, frequency, today)).toEqual(period);
      }),
    );
  });
});

/** The month names that `Intl` prints, full and short, of both languages as they are used here. */
const monthNames = ['id-ID', 'en-GB', 'en-US'].flatMap(tag =>
  (['long', 'short'] as const).flatMap(month =>
    Array.from({ length: 12 }, (_, i): [string, number] => [
      new Intl.DateTimeFormat(tag, { month, timeZone: 'UTC' }).format(Date.UTC(2026, i, 15)),
      i + 1,
    ]),
  ),
);

it.each(monthNames)('G21: %s is month %i wherever a period or a date is read', (name, month) => {
  const two = String(month).padStart(2, '0');
  const today = '2026-12-31';
  for (const typed of [`${name} 2026`, `2026 ${name}`, name, name.toUpperCase()]) {
    expect(readPeriod(typed, 'monthly', today)?.key).toBe(`2026-${two}`);
    expect(readAnyPeriod(typed, today)?.key).toBe(`2026-${two}`);
  }
  expect(readDate(`7 ${name} 2026`, { now: new Date('2026-06-01T00:00:00Z'), zone: 'UTC' })).toBe(`2026-${two}-07`);
});

it.each([
  ['TW III 2026', '2026-Q3'],
  ['triwulan 3', '2026-Q3'],
  ['Q3', '2026-Q3'],
  ['semester II', '2026-H2'],
  ['september', '2026-09'],
  ['sept 2025', '2025-09'],
  ['2026', '2026'],
  ['tahun 2025', '2025'],
  ['bulan lalu', '2026-10'],
  ['minggu 47', '2026-W47'],
  ['last quarter', '2026-Q3'],
  ['09/2026', '2026-09'],
])('G27: %s is a time of its own', (typed, key) => {
  expect(readAnyPeriod(typed, '2026-11-24')?.key).toBe(key);
});

it.each(['', 'lalu', 'besok', '2026-13', 'q5', 'triwulan', 'III 2026', 'rapat 2026', '25 nov'])(
  'G27: %j is no period',
  typed => {
    expect(readAnyPeriod(typed, '2026-11-24')).toBeNull();
  },
);

it.each(databases)(
  'G27: a report, a summary, a score and a list take a period as their time ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    const [, report, summary, score, list, both] = await world.all(
      '/forum mulai "Forum Uji"',
      '/laporan TW III 2026',
      '/keuangan rekap dari:semester II',
      '/partnership score dari:september',
      '/kegiatan daftar dari:"bulan lalu"',
      '/laporan dari:september sampai:oktober',
    );
    expect(report).toContain('1 Juli 2026 – 30 September 2026');
    expect(summary).toContain('1 Jul 2026 – 31 Des 2026');
    expect(score).toContain('1 Sep 2026');
    expect(list).toBeDefined();
    expect(both).toContain('1 September 2026 – 31 Oktober 2026');
    const wrong = await world.run('/laporan dari:oktober sampai:september');
    expect(wrong.error?.code).toBe('invalid_option');
  },
);
