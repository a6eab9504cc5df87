import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { judging } from '../../src/domain/engagement/judging.ts';
import { engagementOf } from '../../src/domain/engagement/measures.ts';
import { databases } from '../databases.ts';
import { served } from '../site/page.ts';
import { aForum } from './figures-forum.ts';

const rowsOf = (csv: string): Record<string, string>[] => parse(csv, { columns: true, bom: true });

describe.each(databases)('figures in reports, on $name', ({ open }) => {
  it('G7: the report of a finished quarter keeps its bytes, in every format, whatever changes later', async () => {
    await using world = await aForum(open, '2026-01-05');
    await world.all(
      '/goal add Ready',
      '/indicator add Access goal:T-1 unit:people baseline:100 baseline_date:31/12/2025 target:500 due:31/12/2026 frequency:quarterly partner:"BPBD, Lumbung" partners_aggregate:max definition:"people with access"',
      '/agreement record Together partners:"BPBD, Lumbung" signed:1/2/2026 expires:31/12/2026',
      '@budi /agreement commit P-1 "twenty trainings" due:1/12/2026',
      '/issue raise "Sensor fails" severity:high partner:BPBD indicator:N-1',
      ':skip 200d',
      '/activity log Drill date:20/7/2026 participants:40 partners:"BPBD, Lumbung" goal:T-1',
      '@joko /finance record Boats direction:out amount:600000 date:21/7/2026 partner:Lumbung',
      '@budi /strategy propose "More sensors" change:two rationale:x closes:30d goal:T-1',
      '@budi /strategy vote S-1 agree',
      '@joko /strategy vote S-1 agree',
      ':skip 70d',
      '@budi /indicator report N-1 300 period:2026-Q3',
      '@joko /indicator report N-1 280 period:2026-Q3 note:"by hand"',
      ':skip 14d',
    );
    const quarter = ['2026-07-01', '2026-09-30'] as const;
    const formats = ['xlsx', 'html', 'csv', 'iati'] as const;
    const all = async () => Promise.all(formats.map(format => world.file(...quarter, format)));
    const before = await all();
    const sheets = await world.sheets(...quarter);
    expect(rowsOf(sheets.indicators!)[0]).toMatchObject({ Value: '300', 'Reported by': 'BPBD, Lumbung' });
    expect(rowsOf(sheets.decisions!)[0]).toMatchObject({ Outcome: 'carried' });
    const unchanged = async (...lines: readonly string[]): Promise<void> => {
      for (const line of lines) await world.all(':skip 1h', line);
      const after = await world.sheets(...quarter);
      expect(Object.keys(sheets).filter(name => after[name] !== sheets[name])).toEqual([]);
      for (const [i, bytes] of (await all()).entries())
        expect([formats[i], Buffer.from(bytes).equals(before[i]!)]).toEqual([formats[i], true]);
    };
    await unchanged(
      '/indicator target N-1 320',
      '/indicator edit N-1 name:"Access to food" unit:persons partner:BPBD green:60 amber:40 definition:other confirm:yes',
      '/partner edit Lumbung name:"Lumbung Pangan" sector:private focus:food',
      '/forum settings name:"Forum Baru"',
      '/agreement renew P-1 expires:31/12/2028',
      '/agreement edit P-1 title:"Still together"',
      '/agreement kept P-1 item:1 note:done',
      '@budi /agreement commit P-1 "ten more" due:1/12/2027',
      '/agreement end P-1 reason:over',
      '/issue severity I-1 severity:low',
      '/issue resolve I-1 resolution:replaced',
      '/issue reopen I-1 reason:again',
      '/partner add Kampus sector:academia',
      '/partner invite Radio follow_up:25/12/2026',
      '/partner accept Radio',
      '/activity log Later date:9/10/2026 partners:Kampus',
      '/finance record Fuel direction:out amount:100000 date:9/10/2026',
      '/goal edit T-1 title:"Ready for floods" description:all due:31/12/2027',
      '/goal close T-1 outcome:reached',
      '/issue edit I-1 title:"Sensors fail" due:1/12/2026',
      '/partner archive "Lumbung Pangan" reason:left confirm:yes',
    );
    await world.all(':skip 80d');
    await unchanged('@budi /indicator report N-1 310 period:2026-Q4');
    // What comes later is told by the terms and names of its own time.
    const [next] = rowsOf((await world.sheets('2026-10-01', '2026-12-31')).indicators!);
    expect(next).toMatchObject({ Name: 'Access to food', 'Reported by': 'BPBD' });
  });

  it('G7: what is entered late for a finished quarter is listed apart, and nothing else changes', async () => {
    await using world = await aForum(open, '2026-01-05');
    const quarter = ['2026-07-01', '2026-09-30'] as const;
    const access =
      'unit:people baseline:100 baseline_date:31/12/2025 target:500 due:31/12/2026 frequency:quarterly partner:"BPBD, Lumbung"';
    await world.all(
      `/indicator add Access ${access}`,
      `/indicator add Shelter ${access}`,
      '@budi /indicator report N-1 90 period:2026-Q1 confirm:yes',
      ':skip 120d',
      '@budi /indicator report N-1 120 period:2026-Q1 confirm:yes',
      ':skip 65d',
      '@budi /indicator report N-1 130 period:2026-Q2',
      ':skip 90d',
      '@budi /indicator report N-1 300 period:2026-Q3',
      '@budi /indicator report N-2 200 period:2026-Q3',
      '/finance record Fuel direction:out amount:100000 date:15/9/2026',
      ':skip 10d',
      '/activity log Drill date:20/7/2026',
      ':skip 10d',
    );
    const before = await world.sheets(...quarter);
    await world.all(
      '@joko /indicator report N-1 20 period:2026-Q3',
      '/indicator unlock N-1 period:2026-Q3 until:3d',
      '@budi /indicator correct N-1 period:2026-Q3 value:290 reason:recounted confirm:yes',
    );
    const after = await world.sheets(...quarter);
    const told = (csv: string) =>
      rowsOf(csv).map(row => [row.Period, row.Partner, row.Value, row['Late report'], row['Replaces value']]);
    expect(told(before['indicator-reports']!)).toEqual([
      ['2026-Q2', 'BPBD', '130', 'no', ''],
      ['2026-Q3', 'BPBD', '300', 'no', ''],
      ['2026-Q3', 'BPBD', '200', 'no', ''],
    ]);
    expect(told(after['indicator-reports']!)).toEqual([
      ['2026-Q2', 'BPBD', '130', 'no', ''],
      ['2026-Q3', 'BPBD', '200', 'no', ''],
      ['2026-Q3', 'BPBD', '290', 'yes', '300'],
      ['2026-Q3', 'Lumbung', '20', 'yes', ''],
    ]);
    expect(rowsOf(after.indicators!)[0]).toMatchObject({ Value: '310', 'Running value': '310' });
    const changed = Object.keys(before).filter(name => after[name] !== before[name]);
    expect(changed.sort()).toEqual(['about', 'indicator-reports', 'indicators', 'summary']);
    // The day of the last change is that of what was entered late.
    expect(after.about).toContain('27 Oct 2026 08:00 WIB');
    // An older report that was made in the quarter stays as it stood at its end.
    await world.all(
      '/indicator unlock N-1 period:2026-Q2 until:3d',
      '@budi /indicator correct N-1 period:2026-Q2 value:131 reason:typo',
    );
    expect((await world.sheets(...quarter))['indicator-reports']).toBe(after['indicator-reports']);
  });

  it('G8: the report of a time has its own value, and the running one beside it', async () => {
    await using world = await aForum(open, '2026-01-05');
    await world.all(
      '/indicator add Trainings unit:trainings baseline:0 baseline_date:31/12/2025 target:12 due:31/12/2026 frequency:quarterly aggregate:sum partner:BPBD',
      ...[1, 2, 2, 3].flatMap((n, i) => [':skip 92d', `@budi /indicator report N-1 ${n} period:2026-Q${i + 1}`]),
    );
    const [row] = rowsOf((await world.sheets('2026-10-01', '2026-12-31')).indicators!);
    expect(row).toMatchObject({ Value: '3', 'Running value': '8' });
  });

  it('G31: IATI gives each period its own value, so that they may be added up', async () => {
    await using world = await aForum(open, '2026-01-05');
    const values = [80, 90, 70, 60, 88, 75, 85, 95, 55];
    await world.all(
      '/indicator add Trained unit:people baseline:0 baseline_date:31/12/2025 target:900 due:31/12/2026 frequency:monthly aggregate:sum partner:BPBD',
      ...values.flatMap((n, i) => [':skip 31d', `@budi /indicator report N-1 ${n} period:2026-${i + 1}`]),
    );
    const file = await world.iati('2026-01-01', '2026-09-30');
    expect(file).toContain('<indicator measure="1" ascending="true" aggregation-status="true">');
    const actual = [...file.matchAll(/<actual value="([^"]+)"/g)].map(([, value]) => Number(value));
    expect(actual).toEqual(values);
    expect(actual.reduce((sum: number, n: number) => sum + n, 0)).toBe(698);
  });

  it('G32: the feed has an entry for each indicator and period, updated when that period changes', async () => {
    await using world = await aForum(open, '2026-01-05');
    await world.all(
      '/indicator add Trained unit:people baseline:0 baseline_date:31/12/2025 target:900 due:31/12/2026 frequency:monthly partner:BPBD',
      '/forum publish',
      '/forum publish confirm:yes',
      ':skip 31d',
      '@budi /indicator report N-1 40 period:2026-01',
      ':skip 25d',
      '@budi /indicator report N-1 60 period:2026-02',
    );
    const site = await served(world.store);
    const entries = async () =>
      [...(await site.text(`/f/${world.forumId}/feed.atom`)).matchAll(/<entry>(.*)<\/entry>/g)].map(([, one = '']) => {
        const [id, updated, summary] = ['id', 'updated', 'summary'].map(
          name => new RegExp(`<${name}>(.*?)</${name}>`).exec(one)![1]!,
        );
        return { id, updated, period: summary!.slice(0, 7), text: one };
      });
    const before = await entries();
    expect(before.map(one => one.period)).toEqual(['2026-02', '2026-01']);
    site.skip(2);
    await world.all(':skip 1d', '@budi /indicator correct N-1 period:2026-01 value:45 reason:recounted');
    const after = await entries();
    await site.stop();
    expect(after.map(one => [one.period, one.id])).toEqual([before[1], before[0]].map(one => [one?.period, one?.id]));
    expect(after[0]?.text).toContain('45 people');
    expect(after[0]?.updated).not.toBe(before[1]?.updated);
    expect(after[1]?.text).toBe(before[0]?.text);
  });

  it('G35: a trillion is a value and a target; what is too large is refused with the limit', async () => {
    await using world = await aForum(open, '2026-02-02');
    await world.all(
      '/indicator add Losses unit:rupiah baseline:0 baseline_date:1/1/2026 target:"1,5 triliun" due:31/12/2026 frequency:monthly partner:BPBD',
      '@budi /indicator report N-1 "1.5 trillion" period:2026-01',
    );
    expect(await world.all('/indicator show N-1')).toEqual([expect.stringContaining('1,500,000,000,000 rupiah')]);
    const reading = async (typed: string): Promise<string> => {
      await world.all(`@budi /indicator correct N-1 period:2026-01 value:"${typed}" reason:x confirm:yes`);
      const { reports } = world.store.tables;
      return (await world.store.read.select().from(reports)).find(one => one.inForce)!.value!;
    };
    expect(await reading('1,5 T')).toBe('1500000000000');
    expect(await reading('1.500.000.000.000')).toBe('1500000000000');
    expect(await reading('2,5 T rupiah')).toBe('2500000000000');
    expect(await reading('1 kuadriliun')).toBe('1000000000000000');
    for (const line of [
      '@budi /indicator correct N-1 period:2026-01 value:"1,1 kuadriliun" reason:x',
      '/indicator target N-1 "2 quadrillion"',
    ]) {
      const { error, text } = await world.run(line);
      expect([error?.code, text.includes('1,000,000,000,000,000')], line).toEqual(['invalid_option', true]);
    }
  });

  it('G18: what is not due yet counts neither as late nor as missing', async () => {
    await using world = await aForum(open, '2026-02-02');
    for (let i = 1; i <= 10; i++)
      await world.all(`/indicator add "I ${i}" unit:people frequency:${i <= 4 ? 'quarterly' : 'monthly'} partner:BPBD`);
    // On 4 April, February's six reports have fallen due; those of March and of the quarter have a week left.
    await world.all(':skip 61d');
    for (let i = 5; i <= 7; i++) await world.all(`@budi /indicator report N-${i} 3 period:2026-02`);
    const [forum] = await world.store.read.select().from(world.store.tables.forums);
    const how = await judging(world.store.read, forum!, world.clock.now(), '2025-01-01');
    const { onTime, parts } = await engagementOf(
      world.store.read,
      forum!,
      1,
      { from: '2026-02-01', to: '2026-04-30' },
      how,
    );
    expect([onTime, parts.reporting]).toEqual([
      { n: 0, of: 6 },
      { n: 3, of: 6 },
    ]);
  });
});
