import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayFire, REPORT_LADDER } from '../../src/schedule/ladder.ts';
import { decide, latenessOf } from '../../src/schedule/misfire.ts';
import { type Occurrence, plan } from '../../src/schedule/planner.ts';
import { digest, fixed, holidays, ladder, wib } from './schedules.ts';

const names = (all: readonly Occurrence[]): string[] => all.map(one => one.step ?? one.key);
const decided = (pending: readonly Occurrence[], now: Date) => {
  const { send, superseded, missed } = decide(pending, now);
  return { send: names(send), superseded: names(superseded), missed: names(missed) };
};
const planned = (schedules: Parameters<typeof plan>[0], from: Date, now: Date) => plan(schedules, holidays, from, now);

describe('R3: a digest that comes late', () => {
  const daily = digest({ timing: { form: 'cron', expression: '0 8 * * *' }, dayRule: 'ignore' });
  const key = (date: string): string => `digest:${date}T01:00:00.000Z`;

  it('P11: is one for all those that were missed', () => {
    const now = wib('2026-11-24', '10:00');
    expect(decided(planned([daily], wib('2026-11-21'), now), now)).toEqual({
      send: [key('2026-11-24')],
      superseded: [key('2026-11-21'), key('2026-11-22'), key('2026-11-23')],
      missed: [],
    });
  });

  it('P11: by more than a day is missed, and recorded as such', () => {
    const weekly = planned([digest()], wib('2026-11-21'), wib('2026-11-23', '09:00'));
    expect(decided(weekly, wib('2026-11-24', '08:00')).send).toEqual([key('2026-11-23')]);
    expect(decided(weekly, wib('2026-11-24', '08:01')).missed).toEqual([key('2026-11-23')]);
  });

  it('put on one day by days off is sent once', () => {
    const workdays = { ...daily, dayRule: 'next_working_day' as const };
    const now = wib('2026-12-28', '08:00');
    const { send, superseded } = decide(planned([workdays], wib('2026-12-23', '09:00'), now), now);
    expect([send.length, superseded.length]).toEqual([1, 4]);
  });
});

describe('R3: a ladder that comes late', () => {
  const report = ladder('2026-11-23');
  const at = (date: string, time: string, from = '2026-11-01') => {
    const now = wib(date, time);
    return decided(planned([report], wib(from), now), now);
  };

  it('sends the latest step alone', () => {
    expect(at('2026-11-23', '10:30', '2026-11-20')).toEqual({ send: ['due'], superseded: ['day_before'], missed: [] });
  });

  it('sends a step until the next one comes', () => {
    expect(at('2026-11-26', '08:59')).toMatchObject({ send: ['due'] });
    expect(at('2026-11-26', '09:00')).toMatchObject({ send: ['after_3'] });
  });

  it('runs an escalation however late, and the reminder after it too', () => {
    expect(at('2026-12-08', '09:00', '2026-11-24')).toEqual({
      send: ['after_7', 'after_14'],
      superseded: ['after_3'],
      missed: [],
    });
  });

  it('sends no reminder after the lock', () => {
    expect(at('2027-01-02', '09:00', '2026-12-01')).toMatchObject({ missed: ['after_14'] });
  });

  it('records a step whose successor went out already as missed', () => {
    const [first] = planned([report], wib('2026-11-20'), wib('2026-11-22', '09:00'));
    expect(decided([first!], wib('2026-11-23', '09:00')).missed).toEqual(['day_before']);
  });

  it('leaves what is not due yet alone', () => {
    const all = planned([report], wib('2026-11-01'), wib('2026-12-31'));
    expect(decided(all, wib('2026-11-23', '08:59')).send).toEqual(['day_before']);
  });
});

describe('R3: the start of an event', () => {
  const start = planned([fixed('K-9', 'event', [wib('2026-11-24', '09:00')])], wib('2026-11-24'), wib('2026-11-25'));

  it('is announced up to fifteen minutes later', () => {
    expect(decided(start, wib('2026-11-24', '09:15')).send).toHaveLength(1);
    expect(decided(start, new Date(wib('2026-11-24', '09:15').getTime() + 1)).missed).toHaveLength(1);
  });
});

describe('R3: an escalation that recurs', () => {
  it('runs once for all that were missed', () => {
    const nag = digest({ id: 'nag', kind: 'escalation', timing: { form: 'cron', expression: '0 9 * * *' } });
    const now = wib('2026-11-27', '10:00');
    const { send, superseded } = decide(planned([nag], wib('2026-11-24'), now), now);
    expect([send.length, superseded.length]).toEqual([1, 3]);
  });
});

describe('R4: lateness', () => {
  const due = wib('2026-11-23', '08:00');
  it.each([
    ['08:15', null],
    ['08:16', 16],
    ['10:30', 150],
  ])('at %s is %s minutes', (time, minutes) => {
    expect(latenessOf({ due }, wib('2026-11-23', time))).toBe(minutes && minutes * 60_000);
  });
});

describe('P4: what was suppressed costs no try', () => {
  it.each([
    [[], true],
    [Array(20).fill('suppressed'), true],
    [['missed', 'failed', ...Array(5).fill('sent')], true],
    [Array(6).fill('sent'), false],
    [['unknown', ...Array(5).fill('sent')], false],
  ])('%j', (states, may) => {
    expect(mayFire(REPORT_LADDER, states)).toBe(may);
  });
});

describe('the outage of the demo: down from Friday 16:00 to Monday 10:30', () => {
  const [down, up] = [wib('2026-11-20', '16:00'), wib('2026-11-23', '10:30')];
  const schedules = [
    digest(),
    ladder('2026-11-23', { id: 'report' }),
    ladder('2026-11-14', { id: 'late-report' }),
    ...['K-11', 'K-12', 'K-13'].map(id => fixed(id, 'event', [wib('2026-11-21', '09:00')])),
  ];
  const pending = planned(schedules, down, up);
  const { send, superseded, missed } = decide(pending, up);

  it('sends one digest, two and a half hours late', () => {
    const digests = send.filter(one => one.kind === 'digest');
    expect(digests.map(one => latenessOf(one, up))).toEqual([150 * 60_000]);
  });

  it('sends the reminder of the day, which supersedes the one of the day before', () => {
    expect(send.filter(one => one.schedule === 'report').map(one => one.step)).toEqual(['due']);
    expect(superseded.map(one => one.step)).toEqual(['day_before']);
  });

  it('runs one escalation', () => {
    expect(send.filter(one => one.kind === 'escalation').map(one => one.step)).toEqual(['after_7']);
  });

  it('records three that were missed', () => {
    expect(missed.map(one => one.schedule)).toEqual(['K-11', 'K-12', 'K-13']);
  });

  it('plans nothing again on a second start', () => {
    expect(planned(schedules, up, new Date(up.getTime() + 60_000))).toEqual([]);
  });
});

describe('whatever is pending', () => {
  const all = planned(
    [
      digest({ timing: { form: 'cron', expression: '0 8 * * *' } }),
      ladder('2026-11-10'),
      ladder('2026-11-23'),
      fixed('K-1', 'event', [wib('2026-11-12', '09:00'), wib('2026-11-19', '09:00')]),
    ],
    wib('2026-11-01'),
    wib('2026-12-15'),
  );

  it('and due is in exactly one list, the rest in none, in whatever order it came', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(all), fc.integer({ min: 0, max: 45 * 24 * 60 }), (pending, minutes) => {
        const now = new Date(wib('2026-11-01').getTime() + minutes * 60_000);
        const { send, superseded, missed } = decide(pending, now);
        const keys = [...send, ...superseded, ...missed].map(one => one.key).sort();
        expect(keys).toEqual(
          pending
            .filter(one => one.due <= now)
            .map(one => one.key)
            .sort(),
        );
        // Each schedule speaks once at a time, its escalation apart.
        const voices = send.filter(one => one.kind !== 'event').map(one => `${one.schedule} ${one.kind}`);
        expect(new Set(voices).size).toBe(voices.length);
      }),
    );
  });
});
