import { aliasedTable, and, desc, eq, isNull, lt, notExists, or, sql } from 'drizzle-orm';
import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Block, type Control, facts, list, text, type View, view } from '../contract/view.ts';
import type { Actor } from '../domain/actor.ts';
import { openOf, unfinishedOf } from '../domain/assessments/awaited.ts';
import { awaitedVotes } from '../domain/awaited-votes.ts';
import { codeOf } from '../domain/codes.ts';
import { withoutAttendance } from '../domain/engagement/attendance.ts';
import type { Forum } from '../domain/forums.ts';
import { openSpans } from '../domain/indicators/span-choice.ts';
import { ownWork } from '../domain/own-work.ts';
import { pageOf } from '../domain/page.ts';
import type { Member } from '../domain/people.ts';
import type { Strategy } from '../domain/strategies/store.ts';
import { type Text, t } from '../language/text.ts';
import { together } from '../storage/together.ts';
import { againNow, draftsOf, type Owed, openRecords, owedNow } from './due.ts';
import { figureText } from './fill.ts';
import { nextPage, placeNote } from './paging.ts';
import { reportButton, type TaskItem, taskItems } from './task-items.ts';

/** Maximum number of things on a page, as a phone shows them; each with its buttons they fit into any message. */
const SHOWN = 8;
/** Maximum number of open things of a kind that are looked through for one's own. */
const LOOKED = 1_000;
/** Maximum number of sums whose span is asked for; others follow once these are settled. */
const MAXIMUM_SPANS = 40;
/** Maximum number of new things that are told. */
const NEW = 3;

/**
 * Returns what one person is awaited for, page by page, each thing with its own button, from behind the rank `after`;
 * coordinators also see which reports are late. The first page tells what is new as well.
 */
export async function tasksView(context: RenderContext, forum: Forum, actor: Actor, after = ''): Promise<View> {
  const { m, db, forumId } = context;
  const { strategies: votes, polls } = await awaitedVotes(db, forumId, actor.member, context.now);
  const records = await openRecords(context);
  const owed = await owedNow(context, records);
  const isMine = (one: Pick<Owed, 'partner' | 'members'>): boolean =>
    one.partner === actor.seat?.partner || one.members.includes(actor.member);
  const mine = owed.filter(isMine);
  const again = (await againNow(context, records)).filter(isMine);
  const own = new Set(mine);
  const late = actor.coordinator ? owed.filter(one => one.state !== 'due' && !own.has(one)) : [];
  const { issues, actions } = await ownWork({ db, forumId, actor, now: context.now }, LOOKED);
  const partner = actor.coordinator ? null : (actor.seat?.partner ?? 0);
  const unnoted = await withoutAttendance(db, forumId, { partner, limit: LOOKED });
  const whose = { forumId, member: actor.member, partner: actor.seat?.partner ?? null };
  const [done, decided, [me], open] = await newest(db, whose);
  const assessments = await unfinishedOf(db, whose, open);
  const spans = actor.coordinator ? (await openSpans(db, forumId, context.now, MAXIMUM_SPANS)).first : [];
  const all = taskItems(context, { votes, polls, mine, again, issues, actions, assessments, late, unnoted, spans });
  const left = after ? all.filter(one => one.rank > after) : all;
  const page = pageOf(left, SHOWN, async () => ({ passed: all.length - left.length, of: all.length }));
  const items = await withDrafts(context, page.rows, mine.length);
  return view(m.me.tasks.title, {
    blocks: [
      ...(items.length ? sectioned(items) : [text(m.me.tasks.nothing)]),
      await placeNote(context, page),
      ...(after ? [] : section(m.me.tasks.news, whatIsNew(context, done, decided))),
      after ? null : preferences(context, forum, me),
    ],
    controls: [
      ...items.map(one => one.controls),
      nextPage(context, page, 'mw', last => ({ after: last.rank })),
      ...(after ? [] : [quick(context), settings(context)]),
    ],
  });
}

/** The things of a page; of a report whose figure the record knows, what that is. */
async function withDrafts(context: RenderContext, items: readonly TaskItem[], count: number): Promise<TaskItem[]> {
  const owed = items.flatMap(one => one.owed ?? []);
  const drafts = new Map((await draftsOf(context, owed)).map((figure, i) => [owed[i]!, figure]));
  return items.map(item => {
    const figure = item.owed && drafts.get(item.owed);
    if (!item.owed || !figure) return item;
    const line = t`${item.line}. ${figureText(context, item.owed.record, figure)}`;
    return { ...item, line, controls: [reportButton(context, item.owed, count, true)] };
  });
}

const section = (title: string, lines: readonly Text[], own?: readonly TaskItem['controls'][]): (Block | null)[] =>
  lines.length ? [text(title), list(lines, own)] : [];

/** Things under the title of each section. */
function sectioned(items: readonly TaskItem[]): (Block | null)[] {
  const titles = [...new Set(items.map(one => one.section))];
  return titles.flatMap(title => {
    const those = items.filter(one => one.section === title);
    const [lines, own] = [those.map(one => one.line), those.map(one => one.controls)];
    return section(title, lines, own);
  });
}

const quick = ({ m }: RenderContext): Control[] => [
  button(m, 'logActivity', 'kl'),
  button(m, 'raiseIssue', 'ir'),
  button(m, 'help', 'hlp'),
];

/**
 * Returns what happened last in a forum, for all to see, no matter who looks at it, and the assessments that are open
 * to them.
 */
const newest = together((db, whose: Parameters<typeof openOf>[1]) => {
  const { forumId, member } = whose;
  const { activities: a, strategies: st, members } = db.tables;
  // A series is new by its first date that is there, and what took place is new: other dates are made ahead, many at
  // once. The date on which a series starts may be a day off that it leaves out.
  const earlier = aliasedTable(a, 'earlier');
  const before = db
    .select({ one: sql`1` })
    .from(earlier)
    .where(and(eq(earlier.forumId, a.forumId), eq(earlier.series, a.series), lt(earlier.slot, a.slot)));
  const planned = and(eq(a.state, 'planned'), or(isNull(a.series), notExists(before)));
  return [
    db
      .select({ number: a.number, title: a.title })
      .from(a)
      .where(and(eq(a.forumId, forumId), or(eq(a.state, 'done'), planned)))
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
    openOf(db, whose, LOOKED),
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
