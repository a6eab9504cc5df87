import { and, desc, eq, inArray } from 'drizzle-orm';
import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Block, type Control, facts, list, text, type View, view } from '../contract/view.ts';
import type { Actor } from '../domain/actor.ts';
import { codeOf } from '../domain/codes.ts';
import type { Forum } from '../domain/forums.ts';
import { listIssues } from '../domain/issues/store.ts';
import { memberByNumber } from '../domain/people.ts';
import { listPolls, type Poll } from '../domain/polls/store.ts';
import { hasVoted } from '../domain/strategies/ballots.ts';
import { voterOf } from '../domain/strategies/electorate.ts';
import { listStrategies, type Strategy } from '../domain/strategies/store.ts';
import { when } from '../language/dates.ts';
import { type Text, t } from '../language/text.ts';
import { type Owed, ofSeveral, owedLine, owedNow } from './due.ts';

/** Maximum number of entries shown of each kind; the rest is behind its command. */
const SHOWN = 8;
/** Open things are looked through for one's own, the newest first. */
const LOOKED = 100;
/** Maximum number of new things that are told. */
const NEW = 3;

/** What one person is awaited for, with the next steps; coordinators also see which reports are late. */
export async function tasksView(context: RenderContext, forum: Forum, actor: Actor): Promise<View> {
  const { m } = context;
  const w = m.me.tasks;
  const votes = await openVotes(context, actor.member);
  const polls = await openPolls(context, actor.member);
  const owed = await owedNow(context);
  const mine = owed.filter(one => one.partner === actor.seat?.partner || one.members.includes(actor.member));
  const late = actor.coordinator ? owed.filter(one => one.state !== 'due' && !mine.includes(one)) : [];
  const issues = await ownIssues(context, actor);
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
      mine.map(one => owedLine(context, one)),
    ),
    section(
      w.issues,
      issues.map(one => t`${codeOf('issue', one.number)} ${one.title} (${m.issue.states[one.state]})`),
    ),
    section(
      w.late,
      late.map(one => owedLine(context, one, ofSeveral(late))),
    ),
  ].flat();
  const news = await whatIsNew(context);
  return view(w.title, {
    blocks: [
      ...(sections.length ? sections : [text(w.nothing)]),
      ...section(w.news, news),
      await preferences(context, forum, actor),
    ],
    controls: [next(context, votes, polls, mine), quick(context), settings(context)],
  });
}

const section = (title: string, items: readonly Text[]): (Block | null)[] =>
  items.length ? [text(title), list(items.slice(0, SHOWN))] : [];

/** Votes that run, in which this person may vote and nobody has for their side. */
async function openVotes(context: RenderContext, member: number): Promise<Strategy[]> {
  const { rows } = await listStrategies(context.db, context.forumId, { undecided: true }, LOOKED);
  const found: Strategy[] = [];
  for (const strategy of rows.filter(row => row.openedAt && row.closesAt > context.now)) {
    const voter = await voterOf(context.db, strategy, member);
    if (!voter || voter.castBy !== null) continue;
    if (!strategy.rule.secret || !(await hasVoted(context.db, strategy, voter.unit))) found.push(strategy);
  }
  return found;
}

/** Polls that are open, in which this person may vote and nobody has for their side. */
async function openPolls(context: RenderContext, member: number): Promise<Poll[]> {
  const { rows } = await listPolls(context.db, context.forumId, { state: 'open' }, LOOKED);
  const found: Poll[] = [];
  for (const poll of rows.filter(row => row.closesAt > context.now)) {
    const voter = await voterOf(context.db, poll, member);
    if (voter && !(await hasVoted(context.db, poll, voter.unit))) found.push(poll);
  }
  return found;
}

async function ownIssues(context: RenderContext, actor: Actor) {
  const { db, forumId, now } = context;
  const { rows } = await listIssues({ db, forumId, now, actor }, { states: ['new', 'in_progress', 'waiting'] }, LOOKED);
  return rows.filter(row => row.owner === actor.member);
}

/** The steps that are called for, the most urgent first. */
function next(
  { m }: RenderContext,
  votes: readonly Strategy[],
  polls: readonly Poll[],
  mine: readonly Owed[],
): Control[] {
  const [vote] = votes;
  const [poll] = polls;
  return [
    ...(vote ? [button(m, 'showVote', 'ss', { strategy: codeOf('strategy', vote.number) }, 'primary')] : []),
    ...(poll ? [button(m, 'votePoll', 'jb', { poll: codeOf('poll', poll.number) }, 'primary')] : []),
    ...(mine.length ? [button(m, 'reportNow', 'nd', {}, 'primary')] : []),
  ];
}

const quick = ({ m }: RenderContext): Control[] => [
  button(m, 'logActivity', 'kl'),
  button(m, 'raiseIssue', 'ir'),
  button(m, 'help', 'hlp'),
];

/** What happened last in the forum, for all to see. */
async function whatIsNew(context: RenderContext): Promise<Text[]> {
  const { activities } = context.db.tables;
  const done = await context.db
    .select({ number: activities.number, title: activities.title })
    .from(activities)
    .where(and(eq(activities.forumId, context.forumId), inArray(activities.state, ['planned', 'done'])))
    .orderBy(desc(activities.number))
    .limit(NEW);
  const { rows } = await listStrategies(context.db, context.forumId, {}, NEW);
  const { outcomes } = context.m.strategy;
  return [
    ...done.map(one => t`${codeOf('activity', one.number)} ${one.title}`),
    ...rows.flatMap(one =>
      one.outcome ? [t`${codeOf('strategy', one.number)} ${one.title}: ${outcomes[one.outcome]}`] : [],
    ),
  ];
}

/** The language and quiet hours that hold for this person. */
async function preferences(context: RenderContext, forum: Forum, actor: Actor): Promise<Block | null> {
  const me = await memberByNumber(context.db, context.forumId, actor.member);
  const { quietFrom: from, quietTo: to } = me?.quietFrom ? me : forum.settings;
  const w = context.m.me;
  return facts([
    [w.language, w.languages[me?.locale ?? forum.locale]],
    [w.quiet, from && to && from !== to ? `${from}–${to}` : context.m.forum.noQuiet],
  ]);
}

const settings = ({ m }: RenderContext): Control[] => [button(m, 'language', 'ml'), button(m, 'quietHours', 'mz')];
