import { expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aForum } from './figures-forum.ts';

/** Cases of the same kinds as the faults that were seen, each figure worked out by hand. */
const CARDS: readonly (readonly [kind: string, add: string, reports: readonly string[], rows: readonly string[][]])[] =
  [
    [
      'G3: the highest of a course is that of all of it',
      '"Peak" unit:points baseline:0 baseline_date:1/1/2026 target:200 due:31/12/2027 frequency:quarterly aggregate:max partner:BPBD',
      ['@budi 120 period:2026-Q3', '@budi 90 period:2026-Q4'],
      [
        ['2026-Q3', '120 points'],
        ['2026-Q4', '120 points'],
      ],
    ],
    [
      'G1: what is entered for an earlier quarter counts in the later ones of its year',
      '"Yearly" unit:people baseline:0 baseline_date:1/1/2026 target:40 due:31/12/2027 frequency:quarterly aggregate:sum span:year partner:BPBD',
      ['@budi 10 period:2026-Q4', '@budi 7 period:2026-Q3'],
      [
        ['2026-Q3', '7 people'],
        ['2026-Q4', '17 people'],
      ],
    ],
    [
      'G2: a year of 53 weeks ends with its 53rd, which begins in December and ends in January',
      '"Weekly" unit:people baseline:0 baseline_date:1/12/2026 target:100 due:31/12/2027 frequency:weekly aggregate:sum span:year partner:BPBD confirm:yes',
      ['@budi 5 period:2026-W52', '@budi 6 period:2026-W53', '@budi 4 period:2027-W01'],
      [
        ['2026-W52', '5 people'],
        ['2026-W53', '11 people'],
        ['2027-W01', '4 people'],
      ],
    ],
    [
      'G10: a ratio of two partners is that of the sums, 2 of 9, and no mean of 33 and 17',
      '"Share" unit:% baseline:0 baseline_date:1/1/2026 target:50 due:31/12/2026 frequency:annual partner:"BPBD, Lumbung"',
      ['@budi numerator:1 denominator:3 period:2026', '@joko numerator:1 denominator:6 period:2026'],
      [['2026', '22.22%', '50%', '■ red 44.4%']],
    ],
    [
      'G16: nine of ten is green',
      '"Edge" unit:people baseline:0 baseline_date:1/1/2026 target:1000 due:31/12/2026 frequency:annual aggregate:latest partner:BPBD',
      ['@budi 900 period:2026'],
      [['2026', '900 people', '1,000 people', '● green 90%']],
    ],
    [
      'G16, G23: one person fewer is amber, with the unit typed behind it',
      '"Below" unit:people baseline:0 baseline_date:1/1/2026 target:1000 due:31/12/2026 frequency:annual aggregate:latest partner:BPBD',
      ['@budi "899 people" period:2026'],
      [['2026', '899 people', '1,000 people', '▲ amber 89.9%']],
    ],
    [
      'G14, G17: less is better where the target lies below, and reaching it is achieved',
      '"Minutes" unit:minutes baseline:100 baseline_date:1/1/2026 target:20 due:31/12/2026 frequency:annual partner:BPBD',
      ['@budi 20 period:2026'],
      [['2026', '20 minutes', '20 minutes', '★ achieved 100%']],
    ],
    [
      'G13: one of two partners, in a quarter that still runs, is provisional',
      '"Two" unit:people baseline:0 baseline_date:1/1/2026 target:50 due:31/12/2027 frequency:quarterly aggregate:sum partner:"BPBD, Lumbung"',
      ['@joko 10 period:2027-Q1'],
      [['2027-Q1', '10 people', '31.14 people (interpolated)', '◌ provisional: the period still runs']],
    ],
  ];

const { open } = databases[0]!;

it('figures of invented courses are as they were worked out by hand', async () => {
  await using world = await aForum(open, '2027-01-12');
  for (const [i, [kind, add, reports, rows]] of CARDS.entries()) {
    await world.all(`/indicator add ${add}`);
    for (const report of reports) {
      const [who, ...given] = report.split(/ (.*)/);
      await world.all(`${who} /indicator report N-${i + 1} ${given.join('')}`);
    }
    const card = (await world.text(`/indicator show N-${i + 1}`)).split('\n').map(line => line.trim().split(/ {2,}/));
    const shown = rows.map(([period, ...rest]) => card.find(row => row[0] === period)?.slice(0, rest.length + 1));
    expect([kind, shown]).toEqual([kind, rows]);
  }
  // G24: a person is whole.
  const part = await world.run('@budi /indicator report N-5 12.5 period:2025');
  expect(part.error?.code).toBe('conflict');
  // G28: the last sen of two of the greatest entries is there.
  await world.all(
    ...['999999999999.99', '999999999999.99', '0.03'].map(
      amount => `@budi /finance record Hibah direction:in amount:${amount} partner:BPBD`,
    ),
  );
  expect(await world.text('/finance summary')).toContain('Balance: Rp 2,000,000,000,000.01');
  expect(world.logged).toEqual([]);
});
