import type { Tables } from '../../storage/schema/index.ts';
import type { Fill, Sources } from '../../storage/schema/indicators.ts';
import { fold } from '../../storage/words.ts';
import { areasOf, worksIn } from '../areas/area.ts';
import { daysBetween } from '../calendar.ts';
import { codeOf } from '../codes.ts';
import { peopleOf } from '../groups/counts.ts';
import type { Counts, Dimension } from '../groups/dimensions.ts';
import type { Filling } from './filling.ts';
import { decimalOf, exact, sum } from './fraction.ts';
import { SHARE_DECIMALS, shareOf } from './share.ts';
import { WHOLE } from './store.ts';

export type { Fill, Sources } from '../../storage/schema/indicators.ts';

/** Measures of activities; beside these any group of people, by its key. */
export const ACTIVITY_MEASURES = ['participants', 'activities', 'hours', 'locations', 'partners'] as const;
/** Measures of entries of the ledger. */
export const MONEY_MEASURES = ['in', 'out'] as const;

/** An activity that took place, as far as it is counted. */
export type Counted = Pick<
  Tables['activities']['$inferSelect'],
  | 'number'
  | 'title'
  | 'kind'
  | 'date'
  | 'endDate'
  | 'time'
  | 'until'
  | 'location'
  | 'area'
  | 'goal'
  | 'participants'
  | 'groups'
> & {
  /** The partners involved. */
  readonly partners: readonly number[];
};

/** An entry of the ledger that counts, with what is known of the activity that it was for. */
export type CountedEntry = Pick<
  Tables['entries']['$inferSelect'],
  'number' | 'direction' | 'date' | 'partner' | 'purpose'
> & {
  /** Minor units; below zero where it takes another back. */
  readonly amount: number;
  readonly activity: Pick<Counted, 'kind' | 'goal' | 'area'> | null;
};

/** Figures of the record for some time. */
export interface Log {
  readonly activities: readonly Counted[];
  readonly entries: readonly CountedEntry[];
  readonly dimensions: readonly Dimension[];
}

/** One thing of the record with what it counts for; null: it does not say. */
export interface Piece {
  readonly thing: 'activity' | 'entry';
  readonly number: number;
  readonly title: string;
  readonly date: string;
  readonly counts: string | null;
  /** Text of the whole of which `counts` is a share; null: it is no share. */
  readonly per: string | null;
  /** Other reporters of the indicator that count it as well. */
  readonly shared: readonly number[];
}

/** Value that the record gives an indicator for one reporter and period. */
export interface Figure {
  readonly filling: Filling;
  /** Decimal text. */
  readonly value: string;
  /** The two numbers of a share. */
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly sources: Sources;
  /** All things that it was counted from, by date. */
  readonly pieces: readonly Piece[];
}

/** The key by which the value that a running total began with is counted. */
export const START = 'start';

/**
 * Counts what the record says for one reporter (WHOLE: the forum, each thing once) in the time of a filling. Null: it is
 * a share of nothing.
 */
export function figureOf(
  filling: Filling,
  { partner, reporters }: { partner: number; reporters: readonly number[] },
  log: Log,
): Figure | null {
  const { fill, time } = filling;
  const isWithin = (date: string): boolean => date >= time.start && date <= time.end;
  const isOf = (partners: readonly number[]): boolean =>
    (partner === WHOLE || partners.includes(partner)) && (fill.partner === null || partners.includes(fill.partner));
  const others = (partners: readonly number[]): number[] =>
    partner === WHOLE ? [] : partners.filter(one => one !== partner && reporters.includes(one));
  if (fill.from === 'money') {
    const some = log.entries.filter(
      one =>
        isWithin(one.date) &&
        (one.direction === fill.measure || one.direction === fill.per) &&
        isOf(one.partner === null ? [] : [one.partner]) &&
        isNarrow(fill, one.activity),
    );
    const [of, per]: Record<string, string>[] = [{}, {}];
    const pieces = some.map(one => {
      const amount = decimalOf({ n: BigInt(one.amount), d: 100n }, 2);
      const isCounted = one.direction === fill.measure;
      (isCounted ? of! : per!)[codeOf('entry', one.number)] = amount;
      return {
        ...{ thing: 'entry' as const, number: one.number, title: one.purpose, date: one.date, shared: [] },
        ...(isCounted ? { counts: amount, per: null } : { counts: null, per: amount }),
      };
    });
    return made(filling, pieces, { of: of!, per: per! }, null);
  }
  const some = log.activities.filter(one => isWithin(one.date) && isOf(one.partners) && isNarrow(fill, one));
  const [of, per]: Record<string, string>[] = [{}, {}];
  const pieces = some.map(one => {
    const counted = contributionsOf(fill.measure, one, log.dimensions);
    const whole = fill.per === undefined ? {} : contributionsOf(fill.per, one, log.dimensions);
    // A share needs both numbers: else an activity would count in one of them alone.
    const isKnown = counted !== null && whole !== null;
    if (isKnown) Object.assign(of!, counted);
    if (isKnown) Object.assign(per!, whole);
    return {
      ...{ thing: 'activity' as const, number: one.number, title: one.title, date: one.date },
      counts: isKnown ? decimalOf(added(counted), 6) : null,
      per: isKnown && fill.per !== undefined ? decimalOf(added(whole), 6) : null,
      shared: others(one.partners),
    };
  });
  const groups = fill.measure === 'participants' && fill.per === undefined ? groupsOf(some) : null;
  return made(filling, pieces, { of: of!, per: per! }, groups);
}

const added = (of: Readonly<Record<string, string>>): ReturnType<typeof sum> => sum(Object.values(of).map(exact));

function made(
  filling: Filling,
  pieces: readonly Piece[],
  { of, per }: Required<Pick<Sources, 'of' | 'per'>>,
  groups: Counts | null,
): Figure | null {
  if (filling.fill.per === undefined) {
    const all = filling.start === null ? of : { ...of, [START]: filling.start };
    const value = decimalOf(added(all), 6);
    return { filling, value, numerator: null, denominator: null, sources: { of: all, groups }, pieces };
  }
  const [numerator, denominator] = [decimalOf(added(of), 6), decimalOf(added(per), 6)];
  const share = shareOf(filling, numerator, denominator);
  if (!share) return null;
  return {
    ...{ filling, numerator, denominator, pieces },
    ...{ value: decimalOf(share, SHARE_DECIMALS), sources: { of, per, groups } },
  };
}

function isNarrow({ of, goal, area }: Fill, one: Pick<Counted, 'kind' | 'goal' | 'area'> | null): boolean {
  const isOfKind = of === null || one?.kind === of;
  const isOfGoal = goal === null || one?.goal === goal;
  return isOfKind && isOfGoal && (area === null || areasOf(area).some(outer => worksIn(one?.area ?? null, outer)));
}

/**
 * Computes the count of an activity, by what is counted once: itself, its place, or each of its partners. Null: it does
 * not say.
 */
function contributionsOf(
  measure: string,
  activity: Counted,
  dimensions: readonly Dimension[],
): Readonly<Record<string, string>> | null {
  const { number, location, partners, participants, groups } = activity;
  const own = (n: string | number | null | undefined) =>
    n === null || n === undefined ? null : { [codeOf('activity', number)]: String(n) };
  switch (measure) {
    case 'activities':
      return own(1);
    case 'participants':
      return own(participants === null && groups === null ? null : peopleOf(activity, dimensions));
    case 'hours':
      return own(hoursOf(activity));
    case 'locations':
      return location === null ? null : { [fold(location).trim()]: '1' };
    case 'partners':
      return partners.length ? Object.fromEntries(partners.map(one => [codeOf('partner', one), '1'])) : null;
    default:
      return own(groups?.[measure]);
  }
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/**
 * Computes the hours that an activity took; null where no hours were written down. One of several days took the same
 * hours each day; one that ended after midnight took the hours of that night.
 */
function hoursOf({ date, endDate, time, until }: Pick<Counted, 'date' | 'endDate' | 'time' | 'until'>): string | null {
  if (time === null || until === null) return null;
  const days = endDate === null ? 0 : daysBetween(date, endDate);
  const each = minuteOf(until) - minuteOf(time);
  const minutes = each > 0 ? each * (days + 1) : (each + 24 * 60) * Math.max(1, days);
  return decimalOf({ n: BigInt(minutes), d: 60n }, 6);
}

/** People by group, all activities together. Null: nobody was counted by any. */
function groupsOf(activities: readonly Counted[]): Counts | null {
  const sums: Record<string, number> = {};
  for (const { groups } of activities)
    for (const [key, n] of Object.entries(groups ?? {})) sums[key] = (sums[key] ?? 0) + n;
  return Object.keys(sums).length ? sums : null;
}

const isSameRecord = <V>(one: Readonly<Record<string, V>>, other: Readonly<Record<string, V>>): boolean =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([key, value]) => other[key] === value);

/** Tells whether the record says the same as it did. */
export const isSameSources = (one: Sources, other: Sources): boolean =>
  isSameRecord(one.of, other.of) &&
  isSameRecord(one.per ?? {}, other.per ?? {}) &&
  isSameRecord(one.groups ?? {}, other.groups ?? {});
