import { holidaysOf } from '../../../src/domain/holidays.ts';
import type { Fraction } from '../../../src/domain/indicators/fraction.ts';
import { expectedOf } from '../../../src/domain/indicators/owed.ts';
import { periodStatuses } from '../../../src/domain/indicators/period-status.ts';
import type { IndicatorRecord } from '../../../src/domain/indicators/record.ts';
import type { Indicator } from '../../../src/domain/indicators/row.ts';
import type { Report } from '../../../src/domain/indicators/stored-reports.ts';
import type { Terms } from '../../../src/domain/indicators/terms.ts';
import { type Agreed, type Fact, type Frequency, keyOf, Oracle, type Q, same, walk } from './oracle.ts';

/** Numbers that follow from a seed (mulberry32): a case is told by its seed alone. */
function chance(seed: number) {
  let a = seed >>> 0;
  const next = (): number => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const upTo = (n: number): number => Math.floor(next() * n);
  return { upTo, oneOf: <T>(all: readonly T[]): T => all[upTo(all.length)]!, isSo: (share: number) => next() < share };
}

const DAY = 86_400_000;
const plusDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** A course of an indicator: what happened, and the day on which it is looked at. */
export interface Course {
  readonly facts: readonly Fact[];
  readonly agreed: string;
  readonly today: string;
  readonly dueDays: number;
}

const DAYS: Readonly<Record<Frequency, number>> = {
  weekly: 7,
  monthly: 31,
  quarterly: 92,
  semiannual: 184,
  annual: 366,
};

/** A random course, with whatever the faults were seen in more often than life has it. */
export function courseOf(seed: number): Course {
  const { upTo, oneOf, isSo } = chance(seed);
  const frequency = oneOf(['weekly', 'monthly', 'monthly', 'quarterly', 'semiannual', 'annual'] as const);
  const agreed = plusDays(oneOf(['2026-01-05', '2026-11-20', '2025-12-10', '2020-12-01']), upTo(60));
  const length = Math.min(DAYS[frequency] * (3 + upTo(7)), 900);
  const today = plusDays(agreed, 5 + upTo(length));
  const number = (most: number): string => (upTo(most * 100) / 100).toFixed(upTo(3)).replace(/\.0*$/, '');
  const unit = isSo(0.3) ? '%' : 'orang';
  const everyone = [1, 2, 3].slice(0, upTo(4));
  const baseline = isSo(0.8) ? number(100) : null;
  const due = isSo(0.85) ? plusDays(agreed, 30 + upTo(900)) : null;
  const terms: Agreed = {
    unit,
    direction: oneOf(['up', 'up', 'down']),
    baseline,
    baselineDate: baseline !== null && isSo(0.9) ? plusDays(agreed, oneOf([0, 0, -40, -200, 20])) : null,
    target: isSo(0.9) ? number(300) : null,
    due,
    frequency,
    valueKind: oneOf(['stock', 'flow', 'flow', 'cumulative']),
    aggregate: oneOf(['sum', 'sum', 'average', 'latest', 'max']),
    partnersAggregate: oneOf(['sum', 'sum', 'average', 'latest', 'max']),
    span: oneOf(['course', 'year']),
    green: 90,
    amber: 70,
    partners: everyone,
    periodTargets: {},
  };
  const change = (): Extract<Fact, { what: 'changed' }> => {
    const since = plusDays(agreed, upTo(length + 40) - 20);
    const to = oneOf(['weekly', 'monthly', 'quarterly', 'annual'] as const);
    const set = oneOf<() => Partial<Agreed>>([
      () => ({ target: number(300) }),
      () => ({ partners: [1, 2, 3].slice(upTo(2), 1 + upTo(3)) }),
      () => ({ direction: oneOf(['up', 'down']) }),
      () => ({ green: 80, amber: 50 }),
      () => ({ span: oneOf(['course', 'year']), aggregate: oneOf(['sum', 'average', 'max']) }),
      () => ({ valueKind: oneOf(['flow', 'cumulative']) }),
      () => ({ periodTargets: { [keyOf(since, frequency)]: number(300) } }),
      () => ({ frequency: to }),
    ])();
    const start = set.frequency ? walk(since, since, set.frequency)[0]!.start : since;
    return { what: 'changed', since: start, set };
  };
  const facts: Fact[] = [{ what: 'agreed', on: agreed, terms }];
  for (let i = upTo(4); i > 0; i--) facts.push(change());
  if (isSo(0.1)) facts.push({ what: 'archived', partner: 1, on: plusDays(agreed, upTo(length)) });
  const model = new Oracle(facts, { dueDays: 10, isOff: () => false });
  const reporters = everyone.length ? everyone : [0];
  const dates = [plusDays(agreed, -DAYS[frequency] * 2), agreed, today].sort();
  const periods = (['weekly', 'monthly', 'quarterly', 'semiannual', 'annual'] as const)
    .flatMap(one => walk(dates[0]!, today, one))
    .filter(one => one.start <= today && model.termsOn(one.end).frequency === one.frequency)
    .sort((a, b) => (a.end < b.end ? -1 : 1));
  if (isSo(0.2) && frequency === 'annual') periods.unshift(...walk('2013-03-01', '2013-04-01', 'annual'));
  for (const { key } of periods)
    for (const partner of isSo(0.9) ? reporters : [...reporters, 4]) {
      if (!isSo(0.75)) continue;
      const made = (): void => {
        const [numerator, denominator] = [number(90), String(1 + upTo(200))];
        const isRatio = unit === '%' && isSo(0.7);
        facts.push({
          what: 'reported',
          partner,
          period: key,
          value: isSo(0.06) ? null : number(oneOf([10, 100, 400])),
          ...(isRatio && { numerator, denominator }),
          onTime: isSo(0.7),
          ...(isSo(0.05) && { returned: true }),
        });
      };
      made();
      if (isSo(0.1)) made();
    }
  return { facts, agreed, today, dueDays: oneOf([0, 5, 10, 20]) };
}

const isWeekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());

export const oracleOf = ({ facts, dueDays }: Course, off: ReadonlySet<string> = new Set()): Oracle =>
  new Oracle(facts, { dueDays, isOff: date => isWeekend(date) || off.has(date) });

const NOON = 'T05:00:00Z';

/** The terms as the program keeps them. */
export const termsFor = (terms: Agreed): Terms => ({
  ...terms,
  name: 'X',
  goal: null,
  baselineSource: null,
  definition: null,
  scale: null,
  fill: null,
});

type Reported = Extract<Fact, { what: 'reported' }>;

/** The reports of a course as rows; of several for a period and partner the last is in force. */
export const reportsOf = ({ facts }: Course): Report[] => {
  const made = facts.filter((fact): fact is Reported => fact.what === 'reported');
  return made.map((one, i) => ({
    seq: i + 1,
    forumId: 'f',
    indicator: 1,
    period: one.period,
    partner: one.partner,
    kind: one.value === null ? 'no_data' : 'value',
    value: one.value,
    numerator: one.value === null ? null : (one.numerator ?? null),
    denominator: one.value === null ? null : (one.denominator ?? null),
    parts: null,
    note: null,
    reason: null,
    constrained: null,
    state: one.returned ? 'returned' : 'submitted',
    returnReason: null,
    reportedBy: 1,
    reportedAt: new Date(Date.parse('2026-01-01T00:00:00Z') + i * 1000),
    onTime: one.onTime,
    late: !one.onTime,
    fromImport: null,
    sources: null,
    inForce: !made.slice(i + 1).some(later => later.period === one.period && later.partner === one.partner),
  }));
};

/** A course as the record that the program reads, without a database. */
export function recordFrom(course: Course): IndicatorRecord {
  const { facts, agreed, dueDays } = course;
  const first = termsFor((facts[0] as Extract<Fact, { what: 'agreed' }>).terms);
  const createdAt = new Date(`${agreed}${NOON}`);
  const indicator = { ...first, forumId: 'f', number: 1, dueDays, lockDays: 30, createdAt, retiredAt: null };
  return {
    indicator: indicator as unknown as Indicator,
    first,
    changes: facts.flatMap((fact, i) =>
      fact.what === 'changed' ? [{ ...fact, version: i + 1, reason: null, madeAt: createdAt }] : [],
    ),
    agreed,
    reports: reportsOf(course).filter(report => report.inForce),
    archived: new Map(facts.flatMap(fact => (fact.what === 'archived' ? [[fact.partner, fact.on] as const] : []))),
    isFromBefore: false,
    spanUnsaid: false,
    zone: 'Asia/Jakarta',
    off: holidaysOf({ added: [], removed: [] }, []),
  };
}

const isEqual = (ours: Fraction | null, theirs: Q | null): boolean =>
  ours === null || theirs === null ? ours === theirs : same([ours.n, ours.d], theirs);

const shown = (value: Fraction | Q | null): string =>
  value === null ? '–' : 'n' in value ? `${value.n}/${value.d}` : `${value[0]}/${value[1]}`;

/** Returns in words where the program differs from the oracle; empty: nowhere. */
export function differences(course: Course, record: IndicatorRecord): string[] {
  const oracle = oracleOf(course, record.off);
  const ours = periodStatuses(record, course.today);
  const theirs = oracle.standing(course.today);
  const found: string[] = [];
  if (ours.map(one => one.period.key).join() !== theirs.map(one => one.period).join())
    return [`periods ${ours.map(one => one.period.key).join()} are ${theirs.map(one => one.period).join()}`];
  for (const [i, their] of theirs.entries()) {
    const our = ours[i]!;
    const say = (what: string, a: unknown, b: unknown) => found.push(`${their.period} ${what}: ${a}, not ${b}`);
    if (!isEqual(our.value, their.value)) say('value', shown(our.value), shown(their.value));
    if (!isEqual(our.target, their.target)) say('target', shown(our.target), shown(their.target));
    if (our.colour !== their.colour) say('colour', our.colour, their.colour);
    if (our.n !== their.n || our.of !== their.of) say('n of N', `${our.n}/${our.of}`, `${their.n}/${their.of}`);
  }
  const owed = (one: { period: string; partner: number; due: string; made: boolean; onTime: boolean }): string =>
    [one.period, one.partner, one.due, one.made, one.onTime].join(' ');
  const we = expectedOf(record, '2000-01-01', course.today).map(({ period, partner, deadlines, report, made }) =>
    owed({ period: period.key, partner, due: deadlines.due, made, onTime: made && report!.onTime }),
  );
  const they = oracle.owed('2000-01-01', course.today).map(owed);
  if (we.join(';') !== they.join(';')) found.push(`owed ${we.join(';')}, not ${they.join(';')}`);
  return found;
}

/** The situations in which each fault was seen. */
export const SITUATIONS: Readonly<Record<string, (course: Course, oracle: Oracle) => boolean>> = {
  G1: ({ today }, o) => {
    const years = (one: string): string => one.slice(0, 4);
    const all = o.standing(today).filter(one => one.value);
    return all.some((one, i) => i > 0 && isSummed(o, today) && years(one.period) !== years(all[0]!.period));
  },
  G2: ({ today }, o) =>
    o.periods(today).some(one => one.key.endsWith('W01') && one.start.slice(0, 4) !== one.key.slice(0, 4)) &&
    o.termsOn(today).span === 'year',
  G3: ({ today }, o) =>
    ['average', 'max'].includes(o.termsOn(today).aggregate) && o.standing(today).filter(one => one.value).length > 1,
  G4: ({ today }, o) =>
    o.termsOn(today).valueKind === 'cumulative' && o.periods(today).some(one => o.own(one, today)?.carried),
  G5: ({ facts }) => facts.some(fact => fact.what === 'reported' && fact.period < '2015'),
  G6: ({ facts, agreed }) =>
    facts.some(
      fact => fact.what === 'reported' && fact.period < agreed.slice(0, 7) && /^\d{4}-\d\d$/.test(fact.period),
    ),
  G7: ({ facts, today }, o) =>
    facts.some(
      fact =>
        fact.what === 'changed' &&
        fact.since <= today &&
        o.periods(today).some(one => one.end < fact.since && o.own(one, today)),
    ),
  G9: ({ today }, o) =>
    o.standing(today).some((one, i) => {
      const period = o.periods(today)[i]!;
      const { baselineDate } = o.termsOn(period.end);
      return one.value !== null && baselineDate !== null && period.end <= baselineDate;
    }),
  G10: ({ today }, o) => o.periods(today).some(one => o.own(one, today)?.mixed),
  G13: ({ today }, o) => o.periods(today).some(one => o.own(one, today) && one.end < today && today <= o.due(one)),
  G14: ({ today }, o) => {
    const { baseline, target } = o.termsOn(today);
    return baseline !== null && target !== null && Number(target) < Number(baseline);
  },
  G15: ({ today }, o) => new Set(o.periods(today).map(one => one.frequency)).size > 1,
  G16: ({ today }, o) =>
    o.standing(today).some(one => one.colour && one.target && one.target[0] % one.target[1] !== 0n),
  G17: ({ today }, o) => o.standing(today).some(one => one.colour === 'met'),
  G18: ({ today }, o) => o.owed('2000-01-01', today).some(one => one.due >= today && !one.made),
};

const isSummed = (o: Oracle, today: string): boolean => {
  const terms = o.termsOn(today);
  return terms.aggregate === 'sum' && terms.span === 'course' && terms.valueKind === 'flow';
};
