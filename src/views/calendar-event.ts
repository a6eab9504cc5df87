import type { RenderContext } from '../contract/render-context.ts';
import { type View, view } from '../contract/view.ts';
import type { Activity } from '../domain/activities.ts';
import { instantAt } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import type { Series } from '../domain/meetings/series.ts';
import { endOf, startOf } from '../domain/slots.ts';

/** Hours of an entry that takes whole days: a platform's calendar knows no whole days, so it takes a working day. */
const DAY_BEGINS = '08:00';
const DAY_ENDS = '17:00';

/** A planned activity as an entry of a platform's calendar. */
export function activityEvent(context: RenderContext, activity: Activity, zone: string): View {
  const { date, endDate, time, location, state } = activity;
  const code = codeOf('activity', activity.number);
  const title = `${code} ${activity.title}`;
  const start = time === null ? instantAt(date, DAY_BEGINS, zone) : startOf(activity, zone);
  const end = time === null ? instantAt(endDate ?? date, DAY_ENDS, zone) : endOf(activity, zone);
  const event = {
    name: title,
    start: start.getTime(),
    end: end.getTime(),
    location: location ?? context.m.core.none,
    about: context.m.activity.inCalendar({ code }),
    cancelled: state === 'cancelled' || state === 'undone',
    begun: start <= context.now,
  };
  return { ...view(title), event };
}

/**
 * A series as one entry of a platform's calendar: its coming occurrence, and how it repeats, where it goes on without
 * end and all that is to come takes place as the series has it. Null: no occurrence comes any more.
 */
export function seriesEvent(
  context: RenderContext,
  series: Series,
  occurrences: readonly Activity[],
  zone: string,
): View | null {
  const coming = occurrences
    .filter(one => one.state === 'planned' && endOf(one, zone) > context.now)
    .sort((a, b) => startOf(a, zone).getTime() - startOf(b, zone).getTime());
  const [next] = coming;
  const last = occurrences.at(-1);
  if (!next) return last ? activityEvent(context, { ...last, state: 'cancelled' }, zone) : null;
  const shown = activityEvent(context, next, zone);
  const isRegular = occurrences.every(
    one =>
      endOf(one, zone) <= context.now ||
      (one.state === 'planned' && one.date === one.slot && one.time === series.time && one.until === series.until),
  );
  const isEndless = series.last === null && series.count === null;
  const isRule = isRegular && isEndless && series.holidays === 'keep';
  const repeats = isRule ? { rule: series.recurrence, date: next.date } : null;
  return { ...shown, event: { ...shown.event!, repeats } };
}
