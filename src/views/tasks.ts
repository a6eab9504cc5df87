import { and, desc, eq, inArray } from 'drizzle-orm';
import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Block, type Control, facts, list, text, type View, view } from '../contract/view.ts';
import type { Actor } from '../domain/actor.ts';
import { type AwaitedAssessment, openOf, unfinishedOf } from '../domain/assessments/awaited.ts';
import { awaitedVotes } from '../domain/awaited-votes.ts';
import { codeOf } from '../domain/codes.ts';
import { withoutAttendance } from '../domain/engagement/attendance.ts';
import type { Forum } from '../domain/forums.ts';
import type { Figure } from '../domain/indicators/fill.ts';
import type { PeriodStatus } from '../domain/indicators/period-status.ts';
import { openSpans, type SpanChoice } from '../domain/indicators/span-choice.ts';
import { type OwnAction, type OwnIssue, ownWork } from '../domain/own-work.ts';
import type { Member } from '../domain/people.ts';
import type { Poll } from '../domain/polls/store.ts';
import type { Strategy } from '../domain/strategies/store.ts';
import { shortened } from '../language/clean.ts';
import { when } from '../language/dates.ts';
import { formatNumber } from '../language/numbers.ts';
import { type Text, t } from '../language/text.ts';
import { together } from '../storage/together.ts';
import { actionCode, ownActionLines } from './action.ts';
import {
  againBlocks,
  againControls,
  againNow,
  draftsOf,
  firstDue,
  type Owed,
  openRecords,
  owedLine,
  owedNow,
} from './due.ts';
import { figureText, valuesOf } from './fill.ts';
import { withUnit } from './indicator-words.ts';

/** Maximum number of entries shown of each kind; the rest is behind its command. */
const SHOWN = 8;
/** Maximum number of things with a button of their own, of each kind: a message holds 25 buttons in all. */
const BUTTONS = 4;
/** Maximum number of open things of a kind that are looked through for one's own. */
const LOOKED = 1_000;
/** The gravest first. */
const SEVERITIES = ['critical', 'high', 'undetermined', 'medium', 'low'] as const;
/** Maximum number of new things that are told. */
const NEW = 3;

/** Returns what one person is awaited for, with the next steps; coordinators also see which reports are late. */
export async function tasksView(context: RenderContext, forum: Forum, actor: Actor): Promise<View> {
  const { m } = context;
  const w = m.me.tasks;
  const { strategies: votes, polls } = await awaitedVotes(context.db, context.forumId, actor.member, context.now);
  const records = await openRecords(context);
  const owed = await owedNow(context, records);
  const isMine = (one: Pick<Owed, 'partner' | 'members'>): boolean =>
    one.partner === actor.seat?.partner || one.members.includes(actor.member);
  const mine = firstDue(owed.filter(isMine));
  const again = (await againNow(context, records)).filter(isMine);
  const drafts = await draftsOf(context, mine.slice(0, SHOWN));
  const own = new Set(mine);
  const late = actor.coordinator ? owed.filter(one => one.state !== 'due' && !own.has(one)) : [];
  const { db, forumId } = context;
  const work = await ownWork({ db, forumId, actor, now: context.now }, LOOKED);
  const issues = [...work.issues].sort(byGravity);
  const actions = [...work.actions].sort(byDue);
  const partner = actor.coordinator ? null : (actor.seat?.partner ?? 0);
  const unnoted = await withoutAttendance(db, forumId, { partner, limit: SHOWN });
  const whose = { forumId, member: actor.member, partner: actor.seat?.partner ?? null };
  const [done, decided, [me], open] = await newest(db, whose);
  const assessments = await unfinishedOf(db, whose, open);
  const spans = actor.coordinator ? await openSpans(db, forumId, context.now, SHOWN) : { first: [], n: 0 };
  const sections = [
    section(
      w.votes,
      votes.map(
        one =>
          t`${codeOf('strategy', one.number)} ${one.title} (${[when(one.closesAt, context.zone, context.locale)]})`,
      ),
    ),
    section(
      m.poll.digest,
      polls.map(
        one => t`${codeOf('poll', one.number)} ${one.title} (${[when(one.closesAt, context.zone, context.locale)]})`,
      ),
    ),
    section(
      w.reports,
      mine.slice(0, SHOWN).map((one, i) => {
        const line = owedLine(context, one);
        return drafts[i] ? t`${line}. ${figureText(context, one.record, drafts[i])}` : line;
      }),
      mine.length,
    ),
    againBlocks(context, again),
    section(
      w.issues,
      issues.map(one => t`${codeOf('issue', one.number)} ${one.title} (${m.issue.states[one.state]})`),
    ),
    section(w.actions, ownActionLines(context, actions)),
    section(
      w.assessments,
      assessments.map(one => assessmentLine(context, one)),
    ),
    section(
      w.late,
      late.slice(0, SHOWN).map(one => owedLine(context, one, true)),
      late.length,
    ),
    section(
      w.attendance,
      unnoted.map(one => t`${codeOf('activity', one.number)} ${one.title}`),
    ),
    section(
      w.spans,
      spans.first.map(one => spanText(context, one)),
      spans.n,
    ),
  ].flat();
  return view(w.title, {
    blocks: [
      ...(sections.length ? sections : [text(w.nothing)]),
      ...section(w.news, whatIsNew(context, done, decided)),
      preferences(context, forum, me),
    ],
    controls: [
      ...steps(context, { votes, polls, mine, drafts, issues, actions }),
      ...againControls(context, again),
      answerAssessment(context, assessments),
      noteAttendance(context, unnoted),
      chooseSpan(context, spans.first),
      quick(context),
      settings(context),
    ],
  });
}

/** The most urgent come first; those beyond the shown ones are counted. */
function section(title: string, items: readonly Text[], of = items.length): (Block | null)[] {
  const more = of > SHOWN ? [`… +${of - SHOWN}`] : [];
  return items.length ? [text(title), list([...items.slice(0, SHOWN), ...more])] : [];
}

/** The gravest before the others, then the first due. */
const byGravity = (a: OwnIssue, b: OwnIssue): number =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || byDue(a, b);

/** The first due before the others; what has no day comes last. */
const byDue = (a: Due, b: Due): number => (a.due ?? '9').localeCompare(b.due ?? '9') || a.number - b.number;
type Due = Pick<OwnIssue, 'due' | 'number'>;

/** Longest label of a button that is read whole on a phone. */
const LABEL = 30;

/** Labels a button that leads to one thing: by its own words where it is the only one, else by the thing's. */
const named = (control: Control, count: number, thing: string): Control =>
  count === 1 ? control : { ...control, label: shortened(thing, LABEL) };

/** Describes what waits for one person, of each kind the most urgent first. */
interface Waiting {
  readonly votes: readonly Strategy[];
  readonly polls: readonly Poll[];
  readonly mine: readonly Owed[];
  /** The value that the record gives for the first of those. */
  readonly drafts: readonly (Figure | null)[];
  readonly issues: readonly OwnIssue[];
  readonly actions: readonly OwnAction[];
}

/** A button for each thing that waits, as many as are listed, in their order. */
function steps({ m }: RenderContext, { votes, polls, mine, drafts, issues, actions }: Waiting): Control[][] {
  const row = <T>(all: readonly T[], of: (one: T, i: number) => Control): Control[] => all.slice(0, BUTTONS).map(of);
  return [
    row(votes, one => {
      const strategy = codeOf('strategy', one.number);
      const vote = button(m, 'showVote', 'ss', { strategy }, 'primary');
      return named(vote, votes.length, `${strategy} ${one.title}`);
    }),
    row(polls, one => {
      const poll = codeOf('poll', one.number);
      return named(button(m, 'votePoll', 'jb', { poll }, 'primary'), polls.length, `${poll} ${one.title}`);
    }),
    row(mine, (one, i) => {
      const report = drafts[i]
        ? button(m, 'draftLook', 'ng', valuesOf(one), 'primary')
        : button(m, 'reportNow', 'nr', valuesOf(one), 'primary');
      const { code, name } = { code: codeOf('indicator', one.indicator.number), name: one.indicator.name };
      return named(report, mine.length, `${code} ${one.period.key} ${name}`);
    }),
    row(issues, one => {
      const issue = codeOf('issue', one.number);
      return named(button(m, 'showIssue', 'is', { issue }), issues.length, `${issue} ${one.title}`);
    }),
    row(actions, one => {
      const action = actionCode(one);
      return named(button(m, 'doneAction', 'td', { action }), actions.length, `${action} ${one.title}`);
    }),
  ];
}

function assessmentLine({ m, locale }: RenderContext, { number, title, answered, of }: AwaitedAssessment): Text {
  const n = (value: number): string => formatNumber(value, locale);
  return m.me.tasks.assessmentText({ code: codeOf('assessment', number), title, n: n(answered), of: n(of) });
}

/** Goes on with the oldest assessment that is open. */
const answerAssessment = ({ m }: RenderContext, [one]: readonly AwaitedAssessment[]): Control[] =>
  one ? [button(m, 'answerNext', 'ba', { assessment: codeOf('assessment', one.number) })] : [];

/** Asks for the list of the newest activity of which it is missing. */
const noteAttendance = ({ m }: RenderContext, [one]: readonly { number: number }[]): Control[] =>
  one ? [button(m, 'noteAttendance', 'kh', { activity: codeOf('activity', one.number) })] : [];

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

/** Lets a coordinator choose the span of the first such sum. */
function chooseSpan({ m }: RenderContext, [first]: readonly SpanChoice[]): Control[] {
  if (!first) return [];
  const indicator = codeOf('indicator', first.record.indicator.number);
  return [
    button(m, 'spanCourse', 'ne', { indicator, span: 'course' }),
    button(m, 'spanYear', 'ne', { indicator, span: 'year' }),
  ];
}

const quick = ({ m }: RenderContext): Control[] => [
  button(m, 'logActivity', 'kl'),
  button(m, 'raiseIssue', 'ir'),
  button(m, 'help', 'hlp'),
];

/**
 * Returns what happened last in a forum, for all to see, whoever looks at it, and the assessments that are open to
 * them.
 */
const newest = together((db, whose: Parameters<typeof openOf>[1]) => {
  const { forumId, member } = whose;
  const { activities: a, strategies: st, members } = db.tables;
  return [
    db
      .select({ number: a.number, title: a.title })
      .from(a)
      .where(and(eq(a.forumId, forumId), inArray(a.state, ['planned', 'done'])))
      .orderBy(desc(a.number))
      .limit(NEW),
    db
      .select({ number: st.number, title: st.title, outcome: st.outcome })
      .from(st)
      .where(eq(st.forumId, forumId))
      .orderBy(desc(st.number))
      .limit(NEW),
    db
      .select()
      .from(members)
      .where(and(eq(members.forumId, forumId), eq(members.number, member))),
    openOf(db, whose, SHOWN),
  ];
});

function whatIsNew(
  { m }: RenderContext,
  done: readonly { readonly number: number; readonly title: string }[],
  proposals: readonly Pick<Strategy, 'number' | 'title' | 'outcome'>[],
): Text[] {
  const { outcomes } = m.strategy;
  return [
    ...done.map(one => t`${codeOf('activity', one.number)} ${one.title}`),
    ...proposals.flatMap(one =>
      one.outcome ? [t`${codeOf('strategy', one.number)} ${one.title}: ${outcomes[one.outcome]}`] : [],
    ),
  ];
}

/** The language and quiet hours that hold for this person. */
function preferences({ m }: RenderContext, forum: Forum, me: Member | undefined): Block | null {
  const { quietFrom: from, quietTo: to } = me?.quietFrom ? me : forum.settings;
  const w = m.me;
  return facts([
    [w.language, w.languages[me?.locale ?? forum.locale]],
    [w.quiet, from && to && from !== to ? `${from}–${to}` : m.forum.noQuiet],
  ]);
}

const settings = ({ m }: RenderContext): Control[] => [button(m, 'language', 'ml'), button(m, 'quietHours', 'mz')];
