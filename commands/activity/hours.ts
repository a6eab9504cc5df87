import type { ReadContext } from '../../src/bot/act-context.ts';
import type { End, HoursGiven } from '../../src/bot/slot-kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { addDays, daysBetween } from '../../src/domain/calendar.ts';
import { daysOff } from '../../src/domain/days-off.ts';
import { instantsAt, lastDay, offsetAt } from '../../src/domain/slots.ts';
import { localDate } from '../../src/language/dates.ts';
import { END_OF_DAY, formatClock, formatDay, formatSlot, type Slot, slotAsTyped } from '../../src/language/slots.ts';

/** Maximum length of one activity, days. */
const LONGEST_DAYS = 366;

/** Time of a thing, as its options say it. */
export interface WhenGiven {
  readonly date?: Slot | undefined;
  readonly time?: HoursGiven | undefined;
  readonly until?: End | undefined;
  /** Repeats: an end in the morning that comes before the beginning is that of a night, and is not asked about. */
  readonly repeats?: boolean;
}

/** The last hour at which a night ends. */
const NIGHT_ENDS = '12:00';

const onDay = (date: string): Slot => ({ date, endDate: null, time: null, until: null, zone: null });

/**
 * Reads when something new takes place: today where no day is named.
 * @throws Refusal `invalid_option` where the hours contradict one another, end before they begin, or are skipped or
 * twice on that day.
 */
export const slotOf = (ctx: ReadContext, given: WhenGiven): Slot =>
  composed(ctx, given.date ?? onDay(localDate(ctx.now, ctx.zone)), given);

/**
 * Reads when something takes place from now on; parts not named stay: hours go along to another day, and what takes
 * three hours, or several days, goes on to do so. Empty where nothing was named.
 * @throws Refusal as `slotOf`.
 */
export function changedSlot(ctx: ReadContext, before: Slot, given: WhenGiven): Partial<Slot> {
  if (!given.date && !given.time && !given.until) return {};
  const base = given.date ? onOtherDay(before, given.date) : pick(before);
  const slot = composed(ctx, given.date?.endDate ? base : withLength(before, base, given), given);
  const keys = ['date', 'endDate', 'time', 'until', 'zone'] as const;
  return Object.fromEntries(
    keys.filter(key => (key === 'date' && given.date) || slot[key] !== before[key]).map(key => [key, slot[key]]),
  );
}

function composed(ctx: ReadContext, base: Slot, given: WhenGiven): Slot {
  const slot = overnight(withEnd(withTime(ctx, base, given), given, isNight(base)), given);
  checkEnd(ctx, slot, given);
  checkClock(ctx, slot, given);
  return slot;
}

const pick = ({ date, endDate, time, until, zone }: Slot): Slot => ({ date, endDate, time, until, zone });

function onOtherDay(before: Slot, day: Slot): Slot {
  if (day.time !== null) return day;
  const days = before.endDate === null ? 0 : daysBetween(before.date, before.endDate);
  const endDate = day.endDate ?? (days ? addDays(day.date, days) : null);
  return { ...pick(before), date: day.date, endDate };
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const twoDigits = (n: number): string => String(n).padStart(2, '0');

const isNight = (slot: Slot): boolean => slot.endDate !== null && slot.endDate === lastDay(slot, slot.date);

/** Finds the end anew where the beginning moves: as said, over midnight where it was a night, else after as long as before. */
function withLength(before: Slot, base: Slot, { time, until }: WhenGiven): Slot {
  if (until || !time || time === 'all_day') return asLong(before, base);
  if (time.until === null) return asLong(before, { ...base, time: time.time, until: null });
  return { ...base, endDate: isNight(before) ? lastDay(time, base.date) : base.endDate };
}

const DAY_MINUTES = 24 * 60;

/** Gives an hour without an end the length that the activity had. */
function asLong(before: Slot, slot: Slot): Slot {
  if (!before.time || !before.until || !slot.time || slot.until) return slot;
  const days = daysBetween(before.date, before.endDate ?? before.date);
  const length = days * DAY_MINUTES + minutesOf(before.until) - minutesOf(before.time);
  const end = minutesOf(slot.time) + length;
  const endDate = end < DAY_MINUTES ? null : addDays(slot.date, Math.floor(end / DAY_MINUTES));
  const minutes = end % DAY_MINUTES;
  return { ...slot, endDate, until: `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}` };
}

/** Moves an end at midnight, and that of what repeats at night, to the next day. */
function overnight(slot: Slot, { repeats }: WhenGiven): Slot {
  const { date, endDate, until } = slot;
  if (until === END_OF_DAY) return { ...slot, endDate: addDays(endDate ?? date, 1), until: '00:00' };
  const endsByNoon = repeats && endDate === null && until !== null && until <= NIGHT_ENDS;
  return endsByNoon ? { ...slot, endDate: lastDay(slot, date) } : slot;
}

function withTime(ctx: ReadContext, slot: Slot, { date, time }: WhenGiven): Slot {
  if (time === undefined) return slot;
  if (time === 'all_day') return { ...slot, time: null, until: null, zone: null };
  if (date?.time && date.time !== time.time)
    throw new Refusal(
      'invalid_option',
      m => m.activity.twoTimes({ date: formatClock(date.time!, ctx.locale), time: formatClock(time.time, ctx.locale) }),
      { option: 'time' },
    );
  return { ...slot, time: time.time, until: time.until ?? slot.until, zone: time.zone ?? slot.zone ?? ctx.zone };
}

/** Gives a slot the end that is named; an hour alone is the next one after the beginning where it was a night. */
function withEnd(slot: Slot, { until }: WhenGiven, wasNight: boolean): Slot {
  if (!until) return slot;
  if (until.time !== null && slot.time === null)
    throw new Refusal('missing_option', m => m.activity.untilWithoutTime, { option: 'time' });
  if (wasNight && until.date === null && until.time !== null)
    return { ...slot, endDate: lastDay({ time: slot.time, until: until.time }, slot.date), until: until.time };
  const endDate = until.date === null ? slot.endDate : until.date === slot.date ? null : until.date;
  return { ...slot, endDate, until: until.time ?? (until.date === null ? slot.until : null) };
}

/**
 * Asks whether a meeting at an hour is meant for a day off; what takes whole days is planned on any.
 * @throws Refusal `conflict`, which `confirm` answers.
 */
export async function askDayOff(ctx: ReadContext, { date, time }: Slot): Promise<void> {
  if (time === null || !(await daysOff(ctx.db, ctx.forumId)).has(date)) return;
  const day = formatDay(date, ctx.locale);
  throw new Refusal('conflict', m => m.activity.onDayOff({ date: day }), { option: 'confirm' });
}

/** Tells whether a day has begun: what is to come cannot have been done. */
export const hasCome = (ctx: ReadContext, date: string): boolean => date <= localDate(ctx.now, ctx.zone);

/**
 * Asks whether something is meant to be moved to a day that has passed, or to a day off.
 * @throws Refusal `conflict`, which `confirm` answers.
 */
export async function askAboutDay(ctx: ReadContext, slot: Slot): Promise<void> {
  const last = slot.endDate ?? slot.date;
  if (last < localDate(ctx.now, ctx.zone))
    throw new Refusal('conflict', m => m.activity.onPastDay({ date: formatDay(last, ctx.locale) }), {
      option: 'confirm',
    });
  await askDayOff(ctx, slot);
}

/** An end before the beginning is asked about: a watch may go on until the next day. */
function checkEnd(ctx: ReadContext, slot: Slot, { until, repeats }: WhenGiven): void {
  const { date, endDate, time, until: ends } = slot;
  if (daysBetween(date, endDate ?? date) > LONGEST_DAYS)
    throw new Refusal('invalid_option', m => m.activity.tooLong({ days: LONGEST_DAYS }), { option: 'until' });
  const isBackwards = endDate === null ? time !== null && ends !== null && ends <= time : endDate < date;
  if (!isBackwards) return;
  const next = { ...slot, endDate: addDays(date, 1) };
  const mayBeNight = endDate === null && ends !== null && ends < (time ?? '');
  const label = formatSlot(next, ctx.locale);
  const option = until ? 'until' : 'date';
  const value = until ? `${next.endDate} ${ends}` : slotAsTyped(next);
  const [from, to] =
    endDate === null
      ? [formatClock(time!, ctx.locale), formatClock(ends!, ctx.locale)]
      : [formatDay(date, ctx.locale), formatDay(endDate, ctx.locale)];
  const candidates = mayBeNight && !repeats ? [{ value, label }] : [];
  throw new Refusal(
    'invalid_option',
    m => (candidates.length ? m.activity.backwards({ from, to }) : m.activity.endsBefore({ from, to })),
    { option: repeats && !until ? 'repeat' : option, candidates },
  );
}

/** A time that the clocks skip, or show twice, is asked about. */
function checkClock(ctx: ReadContext, slot: Slot, { time: given }: WhenGiven): void {
  const ends = slot.until === null ? [] : [{ date: slot.endDate ?? slot.date, time: slot.until }];
  const begins = slot.time === null ? [] : [{ date: slot.date, time: slot.time }];
  for (const [n, { date, time }] of [...begins, ...ends].entries()) {
    const zone = slot.zone ?? ctx.zone;
    const found = instantsAt(date, time, zone);
    if (found.length === 1) continue;
    const option = given ? 'time' : 'date';
    if (!found.length)
      throw new Refusal('invalid_option', m => m.activity.timeSkipped({ time: formatClock(time, ctx.locale), zone }), {
        option,
      });
    // An end that comes twice is the first one; a beginning is asked about.
    if (n > 0) continue;
    const candidates = found.map(at => {
      const exact = { ...slot, zone: offsetAt(at, zone) };
      const hours = `${slot.time}${slot.until === null ? '' : `-${slot.until}`} ${exact.zone}`;
      return { value: given ? hours : slotAsTyped(exact), label: formatSlot(exact, ctx.locale) };
    });
    throw new Refusal('invalid_option', m => m.activity.timeTwice({ time: formatClock(time, ctx.locale), zone }), {
      option,
      candidates,
    });
  }
}
