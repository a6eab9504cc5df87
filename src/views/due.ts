import { button } from '../bot/buttons.ts';
import { type Control, list, text, type View, view } from '../bot/view.ts';
import { dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import type { Forum } from '../domain/forums.ts';
import { type Period, periodOf, previousPeriod } from '../domain/indicators/periods.ts';
import { absenceOf } from '../domain/indicators/status.ts';
import { type Indicator, listIndicators, reportsOf } from '../domain/indicators/store.ts';
import { cutAt } from '../language/clean.ts';
import { formatDate } from '../language/dates.ts';
import type { Text } from '../language/text.ts';
import { daysOff } from '../schedule/days-off.ts';
import { owing, remindedFrom, reportDeadlines, reporters } from '../schedule/reports.ts';
import type { Look } from './look.ts';

/** A report that is awaited from a partner. */
export interface Owed {
  readonly indicator: Indicator;
  readonly period: Period;
  readonly partner: number;
  readonly due: string;
  readonly state: 'due' | 'overdue' | 'returned';
  readonly members: readonly number[];
}

/**
 * The reports awaited now, the newest first within an indicator: of the periods that are not locked yet, and of the
 * running one once its reminders have begun.
 */
export async function owedNow(look: Look, forum: Forum): Promise<Owed[]> {
  const off = await daysOff(look.db, forum.id);
  const found: Owed[] = [];
  for (const indicator of await listIndicators(look.db, look.forumId))
    found.push(...(await owedOf(look, forum, indicator, off)));
  return found;
}

/** The reports of one indicator that are awaited now. */
export async function owedOf(
  look: Look,
  forum: Forum,
  indicator: Indicator,
  off: ReadonlySet<string>,
): Promise<Owed[]> {
  const today = dateIn(look.now, forum.zone);
  const found: Owed[] = [];
  for (const period of openPeriods(look, forum, indicator, off)) {
    const { due } = reportDeadlines(forum, indicator, period, off);
    const made = await reportsOf(look.db, look.forumId, { indicator: indicator.number, periods: [period.key] });
    for (const one of await owing(look.db, indicator, period.key)) {
      const report = made.find(report => report.partner === one.partner);
      const absence = absenceOf(report ? { state: report.state, noData: null } : null, period, due, today);
      const state = absence?.status === 'overdue' || absence?.status === 'returned' ? absence.status : 'due';
      const members = await reporters(look.db, look.forumId, one, true);
      found.push({ indicator, period, partner: one.partner, due, state, members });
    }
  }
  return found;
}

/** The periods of an indicator that may be reported now and are reminded of. */
function openPeriods(look: Look, forum: Forum, indicator: Indicator, off: ReadonlySet<string>): Period[] {
  const running = periodOf(dateIn(look.now, forum.zone), indicator.frequency);
  const agreed = dateIn(indicator.createdAt, forum.zone);
  const periods: Period[] = [];
  for (let period = running; ; period = previousPeriod(period)) {
    const deadlines = reportDeadlines(forum, indicator, period, off);
    // What was over before the indicator was agreed may be filled in, but is not owed.
    if (look.now >= deadlines.lock || agreed > deadlines.due) return periods;
    if (period !== running || look.now >= remindedFrom(forum, deadlines, off)) periods.push(period);
  }
}

/** One awaited report in a line. */
export const owedLine = (look: Look, { indicator, period, due, state }: Owed): Text =>
  look.m.indicator.dueLine({
    code: codeOf('indicator', indicator.number),
    name: indicator.name,
    period: period.key,
    due: formatDate(due, look.locale),
    state: look.m.indicator.absences[state],
  });

/** What is awaited, as one message with the next step for each; several things are one message. */
export function dueCard(look: Look, owed: readonly Owed[], title: Text): View {
  const { m } = look;
  const [only] = owed;
  const id = only && { indicator: codeOf('indicator', only.indicator.number), period: only.period.key };
  const buttons = (one: { indicator: string; period: string }): Control[] => [
    button(m, 'reportNow', 'nr', one, 'primary'),
    button(m, 'snoozeDay', 'rs', { reminder: one.indicator, until: '1d' }),
    button(m, 'snoozeTo', 'rs', { reminder: one.indicator }),
    button(m, 'noData', 'nn', one),
    button(m, 'notMine', 'nh', { indicator: one.indicator }),
  ];
  const choices = owed.slice(0, 25).map(one => ({
    value: codeOf('indicator', one.indicator.number),
    label: cutAt(`${codeOf('indicator', one.indicator.number)} ${one.indicator.name}`, 70),
  }));
  const menu: Control = {
    kind: 'select',
    name: 'reportNow',
    label: m.button.reportNow,
    does: { action: 'nr', values: {} },
    fills: 'indicator',
    choices,
  };
  return view(title, {
    tone: owed.some(one => one.state !== 'due') ? 'warning' : 'plain',
    blocks: [owed.length ? list(owed.map(one => owedLine(look, one))) : text(m.indicator.dueNothing)],
    controls: owed.length === 1 && id ? [buttons(id)] : owed.length ? [[menu]] : [],
  });
}
