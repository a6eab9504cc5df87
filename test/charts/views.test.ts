import { beforeAll, describe, expect, it } from 'vitest';
import { drawn } from '../../src/charts/draw.ts';
import { rastered } from '../../src/charts/raster.ts';
import type { Chart } from '../../src/contract/chart.ts';
import type { Block } from '../../src/contract/view.ts';
import { aWorld } from '../world.ts';

type Picture = Extract<Block, { kind: 'picture' }>;

const FORUM = [
  '/forum setup "Forum Uji" announce:umum',
  '/partner add BPBD sector:government focus:banjir',
  '/partner add Yayasan sector:ngo focus:banjir',
  '/partner add Kampus sector:academia',
  '@ani /partner join BPBD',
  '/partner request M-1 ani accept',
  '/indicator add "Akses pangan" unit:orang baseline:1850 target:3000 due:31/12/2026 frequency:monthly partner:"BPBD, Yayasan"',
  '/indicator add "Waktu peringatan" unit:menit direction:down baseline:45 target:20 due:31/12/2026 frequency:monthly',
  '/indicator report N-1 partner:BPBD value:1200 period:"agu 2026"',
  '/indicator report N-1 partner:Yayasan value:900 period:"agu 2026"',
  '/indicator report N-1 partner:BPBD value:1480 period:"okt 2026"',
  '/indicator report N-2 value:30 period:"okt 2026"',
  '/finance record "Hibah" direction:in amount:60jt date:5/8/2026',
  '/finance record "Gladi" direction:out amount:8,75jt date:20/10/2026',
  '/strategy propose Sirene change:x rationale:x basis:member quorum:1 urgent:uji closes:3d method:majority',
  '/strategy vote S-1 agree',
  '@ani /strategy vote S-1 disagree',
  '/strategy close S-1 reason:"Semua memilih"',
];

/** The pictures of the answer to a line. */
async function picturesAfter({ bot, all }: Awaited<ReturnType<typeof aWorld>>, line: string): Promise<Picture[]> {
  const perform = bot.perform;
  let blocks: readonly Block[] = [];
  bot.perform = async act => {
    const answer = await perform.call(bot, act);
    blocks = answer.kind === 'view' ? answer.view.blocks : [];
    return answer;
  };
  await all(line);
  bot.perform = perform;
  return blocks.filter(block => block.kind === 'picture');
}

describe('the pictures of a forum', () => {
  const shown = new Map<string, Picture[]>();
  beforeAll(async () => {
    await using world = await aWorld();
    await world.all(...FORUM, ':skip 1m');
    for (const line of [
      '/indicator show N-1',
      '/indicator show N-2',
      '/digest now',
      '/partner map',
      '/finance summary',
      '/strategy show S-1',
      // Until a report is due that nobody made.
      ':skip 40d',
      '/partnership score partner:BPBD',
    ]) {
      if (line.startsWith(':')) await world.all(line);
      else shown.set(line, await picturesAfter(world, line));
    }
  });
  const of = (line: string): Picture[] => shown.get(line)!;
  const chartOf = (line: string): Chart => of(line)[0]!.chart;

  it('can be painted, and survive being kept as an answer', () => {
    const all = [...shown.values()].flat();
    expect(all.length).toBeGreaterThanOrEqual(7);
    for (const { chart, alt } of all) {
      expect(JSON.parse(JSON.stringify(chart))).toEqual(chart);
      expect(rastered(drawn(chart, 'light')).length).toBeGreaterThan(2_000);
      expect(alt.length).toBeGreaterThan(20);
    }
  });

  it('an indicator has its values with marks, its targets, baseline, gaps, and who has reported', () => {
    expect(chartOf('/indicator show N-1')).toMatchObject({
      kind: 'line',
      title: 'N-1 Akses pangan',
      about: 'orang · makin tinggi makin baik · 1 dari 2 mitra melapor',
      labels: ['Agu 26', 'Sep 26', 'Okt 26', 'Nov 26'],
      notes: ['2/2', '–', '1/2', '–'],
      series: [
        { name: 'Nilai', values: [2100, null, 1480, null], texts: ['2.100', '', '1.480', ''] },
        { name: 'Target', aim: true },
      ],
      levels: [{ name: 'Nilai awal', value: 1850 }, { value: 3000 }],
      // One of two partners has reported: what is not final has no colour.
      status: { mark: 'plain', word: '○ belum dinilai' },
    });
    expect(of('/indicator show N-1')[0]!.alt).toContain('2026-10 1.480 orang');
    // A lower value is the better one here; a forum that reports as a whole needs no count of partners.
    const down = chartOf('/indicator show N-2');
    expect(down).toMatchObject({ about: expect.stringContaining('makin rendah makin baik') });
    expect(down).not.toHaveProperty('notes');
  });

  it('an indicator that was last reported long ago is shown up to then', async () => {
    await using world = await aWorld();
    await world.all(
      '/forum setup "Forum Uji" announce:umum',
      '/indicator add Air unit:l baseline:1 target:9 due:31/12/2027 frequency:weekly',
      '/indicator report N-1 value:5',
      ':skip 77d',
      // Caught up on: a digest tells of it, whatever period it is for.
      '/indicator unlock N-1 period:2026-W48 until:1d',
      '/indicator correct N-1 value:5 period:2026-W48 reason:Koreksi',
      ':skip 1m',
    );
    const known = { values: expect.arrayContaining([5]) };
    expect(await picturesAfter(world, '/indicator show N-1')).toMatchObject([{ chart: { series: [known, {}] } }]);
    const [digest] = await picturesAfter(world, '/digest now');
    expect(digest!.chart).toMatchObject({ panels: [{ series: [known, {}] }] });
  });

  it('a digest has the indicators that it names at a glance, the worst first', () => {
    expect(chartOf('/digest now')).toMatchObject({
      kind: 'panels',
      panels: [{ title: 'N-1 Akses pangan', about: '1.480 orang' }, { title: 'N-2 Waktu peringatan' }],
    });
  });

  it('money stands month by month, with the months in which nothing moved', () => {
    expect(chartOf('/finance summary')).toMatchObject({
      kind: 'bars',
      labels: ['Agu 26', 'Sep 26', 'Okt 26'],
      series: [{ values: [60_000_000, 0, 0] }, { values: [0, 0, 8_750_000] }],
    });
  });

  it('partners are counted by sector, with those that are missing, and by focus', () => {
    const [sectors, focuses] = of('/partner map');
    expect(sectors!.chart).toMatchObject({ kind: 'rows', series: [{ values: [1, 1, 0, 1, 0, 0] }] });
    expect(focuses!.chart).toMatchObject({ labels: ['banjir'], series: [{ values: [2] }] });
  });

  it('a partner’s figures stand on one scale; what nothing is known of is a gap', () => {
    const chart = chartOf('/partnership score partner:BPBD');
    expect(chart).toMatchObject({ kind: 'rows', most: 100, title: 'BPBD' });
    if (chart.kind !== 'rows') throw new Error('another kind');
    const [{ values, texts } = { values: [], texts: [] }] = chart.series;
    expect(values).toHaveLength(4);
    for (const [i, value] of values.entries()) expect(value === null).toBe(texts![i] === '–');
  });

  it('a closed vote has its tally and how many had to agree', () => {
    expect(chartOf('/strategy show S-1')).toMatchObject({
      kind: 'rows',
      status: { mark: 'bad', word: '✘ ditolak' },
      labels: ['setuju', 'tidak setuju', 'belum memilih'],
      series: [{ values: [1, 1, 0] }],
      levels: [{ value: 2 }],
    });
  });
});
