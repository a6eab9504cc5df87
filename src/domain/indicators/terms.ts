import { addDays } from '../calendar.ts';
import { type Frequency, type Period, periodOf, periodsBetween } from './periods.ts';
import type { Indicator } from './row.ts';

/**
 * Terms of an indicator, which may be agreed anew from a date on: how it is called, measured, added up,
 * judged, and who reports it. How many days a report may take is no part of it: that holds for all that is still open.
 */
export interface Terms
  extends Pick<
    Indicator,
    | 'name'
    | 'goal'
    | 'unit'
    | 'direction'
    | 'baseline'
    | 'baselineDate'
    | 'baselineSource'
    | 'target'
    | 'due'
    | 'frequency'
    | 'valueKind'
    | 'aggregate'
    | 'span'
    | 'partnersAggregate'
    | 'definition'
    | 'scale'
    | 'fill'
    | 'green'
    | 'amber'
  > {
  /** The partners that report; none: the forum as a whole. */
  readonly partners: readonly number[];
  /** Targets of single periods, by their keys. */
  readonly periodTargets: Readonly<Record<string, string>>;
}

/** A change of the terms: what it sets, and the local date from which it holds. */
export interface Version {
  readonly version: number;
  readonly since: string;
  readonly set: Partial<Terms>;
  /** Reason for dating it back; null: it was not. */
  readonly reason: string | null;
  readonly madeAt: Date;
}

const TERMS = {
  name: true,
  goal: true,
  unit: true,
  direction: true,
  baseline: true,
  baselineDate: true,
  baselineSource: true,
  target: true,
  due: true,
  frequency: true,
  valueKind: true,
  aggregate: true,
  span: true,
  partnersAggregate: true,
  definition: true,
  scale: true,
  fill: true,
  green: true,
  amber: true,
} as const satisfies Record<Exclude<keyof Terms, 'partners' | 'periodTargets'>, true>;

const NAMES = Object.keys(TERMS) as (keyof typeof TERMS)[];

/** The terms that an indicator's own row holds. */
export function termsIn(row: Indicator): Omit<Terms, 'partners' | 'periodTargets'> {
  const terms: Partial<Record<keyof typeof TERMS, unknown>> = {};
  for (const name of NAMES) terms[name] = row[name];
  return terms as Omit<Terms, 'partners' | 'periodTargets'>;
}

/** Describes what was agreed first, and all changes in the order in which they were made. */
export interface Chain {
  readonly first: Terms;
  readonly changes: readonly Version[];
  /** The local date of the agreement. */
  readonly agreed: string;
}

const applied = (terms: Terms, { set }: Version): Terms => ({
  ...terms,
  ...set,
  periodTargets: set.periodTargets ? { ...terms.periodTargets, ...set.periodTargets } : terms.periodTargets,
});

/**
 * The terms that hold on a local date: of each part, what was said last among the changes that hold by then. Before
 * the day of the agreement those of that day hold, since what came before may be filled in.
 */
export function termsAt({ first, changes, agreed }: Chain, date: string): Terms {
  if (!changes.length) return first;
  const day = date > agreed ? date : agreed;
  return changes.filter(({ since }) => since <= day).reduce(applied, first);
}

/** The terms by which a period is judged: those that held when it ended. */
export const termsOf = (chain: Chain, { end }: Pick<Period, 'end'>): Terms => termsAt(chain, end);

/** The dates from which each frequency held, in order; the first one held ever before. */
function frequencies(chain: Chain): { since: string; frequency: Frequency }[] {
  const dates = [...new Set(chain.changes.filter(one => one.set.frequency).map(one => one.since))].sort();
  const found = [{ since: '', frequency: termsAt(chain, '').frequency }];
  for (const since of dates) {
    const { frequency } = termsAt(chain, since);
    if (since > chain.agreed && frequency !== found.at(-1)!.frequency) found.push({ since, frequency });
  }
  return found;
}

/**
 * The periods that are reported for, oldest first, from the one of `from` to the one of `to`. A period belongs to the
 * frequency that held when it ended.
 */
export function periodsOf(chain: Chain, from: string, to: string): Period[] {
  const parts = frequencies(chain);
  return parts.flatMap(({ since, frequency }, i) => {
    const next = parts[i + 1]?.since;
    const last = next === undefined ? to : [addDays(next, -1), to].sort()[0]!;
    const first = since > from ? since : from;
    return periodsBetween(first, last, frequency).filter(
      ({ end }) => end >= since && end >= from && (next === undefined || end < next),
    );
  });
}

/** The period of a local date under the frequency that holds for it. */
export function periodAt(chain: Chain, date: string): Period {
  const around = periodsOf(chain, date, date).find(one => one.start <= date);
  return around ?? periodOf(date, termsAt(chain, date).frequency);
}
