import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';
import { sentIn } from './replay.ts';

const FORUM = [
  '/partner add A sector:government',
  '/partner add B sector:ngo',
  '/partner assign ani partner:A role:representative',
  '/partner assign andi partner:A role:alternate',
  '/partner assign budi partner:B role:representative',
  '/indicator add Gladi frequency:quarterly partner:A',
];

/**
 * Worked out by hand with the calendar of 2026. A quarter's report is due ten days after it, or on the next working
 * day. The first reminder is seven working days earlier: for 10 April over Good Friday (3 April), for 12 October
 * (Monday after Saturday 10) from the 1st. Nobody reports, so each ladder is climbed to its top.
 */
const QUARTERS = [
  {
    first: '2026-03-31',
    before: '2026-04-09',
    due: '2026-04-10',
    third: '2026-04-13',
    week: '2026-04-17',
    two: '2026-04-24',
  },
  {
    first: '2026-07-01',
    before: '2026-07-09',
    due: '2026-07-10',
    third: '2026-07-13',
    week: '2026-07-17',
    two: '2026-07-24',
  },
  {
    first: '2026-10-01',
    before: '2026-10-11',
    due: '2026-10-12',
    third: '2026-10-15',
    week: '2026-10-19',
    two: '2026-10-26',
  },
];

const LADDER = QUARTERS.flatMap(({ first, before, due, third, week, two }) => [
  `${first} 09:00 @ani reports_due`,
  `${before} 09:00 @ani reports_due`,
  `${due} 09:00 @ani reports_due`,
  `${due} 09:00 @andi reports_due`,
  `${third} 09:00 @ani reports_due`,
  `${week} 09:00 #koor reports_overdue`,
  `${two} 09:00 @ani reports_due`,
  `${two} 09:00 @andi reports_due`,
]);

/** The last quarter is due on Monday 11 January 2027: seven working days earlier, without 1 and 5 January, is 29 December. */
const NEXT_YEARS = ['2026-12-29 09:00 @ani reports_due'];

/** The Mondays of 2026 from 5 January; where one is a holiday, the working day after it. */
const MOVED: Readonly<Record<string, string>> = {
  '2026-02-16': '2026-02-18', // leave and the Lunar New Year
  '2026-03-23': '2026-03-25', // leave after Eid al-Fitr, two days
  '2026-06-01': '2026-06-02', // Pancasila Day
  '2026-08-17': '2026-08-18', // Independence Day
};
const WEEKLY = Array.from({ length: 52 }, (_, week) => {
  const monday = new Date(Date.UTC(2026, 0, 5 + 7 * week)).toISOString().slice(0, 10);
  return `${MOVED[monday] ?? monday} 08:00 #koor digest`;
});

/** The 25th of each month; 25 August is a holiday, and so is 25 December, a Friday with leave before and a weekend after. */
const MONTHLY = [
  '01-25',
  '02-25',
  '03-25',
  '04-25',
  '05-25',
  '06-25',
  '07-25',
  '08-26',
  '09-25',
  '10-25',
  '11-25',
  '12-28',
].map(day => `2026-${day} 08:00 #koor digest`);

describe.each(databases)('a whole year of a forum on $name', ({ name, open }) => {
  const zones = [
    ['WIB', 'Asia/Jakarta'],
    ['WITA', 'Asia/Makassar'],
    ['WIT', 'Asia/Jayapura'],
  ] as const;

  it.each(name === 'sqlite' ? zones : zones.slice(0, 1))(
    'in %s sends exactly what was worked out by hand',
    async (short, zone) => {
      await using world = await aWorld({ store: await open(), start: new Date('2026-01-02T03:00:00Z') });
      await world.all(
        `/forum setup "Forum Uji" announce:umum coordinators:koor timezone:${short}`,
        ...FORUM,
        '/digest schedule "0 8 * * 1" monthly:25 empty:yes',
        ':skip 364d',
      );
      const sent = await sentIn(world.store, zone, ['reports_due', 'reports_overdue', 'digest']);
      const year = sent.filter(line => line < '2027');
      expect(year.filter(line => !line.endsWith('digest'))).toEqual([...LADDER, ...NEXT_YEARS]);
      expect(year.filter(line => line.endsWith('digest'))).toEqual([...WEEKLY, ...MONTHLY].sort());
      expect(world.logged).toEqual([]);
    },
  );
});

it.each(databases)(
  'what is reported is not reminded of again: each month has its first reminder, and no more ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open(), start: new Date('2026-01-02T03:00:00Z') });
    await world.all(
      '/forum setup "Forum Uji" announce:umum coordinators:koor',
      ...FORUM,
      '/indicator add Pangan frequency:monthly partner:B',
    );
    // On the third of each month at ten Budi reports the month before.
    const days = [32, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30];
    for (const [month, wait] of days.entries())
      await world.all(`:skip ${wait}d`, `@budi /indicator report N-2 value:${month + 1}`);
    const sent = await sentIn(world.store, 'Asia/Jakarta', ['reports_due']);
    expect(sent.filter(line => line.includes('@budi')).map(line => line.slice(0, 10))).toEqual([
      '2026-01-30',
      '2026-02-27',
      '2026-03-31',
      '2026-04-29',
      '2026-05-29',
      '2026-07-01',
      '2026-07-30',
      '2026-09-01',
      '2026-10-01',
      '2026-10-30',
      '2026-12-01',
    ]);
  },
);

it.each(databases)(
  'a leap year has its 29 February: the report of that month is due on 10 March ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open(), start: new Date('2028-02-01T03:00:00Z') });
    await world.all(
      '/forum setup "Forum Uji" announce:umum coordinators:koor',
      ...FORUM,
      '/indicator add Pangan frequency:monthly partner:B',
      ':skip 40d',
    );
    const sent = await sentIn(world.store, 'Asia/Jakarta', ['reports_due']);
    expect(sent.filter(line => line.includes('@budi'))).toEqual([
      '2028-03-01 09:00 @budi reports_due',
      '2028-03-09 09:00 @budi reports_due',
      '2028-03-10 09:00 @budi reports_due',
    ]);
  },
);

it.each(databases)(
  'where clocks change it stays nine in the morning: 09.00 is 07.00 UTC before 25 October and 08.00 after ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open(), start: new Date('2026-09-01T03:00:00Z') });
    await world.all(
      '/forum setup "Forum Uji" announce:umum coordinators:koor timezone:Europe/Amsterdam',
      ...FORUM,
      '/digest schedule "30 2 * * 0" empty:yes',
      ':skip 60d',
    );
    const sent = await sentIn(world.store, 'UTC', ['reports_due', 'reports_overdue', 'digest']);
    expect(sent.filter(line => line.includes('@ani'))).toEqual([
      '2026-10-01 07:00 @ani reports_due',
      '2026-10-11 07:00 @ani reports_due',
      '2026-10-12 07:00 @ani reports_due',
      '2026-10-15 07:00 @ani reports_due',
      '2026-10-26 08:00 @ani reports_due',
    ]);
    // 02.30 comes twice on 25 October: the first counts, and there is one digest that night.
    expect(sent.filter(line => line.endsWith('digest') && line > '2026-10-17' && line < '2026-11')).toEqual([
      '2026-10-18 00:30 #koor digest',
      '2026-10-25 00:30 #koor digest',
    ]);
  },
);
