import type { WriteContext } from '../../src/bot/act-context.ts';
import { optional } from '../../src/bot/command.ts';
import { choice } from '../../src/bot/kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { instantAt } from '../../src/domain/calendar.ts';
import { compare, exact } from '../../src/domain/indicators/fraction.ts';
import { FREQUENCIES } from '../../src/domain/indicators/periods.ts';
import type { Indicator } from '../../src/domain/indicators/row.ts';
import { isPercent } from '../../src/domain/indicators/span.ts';
import type { Terms } from '../../src/domain/indicators/terms.ts';
import { isSameUnit, unitKindOf } from '../../src/domain/indicators/units.ts';
import { agreeAnew, type Change } from '../../src/domain/indicators/versions.ts';
import { localDate } from '../../src/language/dates.ts';
import type { Messages } from '../../src/language/messages.ts';
import { AGGREGATE_WORDS, COURSE_WORDS, FREQUENCY_WORDS, VALUE_WORDS } from '../../src/language/synonyms.ts';
import { join, type Text } from '../../src/language/text.ts';
import { planned } from '../../src/schedule/occurrences.ts';
import { forgetReminders, planReports } from '../../src/schedule/reports.ts';
import type { Entered } from './measure.ts';

const AGGREGATES = ['sum', 'average', 'latest', 'max'] as const;

/** The options that say how an indicator is measured, added up and judged, where it is agreed and changed. */
export const aggregates = () => optional(choice(AGGREGATES, m => m.indicator.aggregates, AGGREGATE_WORDS));
export const direction = () => optional(choice(['up', 'down'] as const, m => m.indicator.directions, COURSE_WORDS));
export const kind = () =>
  optional(choice(['stock', 'flow', 'cumulative'] as const, m => m.indicator.kinds, VALUE_WORDS));
export const span = () => optional(choice(['course', 'year'] as const, m => m.indicator.spans));
export const frequency = (...former: readonly string[]) =>
  optional(
    choice(FREQUENCIES, m => m.indicator.frequencies, FREQUENCY_WORDS),
    ...former,
  );

/** The unit that was typed behind a number, where no other says it. */
export const unitOf = (...entered: readonly (Entered | undefined)[]): string =>
  entered.find(one => one?.unit)?.unit ?? '';

type Reason = (m: Messages) => Text;

/** Finds the units that were typed behind numbers and are not the indicator's. */
const otherUnits = (typed: readonly (Entered | undefined)[], own: string): Reason[] =>
  typed.flatMap(one =>
    one?.unit && !isSameUnit(one.unit, own)
      ? [(m: Messages) => m.indicator.surprises.other_unit({ typed: one.unit, own })]
      : [],
  );

/** Tells whether a target lies on the other side of the baseline than the agreed direction. */
function goesAgainst({
  baseline,
  target,
  direction: course,
}: Pick<Terms, 'baseline' | 'target' | 'direction'>): boolean {
  const way = baseline === null || target === null ? 0 : compare(exact(target), exact(baseline));
  return (way < 0 && course === 'up') || (way > 0 && course === 'down');
}

/** Asks whether it is meant, with the reasons, if there are any. @throws Refusal `conflict`. */
function askWhether(found: readonly Reason[]): void {
  if (!found.length) return;
  const why = (m: Messages): Text =>
    join(
      found.map(say => say(m)),
      ' ',
    );
  throw new Refusal('conflict', m => m.indicator.asks.really({ why: why(m) }), { option: 'confirm', answers: {} });
}

/**
 * Asks once about a target in another unit, or against the agreed direction. The target of a single period may go its
 * own way. @throws Refusal `conflict`.
 */
export function askAboutTarget(
  terms: Pick<Terms, 'unit' | 'baseline' | 'target' | 'direction'>,
  typed: Entered,
  confirmed: boolean | undefined,
): void {
  if (confirmed) return;
  askWhether([
    ...(goesAgainst(terms) ? [(m: Messages) => m.indicator.asks.direction] : []),
    ...otherUnits([typed], terms.unit),
  ]);
}

/**
 * Asks once about terms that contradict each other, or that are only guessed, with the reasons; all that was typed is
 * kept. @throws Refusal `conflict`.
 */
export function askAboutTerms(
  terms: Pick<
    Terms,
    | 'unit'
    | 'direction'
    | 'baseline'
    | 'baselineDate'
    | 'target'
    | 'due'
    | 'valueKind'
    | 'aggregate'
    | 'partnersAggregate'
    | 'partners'
  >,
  { guessed, typed }: { guessed: boolean; typed: readonly (Entered | undefined)[] },
  confirmed: boolean | undefined,
): void {
  if (confirmed) return;
  const found: Reason[] = [];
  const { unit, valueKind, aggregate, partners, baselineDate, due } = terms;
  if (goesAgainst(terms)) found.push(m => m.indicator.asks.direction);
  if (baselineDate !== null && due !== null && due < baselineDate) found.push(m => m.indicator.asks.endsBefore);
  if (valueKind === 'cumulative' && aggregate === 'sum') found.push(m => m.indicator.asks.addsTwice);
  if (valueKind === 'stock' && aggregate === 'sum') found.push(m => m.indicator.asks.addsLevels);
  if (aggregate === 'sum' && isPercent(terms)) found.push(m => m.indicator.asks.addsShares);
  if (guessed && partners.length > 1 && unitKindOf(unit) === 'level') found.push(m => m.indicator.asks.addsPartners);
  found.push(...otherUnits(typed, unit));
  askWhether(found);
}

/**
 * Agrees an indicator anew: the next version, which holds from its date on; a date to come is planned. Reminders follow
 * another frequency and other days.
 */
export async function agreedAnew(ctx: WriteContext, indicator: Indicator, change: Change): Promise<Indicator> {
  const today = localDate(ctx.now, ctx.forum.zone);
  const changed = await agreeAnew(ctx.tx, indicator, change, { now: ctx.now, today });
  if (change.since > today)
    await ctx.plan(
      planned(
        'indicator_terms',
        `${indicator.number}:${change.since}`,
        instantAt(change.since, '00:00', ctx.forum.zone),
      ),
    );
  if (change.terms.frequency || changed.dueDays !== indicator.dueDays) {
    await forgetReminders(ctx.tx, changed, 'due on another day', ctx.now);
    await ctx.plan(...(await planReports(ctx.db, changed, ctx.now)));
  }
  return changed;
}

/** Returns the options that were given: those that were left out of a typed change set nothing. */
export const given = <T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
