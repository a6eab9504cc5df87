import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { daysBetween, nextWorkingDay } from '../../src/domain/calendar.ts';
import { INDONESIA } from '../../src/domain/decreed.ts';
import { easterOf, estimatedDays } from '../../src/domain/estimates.ts';
import { rememberFact } from '../../src/domain/facts.ts';
import { holidaysOf } from '../../src/domain/holidays.ts';
import { learnDays } from '../../src/schedule/days.ts';
import { isPending } from '../../src/storage/literal.ts';
import type { Store } from '../../src/storage/store.ts';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';

const none = { added: [], removed: [] };

describe('the decree for 2027', () => {
  const { days } = INDONESIA.find(one => one.year === 2027)!;
  const of = (kind: string): string =>
    days
      .filter(day => day.kind === kind)
      .map(day => day.date.slice(5))
      .join(' ');

  it('names 18 national days and 8 days of collective leave', () => {
    expect(of('national')).toBe(
      '01-01 01-05 02-06 03-08 03-10 03-11 03-26 03-28 05-01 05-06 05-17 05-20 06-01 06-06 08-15 08-17 12-25 12-26',
    );
    expect(of('collective')).toBe('02-05 03-09 03-12 03-15 03-25 05-18 05-19 12-24');
  });

  it('leaves one working day between 5 and 16 March', () => {
    // Friday 5 March, then Nyepi, Eid and the leave around it until Monday 15.
    expect(nextWorkingDay('2027-03-06', holidaysOf(none))).toBe('2027-03-16');
  });
});

describe('what is reckoned', () => {
  it.each(['2008-03-23', '2026-04-05', '2027-03-28', '2028-04-16', '2030-04-21', '2038-04-25'])(
    'Easter on %s',
    date => {
      expect(easterOf(Number(date.slice(0, 4)))).toBe(date);
    },
  );

  it('is within two days of what was decreed, and nothing else is', () => {
    for (const { year, days } of INDONESIA) {
      const national = days.filter(day => day.kind === 'national').map(day => day.date);
      for (const guess of estimatedDays(year))
        expect([guess, national.some(date => Math.abs(daysBetween(date, guess)) <= 2)]).toEqual([guess, true]);
    }
  });

  it('is a year’s own, with each Islamic feast at least once', () => {
    for (let year = 2024; year <= 2060; year++) {
      const days = [...estimatedDays(year)];
      expect([year, days.every(date => date.startsWith(`${year}-`)), days.length >= 12]).toEqual([year, true, true]);
    }
  });

  it('shifts reminders and no due date, until the year is decreed or entered', () => {
    const eid = [...estimatedDays(2031)].find(date => date.startsWith('2031-01-2'))!;
    const off = holidaysOf(none);
    expect([off.knows(2027), off.knows(2031), off.has(eid), off.likely.has(eid)]).toEqual([true, false, false, true]);
    expect(off.likely.has('2027-01-05')).toBe(true);
    expect(holidaysOf({ added: [], removed: [eid] }).likely.has(eid)).toBe(false);
    const added = Array.from({ length: 10 }, (_, n) => `2031-0${(n % 9) + 1}-1${n}`);
    const entered = holidaysOf({ added, removed: [] });
    expect([entered.knows(2031), entered.likely.has(eid), entered.likely.has(added[0]!)]).toEqual([true, false, true]);
  });
});

/** Lists what is planned of a kind, by subject. */
async function plannedOf(store: Store, kind: string): Promise<Record<string, string>> {
  const { occurrences: o } = store.tables;
  const rows = await store.read
    .select()
    .from(o)
    .where(and(eq(o.kind, kind), isPending(o.state)));
  return Object.fromEntries(rows.map(row => [row.subject, row.due.toISOString()]));
}

describe.each(databases)('days off that change ($name)', ({ open }) => {
  it('move what is planned, there and back', async () => {
    await using world = await aWorld({ store: await open() });
    const { store } = world;
    await world.all(
      '/forum setup Uji coordinators:koor',
      '/partner add A sector:ngo',
      '/partner assign ani partner:A role:representative',
      '/indicator add Gladi frequency:monthly due_days:10 partner:A',
    );
    const before = await plannedOf(store, 'report_due');
    expect(before['1:2026-11:due']).toBe('2026-12-10T02:00:00.000Z');
    expect(Object.values(await plannedOf(store, 'digest'))).toEqual(['2026-11-30T01:00:00.000Z']);

    await world.all('/forum holiday 10/12/2026 name:Hajatan', '/forum holiday 30/11/2026');
    const moved = await plannedOf(store, 'report_due');
    expect(moved['1:2026-11:due']).toBe('2026-12-11T02:00:00.000Z');
    expect(moved['1:2026-11:after_3']).toBe('2026-12-14T02:00:00.000Z');
    expect(Object.values(await plannedOf(store, 'digest'))).toEqual(['2026-12-01T01:00:00.000Z']);
    expect((await world.run('/forum show')).text).toContain('10 Desember 2026 Hajatan');

    await world.all('/forum holiday 10/12/2026 off:no', '/forum holiday 30/11/2026 off:no');
    expect(await plannedOf(store, 'report_due')).toEqual(before);
    expect(Object.values(await plannedOf(store, 'digest'))).toEqual(['2026-11-30T01:00:00.000Z']);
  });

  it('come with a newer program too: what was planned by the old table is planned anew, once', async () => {
    await using world = await aWorld({ store: await open() });
    const { store } = world;
    await world.all('/forum setup Uji', '/indicator add Gladi frequency:monthly due_days:10');
    const right = await plannedOf(store, 'report_due');
    const { occurrences: o } = store.tables;
    const late = new Date('2026-12-20T02:00:00Z');
    await store.write(null, tx => tx.update(o).set({ due: late }).where(eq(o.kind, 'report_due')));
    await rememberFact(store, 'days-off', 'an older table');
    await learnDays(store, START);
    expect(await plannedOf(store, 'report_due')).toEqual(right);
    await store.write(null, tx => tx.update(o).set({ due: late }).where(eq(o.kind, 'report_due')));
    await learnDays(store, START);
    expect(new Set(Object.values(await plannedOf(store, 'report_due')))).toEqual(new Set([late.toISOString()]));
  });

  it('are asked for in October, where nobody has decreed or entered them', async () => {
    await using world = await aWorld({ store: await open(), start: new Date('2027-09-20T02:00:00Z') });
    await world.all('/forum setup Uji coordinators:koor');
    const { posts } = await world.run(':skip 20d');
    const asked = posts.filter(post => post.text.includes('2028'));
    expect(asked.map(post => post.to)).toEqual(['#koor']);
    await world.run(':skip 60d');
    expect((await world.run('/forum show')).text).toContain('perkiraan');
    for (let month = 1; month <= 10; month++) await world.all(`/forum holiday ${month}/${month}/2028`);
    expect((await world.run('/forum show')).text).not.toContain('perkiraan');
    expect(Object.keys(await plannedOf(world.store, 'holidays_asked'))).toEqual(['2029']);
  });
});
