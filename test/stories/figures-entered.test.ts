import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aForum } from './figures-forum.ts';

describe.each(databases)('figures as they are entered, on $name', ({ open }) => {
  it('G23: a unit stands behind a number, quoted or not, wherever people count something', async () => {
    await using world = await aForum(open, '2026-02-02');
    const said = async (line: string) => (await world.run(line)).error?.code ?? 'ok';
    await world.all('/indicator add Trained unit:orang frequency:monthly partner:BPBD');
    expect(await said('@budi /indicator report N-1 320 orang')).toBe('ok');
    expect(await said('@budi /indicator correct N-1 2026-02 330 orang miscounted')).toBe('ok');
    const { activities, reports, indicators } = world.store.tables;
    const now = (await world.store.read.select().from(reports)).find(one => one.inForce);
    expect(now).toMatchObject({ value: '330' });
    expect(await said('/activity log Drill date:20/1/2026 participants:"30 orang" women:"12 people"')).toBe('ok');
    expect(await said('/activity log Again date:20/1/2026 participants:40 orang')).toBe('ok');
    expect(await said('/activity done K-1 participants:"30 kg"')).toBe('invalid_option');
    const done = await world.store.read.select().from(activities);
    expect(done.map(one => [one.participants, one.groups?.women ?? null])).toEqual([
      [30, 12],
      [40, null],
    ]);
    expect(await said('/indicator edit N-1 due_days:"5 hari" lock_days:"20 days" green:80% amber:"60 persen"')).toBe(
      'ok',
    );
    expect((await world.store.read.select().from(indicators))[0]).toMatchObject({
      dueDays: 5,
      lockDays: 20,
      green: 80,
      amber: 60,
    });
  });

  it('G23: any other unit is asked about once, keeps what was typed, and is saved on a yes', async () => {
    await using world = await aForum(open, '2026-02-02');
    await world.all('/indicator add Trained unit:orang baseline:10 frequency:monthly partner:BPBD');
    const { reports, indicators } = world.store.tables;
    const values = async () =>
      (await world.store.read.select().from(reports)).filter(one => one.inForce).map(one => [one.value, one.note]);
    const asked = async (line: string, unit: string): Promise<void> => {
      const { error, text } = await world.run(line);
      expect([line, error?.code, text.includes(`not ${unit}`)]).toEqual([line, 'conflict', true]);
    };
    await asked('@budi /indicator report N-1 value:"12 cows" note:"counted twice"', 'cows');
    expect(await values()).toEqual([]);
    await world.all('@budi :fill confirm=yes');
    expect(await values()).toEqual([['12', 'counted twice']]);
    await asked('@budi /indicator correct N-1 2026-02 value:"14 kambing bunting" reason:x', 'kambing bunting');
    await asked('@budi /indicator correct N-1 2026-02 value:14 sapi reason:x', 'sapi');
    await world.all('@budi /indicator correct N-1 2026-02 value:14 sapi reason:x confirm:yes');
    expect(await values()).toEqual([['14', 'counted twice']]);
    // A target and a baseline have the same unit; where none is named, theirs is the indicator's.
    await asked('/indicator target N-1 "200 cows"', 'cows');
    await asked('/indicator edit N-1 baseline:"9 cows"', 'cows');
    await world.all('/indicator target N-1 "200 jiwa"', '/indicator add Herd target:"50 cows" partner:BPBD');
    expect((await world.store.read.select().from(indicators)).map(one => [one.target, one.unit])).toEqual([
      ['200', 'orang'],
      ['50', 'cows'],
    ]);
    // The two numbers of a share are of other things than the share; words that nobody knows are no unit of theirs.
    await world.all('/indicator add Covered unit:% frequency:monthly partner:BPBD');
    const share = await world.run('@budi /indicator report N-3 numerator:"9 cwos" denominator:"18 cows"');
    expect([share.error?.code, share.text.includes('cwos')]).toEqual(['invalid_option', true]);
    await world.all('@budi /indicator report N-3 numerator:"9 cows" denominator:"18 cows"');
  });

  it('G14: a target against the agreed direction is asked about, also where it is set later', async () => {
    await using world = await aForum(open, '2026-02-02');
    await world.all('/indicator add Accidents unit:times baseline:100 target:150 partner:BPBD confirm:yes');
    const target = async () => (await world.store.read.select().from(world.store.tables.indicators))[0]!.target;
    const odd = await world.run('/indicator target N-1 20');
    expect([odd.error?.code, await target()]).toEqual(['conflict', '150']);
    await world.all(':fill confirm=yes');
    expect(await target()).toBe('20');
    // One period may go its own way.
    await world.all('/indicator target N-1 90 period:2026-Q1');
  });

  it('G36: a doubtful amount has a button for each reading, which enters that one', async () => {
    await using world = await aForum(open, '2026-02-02');
    const asked = await world.run('/finance record Boats direction:out amount:"2.5 M" date:1/2/2026');
    expect(asked.error?.code).toBe('invalid_option');
    for (const reading of ['Rp 2,500,000 (', 'Rp 2,500,000,000 (']) expect(asked.text).toContain(reading);
    const label = /\[(Rp 2,500,000 \([^\]]*)\]/.exec(asked.text)?.[1];
    await world.all(`:click "${label}"`);
    const { entries } = world.store.tables;
    expect((await world.store.read.select().from(entries)).map(one => Number(one.amount))).toEqual([250_000_000]);
    // The same with a unit behind it.
    await world.all('/indicator add Losses unit:rupiah frequency:monthly partner:BPBD');
    const value = await world.run('@budi /indicator report N-1 value:"2.5 M rupiah" period:2026-01');
    expect(value.text).toContain('[2,500,000,000]');
    await world.all('@budi :click 2,500,000,000');
    const { reports } = world.store.tables;
    expect((await world.store.read.select().from(reports))[0]).toMatchObject({ value: '2500000000' });
  });

  it('G7: a partner that reports no more corrects and completes what it was to report', async () => {
    await using world = await aForum(open, '2026-01-05');
    await world.all(
      '/indicator add Access unit:people frequency:monthly partner:"BPBD, Lumbung"',
      ':skip 30d',
      '@joko /indicator report N-1 20 period:2026-01',
      ':skip 20d',
      '/indicator edit N-1 partner:BPBD',
      '@joko /indicator correct N-1 period:2026-01 value:21 reason:recounted',
    );
    const { reports } = world.store.tables;
    const inForce = (await world.store.read.select().from(reports)).filter(one => one.inForce);
    expect(inForce.map(one => [one.partner, one.value])).toEqual([[2, '21']]);
    // A coordinator does so too, for the partner that is named; what comes after is no longer its own.
    await world.all('/indicator correct N-1 period:2026-01 value:22 reason:recounted partner:Lumbung', ':skip 10d');
    expect((await world.run('@joko /indicator report N-1 30 period:2026-02')).error?.code).toBe('forbidden');
  });
});
