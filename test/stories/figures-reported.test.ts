import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { judging } from '../../src/domain/engagement/judging.ts';
import { engagementOf } from '../../src/domain/engagement/measures.ts';
import { catalogue } from '../../src/language/messages.ts';
import { type Format, reportFile } from '../../src/reports/files.ts';
import { databases } from '../databases.ts';
import { served } from '../site/page.ts';
import { aWorld } from '../world.ts';

const FORUM = [
  '/forum setup "Forum Uji" locale:english announce:news coordinators:coord issues:issues',
  '/me language english',
  '/partner add BPBD sector:government',
  '/partner add Lumbung sector:ngo',
  '/partner assign budi partner:BPBD role:representative',
  '/partner assign joko partner:Lumbung role:representative',
  '/digest schedule "0 8 1 1 *"',
] as const;

/** A forum on a day; `file` makes the report of a time, as it is then. */
async function aForum(open: (typeof databases)[number]['open'], day: string) {
  const store = await open();
  const world = await aWorld({ store, start: new Date(`${day}T08:00:00+07:00`) });
  await world.all(...FORUM);
  const [forum] = await store.read.select().from(store.tables.forums);
  const file = async (from: string, to: string, format: Format): Promise<Uint8Array> => {
    const look = { db: store.read, forumId: forum!.id, m: catalogue.en, locale: 'en', zone: forum!.zone } as const;
    return (await reportFile({ ...look, now: world.clock.now() }, forum!, { from, to }, format)).bytes;
  };
  /** The files of the report in the folder with commas, by their names. */
  const sheets = async (from: string, to: string): Promise<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(unzipSync(await file(from, to, 'csv')))
        .filter(([name]) => name.startsWith('comma'))
        .map(([name, bytes]) => [name.replace(/^.*\/|\.csv$/g, ''), Buffer.from(bytes).toString()]),
    );
  const iati = async (from: string, to: string) =>
    JSON.parse(Buffer.from(await file(from, to, 'iati')).toString())['iati-activities']['iati-activity'][0];
  return Object.assign(world, { sheets, iati, forumId: forum!.id });
}

const rowsOf = (csv: string): Record<string, string>[] => parse(csv, { columns: true, bom: true });

describe.each(databases)('figures in reports, on $name', ({ open }) => {
  it('G7: the report of a finished quarter keeps its bytes when target, reporters, thresholds and names change', async () => {
    await using world = await aForum(open, '2026-01-05');
    await world.all(
      '/goal add Ready',
      '/indicator add Access goal:T-1 unit:people baseline:100 baseline_date:31/12/2025 target:500 due:31/12/2026 frequency:quarterly partner:"BPBD, Lumbung" partners_aggregate:max definition:"people with access"',
      ':skip 270d',
      '@budi /indicator report N-1 300 period:2026-Q3',
      '@joko /indicator report N-1 280 period:2026-Q3 note:"by hand"',
      ':skip 10d',
    );
    const quarter = ['2026-07-01', '2026-09-30'] as const;
    const before = await world.sheets(...quarter);
    const results = (await world.iati(...quarter)).result;
    expect(rowsOf(before.indicators!)[0]).toMatchObject({ Value: '300', 'Reported by': 'BPBD, Lumbung' });
    await world.all(
      '/indicator target N-1 320',
      '/indicator edit N-1 name:"Access to food" unit:persons partner:BPBD green:60 amber:40 definition:other',
      '/partner edit Lumbung name:"Lumbung Pangan"',
    );
    const after = await world.sheets(...quarter);
    // Only the day of the record's last change is another one.
    const changed = Object.keys(before).filter(name => after[name] !== before[name]);
    expect(changed).toEqual(['about']);
    expect((await world.iati(...quarter)).result).toEqual(results);
    // What comes later is told by the terms and names of its own time.
    await world.all(':skip 80d', '@budi /indicator report N-1 310 period:2026-Q4');
    const [next] = rowsOf((await world.sheets('2026-10-01', '2026-12-31')).indicators!);
    expect(next).toMatchObject({ Name: 'Access to food', 'Reported by': 'BPBD' });
    // A late entry shows, with the day on which it was made.
    await world.all(
      '/indicator unlock N-1 period:2026-Q3 until:3d',
      '@budi /indicator correct N-1 period:2026-Q3 value:290 reason:recounted confirm:yes',
    );
    const late = await world.sheets(...quarter);
    const rows = Object.values(late).flatMap(rowsOf);
    expect(rows.find(row => row.Value === '290' && row.Partner)).toMatchObject({ Partner: 'BPBD', Period: '2026-Q3' });
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
    const [indicator] = (await world.iati('2026-01-01', '2026-09-30')).result[0].indicator;
    expect(indicator['@aggregation-status']).toBe('true');
    const actual = indicator.period.map((one: { actual: { '@value': string }[] }) => Number(one.actual[0]!['@value']));
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
