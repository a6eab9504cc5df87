import type { ReadContext, WriteContext } from '../../src/bot/act-context.ts';
import { main } from '../../src/bot/command.ts';
import { type Kind, line, typedOf } from '../../src/bot/kinds.ts';
import { readPeriod } from '../../src/bot/read-period.ts';
import { entity } from '../../src/bot/references.ts';
import type { Given } from '../../src/contract/act.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { isSelf } from '../../src/domain/actor.ts';
import { addDays } from '../../src/domain/calendar.ts';
import { codeOf, numberIn } from '../../src/domain/codes.ts';
import { expectedOf } from '../../src/domain/indicators/owed.ts';
import { FREQUENCIES, type Period } from '../../src/domain/indicators/periods.ts';
import {
  deadlinesIn,
  type IndicatorRecord,
  recordOf,
  reportersIn as reportersOf,
} from '../../src/domain/indicators/record.ts';
import type { Indicator } from '../../src/domain/indicators/row.ts';
import { indicatorSource, responsibleFor, WHOLE } from '../../src/domain/indicators/store.ts';
import { type Report, unlocksOf } from '../../src/domain/indicators/stored-reports.ts';
import { periodAt, termsOf } from '../../src/domain/indicators/terms.ts';
import type { Partner } from '../../src/domain/partners.ts';
import { actsFor } from '../../src/domain/people.ts';
import { cleanLine } from '../../src/language/clean.ts';
import { formatDate, localDate } from '../../src/language/dates.ts';
import { reportersIn } from '../../src/schedule/reports.ts';
import { fold } from '../../src/storage/words.ts';
import { withUnit } from '../../src/views/indicator-words.ts';
import { shortPeriod } from '../../src/views/short-period.ts';

export const code = (indicator: Indicator): string => codeOf('indicator', indicator.number);

/** The indicator that an action is about. */
export const theIndicator = { indicator: main(entity(indicatorSource)) };

/** A period as it is typed; each indicator reads it by its own frequency. */
export const period = ({ ahead = 0 } = {}): Kind<string> => ({
  ...line({ max: 20 }),
  asMenu: true,
  suggest: (typed, ctx, given) => suggestPeriods(typed, ctx, given ?? {}, ahead),
  async knows(typed, { ctx }) {
    return FREQUENCIES.some(frequency => readPeriod(typed, frequency, today(ctx)) !== null);
  },
});

const today = (ctx: ReadContext): string => localDate(ctx.now, ctx.forum.zone);

/** Maximum number of periods that are offered: one less than a menu of Discord holds. */
const OFFERED = 24;

/**
 * Periods of the indicator that was named, the newest first, each with what one's own partner has reported in it; `ahead`
 * of them are still to come. Without an indicator none: each has its own.
 */
async function suggestPeriods(typed: string, ctx: ReadContext, { indicator: named }: Given, ahead: number) {
  const number = named ? numberIn(indicatorSource.prefix, typedOf(named).split(' ')[0]!) : null;
  const indicator = number === null ? null : await indicatorSource.byNumber(ctx, number);
  if (!indicator) return [];
  const record = await recordOf(ctx.db, indicator);
  const own = ctx.actor.seat?.partner ?? WHOLE;
  let at = periodAt(record, today(ctx));
  for (let n = 0; n < ahead; n++) at = periodAt(record, addDays(at.end, 1));
  const wanted = fold(cleanLine(typed));
  const found: { value: string; label: string }[] = [];
  for (let n = 0; n < OFFERED; n++, at = periodAt(record, addDays(at.start, -1))) {
    const { key, frequency } = at;
    const name = frequency === 'weekly' ? key : shortPeriod(key, ctx.locale);
    const made = record.reports.find(report => report.period === key && report.partner === own);
    const label = made?.value ? `${name}: ${withUnit(ctx, indicator, made.value)}` : name;
    if (fold(label).includes(wanted) || fold(key).includes(wanted)) found.push({ value: key, label });
  }
  return found;
}

/** The period that was typed; without one the latest that has ended and is not reported. Future ones are refused, unless told. */
export async function periodFor(
  ctx: ReadContext,
  indicator: Indicator,
  typed: string | undefined,
  partner: number,
  { ahead = false } = {},
): Promise<Period> {
  const day = today(ctx);
  const record = await recordOf(ctx.db, indicator);
  const running = periodAt(record, day);
  if (typed === undefined) {
    const all = expectedOf(record, record.agreed, addDays(running.start, -1));
    return all.findLast(one => one.partner === partner && !one.made)?.period ?? running;
  }
  const period = periodTyped(record, typed, day);
  if (!period) {
    const example = running.key;
    throw new Refusal(
      'invalid_option',
      m => m.core.invalidOption({ option: m.indicator.period, typed, accepts: m.indicator.acceptsPeriod({ example }) }),
      { option: 'period' },
    );
  }
  if (period.start > day && !ahead)
    throw new Refusal('invalid_option', m => m.indicator.no.future({ period: period.key }), { option: 'period' });
  return period;
}

/** A period as it was typed, of a frequency that held when it ended; null: it is none. */
function periodTyped(record: IndicatorRecord, typed: string, day: string): Period | null {
  const known = new Set([periodAt(record, day).frequency, ...FREQUENCIES]);
  for (const frequency of known) {
    const period = readPeriod(typed, frequency, day);
    if (period && termsOf(record, period).frequency === frequency) return period;
  }
  return null;
}

/** The partners that were to report a period when it ended, and those that did: it may have been agreed anew since. */
async function reportedBy(ctx: ReadContext, indicator: Indicator, typed: string | undefined): Promise<Set<number>> {
  if (typed === undefined) return new Set();
  const period = await periodFor(ctx, indicator, typed, WHOLE);
  const record = await recordOf(ctx.db, indicator);
  const made = record.reports.filter(report => report.period === period.key).map(report => report.partner);
  return new Set([...made, ...reportersOf(record, period)].filter(partner => partner !== WHOLE));
}

/**
 * Finds the partner for which a person reports: their own if it is responsible, or was for the period that was typed;
 * for a coordinator the one that is named, or the only one. Nobody reports for a partner that is not theirs.
 */
export async function reportingFor(
  ctx: ReadContext,
  indicator: Indicator,
  named: Partner | undefined,
  typed?: string,
): Promise<number> {
  const responsible = await responsibleFor(ctx.db, ctx.forumId, indicator.number);
  const then = await reportedBy(ctx, indicator, typed);
  const own = ctx.actor.seat?.partner;
  if (!responsible.length && !(own !== undefined && then.has(own)) && !(named && then.has(named.number))) {
    if (own === undefined && !ctx.actor.coordinator) throw new Refusal('forbidden', m => m.indicator.no.notYours);
    return WHOLE;
  }
  const isResponsible = (partner: number): boolean =>
    then.has(partner) || responsible.some(one => one.partner === partner);
  if (named && !isResponsible(named.number))
    throw new Refusal('invalid_option', m => m.indicator.no.notPartner, { option: 'partner' });
  if (own !== undefined && isResponsible(own) && (!named || named.number === own)) return own;
  const handedToMe = responsible.find(
    one => one.member === ctx.actor.member && (!named || one.partner === named.number),
  );
  if (handedToMe) return handedToMe.partner;
  if (!ctx.actor.coordinator) throw new Refusal('forbidden', m => m.indicator.no.notYours);
  if (named) return named.number;
  if (responsible.length === 1) return responsible[0]!.partner;
  throw new Refusal('missing_option', m => m.indicator.no.whichPartner, { option: 'partner' });
}

/**
 * Refuses a person who may not put something in place of a report that stands: others than its author, those who speak
 * for the partner, and coordinators. A first report is anybody's of the partner.
 */
export function replaceable(
  ctx: ReadContext,
  report: Pick<Report, 'reportedBy' | 'partner' | 'state'> | undefined,
): void {
  if (!report || isSelf(ctx.actor, report.reportedBy) || actsFor(ctx.actor, report.partner)) return;
  throw new Refusal('forbidden', m => m.indicator.no.notYourReport);
}

/** Refuses a report for a period that ended on or after the day on which the indicator was retired: it is owed by nobody. */
export function notRetired(ctx: ReadContext, { retiredAt }: Indicator, period: Period): void {
  const retired = retiredAt && localDate(retiredAt, ctx.forum.zone);
  if (retired && period.end >= retired)
    throw new Refusal('closed', m => m.indicator.no.retiredOn({ date: formatDate(retired, ctx.locale) }));
}

/** Refuses a period that is locked and not opened again: judged by the stored instants, now. Says whether it is on time. */
export async function openPeriod(ctx: WriteContext, indicator: Indicator, period: Period): Promise<boolean> {
  const { late, lock } = deadlinesIn(await recordOf(ctx.db, indicator), period);
  if (ctx.now < lock) return ctx.now < late;
  const exception = (await unlocksOf(ctx.db, ctx.forumId, indicator.number)).get(period.key);
  if (!exception || ctx.now >= exception)
    throw new Refusal('closed', m => m.indicator.no.locked({ period: period.key }));
  return ctx.now < late;
}

/** Brings up to date what was written to those who report for a partner: it tells what is still owed. */
export async function remindersChanged(
  ctx: WriteContext,
  indicator: Indicator,
  partner: number,
  ...besides: readonly number[]
): Promise<void> {
  await ctx.staleFor('reports_due', async () => {
    const reporters = await reportersIn(ctx.db, ctx.forumId);
    return [...reporters({ indicator: indicator.number, partner }, true), ...besides];
  });
}
