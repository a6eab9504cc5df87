import { and, desc, eq, inArray } from 'drizzle-orm';
import { button } from '../bot/buttons.ts';
import { type Block, type Control, facts, list, text, type View, view } from '../bot/view.ts';
import { codeOf } from '../domain/codes.ts';
import type { Forum } from '../domain/forums.ts';
import { listIssues } from '../domain/issues/store.ts';
import { type Actor, memberByNumber } from '../domain/people.ts';
import { hasVoted } from '../domain/strategies/ballots.ts';
import { voterOf } from '../domain/strategies/electorate.ts';
import { listStrategies, type Strategy } from '../domain/strategies/store.ts';
import { when } from '../language/dates.ts';
import { type Text, t } from '../language/text.ts';
import { type Owed, ofSeveral, owedLine, owedNow } from './due.ts';
import type { Look } from './look.ts';

/** So much of each kind is shown; the rest is behind its command. */
const SHOWN = 8;
/** Open things are looked through for one's own, the newest first. */
const LOOKED = 100;
/** So much of what is new is told. */
const NEW = 3;

/** What one person is awaited for, with the next steps; coordinators also see which reports are late. */
export async function tasksView(look: Look, forum: Forum, actor: Actor): Promise<View> {
  const { m } = look;
  const w = m.me.tasks;
  const votes = await openVotes(look, actor.member);
  const owed = await owedNow(look);
  const mine = owed.filter(one => one.partner === actor.seat?.partner || one.members.includes(actor.member));
  const late = actor.coordinator ? owed.filter(one => one.state !== 'due' && !mine.includes(one)) : [];
  const issues = await ownIssues(look, actor);
  const sections = [
    section(
      w.votes,
      votes.map(
        one => t`${codeOf('strategy', one.number)} ${one.title} (${[when(one.closesAt, look.zone, look.locale)]})`,
      ),
    ),
    section(
      w.reports,
      mine.map(one => owedLine(look, one)),
    ),
    section(
      w.issues,
      issues.map(one => t`${codeOf('issue', one.number)} ${one.title} (${m.issue.states[one.state]})`),
    ),
    section(
      w.late,
      late.map(one => owedLine(look, one, ofSeveral(late))),
    ),
  ].flat();
  const news = await whatIsNew(look);
  return view(w.title, {
    blocks: [
      ...(sections.length ? sections : [text(w.nothing)]),
      ...section(w.news, news),
      await preferences(look, forum, actor),
    ],
    controls: [next(look, votes, mine), quick(look), settings(look)],
  });
}

const section = (title: string, items: readonly Text[]): (Block | null)[] =>
  items.length ? [text(title), list(items.slice(0, SHOWN))] : [];

/** Votes that run, in which this person may vote and nobody has for their side. */
async function openVotes(look: Look, member: number): Promise<Strategy[]> {
  const { rows } = await listStrategies(look.db, look.forumId, { undecided: true }, LOOKED);
  const found: Strategy[] = [];
  for (const strategy of rows.filter(row => row.openedAt && row.closesAt > look.now)) {
    const voter = await voterOf(look.db, strategy, member);
    if (voter && !(await hasVoted(look.db, strategy, voter.unit))) found.push(strategy);
  }
  return found;
}

async function ownIssues(look: Look, actor: Actor) {
  const { db, forumId, now } = look;
  const { rows } = await listIssues({ db, forumId, now, actor }, { states: ['new', 'in_progress', 'waiting'] }, LOOKED);
  return rows.filter(row => row.owner === actor.member);
}

/** The steps that are called for, the most urgent first. */
function next({ m }: Look, votes: readonly Strategy[], mine: readonly Owed[]): Control[] {
  const [vote] = votes;
  return [
    ...(vote ? [button(m, 'showVote', 'ss', { strategy: codeOf('strategy', vote.number) }, 'primary')] : []),
    ...(mine.length ? [button(m, 'reportNow', 'nd', {}, 'primary')] : []),
  ];
}

const quick = ({ m }: Look): Control[] => [
  button(m, 'logActivity', 'kl'),
  button(m, 'raiseIssue', 'ir'),
  button(m, 'help', 'hlp'),
];

/** What happened last in the forum, for all to see. */
async function whatIsNew(look: Look): Promise<Text[]> {
  const { activities } = look.db.tables;
  const done = await look.db
    .select({ number: activities.number, title: activities.title })
    .from(activities)
    .where(and(eq(activities.forumId, look.forumId), inArray(activities.state, ['planned', 'done'])))
    .orderBy(desc(activities.number))
    .limit(NEW);
  const { rows } = await listStrategies(look.db, look.forumId, {}, NEW);
  const { outcomes } = look.m.strategy;
  return [
    ...done.map(one => t`${codeOf('activity', one.number)} ${one.title}`),
    ...rows.flatMap(one =>
      one.outcome ? [t`${codeOf('strategy', one.number)} ${one.title}: ${outcomes[one.outcome]}`] : [],
    ),
  ];
}

/** The language and quiet hours that hold for this person. */
async function preferences(look: Look, forum: Forum, actor: Actor): Promise<Block | null> {
  const me = await memberByNumber(look.db, look.forumId, actor.member);
  const { quietFrom: from, quietTo: to } = me?.quietFrom ? me : forum.settings;
  const w = look.m.me;
  return facts([
    [w.language, w.languages[me?.locale ?? forum.locale]],
    [w.quiet, from && to && from !== to ? `${from}–${to}` : look.m.forum.noQuiet],
  ]);
}

const settings = ({ m }: Look): Control[] => [button(m, 'language', 'ml'), button(m, 'quietHours', 'mz')];
