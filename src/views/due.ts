import { button } from '../bot/buttons.ts';
import { type Control, list, text, type View, view } from '../bot/view.ts';
import { dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import type { Forum } from '../domain/forums.ts';
import { type Period, periodOf, previousPeriod } from '../domain/indicators/periods.ts';
import { absenceOf } from '../domain/indicators/status.ts';
import { type Indicator, listIndicators, reportsOf } from '../domain/indicators/store.ts';
import { formatDate } from '../language/dates.ts';
import type { Text } from '../language/text.ts';
import { owing, reportDeadlines, reporters } from '../schedule/reports.ts';
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

/** The reports awaited now: those of the last ended period of each indicator that are not made and not locked. */
export async function owedNow(look: Look, forum: Forum): Promise<Owed[]> {
  const today = dateIn(look.now, forum.zone);
  const found: Owed[] = [];
  for (const indicator of await listIndicators(look.db, look.forumId)) {
    const period = previousPeriod(periodOf(today, indicator.frequency));
    const { due, lock } = await reportDeadlines(look.db, forum, indicator, period);
    // What was over before the indicator was agreed may be filled in, but is not owed.
    if (look.now >= lock || dateIn(indicator.createdAt, forum.zone) > due) continue;
    for (const one of await owing(look.db, indicator, period.key)) {
      const [made] = await reportsOf(look.db, look.forumId, {
        indicator: indicator.number,
        periods: [period.key],
        partner: one.partner,
      });
      const absence = absenceOf(made ? { state: made.state, noData: null } : null, period, due, today);
      const state = absence?.status === 'overdue' || absence?.status === 'returned' ? absence.status : 'due';
      const members = await reporters(look.db, look.forumId, one, true);
      found.push({ indicator, period, partner: one.partner, due, state, members });
    }
  }
  return found;
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
    label: `${codeOf('indicator', one.indicator.number)} ${one.indicator.name}`.slice(0, 70),
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
