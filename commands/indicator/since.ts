import type { WriteContext } from '../../src/bot/act-context.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { addDays } from '../../src/domain/calendar.ts';
import { expectedOf } from '../../src/domain/indicators/owed.ts';
import { FREQUENCIES, type Frequency, nextPeriod, type Period, periodOf } from '../../src/domain/indicators/periods.ts';
import { deadlinesIn, type IndicatorRecord } from '../../src/domain/indicators/record.ts';
import { unlocksOf } from '../../src/domain/indicators/stored-reports.ts';
import { periodAt, periodsOf } from '../../src/domain/indicators/terms.ts';
import { formatDate, localDate } from '../../src/language/dates.ts';

/** A change that is to hold from a date on, as it was typed. */
interface Dated {
  readonly since: string | undefined;
  readonly reason: string | undefined;
}

/** Describes what a change touches: all that ends from its date on, one period alone, or how often is reported. */
type Touches = { readonly period: Period } | { readonly frequency: Frequency } | 'all';

/**
 * The local date from which a change holds: today, unless told. What is over changes only where a coordinator dates
 * the change back with a reason, and where no period of it is locked.
 * @throws Refusal `missing_option` without a reason; `closed` where a period is locked; `invalid_option` where another
 * frequency is to begin in the middle of one of its periods.
 */
export async function sinceOf(
  ctx: WriteContext,
  record: IndicatorRecord,
  { since, reason }: Dated,
  touches: Touches,
): Promise<string> {
  const today = localDate(ctx.now, record.zone);
  if (touches !== 'all' && 'frequency' in touches) {
    const day = since ?? frequencySince(record, touches.frequency, today);
    startsWith(ctx, touches.frequency, day);
    if (since !== undefined && since < today) await mayBeDatedBack(ctx, record, day, today, reason);
    return day;
  }
  if (touches !== 'all') return sinceOfPeriod(ctx, record, touches.period, { since, reason }, today);
  const day = since ?? today;
  if (day < today) await mayBeDatedBack(ctx, record, day, today, reason);
  return day;
}

/** The target of one period holds for it: a period that is over needs a reason, unless it was never agreed on. */
async function sinceOfPeriod(
  ctx: WriteContext,
  record: IndicatorRecord,
  { start, end }: Period,
  { since, reason }: Dated,
  today: string,
): Promise<string> {
  const first = record.agreed > start ? record.agreed : start;
  if (end < record.agreed) return record.agreed;
  if (end >= today) return since ?? today;
  const day = since ?? first;
  await mayBeDatedBack(ctx, record, day, addDays(end, 1), reason);
  return day;
}

async function mayBeDatedBack(
  ctx: WriteContext,
  record: IndicatorRecord,
  since: string,
  today: string,
  reason: string | undefined,
): Promise<void> {
  const over = expectedOf(record, since, addDays(today, -1)).map(one => one.period);
  if (!over.length) return;
  if (reason === undefined)
    throw new Refusal('missing_option', m => m.indicator.no.reasonToDateBack({ period: over[0]!.key }), {
      option: 'reason',
    });
  const open = await unlocksOf(ctx.db, ctx.forumId, record.indicator.number);
  const isLocked = (period: Period): boolean => {
    const until = open.get(period.key);
    return ctx.now >= deadlinesIn(record, period).lock && !(until && ctx.now < until);
  };
  const locked = over.find(isLocked);
  if (locked) throw new Refusal('closed', m => m.indicator.no.locked({ period: locked.key }), { option: 'since' });
}

/** A frequency begins with one of its periods, so that no day is reported twice or not at all. */
function startsWith({ locale }: WriteContext, frequency: Frequency, since: string): void {
  const period = periodOf(since, frequency);
  if (period.start === since) return;
  const [before, after] = [period.start, nextPeriod(period).start];
  throw new Refusal(
    'invalid_option',
    m => m.indicator.no.frequencySince({ before: formatDate(before, locale), after: formatDate(after, locale) }),
    { option: 'since' },
  );
}

/**
 * Returns the default date of another frequency: the beginning of the longer of the two periods that run, so that
 * nothing is left out; the next one if a shorter period in it is over and owed.
 */
function frequencySince(record: IndicatorRecord, frequency: Frequency, today: string): string {
  const running = periodAt(record, today);
  if (FREQUENCIES.indexOf(frequency) < FREQUENCIES.indexOf(running.frequency)) {
    const first = periodOf(running.start, frequency);
    return first.start === running.start ? first.start : nextPeriod(first).start;
  }
  const wanted = periodOf(today, frequency);
  const isOver = ({ end }: Period): boolean => end < today && end >= wanted.start && end >= record.agreed;
  return periodsOf(record, wanted.start, today).some(isOver) ? nextPeriod(wanted).start : wanted.start;
}
