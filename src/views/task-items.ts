import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import type { Control } from '../contract/view.ts';
import type { AwaitedAssessment } from '../domain/assessments/awaited.ts';
import { codeOf } from '../domain/codes.ts';
import type { PeriodStatus } from '../domain/indicators/period-status.ts';
import type { SpanChoice } from '../domain/indicators/span-choice.ts';
import type { OwnAction, OwnIssue } from '../domain/own-work.ts';
import type { Poll } from '../domain/polls/store.ts';
import type { Strategy } from '../domain/strategies/store.ts';
import { shortened } from '../language/clean.ts';
import { when } from '../language/dates.ts';
import { formatNumber } from '../language/numbers.ts';
import { type Text, t } from '../language/text.ts';
import { actionCode, ownActionLines } from './action.ts';
import { type Again, type Owed, owedLine } from './due.ts';
import { againButtons, againLine, valuesOf } from './fill.ts';
import { withUnit } from './indicator-words.ts';

/** One thing that waits for a person, with the buttons that lead to it. */
export interface TaskItem {
  /** Place among all that waits, which stays while other things come and go; shorter than a button's id. */
  readonly rank: string;
  /** Title of the section that it stands in. */
  readonly section: string;
  readonly line: Text;
  readonly controls: readonly Control[];
  /** A report whose figure the record may know. */
  readonly owed?: Owed;
}

/** Describes all that waits for one person. */
export interface Waiting {
  readonly votes: readonly Strategy[];
  readonly polls: readonly Poll[];
  readonly mine: readonly Owed[];
  readonly again: readonly Again[];
  readonly issues: readonly OwnIssue[];
  readonly actions: readonly OwnAction[];
  readonly assessments: readonly AwaitedAssessment[];
  readonly late: readonly Owed[];
  readonly unnoted: readonly { readonly number: number; readonly title: string }[];
  readonly spans: readonly SpanChoice[];
}

/** Maximum length of a label that is read whole on a phone, characters. */
const LABEL = 30;
/** The gravest first. */
const SEVERITIES = ['critical', 'high', 'undetermined', 'medium', 'low'] as const;
/** Due date of a thing that has none: it comes last. */
const NEVER = '9999-99-99';
const HIGHEST = 999_999_999;

const padded = (value: number): string => String(value).padStart(9, '0');
const byDue = ({ due, number }: Pick<OwnIssue, 'due' | 'number'>): string => `${due ?? NEVER}${padded(number)}`;
const byPeriod = ({ indicator, period, partner }: Pick<Owed, 'indicator' | 'period' | 'partner'>): string =>
  `${padded(indicator.number)}${period.key}_${padded(partner)}`;

/** Labels a button that leads to one thing: by its own words where it is the only one, else by the thing's. */
const named = (control: Control, count: number, thing: string): Control =>
  count === 1 ? control : { ...control, label: shortened(thing, LABEL) };

/** Labels a button that does something at once: with the code, where there are several such things. */
const withCode = (control: Control, count: number, code: string): Control =>
  count === 1 ? control : { ...control, label: `${control.label} ${code}` };

/** The button that asks for one report. */
export const reportButton = ({ m }: RenderContext, one: Owed, count: number, isDrafted = false): Control => {
  const report = isDrafted
    ? button(m, 'draftLook', 'ng', valuesOf(one), 'primary')
    : button(m, 'reportNow', 'nr', valuesOf(one), 'primary');
  return named(report, count, `${codeOf('indicator', one.indicator.number)} ${one.period.key} ${one.indicator.name}`);
};

/** The button that shows one of several reports that the record differs from. */
const lookAgain = ({ m }: RenderContext, one: Again): Control =>
  named(
    button(m, 'draftLook', 'ng', valuesOf(one), 'primary'),
    0,
    `${codeOf('indicator', one.indicator.number)} ${one.period.key} ${one.indicator.name}`,
  );

/** Returns all that waits, in the order in which it is shown: by kind, and within each the most urgent first. */
export function taskItems(context: RenderContext, of: Waiting): TaskItem[] {
  const { m } = context;
  const w = m.me.tasks;
  const { votes, polls, mine, again, issues, actions, assessments, late, unnoted, spans } = of;
  const closes = ({ closesAt }: { closesAt: Date }) => when(closesAt, context.zone, context.locale);
  const names = new Map(again.flatMap(one => (one.partnerName ? [[one.partner, one.partnerName]] : [])));
  const actionLines = ownActionLines(context, actions);
  return [
    ...votes.map((one): TaskItem => {
      const strategy = codeOf('strategy', one.number);
      const vote = button(m, 'showVote', 'ss', { strategy }, 'primary');
      return {
        rank: `a${one.closesAt.getTime()}_${padded(one.number)}`,
        section: w.votes,
        line: t`${strategy} ${one.title} (${[closes(one)]})`,
        controls: [named(vote, votes.length, `${strategy} ${one.title}`)],
      };
    }),
    ...polls.map((one): TaskItem => {
      const poll = codeOf('poll', one.number);
      const vote = button(m, 'votePoll', 'jb', { poll }, 'primary');
      return {
        rank: `b${one.closesAt.getTime()}_${padded(one.number)}`,
        section: m.poll.digest,
        line: t`${poll} ${one.title} (${[closes(one)]})`,
        controls: [named(vote, polls.length, `${poll} ${one.title}`)],
      };
    }),
    ...mine.map(
      (one): TaskItem => ({
        rank: `c${one.due}${byPeriod(one)}`,
        section: w.reports,
        line: owedLine(context, one),
        controls: [reportButton(context, one, mine.length)],
        owed: one,
      }),
    ),
    ...again.map(
      (one): TaskItem => ({
        rank: `d${byPeriod(one)}`,
        section: m.fill.again,
        line: againLine(context, one, names),
        controls: again.length === 1 ? againButtons(context, one) : [lookAgain(context, one)],
      }),
    ),
    ...issues.map((one): TaskItem => {
      const issue = codeOf('issue', one.number);
      return {
        rank: `e${SEVERITIES.indexOf(one.severity)}${byDue(one)}`,
        section: w.issues,
        line: t`${issue} ${one.title} (${m.issue.states[one.state]})`,
        controls: [named(button(m, 'showIssue', 'is', { issue }), issues.length, `${issue} ${one.title}`)],
      };
    }),
    ...actions.map((one, i): TaskItem => {
      const action = actionCode(one);
      return {
        rank: `f${byDue(one)}`,
        section: w.actions,
        line: actionLines[i]!,
        controls: [withCode(button(m, 'doneAction', 'td', { action }), actions.length, action)],
      };
    }),
    ...assessments.map((one): TaskItem => {
      const assessment = codeOf('assessment', one.number);
      return {
        rank: `g${padded(one.number)}`,
        section: w.assessments,
        line: assessmentLine(context, one),
        controls: [withCode(button(m, 'answerNext', 'ba', { assessment }), assessments.length, assessment)],
      };
    }),
    ...late.map(
      (one): TaskItem => ({
        rank: `h${one.due}${byPeriod(one)}`,
        section: w.late,
        line: owedLine(context, one, true),
        controls: [{ ...reportButton(context, one, 2), style: 'plain' } as Control],
      }),
    ),
    ...unnoted.map((one): TaskItem => {
      const activity = codeOf('activity', one.number);
      return {
        // The newest come first.
        rank: `i${padded(HIGHEST - one.number)}`,
        section: w.attendance,
        line: t`${activity} ${one.title}`,
        controls: [withCode(button(m, 'noteAttendance', 'kh', { activity }), unnoted.length, activity)],
      };
    }),
    ...spans.map((one): TaskItem => {
      const indicator = codeOf('indicator', one.record.indicator.number);
      const choose = (name: 'spanCourse' | 'spanYear', span: string): Control =>
        withCode(button(m, name, 'ne', { indicator, span }), spans.length, indicator);
      return {
        rank: `j${padded(one.record.indicator.number)}`,
        section: w.spans,
        line: spanText(context, one),
        controls: [choose('spanCourse', 'course'), choose('spanYear', 'year')],
      };
    }),
  ].sort((a, b) => (a.rank < b.rank ? -1 : 1));
}

function assessmentLine({ m, locale }: RenderContext, { number, title, answered, of }: AwaitedAssessment): Text {
  const n = (value: number): string => formatNumber(value, locale);
  return m.me.tasks.assessmentText({ code: codeOf('assessment', number), title, n: n(answered), of: n(of) });
}

/** A sum with how it stands over its whole course and in its year. */
function spanText(context: RenderContext, { record, course, year }: SpanChoice): Text {
  const w = context.m.me.tasks;
  const { indicator } = record;
  const said = ({ value, target }: PeriodStatus): Text => {
    if (value === null) return [context.m.core.none];
    const shown = withUnit(context, indicator, value);
    return target === null ? [shown] : w.valueOfTarget({ value: shown, target: withUnit(context, indicator, target) });
  };
  const name = `${codeOf('indicator', indicator.number)} ${indicator.name}`;
  return w.spanText({ name, period: course.period.key, course: said(course), year: said(year) });
}
