import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/domain/calendar.ts';
import { holidaysOf } from '../../../src/domain/holidays.ts';
import {
  DUE_RULE,
  deadlinesOf,
  FREQUENCIES,
  nextPeriod,
  periodOf,
  periodOfKey,
  periodsBetween,
  previousPeriod,
} from '../../../src/domain/indicators/periods.ts';
import { fc } from '../../properties.ts';

const days = holidaysOf({ added: [], removed: [] });
const span = (key: string): (string | undefined)[] => [periodOfKey(key)?.start, periodOfKey(key)?.end];

describe('a period', () => {
  it.each([
    ['2026-W47', '2026-11-16', '2026-11-22'],
    ['2026-W53', '2026-12-28', '2027-01-03'],
    ['2028-02', '2028-02-01', '2028-02-29'],
    ['2026-Q3', '2026-07-01', '2026-09-30'],
    ['2026-H2', '2026-07-01', '2026-12-31'],
    ['2026', '2026-01-01', '2026-12-31'],
  ])('%s runs from %s to %s', (key, start, end) => {
    expect(span(key)).toEqual([start, end]);
  });

  it.each(['2026-W54', '2025-W53', '2026-W00', '2026-13', '2026-00', '2026-Q5', '2026-H3', '26-Q1', ''])(
    '"%s" does not exist',
    key => {
      expect(periodOfKey(key)).toBeNull();
    },
  );

  const dates = fc.integer({ min: -20_000, max: 40_000 }).map(n => addDays('2000-01-01', n));
  it('holds its dates, and its key leads back to it', () => {
    fc.assert(
      fc.property(dates, fc.constantFrom(...FREQUENCIES), (date, frequency) => {
        const period = periodOf(date, frequency);
        expect(period.start <= date && date <= period.end).toBe(true);
        expect(periodOfKey(period.key)).toEqual(period);
        expect(previousPeriod(nextPeriod(period))).toEqual(period);
        expect(nextPeriod(period).start).toBe(addDays(period.end, 1));
        expect(nextPeriod(period).key > period.key).toBe(true);
      }),
    );
  });

  it('is listed with all those between', () => {
    const keys = (from: string, to: string) => periodsBetween(from, to, 'quarterly').map(one => one.key);
    expect(keys('2025-11-30', '2026-04-01')).toEqual(['2025-Q4', '2026-Q1', '2026-Q2']);
    expect(keys('2026-04-01', '2026-03-31')).toEqual([]);
  });
});

describe('a report', () => {
  it.each([
    ['2026-Q3', '2026-10-12'],
    ['2026-Q4', '2027-01-11'],
    ['2026-11', '2026-12-10'],
  ])('for %s is due on %s', (key, due) => {
    expect(deadlinesOf(periodOfKey(key)!, DUE_RULE, 'Asia/Jakarta', days).due).toBe(due);
  });

  it('is late after its due day and locked after thirty more, in the local zone', () => {
    const { late, lock } = deadlinesOf(periodOfKey('2026-Q3')!, DUE_RULE, 'Asia/Jayapura', days);
    expect([late.toISOString(), lock.toISOString()]).toEqual(['2026-10-12T15:00:00.000Z', '2026-11-11T15:00:00.000Z']);
  });

  it('P1: is due after the end of its own period, however early one looks', () => {
    for (const period of periodsBetween('2026-01-01', '2027-12-31', 'monthly'))
      expect(deadlinesOf(period, DUE_RULE, 'Asia/Jakarta', days).due > period.end).toBe(true);
  });
});
