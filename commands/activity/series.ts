import type { WriteContext } from '../../src/bot/act-context.ts';
import type { Values } from '../../src/bot/command.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { list, note, text, type View } from '../../src/contract/view.ts';
import { type Activity, changeActivity } from '../../src/domain/activities.ts';
import { detailsOf } from '../../src/domain/activity-details.ts';
import { areasText } from '../../src/domain/areas/area.ts';
import { addDays } from '../../src/domain/calendar.ts';
import { daysOff } from '../../src/domain/days-off.ts';
import { datesOf, shifted } from '../../src/domain/meetings/recurrence.ts';
import {
  addSeries,
  changeSeries,
  dayFor,
  handOver,
  leaveSeries,
  makeAhead,
  occurrencesOf,
  type Series,
  type SeriesData,
  seriesByNumber,
  slotsOf,
} from '../../src/domain/meetings/series.ts';
import { listPartners } from '../../src/domain/partners.ts';
import { lastDay, startOf } from '../../src/domain/slots.ts';
import { formatDate, localDate } from '../../src/language/dates.ts';
import { formatRecurrence, recurrenceFrom } from '../../src/language/recurrence.ts';
import { formatSlot, type Slot } from '../../src/language/slots.ts';
import { plain, t } from '../../src/language/text.ts';
import { activityReminders } from '../../src/schedule/engagement.ts';
import { moveMinutesEnd } from '../../src/schedule/minutes.ts';
import { planNext } from '../../src/schedule/series.ts';
import { cardOf, code, recordChange, seriesIntoCalendar } from './common.ts';
import { slotOf } from './hours.ts';
import type { logOptions } from './options.ts';

type Given = Values<typeof logOptions>;

/** Describes a series that was begun: its first activities, and the days off that were looked at. */
interface Begun {
  readonly series: Series;
  readonly next: Activity;
  readonly made: readonly Activity[];
  readonly off: ReadonlySet<string>;
}

/** Plans what repeats: the next eight dates become activities of their own, and more of them as time goes by. */
export async function planSeries(ctx: WriteContext, o: Given): Promise<View> {
  const begun = await beginSeries(ctx, o, '');
  const { series, next } = begun;
  const rule = formatRecurrence(series.recurrence, series.start, ctx.locale);
  const head = ctx.m.activity.seriesPlanned({ code: code(next), rule });
  const card = cardOf(ctx, next, await detailsOf(ctx.db, next), head);
  return { ...card, blocks: [...card.blocks, ...datesBlocks(ctx, begun)] };
}

/** Plans how something that was done on a date goes on, and tells the dates. */
export const repeatFrom = async (ctx: WriteContext, o: Given, done: string): Promise<View['blocks']> =>
  datesBlocks(ctx, await beginSeries(ctx, { ...o, date: { ...(o.date ?? DAY), date: done } }, done));

/**
 * Begins a series on the first of its dates after a local one.
 * @throws Refusal where it never comes, takes several days, or where its first date is a day off and nobody said what
 * then.
 */
async function beginSeries(ctx: WriteContext, o: Given, after: string): Promise<Begun> {
  const repeat = o.repeat!;
  if (o.date?.endDate) throw new Refusal('invalid_option', m => m.activity.repeatsOneDay, { option: 'date' });
  const asked = o.date?.date ?? localDate(ctx.now, ctx.zone);
  const rule = recurrenceFrom(repeat, asked);
  const given = { time: o.time ?? repeat.hours ?? undefined, until: o.until, repeats: true };
  if (o.time && repeat.hours && (o.time === 'all_day' || o.time.time !== repeat.hours.time))
    throw new Refusal('invalid_option', m => m.activity.hoursTwice, { option: 'time' });
  const hoursOn = (date: string): Slot => slotOf(ctx, { ...given, date: { ...(o.date ?? DAY), date } });
  const first = firstDate(ctx, later(datesOf(rule.recurrence, rule.from), after), hoursOn);
  if (!first || (repeat.last !== null && repeat.last < first))
    throw new Refusal('invalid_option', m => m.activity.noDates, { option: 'repeat' });
  const when = hoursOn(first);
  if (when.endDate !== lastDay(when, first))
    throw new Refusal('invalid_option', m => m.activity.repeatsOneDay, { option: 'until' });
  const off = await daysOff(ctx.db, ctx.forumId);
  if (off.has(first) && !o.holidays) {
    const date = formatDate(first, ctx.locale);
    const candidates = (['keep', 'skip', 'move'] as const).map(value => ({
      value,
      label: ctx.m.activity.holidays[value],
    }));
    throw new Refusal('conflict', m => m.activity.firstDayOff({ date }), { option: 'holidays', candidates });
  }
  const own = ctx.actor.seat ? [ctx.actor.seat.partner] : [];
  const invited = o.partners ?? (await listPartners(ctx.db, ctx.forumId));
  const data: SeriesData = {
    recurrence: rule.recurrence,
    holidays: o.holidays ?? 'keep',
    start: first,
    last: repeat.last,
    count: repeat.count,
    time: when.time,
    until: when.until,
    zone: when.zone,
    template: {
      title: o.title,
      kind: o.kind ?? 'meeting',
      location: o.location ?? null,
      goal: o.goal?.number ?? null,
      partners: o.partners?.map(partner => partner.number) ?? own,
      invited: invited.map(partner => partner.number),
      members: [],
      seats: null,
      area: o.area ? areasText(o.area) : null,
    },
    createdBy: ctx.actor.member,
  };
  const added = await addSeries(ctx.tx, ctx.forumId, data, ctx.now);
  const { series, made } = await makeAhead(ctx.tx, added, { from: first, off }, ctx.now);
  const [next] = made;
  if (!next) throw new Refusal('invalid_option', m => m.activity.noDates, { option: 'repeat' });
  for (const one of made) {
    await ctx.plan(...activityReminders(one, ctx.forum.zone, ctx.now));
    await ctx.record({ kind: 'activity.planned', thing: 'activity', number: one.number });
  }
  await ctx.plan(...planNext(series, made, ctx.forum.zone, ctx.now));
  await seriesIntoCalendar(ctx, series.number);
  await ctx.post({ kind: 'activity', subject: String(next.number) }, { purpose: 'announce' });
  return { series, next, made, off };
}

/** The dates after a local one. */
function* later(dates: Iterable<string>, than: string): Generator<string> {
  for (const date of dates) if (date > than) yield date;
}

const DAY: Slot = { date: '', endDate: null, time: null, until: null, zone: null };

/** The first date whose hour has not passed. */
function firstDate(ctx: WriteContext, dates: Iterable<string>, hoursOn: (date: string) => Slot): string | null {
  for (const date of dates) {
    const slot = hoursOn(date);
    if (slot.time === null || startOf(slot, ctx.forum.zone) > ctx.now) return date;
  }
  return null;
}

function datesBlocks(ctx: WriteContext, { series, made, off }: Begun): View['blocks'] {
  const dates = list(made.map(one => t`${code(one)}: ${formatSlot(one, ctx.locale, 'short')}`));
  const onDaysOff = made.filter(one => off.has(one.date)).map(one => formatDate(one.date, ctx.locale));
  return [
    text(ctx.m.activity.nextDates),
    ...(dates ? [dates] : []),
    ...(onDaysOff.length && series.holidays === 'keep'
      ? [note(ctx.m.activity.onDaysOff({ dates: onDaysOff.join(', ') }))]
      : []),
  ];
}

/** The series of an occurrence; null where it is none. */
const seriesOf = async (ctx: WriteContext, { series }: Activity): Promise<Series | null> =>
  series === null ? null : seriesByNumber(ctx.db, ctx.forumId, series);

/** @throws Refusal `invalid_option` where an activity is no part of a series. */
async function theSeries(ctx: WriteContext, activity: Activity): Promise<Series> {
  const series = await seriesOf(ctx, activity);
  if (series) return series;
  throw new Refusal('invalid_option', m => m.activity.noSeries({ code: code(activity) }), { option: 'which' });
}

/**
 * Moves an occurrence and all that follow: the series ends before it, and goes on as another. What was moved alone keeps
 * its own date, what was cancelled stays so; codes and answers stay.
 */
export async function moveFollowing(ctx: WriteContext, activity: Activity, when: Partial<Slot>): Promise<Activity> {
  const old = await theSeries(ctx, activity);
  const slot = activity.slot!;
  const to = when.date ?? slot;
  const then = { ...activity, ...when };
  if (then.endDate !== lastDay(then, then.date))
    throw new Refusal('invalid_option', m => m.activity.repeatsOneDay, { option: 'date' });
  if (old.last !== null && to > old.last)
    throw new Refusal('invalid_option', m => m.activity.afterEnd, { option: 'date' });
  const before = [...slotsBefore(old, slot)].length;
  const hours = {
    time: when.time === undefined ? old.time : when.time,
    until: when.until === undefined ? old.until : when.until,
    zone: when.zone === undefined ? old.zone : when.zone,
  };
  const next = await addSeries(
    ctx.tx,
    ctx.forumId,
    {
      recurrence: shifted(old.recurrence, slot, to),
      holidays: old.holidays,
      start: to,
      last: old.last,
      count: old.count === null ? null : old.count - before,
      ...hours,
      template: old.template,
      createdBy: old.createdBy,
    },
    ctx.now,
  );
  const off = await daysOff(ctx.db, ctx.forumId);
  const rows = await occurrencesOf(ctx.db, old, slot);
  await changeSeries(ctx.tx, old, { last: addDays(slot, -1) }, ctx.now);
  const slots = slotsOf(next);
  let moved = activity;
  let made: string | null = null;
  for (const one of rows) {
    const given = nextSlot(slots, next.holidays, off);
    if (!given) {
      await withoutDate(ctx, one);
      continue;
    }
    made = given.slot;
    await handOver(ctx.tx, next, [{ activity: one, slot: given.slot }]);
    const isRegular =
      one.date === dayFor(one.slot!, old.holidays, off) && one.time === old.time && one.until === old.until;
    if (one.state !== 'planned' || !(isRegular || one.number === activity.number)) continue;
    const date = one.number === activity.number ? to : given.date;
    const set = { date, endDate: lastDay(hours, date), ...hours };
    const entered = await changeActivity(ctx.tx, one, set, ctx.now);
    const changed = await moveMinutesEnd(ctx.tx, entered, ctx.forum.zone, ctx.now);
    await ctx.plan(...activityReminders(changed, ctx.forum.zone, ctx.now));
    if (one.number === activity.number) moved = changed;
    else await recordChange(ctx, changed, 'changed', '', { changed: { date: { from: one.date, to: given.date } } });
  }
  const kept = await changeSeries(ctx.tx, next, { made }, ctx.now);
  await ctx.plan(...planNext(kept, await occurrencesOf(ctx.db, kept), ctx.forum.zone, ctx.now));
  await ctx.stale({ kind: 'series_event', subject: String(old.number) });
  await seriesIntoCalendar(ctx, next.number);
  return { ...moved, series: next.number, slot: to };
}

/** Cancels an occurrence for which a series that was moved has no date before its end; it is none of the series any more. */
async function withoutDate(ctx: WriteContext, activity: Activity): Promise<void> {
  const left = await leaveSeries(ctx.tx, activity);
  if (left.state !== 'planned') return;
  const reason = plain(ctx.m.activity.noDateLeft);
  const cancelled = await changeActivity(ctx.tx, left, { state: 'cancelled', cancelReason: reason }, ctx.now);
  await recordChange(ctx, cancelled, 'cancelled', '', { reason });
}

function* slotsBefore(series: Series, slot: string): Generator<string> {
  for (const one of slotsOf(series)) {
    if (one >= slot) return;
    yield one;
  }
}

/** The next date of a series that is not left out. */
function nextSlot(
  slots: Iterator<string>,
  holidays: Series['holidays'],
  off: ReadonlySet<string>,
): { readonly slot: string; readonly date: string } | null {
  for (let next = slots.next(); !next.done; next = slots.next()) {
    const date = dayFor(next.value, holidays, off);
    if (date !== null) return { slot: next.value, date };
  }
  return null;
}

/** Cancels an occurrence and all that follow; the series has no more dates. */
export async function cancelFollowing(ctx: WriteContext, activity: Activity, reason: string): Promise<Activity> {
  const series = await theSeries(ctx, activity);
  const slot = activity.slot!;
  let cancelled = activity;
  for (const one of await occurrencesOf(ctx.db, series, slot)) {
    if (one.state !== 'planned') continue;
    const changed = await changeActivity(ctx.tx, one, { state: 'cancelled', cancelReason: reason }, ctx.now);
    if (one.number === activity.number) cancelled = changed;
    else await recordChange(ctx, changed, 'cancelled', '', { reason });
  }
  const made = series.made ?? '';
  await changeSeries(ctx.tx, series, { last: made >= slot ? made : addDays(slot, -1) }, ctx.now);
  await ctx.stale({ kind: 'series_event', subject: String(series.number) });
  return cancelled;
}
