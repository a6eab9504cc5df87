import { button } from '../bot/buttons.ts';
import { choiceOf, fillsAll } from '../bot/menus.ts';
import { type Control, list, text, type View, view } from '../bot/view.ts';
import { dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import type { Forum } from '../domain/forums.ts';
import { type Period, periodOf, previousPeriod } from '../domain/indicators/periods.ts';
import { absenceOf } from '../domain/indicators/status.ts';
import { type Indicator, listIndicators, reportsOf, WHOLE } from '../domain/indicators/store.ts';
import { namesOf } from '../domain/partners.ts';
import { shortened } from '../language/clean.ts';
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
  /** Null where the forum as a whole reports. */
  readonly partnerName: string | null;
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
  const names = await namesOf(look.db, look.forumId);
  const found: Owed[] = [];
  for (const indicator of await listIndicators(look.db, look.forumId))
    found.push(...(await owedOf(look, forum, indicator, off, names)));
  return found;
}

/** The reports of one indicator that are awaited now. */
export async function owedOf(
  look: Look,
  forum: Forum,
  indicator: Indicator,
  off: ReadonlySet<string>,
  names: ReadonlyMap<number, string>,
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
      const partnerName = names.get(one.partner) ?? null;
      found.push({ indicator, period, partner: one.partner, partnerName, due, state, members });
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

/** One awaited report in a line; `named` tells the partner too, where reports of several are listed. */
export const owedLine = (look: Look, { indicator, period, partnerName, due, state }: Owed, named = false): Text =>
  look.m.indicator.dueLine({
    code: codeOf('indicator', indicator.number),
    name: indicator.name,
    period: period.key,
    partner: named ? partnerName : null,
    due: formatDate(due, look.locale),
    state: look.m.indicator.absences[state],
  });

/** Whether reports of more than one partner are listed, so that each has to say whose it is. */
export const ofSeveral = (owed: readonly Owed[]): boolean => new Set(owed.map(one => one.partner)).size > 1;

const SHOWN_CHOICES = 25;
/** Slack shows 75 characters of a choice. */
const LABEL = 75;
const PARTNER_LABEL = 24;

/** What a report is given for: its indicator, its period and, unless it is the whole forum's, its partner. */
const valuesOf = ({ indicator, period, partner }: Owed) => ({
  indicator: codeOf('indicator', indicator.number),
  period: period.key,
  ...(partner !== WHOLE && { partner: codeOf('partner', partner) }),
});

/** A choice of the menu: the period and the partner are told whole, a long name of the indicator gives way. */
function choiceFor(one: Owed): { value: string; label: string } {
  const { indicator, period, partner = '' } = valuesOf(one);
  const whose = one.partnerName ? ` · ${shortened(one.partnerName, PARTNER_LABEL)}` : '';
  const rest = ` · ${period}${whose}`;
  const name = shortened(`${indicator} ${one.indicator.name}`, LABEL - rest.length);
  return { value: choiceOf(indicator, period, partner), label: name + rest };
}

/** What is awaited, the first due first, as one message with the next step for each; several things are one message. */
export function dueCard(look: Look, awaited: readonly Owed[], title: Text): View {
  const { m } = look;
  const owed = [...awaited].sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  const [only] = owed;
  const buttons = (one: Owed): Control[] => {
    const { indicator, period } = valuesOf(one);
    return [
      button(m, 'reportNow', 'nr', valuesOf(one), 'primary'),
      button(m, 'snoozeDay', 'rs', { reminder: indicator, until: '1d' }),
      button(m, 'snoozeTo', 'rs', { reminder: indicator }),
      button(m, 'noData', 'nn', { indicator, period }),
      button(m, 'notMine', 'nh', { indicator }),
    ];
  };
  const menu: Control = {
    kind: 'select',
    name: 'reportNow',
    label: m.button.reportNow,
    does: { action: 'nr', values: {} },
    fills: fillsAll('indicator', 'period', 'partner'),
    choices: owed.slice(0, SHOWN_CHOICES).map(choiceFor),
  };
  return view(title, {
    tone: owed.some(one => one.state !== 'due') ? 'warning' : 'plain',
    blocks: [owed.length ? list(owed.map(one => owedLine(look, one, ofSeveral(owed)))) : text(m.indicator.dueNothing)],
    controls: owed.length === 1 && only ? [buttons(only)] : [[menu]],
  });
}
