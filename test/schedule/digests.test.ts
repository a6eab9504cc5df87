import { CronExpressionParser } from 'cron-parser';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addDays, dateIn, instantAt, timeIn } from '../../src/domain/calendar.ts';
import type { Forum } from '../../src/domain/forums.ts';
import { hourlyAtMost, timesOf } from '../../src/schedule/cron.ts';
import { nextDigests } from '../../src/schedule/digests.ts';
import { adjust } from '../../src/schedule/holiday-rule.ts';
import { databases } from '../databases.ts';
import { fc } from '../properties.ts';
import { aWorld } from '../world.ts';

vi.mock('../../src/domain/calendar.ts', async original => {
  const real = await original<typeof import('../../src/domain/calendar.ts')>();
  return { ...real, instantAt: vi.fn(real.instantAt) };
});

const HOUR = 3_600_000;
/** Days off one by one, a row of five and one of more than a month. */
const LONG = Array.from({ length: 40 }, (_, n) => addDays('2027-04-20', n));
const OFF = new Set(['2026-12-24', '2026-12-25', '2027-01-01', ...[5, 6, 7, 8, 9].map(d => `2027-03-0${d}`), ...LONG]);
const RULES = ['next', 'previous', 'skip', 'keep'] as const;

const aForum = (digestCron: string, zone: string, digestOnHoliday: (typeof RULES)[number]): Forum =>
  ({ zone, settings: { digestCron, digestOnHoliday } }) as unknown as Forum;

/** The rule, the slow way: each instant of the whole expression from seven weeks before on. */
function slowly({ zone, settings }: Forum, after: Date, n: number): Date[] {
  const from = new Date(`${dateIn(after, zone)}T${timeIn(after, zone)}:00Z`).getTime() - 49 * 24 * HOUR - 3 * HOUR;
  const times = CronExpressionParser.parse(settings.digestCron!, { currentDate: new Date(from), tz: 'UTC' });
  const found: Date[] = [];
  for (let last = after; found.length < n; ) {
    const wall = times.next().toDate().toISOString();
    const day = adjust(wall.slice(0, 10), settings.digestOnHoliday!, OFF);
    const at = day === null ? last : instantAt(day, wall.slice(11, 16), zone);
    if (at <= last) continue;
    found.push(at);
    last = at;
  }
  return found;
}

describe('Y11: the instants of a digest', () => {
  beforeEach(() => {
    vi.mocked(instantAt).mockClear();
  });

  const minute = fc.integer({ min: 0, max: 59 }).map(String);
  const hour = fc.constantFrom('*', '8', '*/6', '7,13', '0-5', '23', '2');
  const day = fc.constantFrom('* * *', '* * 1', '1 * *', '*/10 * 5', '25 12,1 *', '* * 1-5');
  const zone = fc.constantFrom(
    'Asia/Jakarta',
    'Asia/Jayapura',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
  );
  const after = fc.constantFrom(
    '2026-10-25',
    '2026-11-01',
    '2026-12-23',
    '2026-12-31',
    '2027-03-07',
    '2027-03-28',
    '2027-05-29',
  );

  it('are those of the whole expression, whatever the zone, the clocks and the holidays', () => {
    fc.assert(
      fc.property(
        minute,
        hour,
        day,
        zone,
        after,
        fc.nat(1_439),
        fc.constantFrom(...RULES),
        (m, h, d, z, date, at, rule) => {
          const forum = aForum(`${m} ${h} ${d}`, z, rule);
          const from = new Date(Date.parse(`${date}T00:00:00Z`) + at * 60_000);
          expect(nextDigests(forum, 'digest', from, OFF, 6)).toEqual(slowly(forum, from, 6));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('cost the same for every minute as for one a day', () => {
    for (const cron of ['* * * * *', '*/5 * * * *', '0 8 * * *']) {
      vi.mocked(instantAt).mockClear();
      const next = nextDigests(
        aForum(cron, 'Asia/Jakarta', 'next'),
        'digest',
        new Date('2026-12-26T03:07:00Z'),
        OFF,
        1,
      );
      expect(next).toHaveLength(1);
      expect(vi.mocked(instantAt).mock.calls.length, cron).toBeLessThanOrEqual(6);
    }
  });

  it('are an hour apart at least', () => {
    expect(timesOf('15,45 8,9 * * *')).toEqual(['08:15', '09:15']);
    expect(hourlyAtMost('*/5 8-17 * * 1-5')).toBe('0 8-17 * * 1-5');
    expect(hourlyAtMost('7 * * * *')).toBe('7 * * * *');
  });
});

for (const database of databases)
  it(`Y11: a digest more often than daily is asked about, and comes hourly at most (${database.name})`, async () => {
    await using world = await aWorld({ store: await database.open() });
    await world.all('/forum setup "Forum Uji" announce:umum coordinators:koor');
    const cronOf = async () =>
      (await world.store.read.select().from(world.store.tables.forums))[0]!.settings.digestCron ?? null;
    for (const often of ['* * * * *', '0 8,17 * * 1']) {
      const asked = await world.run(`/digest schedule "${often}"`);
      expect([asked.ok, asked.error?.code]).toEqual([false, 'conflict']);
      expect(await cronOf()).toBe(null);
    }
    const set = await world.run('/digest schedule "* * * * *" confirm:yes');
    expect([set.ok, await cronOf()]).toEqual([true, '0 * * * *']);
    expect((await world.run('/digest schedule "0 8 * * 1-5"')).ok).toBe(true);
  });
