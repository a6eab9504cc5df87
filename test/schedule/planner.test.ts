import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantAt } from '../../src/domain/calendar.ts';
import { isCron } from '../../src/schedule/cron.ts';
import { REPORT_LADDER } from '../../src/schedule/ladder.ts';
import { nextFires, plan, type Schedule } from '../../src/schedule/planner.ts';
import { digest, fixed, holidays, ladder, local, wib } from './schedules.ts';

const MINUTE = 60_000;
const cron = (expression: string, over: Partial<Schedule> = {}) =>
  digest({ timing: { form: 'cron', expression }, ...over });
const between = (schedules: readonly Schedule[], from: Date, now: Date) => plan(schedules, holidays, from, now);

describe('a digest', () => {
  it('comes each Monday at eight, on the next working day where that is a day off', () => {
    const planned = between([digest()], wib('2026-03-15'), wib('2026-04-01'));
    expect(local(planned)).toEqual(['2026-03-16 08:00', '2026-03-25 08:00', '2026-03-30 08:00']);
  });

  it('of Christmas comes on Monday 28 December', () => {
    expect(local(between([cron('0 8 25 * *')], wib('2026-12-01'), wib('2026-12-31')))).toEqual(['2026-12-28 08:00']);
  });

  it('keeps the instant it was meant for, which names it', () => {
    const [one] = between([cron('0 8 25 * *')], wib('2026-12-01'), wib('2026-12-31'));
    expect([one!.key, one!.nominal]).toEqual(['digest:2026-12-25T01:00:00.000Z', wib('2026-12-25', '08:00')]);
  });

  it('is planned on the working day before, when that comes first', () => {
    const before = cron('0 8 25 * *', { dayRule: 'previous_working_day' });
    expect(local(between([before], wib('2026-12-23', '07:59'), wib('2026-12-23', '08:00')))).toEqual([
      '2026-12-23 08:00',
    ]);
    expect(between([before], wib('2026-12-23', '08:00'), wib('2026-12-31'))).toEqual([]);
  });

  it('is left out on a day off by the rule "skip"', () => {
    expect(between([cron('0 8 25 * *', { dayRule: 'skip' })], wib('2026-12-01'), wib('2026-12-31'))).toEqual([]);
  });

  it('of the 31st comes only in months that have one, of 29 February only in leap years', () => {
    const ignore = { dayRule: 'ignore' } as const;
    expect(local(nextFires(cron('0 8 31 * *', ignore), holidays, wib('2026-09-01'), 2))).toEqual([
      '2026-10-31 08:00',
      '2026-12-31 08:00',
    ]);
    expect(local(nextFires(cron('0 8 29 2 *', ignore), holidays, wib('2026-09-01'), 1))).toEqual(['2028-02-29 08:00']);
  });

  it('R8: waits for the end of the quiet hours', () => {
    const early = cron('0 5 * * 1', { quiet: { from: '20:00', to: '07:00' } });
    expect(local(between([early], wib('2026-11-23'), wib('2026-11-24')))).toEqual(['2026-11-23 07:00']);
  });

  it.each([
    ['Asia/Jakarta', '2026-11-30T01:00:00.000Z'],
    ['Asia/Makassar', '2026-11-30T00:00:00.000Z'],
    ['Asia/Jayapura', '2026-11-29T23:00:00.000Z'],
  ])('R8: is at eight in the zone %s', (zone, at) => {
    const [next] = nextFires(digest({ zone }), holidays, wib('2026-11-24'), 1);
    expect(next!.due.toISOString()).toBe(at);
  });
});

describe('R9: in a zone with daylight saving', () => {
  const zone = 'America/New_York';
  const ny = (expression: string) => cron(expression, { zone, dayRule: 'ignore' });
  const times = (schedule: Schedule, from: string, to: string) =>
    between([schedule], instantAt(from, '00:00', zone), instantAt(to, '00:00', zone)).map(one =>
      one.due.toISOString().slice(5, 16),
    );

  it('a time that is skipped is the next valid instant', () => {
    expect(times(ny('30 2 * * *'), '2026-03-07', '2026-03-10')).toEqual(['03-07T07:30', '03-08T07:00', '03-09T06:30']);
  });

  it('a time that comes twice is the first, once', () => {
    expect(times(ny('30 1 * * *'), '2026-10-31', '2026-11-03')).toEqual(['10-31T05:30', '11-01T05:30', '11-02T06:30']);
  });

  it('P10: eight in the morning stays eight in the morning', () => {
    expect(times(ny('0 8 * * *'), '2026-10-31', '2026-11-02')).toEqual(['10-31T12:00', '11-01T13:00']);
  });
});

describe('the ladder of a report', () => {
  const steps = (due: string) =>
    between([ladder(due)], wib('2026-01-01'), wib('2027-03-01')).map(one => `${one.step} ${local([one])[0]}`);

  it('for the third quarter is this', () => {
    expect(steps('2026-10-12')).toEqual([
      'week_before 2026-10-01 09:00',
      'day_before 2026-10-11 09:00',
      'due 2026-10-12 09:00',
      'after_3 2026-10-15 09:00',
      'after_7 2026-10-19 09:00',
      'after_14 2026-10-26 09:00',
    ]);
  });

  it('counts working days over the holidays of Eid al-Fitr', () => {
    expect(steps('2026-03-27')[0]).toBe('week_before 2026-03-11 09:00');
  });

  it('has as many steps as one item may cause messages', () => {
    expect(REPORT_LADDER.steps).toHaveLength(REPORT_LADDER.maxFirings);
  });

  it('P1: warns before the due date and urges after it, never both on one day', () => {
    const planned = between([ladder('2026-12-10')], wib('2026-11-01'), wib('2027-01-01'));
    const side = (step: string) => planned.find(one => one.step === step)!.due;
    expect(side('day_before') < wib('2026-12-10') && side('after_3') > wib('2026-12-11')).toBe(true);
  });

  it('P2: falls on the same local dates whatever the zone or the hour of the run', () => {
    for (const zone of ['Asia/Jakarta', 'Asia/Jayapura', 'America/New_York', 'Pacific/Auckland']) {
      const due = ladder('2026-11-30', { zone });
      const dates = plan([due], holidays, wib('2026-01-01'), wib('2027-01-01')).map(one =>
        one.due.toLocaleDateString('sv', { timeZone: zone }),
      );
      expect(dates.slice(1, 4)).toEqual(['2026-11-29', '2026-11-30', '2026-12-03']);
    }
  });

  it('P3: of one partner is about that partner alone', () => {
    const all = ['M-03', 'M-07'].map(partner => ladder('2026-10-12', { id: `r-${partner}`, subject: partner }));
    const planned = between(all, wib('2026-10-11', '10:00'), wib('2026-10-12', '09:00'));
    expect(planned.map(one => one.subject)).toEqual(['M-03', 'M-07']);
  });
});

describe('what is known beforehand', () => {
  it('is planned at its instants: an agreement that ends is renewed 90, 60 and 30 days before', () => {
    const dates = ['2026-10-02', '2026-11-01', '2026-12-01'].map(date => wib(date, '09:00'));
    expect(local(between([fixed('A-1', 'reminder', dates)], wib('2026-09-01'), wib('2027-01-01')))).toEqual([
      '2026-10-02 09:00',
      '2026-11-01 09:00',
      '2026-12-01 09:00',
    ]);
  });

  it('at one instant is one occurrence, the later step', () => {
    const at = wib('2026-11-24', '09:00');
    const vote = fixed('V-2', 'reminder', []);
    const twice: Schedule = {
      ...vote,
      timing: {
        form: 'instants',
        at: [
          { at, step: 'half' },
          { at, step: 'day' },
        ],
        end: null,
      },
    };
    expect(between([twice], wib('2026-11-01'), wib('2026-12-01')).map(one => one.step)).toEqual(['day']);
  });
});

describe('R6: a schedule that is edited', () => {
  it('plans nothing from before the edit', () => {
    const edited = cron('0 8 * * *', { since: wib('2026-11-24', '10:00'), dayRule: 'ignore' });
    expect(local(between([edited], wib('2026-11-01'), wib('2026-11-26')))).toEqual(['2026-11-25 08:00']);
  });

  it('or paused plans nothing, and after it is resumed nothing of the pause', () => {
    const span = [wib('2026-11-01'), wib('2026-12-01')] as const;
    expect(between([digest({ paused: true })], ...span)).toEqual([]);
    expect(nextFires(digest({ paused: true }), holidays, span[0])).toEqual([]);
    expect(local(between([digest({ since: wib('2026-11-24') })], ...span))).toEqual(['2026-11-30 08:00']);
  });
});

describe('R13: the next occurrences', () => {
  it('are five', () => {
    expect(local(nextFires(digest(), holidays, wib('2026-11-24')))).toEqual([
      '2026-11-30 08:00',
      '2026-12-07 08:00',
      '2026-12-14 08:00',
      '2026-12-21 08:00',
      '2026-12-28 08:00',
    ]);
  });

  it('hold what days off have put off beyond now, once a day', () => {
    expect(local(nextFires(cron('0 8 * * *'), holidays, wib('2026-12-26', '12:00'), 2))).toEqual([
      '2026-12-28 08:00',
      '2026-12-29 08:00',
    ]);
  });

  it('are what is left of a ladder', () => {
    expect(nextFires(ladder('2026-10-12'), holidays, wib('2026-10-16')).map(one => one.step)).toEqual([
      'after_7',
      'after_14',
    ]);
  });

  it('are none where the rule leaves none over', () => {
    expect(nextFires(cron('0 8 * * 6', { dayRule: 'skip' }), holidays, wib('2026-11-24'))).toEqual([]);
  });
});

describe('a schedule of which nothing is left', () => {
  it('plans nothing, and comes to an end', () => {
    expect(between([cron('0 8 * * 6', { dayRule: 'skip' })], wib('2026-11-01'), wib('2026-12-31'))).toEqual([]);
    expect(between([digest({ since: wib('2400-01-01') })], wib('2026-11-01'), wib('2026-12-31'))).toEqual([]);
  });
});

describe('a cron expression', () => {
  it.each(['0 8 * * 1', '*/15 7-20 * * 1-5', '0 8 1 * *', '0 8 * * THU', '0 8 29 2 *'])('"%s" is one', text => {
    expect(isCron(text)).toBe(true);
  });

  it.each(['', 'senin', '0 8 * *', '0 0 8 * * 1', '@daily', 'H 8 * * *', 'H/5 * * * *', '61 * * * *', '0 8 30 2 *'])(
    '"%s" is none',
    text => {
      expect(isCron(text)).toBe(false);
    },
  );
});

describe('R2: planning', () => {
  const schedules: readonly Schedule[] = [
    digest(),
    cron('0 8 * * *', { id: 'daily' }),
    cron('0 18 * * *', { id: 'before', dayRule: 'previous_working_day' }),
    cron('30 22 * * *', { id: 'night', dayRule: 'skip', quiet: { from: '20:00', to: '07:00' } }),
    cron('*/30 * * * *', { id: 'often', zone: 'America/New_York', dayRule: 'ignore' }),
    ladder('2026-03-27'),
    ladder('2026-11-03', { dayRule: 'previous_working_day' }),
    fixed('V-2', 'reminder', [wib('2026-03-20', '10:00'), wib('2026-11-01', '13:37')]),
  ];
  const byKey = (keys: readonly string[]) => [...keys].sort();
  const keysOf = (from: Date, now: Date) => between(schedules, from, now).map(one => one.key);

  const span = (start: string) =>
    fc.tuple(
      fc.constant(wib(start)),
      fc.uniqueArray(fc.integer({ min: 1, max: 14 * 24 * 60 }), { minLength: 1, maxLength: 12 }),
    );

  it.each(['2026-03-01', '2026-03-14', '2026-10-25', '2026-12-19'])(
    'P5, P12: in one go from %s equals planning in any pieces: nothing lost, nothing twice',
    start => {
      fc.assert(
        fc.property(span(start), ([from, cuts]) => {
          const stops = cuts.sort((a, b) => a - b).map(n => new Date(from.getTime() + n * MINUTE));
          const pieces = stops.flatMap((now, i) => keysOf(i ? stops[i - 1]! : from, now));
          expect(new Set(pieces).size).toBe(pieces.length);
          expect(byKey(pieces)).toEqual(byKey(keysOf(from, stops.at(-1)!)));
        }),
        { numRuns: 12 },
      );
    },
  );

  it('P7: minute by minute over a clock change finds the same', () => {
    const [from, now] = [new Date('2026-11-01T04:00:00Z'), new Date('2026-11-01T08:00:00Z')];
    const pieces: string[] = [];
    for (let at = from.getTime(); at < now.getTime(); at += MINUTE)
      pieces.push(...keysOf(new Date(at), new Date(at + MINUTE)));
    expect(byKey(pieces)).toEqual(byKey(keysOf(from, now)));
  });

  it('never plans anything after it is due', () => {
    const [from, now] = [wib('2026-12-20'), wib('2026-12-24', '06:00')];
    for (const one of between(schedules, from, now)) expect(one.due > from).toBe(true);
  });

  it('with a clock that went back plans nothing', () => {
    expect(keysOf(wib('2026-11-24'), wib('2026-11-23'))).toEqual([]);
  });
});
