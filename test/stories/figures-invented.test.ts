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
    [
      'G1, G4: a running total of each year begins anew with it, and so does the line of its target, 30 of 364 days',
      '"Run" unit:people baseline:0 baseline_date:31/12/2025 target:120 due:31/12/2027 frequency:monthly kind:cumulative span:year partner:BPBD',
      ['@budi 90 period:2026-12', '@budi 5 period:januari'],
      [
        ['2026-12', '90 people', '120 people', '▲ amber 75%'],
        ['2027-01', '5 people', '9.89 people (interpolated)', '◌ provisional: the period still runs'],
      ],
    ],
    [
      'G4, G10: the mean of 0 and of the 90 of an earlier quarter is one of two',
      '"Spent" unit:% baseline:0 baseline_date:31/12/2025 target:100 due:31/12/2026 frequency:quarterly kind:cumulative span:year partner:"BPBD, Lumbung"',
      ['@joko numerator:9 denominator:10 period:2026-Q2', '@budi 0 period:2026-Q3'],
      [
        [
          '2026-Q3',
          '45%',
          '74.73% (interpolated)',
          '◌ provisional: mean of 2, without numbers: BPBD; partly of an earlier period',
        ],
      ],
    ],
    [
      'G5: thirteen years lie between two rows; 365 and 5,113 of 6,574 days',
      '"Old" unit:points baseline:40 baseline_date:31/12/2012 target:80 due:31/12/2030 frequency:annual partner:BPBD',
      ['@budi 60 period:2026', '@budi 41 period:2013'],
      [
        ['2013', '41 points', '42.22 points (interpolated)', '■ red 45%'],
        ['2026', '60 points', '71.11 points (interpolated)', '■ red 64.3%'],
      ],
    ],
    [
      'G9, G17: the quarter that ends with the baseline is not judged; the next is half of the way, 92 of 184 days',
      '"Half" unit:people baseline:100 baseline_date:30/6/2026 target:200 due:31/12/2026 frequency:quarterly partner:BPBD',
      ['@budi 110 period:2026-Q2', '@budi 150 period:"TW III 2026"', '@budi 200 period:"triwulan 4 2026"'],
      [
        ['2026-Q2', '110 people', '–', '○ not judged yet'],
        ['2026-Q3', '150 people', '150 people (interpolated)', "★ at the period's target (150 by Q3 26) 100%"],
        ['2026-Q4', '200 people', '200 people', '★ achieved 100%'],
      ],
    ],
    [
      'G12, G14: minutes of two partners are averaged, 34.5 of 40 is 86.25',
      '"Arrival" unit:minutes baseline:60 baseline_date:31/12/2025 target:20 due:31/12/2026 frequency:annual partner:"BPBD, Lumbung" partners_aggregate:average',
      ['@budi 30 period:2026', '@joko "21 menit" period:2026'],
      [['2026', '25.5 minutes', '20 minutes', '▲ amber 86.3%']],
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
  const rowOf = async (n: number, period: string): Promise<string | undefined> =>
    (await world.text(`/indicator show N-${n}`)).split('\n').find(line => line.trim().startsWith(`${period} `));
  // G7: a stricter green holds for what ends later, not for the year that is over.
  await world.all('/indicator edit N-5 green:95 since:1/2/2027');
  expect(await rowOf(5, '2026')).toContain('● green 90%');
  // G11: who names no value keeps it, and the parts that were not named as well.
  await world.all(
    '@budi /indicator report N-6 899 parts:"F=500; M=399" period:2026',
    '@budi /indicator correct N-6 period:2026 note:checked reason:"asked again"',
  );
  expect(await world.text('/indicator show N-6')).toContain('BPBD: 899 people (women 500, men 399)');
  // G13: who has no data has answered, so that nothing is awaited; the total says of how many it is.
  await world.all(
    '/indicator add Answered unit:people baseline:0 baseline_date:31/12/2025 target:40 due:31/12/2026 frequency:annual partner:"BPBD, Lumbung"',
    '@budi /indicator report N-14 10 period:2026',
    '@joko /indicator none N-14 reason:"nobody went" period:2026',
  );
  expect(await rowOf(14, '2026')).toMatch(/■ red 25% +1 of 2 partners/);
  // G23: a unit belongs to the number before it, whatever is named behind; one that is not the indicator's is asked about.
  await world.all('@budi /indicator correct N-10 5 persen period:2026-Q3 reason:typo');
  const cows = await world.run('@budi /indicator correct N-10 6 cows period:2026-Q3 reason:typo');
  expect([cows.error?.code, cows.text.includes('not cows')]).toEqual(['conflict', true]);
  // G24: no share is made of numbers below zero without a question, though the share itself is 25 %.
  const below = await world.run('@budi /indicator report N-10 numerator:-1 denominator:-4 period:2026-Q1');
  expect([below.error?.code, below.text.includes('below zero')]).toEqual(['conflict', true]);
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

it('what changes in the middle of a period is as it was worked out by hand', async () => {
  await using world = await aForum(open);
  const crossed = await world.run(
    '/indicator add Crossed unit:people target:5 baseline:0 baseline_date:6/1/2026 due:5/1/2026 partner:BPBD',
  );
  expect([crossed.error?.code, crossed.text.includes('before the date of the baseline')]).toEqual(['conflict', true]);
  await world.all(
    '/indicator add Trained unit:people frequency:monthly aggregate:sum baseline:0 baseline_date:1/1/2026 target:1200 due:31/12/2026 partner:"BPBD, Lumbung" confirm:yes',
    ':skip 32d',
    '@budi /indicator report N-1 60 period:january',
    '@joko /indicator report N-1 40 period:january',
    ':skip 8d',
    '/indicator target N-1 600',
    '/partner archive Lumbung',
    ':skip 20d',
    '@budi /indicator report N-1 55 period:february',
  );
  const card = await world.text('/indicator show N-1');
  // G7: 30 of 364 days of 1,200, and 58 of 600 from the month on in which it was changed.
  expect(card).toMatch(/2026-01 +100 people +98\.9 people .* 101\.1% +2 of 2 partners/);
  expect(card).toMatch(/2026-02 +155 people +95\.6 people .* 162\.1% +1 of 1 partners/);
  expect(card).toContain('Reported by: BPBD, Lumbung (archived)');
  expect(await world.text('/indicator due')).not.toContain('Lumbung');
  // What is over is corrected once it was opened; what has gone keeps the figures that it gave.
  await world.all(':skip 60d');
  const locked = await world.run('@budi /indicator correct N-1 66 period:january reason:typo');
  expect(locked.text).toContain('/indicator unlock');
  await world.all('/indicator unlock N-1 period:january until:3d');
  await world.all('@budi /indicator correct N-1 66 period:january reason:typo');
  expect(await world.text('/indicator show N-1')).toMatch(/2026-01 +106 people +98\.9 people .* 107\.2%/);
  await world.all('/indicator correct N-1 30 period:january partner:M-2 reason:typo');
  expect(await world.text('/indicator show N-1')).toMatch(/2026-01 +96 people +98\.9 people .* 97\.1%/);
});
