import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aForum } from './figures-forum.ts';

/** The rows of the periods on an indicator's card: period, value, target, status, partners. */
const periods = (card: string): string[][] =>
  card
    .split('\n')
    .map(line => line.trim())
    .filter(line => /^\d{4}(-\w+)? {2}/.test(line))
    .map(line => line.split(/ {2,}/));

const row = (card: string, period: string): string[] => periods(card).find(([key]) => key === period) ?? [];

describe.each(databases)('figures on $name', ({ open }) => {
  it('G1: a sum runs on over New Year, as its target does', async () => {
    await using world = await aForum(open, '2026-12-15');
    await world.all(
      '/indicator add "People trained" unit:people baseline:0 baseline_date:1/1/2026 target:1200 due:31/12/2027 frequency:monthly aggregate:sum partner:BPBD',
      ...Array.from({ length: 12 }, (_, month) => `@budi /indicator report N-1 50 period:2026-${month + 1}`),
      ':skip 45d',
      '@budi /indicator report N-1 50 period:2027-01',
      ':skip 5d',
    );
    const card = await world.text('/indicator show N-1');
    expect(row(card, '2026-12').slice(1, 4)).toEqual([
      '600 people',
      expect.stringContaining('599.18'),
      expect.stringContaining("above the period's target (599.18 by Dec 26) 100.1%"),
    ]);
    expect(row(card, '2027-01')[1]).toBe('650 people');
    expect(row(card, '2027-01')[2]).toContain('650.21');
    expect(row(card, '2027-01')[3]).toBe('● green 100%');
  });

  it('G2: a week belongs to the year of its key, and a sum of that year begins with its first week', async () => {
    await using world = await aForum(open, '2026-01-12');
    const weeks = { '2025-W51': 100, '2025-W52': 100, '2026-W01': 40, '2026-W02': 60 };
    await world.all(
      '/indicator add "People reached" unit:people baseline:0 baseline_date:1/12/2025 target:1000 due:31/12/2026 frequency:weekly aggregate:sum span:year partner:BPBD confirm:yes',
      ...Object.entries(weeks).map(
        ([week, value]) => `@budi /indicator report N-1 ${value} period:${week} confirm:yes`,
      ),
    );
    const card = await world.text('/indicator show N-1');
    expect(Object.keys(weeks).map(week => [week, row(card, week)[1]])).toEqual([
      ['2025-W51', '100 people'],
      ['2025-W52', '200 people'],
      ['2026-W01', '40 people'],
      ['2026-W02', '100 people'],
    ]);
  });

  it('G3: a mean and a maximum over periods are that', async () => {
    await using world = await aForum(open, '2026-04-20');
    await world.all(
      '/indicator add A unit:points baseline:0 baseline_date:1/1/2026 target:40 due:31/3/2026 frequency:monthly aggregate:average partner:BPBD',
      '/indicator add B unit:points baseline:0 baseline_date:1/1/2026 target:280 due:31/3/2026 frequency:monthly aggregate:max partner:BPBD',
      ...[50, 30, 10].map((value, i) => `@budi /indicator report N-1 ${value} period:2026-0${i + 1}`),
      ...[120, 280, 100].map((value, i) => `@budi /indicator report N-2 ${value} period:2026-0${i + 1}`),
    );
    expect(row(await world.text('/indicator show N-1'), '2026-03').slice(1, 4)).toEqual([
      '30 points',
      '40 points',
      '▲ amber 75%',
    ]);
    expect(row(await world.text('/indicator show N-2'), '2026-03').slice(1, 4)).toEqual([
      '280 points',
      '280 points',
      '★ achieved 100%',
    ]);
  });

  it('G4: a running total is not added up again, and who is silent keeps what they had', async () => {
    await using world = await aForum(open, '2026-03-20');
    const add = (name: string, partner: string) =>
      `/indicator add ${name} unit:people baseline:0 baseline_date:1/1/2026 target:1000 due:31/12/2026 frequency:monthly kind:cumulative partner:"${partner}"`;
    await world.all(
      add('A', 'BPBD'),
      add('B', 'BPBD, Lumbung'),
      '@budi /indicator report N-1 150 period:2026-01',
      '@budi /indicator report N-1 250 period:2026-02',
      '@budi /indicator report N-2 100 period:2026-01',
      '@joko /indicator report N-2 50 period:2026-01',
      '@budi /indicator report N-2 120 period:2026-02',
    );
    expect(row(await world.text('/indicator show N-1'), '2026-02')[1]).toBe('250 people');
    const february = row(await world.text('/indicator show N-2'), '2026-02');
    expect(february[1]).toBe('170 people');
    expect(february[3]).toContain('partly of an earlier period');
    expect(february[4]).toBe('1 of 2 partners');
  });

  it('G5: a report of long ago is the first row and hides no other', async () => {
    await using world = await aForum(open);
    await world.all(
      '/indicator add Index unit:index frequency:annual partner:BPBD',
      '@budi /indicator report N-1 0.52 period:2024',
      '@budi /indicator report N-1 0.55 period:2025',
      '@budi /indicator report N-1 0.41 period:2013',
    );
    expect(periods(await world.text('/indicator show N-1')).map(([key, value]) => [key, value])).toEqual([
      ['2013', '0.41 index'],
      ['2024', '0.52 index'],
      ['2025', '0.55 index'],
    ]);
  });

  it('G6: nothing is owed for a time before the indicator was agreed', async () => {
    await using world = await aForum(open);
    for (const frequency of ['monthly', 'quarterly', 'semiannual'])
      await world.all(`/indicator add "Every ${frequency}" baseline:0 frequency:${frequency} partner:BPBD`);
    expect(await world.text('@budi /indicator due')).toContain('No report is awaited');
    // Nor is anybody reminded of one.
    const { posts } = await world.run(':skip 12d');
    expect(posts.filter(post => post.to === '@budi')).toEqual([]);
    await world.all(':skip 16d');
    const due = await world.text('@budi /indicator due');
    expect(due).toContain('2026-01');
    for (const before of ['2025-12', '2025-Q4', '2025-H2']) expect(due).not.toContain(before);
    // It may be filled in all the same.
    await world.all('@budi /indicator report N-1 3 period:2025-12');
  });

  it('G9: what was there by the date of the baseline has no target and no colour', async () => {
    await using world = await aForum(open);
    await world.all(
      '/indicator add Trained unit:people baseline:0 target:100 due:31/12/2026 frequency:monthly partner:BPBD',
      '@budi /indicator report N-1 0 period:2025-12',
    );
    expect(row(await world.text('/indicator show N-1'), '2025-12').slice(1, 4)).toEqual([
      '0 people',
      '–',
      '○ not judged yet',
    ]);
  });

  it('G10: a share without its numbers leaves the mean, which names who did not give them', async () => {
    await using world = await aForum(open, '2026-02-02');
    await world.all(
      '/indicator add Covered unit:% baseline:0 baseline_date:1/1/2026 target:80 due:31/12/2026 frequency:monthly partner:"BPBD, Lumbung"',
      '@budi /indicator report N-1 numerator:6230 denominator:15200 period:2026-01',
      '@joko /indicator report N-1 numerator:100 denominator:200 period:2026-01',
    );
    const before = row(await world.text('/indicator show N-1'), '2026-01');
    expect([before[1], before[4]]).toEqual(['41.1%', '2 of 2 partners']);
    await world.all(
      '/indicator add Warned unit:% baseline:0 baseline_date:1/1/2026 target:80 due:31/12/2026 frequency:monthly partner:"BPBD, Lumbung"',
      '@budi /indicator report N-2 numerator:6230 denominator:15200 period:2026-01',
      '@joko /indicator report N-2 60 period:2026-01',
    );
    const after = row(await world.text('/indicator show N-2'), '2026-01');
    expect([after[1], after[4]]).toEqual(['50.49%', '2 of 2 partners']);
    expect(after[3]).toBe('◌ provisional: mean of 2, without numbers: Lumbung');
  });

  it('G13: until all have reported or the day has passed, nothing is coloured', async () => {
    await using world = await aForum(open, '2026-02-02');
    await world.all(
      '/indicator add Waste unit:kg direction:down baseline:100 baseline_date:1/1/2026 target:50 due:31/12/2026 frequency:monthly partner:"BPBD, Lumbung"',
      '@budi /indicator report N-1 140 period:2026-01 confirm:yes',
    );
    const early = await world.text('/indicator show N-1');
    expect(row(early, '2026-01')[3]).toBe('◌ provisional: not all have reported');
    expect(early).not.toContain('Raise an issue');
    await world.all(':skip 9d');
    expect(row(await world.text('/indicator show N-1'), '2026-01')[3]).toMatch(/^■ red −?-?\d/);
    // A period that still runs is provisional, whoever has reported.
    await world.all('@budi /indicator report N-1 10 period:2026-02', '@joko /indicator report N-1 10 period:2026-02');
    expect(row(await world.text('/indicator show N-1'), '2026-02')[3]).toBe('◌ provisional: the period still runs');
  });

  it('G16: what is judged is exact, and rounded only where it is shown', async () => {
    await using world = await aForum(open, '2026-10-02');
    await world.all(
      '/indicator add Capacity unit:index baseline:0.40 baseline_date:31/12/2025 target:0.43 due:31/12/2026 frequency:quarterly partner:BPBD',
      '@budi /indicator report N-1 0.42 period:2026-Q3',
    );
    expect(row(await world.text('/indicator show N-1'), '2026-Q3')[3]).toBe('▲ amber 89.1%');
  });

  it('G17: "achieved" is kept for the final target', async () => {
    await using world = await aForum(open, '2026-10-02');
    await world.all(
      '/indicator add Access unit:people baseline:1100 baseline_date:1/1/2026 target:3000 due:31/12/2026 frequency:quarterly partner:BPBD',
      '@budi /indicator report N-1 2750 period:2026-Q3',
    );
    const card = await world.text('/indicator show N-1');
    expect(card).toContain("Status: ★ above the period's target (2,519.78 by Q3 26) 116.2%");
    expect(card).toMatch(/Period target: 2,519.78 people .*116.2%/);
    expect(card).toMatch(/Target: 3,000 people .*86.8%/);
    await world.all('@budi /indicator correct N-1 period:2026-Q3 value:3000 reason:recounted');
    expect(await world.text('/indicator show N-1')).toContain('Status: ★ achieved');
  });

  it('G7: what is over is judged by what was agreed when it ended, unless a change is dated back with a reason', async () => {
    await using world = await aForum(open, '2026-01-05');
    await world.all(
      '/indicator add Access unit:people baseline:100 baseline_date:31/12/2025 target:500 due:31/12/2026 frequency:quarterly partner:"BPBD, Lumbung" partners_aggregate:max',
      ':skip 270d',
      '@budi /indicator report N-1 300 period:2026-Q3',
      '@joko /indicator report N-1 300 period:2026-Q3',
      ':skip 10d',
    );
    const before = row(await world.text('/indicator show N-1'), '2026-Q3');
    expect(before.slice(1)).toEqual([
      '300 people',
      expect.stringContaining('399.18'),
      '■ red 66.8%',
      '2 of 2 partners',
    ]);
    await world.all(
      '/indicator target N-1 320',
      '/indicator edit N-1 partner:BPBD green:60 amber:40 name:"Access to food" direction:up',
    );
    const card = await world.text('/indicator show N-1');
    expect(row(card, '2026-Q3')).toEqual(before);
    expect(card).toContain('Target: 320 people');
    // Dated back, it needs a reason, and holds for what is over.
    expect((await world.run('/indicator target N-1 320 since:1/7/2026')).error?.code).toBe('missing_option');
    await world.all('/indicator target N-1 320 since:1/7/2026 reason:"agreed in July, entered late"');
    const changed = await world.text('/indicator show N-1');
    expect(row(changed, '2026-Q3')[3]).toContain('121.5%');
    expect(changed).toContain('since 1 Jul 2026: agreed in July, entered late');
    // A period that is locked is opened first.
    const locked = await world.run('/indicator target N-1 320 since:1/1/2026 reason:why');
    expect([locked.error?.code, locked.text.includes('/indicator unlock')]).toEqual(['closed', true]);
  });

  it('G11: a correction keeps what it does not name, and obeys the rules of a report', async () => {
    await using world = await aForum(open, '2026-02-02');
    await world.all(
      '/indicator add Covered unit:% frequency:monthly partner:BPBD evidence:yes',
      '@budi /indicator report N-1 numerator:40 denominator:80 parts:"F=20, M=30" note:first constrained:rain evidence:https://a.example/1 period:2026-01 confirm:yes',
    );
    expect((await world.run('@budi /indicator correct N-1 period:2026-01 note:second reason:typo')).error?.code).toBe(
      'missing_option',
    );
    await world.all(
      '@budi /indicator correct N-1 period:2026-01 note:second reason:typo evidence:https://a.example/2 confirm:yes',
    );
    const { reports } = world.store.tables;
    const latest = async () => (await world.store.read.select().from(reports)).find(one => one.inForce);
    expect(await latest()).toMatchObject({
      value: '50',
      numerator: '40',
      denominator: '80',
      parts: { women: '20', men: '30' },
      constrained: 'rain',
      note: 'second',
      reason: 'typo',
    });
    await world.all(
      '@budi /indicator correct N-1 period:2026-01 numerator:60 reason:recount evidence:https://a.example/3 parts:"F=40, M=35"',
    );
    expect(await latest()).toMatchObject({ value: '75', numerator: '60', denominator: '80', note: 'second' });
  });

  it('G12: the card of a share says how it is made, and a correction tells its numbers', async () => {
    await using world = await aForum(open, '2026-04-05');
    await world.all(
      '/indicator add Coverage unit:% baseline:40 baseline_date:31/12/2025 target:80 due:31/12/2026 frequency:quarterly partner:"BPBD, Lumbung"',
      '@budi /indicator report N-1 numerator:6230 denominator:15200 period:Q1',
      '@joko /indicator report N-1 60% period:Q1',
      '@joko /indicator correct N-1 Q1 numerator:60 denominator:100 reason:found',
    );
    const card = await world.text('/indicator show N-1');
    expect(card).toContain('partners sum of numerators over sum of denominators; where not all gave them, the mean');
    expect(card).toContain('Lumbung: 60% → 60% (60 / 100), joko: found');
    // Both are in, though neither has fallen due yet.
    expect(await world.text('/report Q1')).toContain('Indicator reports: 2 of 2 are in');
    // What has its name in the line leaves the words without one to the others.
    await world.all('@joko /indicator correct N-1 61 period:Q1 reason:recount');
    expect(await world.text('/indicator show N-1')).toContain('60% → 61%, joko: recount');
  });

  it('G15: a change that changes nothing is no version, and the story says what was changed', async () => {
    await using world = await aForum(open, '2026-03-06');
    await world.all(
      '/indicator add Trained unit:people baseline:0 target:100 due:31/12/2026 frequency:monthly partner:BPBD',
      '/indicator edit N-1 frequency:quarterly definition:"All who finished"',
    );
    const again = await world.run('/indicator edit N-1 frequency:quarterly');
    expect([again.error?.code, again.text.includes('Nothing changes: N-1')]).toEqual(['conflict', true]);
    expect(await world.text('/indicator show N-1')).toMatch(
      /changed, version 2 \((definition, frequency|frequency, definition)\)/,
    );
  });

  it('G6, G24: a retired indicator takes no more reports, and a number of people below zero is asked about', async () => {
    await using world = await aForum(open, '2026-02-10');
    await world.all('/indicator add Trained unit:people frequency:monthly partner:BPBD');
    const odd = await world.run('@budi /indicator report N-1 -5 period:2026-01');
    expect([odd.error?.code, odd.text.includes('below zero')]).toEqual(['conflict', true]);
    await world.all(
      '@budi /indicator report N-1 5 period:2026-02',
      '/indicator retire N-1 reason:unused',
      '@budi /indicator report N-1 4 period:2026-01',
    );
    const late = await world.run('/indicator report N-1 9 period:2026-02 partner:BPBD');
    expect([late.error?.code, late.text.includes('retired on 10 February 2026')]).toEqual(['closed', true]);
    await world.all('@budi /indicator correct N-1 2026-02 6 reason:typo');
  });

  it('G12, G4, G14: what is guessed or contradicts itself is asked about once, with the reason', async () => {
    await using world = await aForum(open);
    const asked = async (line: string): Promise<string> => {
      const { ok, error, text } = await world.run(line);
      expect([ok, error?.code]).toEqual([false, 'conflict']);
      return text;
    };
    expect(await asked('/indicator add Response unit:minutes direction:down partner:"BPBD, Lumbung"')).toContain(
      'partners_aggregate',
    );
    await world.all(
      '/indicator add Response unit:minutes direction:down partner:"BPBD, Lumbung" partners_aggregate:average',
    );
    expect(await asked('/indicator add Trained unit:people kind:cumulative aggregate:sum')).toContain('count twice');
    await world.all(':fill confirm=yes');
    expect(await asked('/indicator add Waste unit:kg direction:up baseline:100 target:20')).toContain('the other way');
    // Left out, the direction follows from the two.
    expect(await world.text('/indicator add Waste unit:kg baseline:100 target:20 confirm:no')).toContain(
      'Direction: down',
    );
  });

  it('G15: each part of what was agreed changes as a version; what was reported by other periods stays', async () => {
    await using world = await aForum(open);
    await world.all(
      '/indicator add Meals unit:meals baseline:0 baseline_date:1/1/2026 target:1200 due:31/12/2026 frequency:monthly aggregate:sum partner:BPBD',
      ':skip 30d',
      '@budi /indicator report N-1 100 period:2026-01',
      ':skip 57d',
      '@budi /indicator report N-1 100 period:2026-02',
      '@budi /indicator report N-1 100 period:2026-03',
      '/indicator edit N-1 frequency:quarterly kind:flow span:year aggregate:sum direction:up partners_aggregate:max since:1/4/2026',
      ':skip 95d',
      '@budi /indicator report N-1 400 period:2026-Q2',
      ':skip 12d',
    );
    const card = await world.text('/indicator show N-1');
    expect(periods(card).map(([key, value]) => [key, value])).toEqual([
      ['2026-01', '100 meals'],
      ['2026-02', '200 meals'],
      ['2026-03', '300 meals'],
      ['2026-Q2', '700 meals'],
    ]);
    expect(card).toContain('Frequency: quarterly');
    const odd = await world.run('/indicator edit N-1 frequency:annual since:1/8/2026');
    expect([odd.error?.code, odd.text.includes('1 January 2027')]).toEqual(['invalid_option', true]);
  });

  it('G23, G24, G25: the unit is read, and what is odd is asked about with the reason', async () => {
    await using world = await aForum(open, '2026-02-02');
    await world.all(
      '/indicator add Covered unit:% frequency:monthly partner:BPBD',
      '/indicator add Trained unit:people frequency:monthly partner:BPBD aggregate:sum',
      '@budi /indicator report N-1 38% period:2026-01',
      '@budi /indicator correct N-1 period:2026-01 value:"39 per cent" reason:typo',
      '@budi /indicator report N-2 value:"320 orang" period:2025-12',
    );
    const asked = async (line: string): Promise<string> => {
      const { error, text } = await world.run(line);
      expect([line, error?.code]).toEqual([line, 'conflict']);
      return text;
    };
    expect(await asked('@budi /indicator correct N-1 period:2026-01 value:138 reason:x')).toContain('more than 100%');
    expect(await asked('@budi /indicator report N-2 2.5 period:2026-01')).toContain('whole numbers');
    expect(await asked('@budi /indicator report N-2 value:"300 kg" period:2026-01')).toContain(
      'The unit is people, not kg',
    );
    expect(await asked('@budi /indicator report N-2 3200 period:2026-01')).toContain(
      'ten times the value before (320 people)',
    );
    expect(await asked('@budi /indicator report N-2 1100 period:2026-01 parts:"F=540, M=550"')).toContain(
      'add up to 1,090',
    );
    await world.all('@budi :fill confirm=yes');
    expect(row(await world.text('/indicator show N-2'), '2026-01')[1]).toBe('1,420 people');
  });

  it('G33: the card shows groups, the numbers of a ratio, evidence, and corrections with their reason', async () => {
    await using world = await aForum(open, '2026-02-02');
    await world.all(
      '/indicator add Covered unit:% frequency:monthly partner:BPBD',
      '@budi /indicator report N-1 numerator:49 denominator:100 parts:"F=20, M=29" evidence:https://a.example/1 period:2026-01',
      '@budi /indicator correct N-1 period:2026-01 value:4.9 parts:"F=2, M=2.9" reason:"typing error"',
    );
    const card = await world.text('/indicator show N-1');
    for (const said of ['BPBD: 4.9% (women 2, men 2.9)', '49% → 4.9%, budi: typing error', 'https://a.example/1'])
      expect(card).toContain(said);
    await world.all(
      '@budi /indicator correct N-1 period:2026-01 numerator:49 denominator:100 parts:"F=20, M=29" reason:no',
    );
    expect(await world.text('/indicator show N-1')).toContain('BPBD: 49% (49 / 100; women 20, men 29)');
  });

  it('G34: an issue raised from a red indicator says how it stands, how grave that is, and for whom', async () => {
    await using world = await aForum(open, '2026-02-02');
    await world.all(
      '/indicator add Access unit:people baseline:0 baseline_date:1/1/2026 target:100 due:31/1/2026 frequency:monthly partner:BPBD',
      '@budi /indicator report N-1 20 period:2026-01',
    );
    const raised = await world.text(':click "Raise an issue"');
    for (const said of ['Value 20 people (2026-01), target 100 people: ■ red 20%', 'high', 'BPBD'])
      expect(raised).toContain(said);
    await world.all('@budi /issue resolve I-1 resolution:"two trainings more"');
  });
});
