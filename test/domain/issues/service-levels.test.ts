import { describe, expect, it } from 'vitest';
import { instantAt } from '../../../src/domain/calendar.ts';
import { promised } from '../../../src/domain/issues/service-levels.ts';
import { holidaysOf } from '../../../src/schedule/holidays.ts';

const zone = 'Asia/Jakarta';
const holidays = holidaysOf({ added: [], removed: [] });
const wib = (date: string, time: string): Date => instantAt(date, time, zone);
type Owing = Parameters<typeof promised>[0];
const owed = (over: Partial<Owing>) => {
  const at = wib('2026-11-20', '07:10');
  const issue = {
    state: 'new',
    severity: 'medium',
    createdAt: at,
    firstResponseAt: null,
    changedAt: at,
    waitingUntil: null,
  };
  return promised({ ...issue, ...over } as Owing, zone, holidays);
};

describe('what is owed on an issue', () => {
  it('is a first response within two working days', () => {
    expect(owed({})).toEqual({ what: 'respond', until: wib('2026-11-25', '00:00') });
  });

  it('is a response within four hours where it is critical, day and night', () => {
    expect(owed({ severity: 'critical' })).toEqual({ what: 'respond', until: wib('2026-11-20', '11:10') });
  });

  it('does not count days off', () => {
    expect(owed({ createdAt: wib('2026-12-23', '15:00') })?.until).toEqual(wib('2026-12-30', '00:00'));
  });

  it('is an update within seven days, ending on a working day', () => {
    const firstResponseAt = wib('2026-12-18', '09:00');
    expect(owed({ state: 'in_progress', firstResponseAt, changedAt: firstResponseAt })).toEqual({
      what: 'update',
      until: wib('2026-12-29', '00:00'),
    });
  });

  it('begins with the date that it waits for', () => {
    const waiting = {
      state: 'waiting',
      firstResponseAt: wib('2026-11-20', '08:00'),
      waitingUntil: '2026-11-27',
    } as const;
    expect(owed(waiting)?.until).toEqual(wib('2026-12-05', '00:00'));
  });

  it.each(['resolved', 'closed'] as const)('is nothing once it is %s', state => {
    expect(owed({ state })).toBeNull();
  });
});
