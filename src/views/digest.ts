import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { facts, list, text, type View, view } from '../contract/view.ts';
import { lateActions } from '../domain/actions/lists.ts';
import { EXPIRING_DAYS, stateOf } from '../domain/agreements/rules.ts';
import { endingBy } from '../domain/agreements/store.ts';
import { addDays, addMonths, dateIn, type Span } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import { type Judging, judgingBy } from '../domain/engagement/judging.ts';
import { partsOf } from '../domain/engagement/measures.ts';
import { composite } from '../domain/engagement/score.ts';
import type { Forum } from '../domain/forums.ts';
import { type ActivitySums, sumActivities } from '../domain/groups/activity-sums.ts';
import { dimensionsOf } from '../domain/groups/dimensions.ts';
import { listPartners, type Partner } from '../domain/partners.ts';
import { sendings } from '../domain/reminders.ts';
import { groups } from '../domain/strategies/ballots.ts';
import { undecidedStrategies } from '../domain/strategies/store.ts';
import { count as tally } from '../domain/strategies/tally.ts';
import { formatDate, when } from '../language/dates.ts';
import { formatNumber } from '../language/numbers.ts';
import { join, type Text, t } from '../language/text.ts';
import { actionLines } from './action.ts';
import { attendanceSection, lateSection } from './digest-late.ts';
import { pollSection } from './digest-polls.ts';
import { qualitySection } from './digest-quality.ts';
import { issueCounts, readDigest, reviewsDue, soonAfter, staleSince, unreachable } from './digest-reading.ts';
import { changedSection, reportedIn, reportSection } from './digest-reports.ts';
import { LISTED, NOTHING, rowsOf, type Section, see } from './digest-section.ts';
import { openRecords } from './due.ts';
import { dimensionText } from './groups.ts';

/** Tells what happened in a forum between two instants, and what is to be done now. Empty: nothing happened. */
export async function digestView(
  context: RenderContext,
  forum: Forum,
  from: Date,
  to: Date,
): Promise<{ view: View; empty: boolean }> {
  const { m, zone, locale } = context;
  const w = m.digest;
  const quarters = lastQuarters(context, forum);
  await readDigest(context, from, to);
  const partners = await listPartners(context.db, context.forumId);
  // One reading for what is owed and for how partners took part.
  const records = await openRecords(context, partners.length ? quarters.at(-1)!.from : undefined);
  const reported = await reportedIn(context, from, to);
  const period = { from: dateIn(from, forum.zone), to: addDays(dateIn(to, forum.zone), -1) };
  const activities = await sumActivities(context.db, context.forumId, period, dimensionsOf(forum.settings));
  const sections = [
    await reportSection(context, forum, records, reported),
    await changedSection(context, reported),
    activitySection(context, activities),
    await qualitySection(context, reported, activities),
    await issueSection(context, from, to),
    await lateSection(context),
    await attendanceSection(context),
    await voteSection(context),
    await pollSection(context),
    await reviewSection(context, to),
    await agreementSection(context),
    await declineSection(context, forum, { partners, quarters, how: judgingBy(records, forum, context.now) }),
    await notSentSection(context, from),
  ];
  const blocks = sections.flatMap(section => section.blocks);
  const empty = blocks.length === 0;
  const at = (instant: Date): Text => [when(instant, zone, locale)];
  return {
    empty,
    view: view(w.title({ from: at(from), to: at(to) }), {
      blocks: empty ? [text(w.empty)] : blocks,
      controls: rowsOf(sections.flatMap(section => section.next)),
    }),
  };
}

function activitySection(context: RenderContext, sums: ActivitySums): Section {
  const w = context.m.digest;
  if (!sums.count) return NOTHING;
  const n = (value: number): string => formatNumber(value, context.locale);
  const said = w.activitiesText({ n: n(sums.count), participants: n(sums.people), women: n(sums.women) });
  // Women alone stand in the line itself.
  const more = sums.dimensions.filter(one => one.groups.some(({ key }) => key !== 'women'));
  const groups = more.map(one => dimensionText(context, one));
  return { blocks: [facts([[w.activities, said]]), list(groups)], next: [see(context, w.activities, 'ki')] };
}

async function issueSection(context: RenderContext, from: Date, to: Date): Promise<Section> {
  const w = context.m.digest;
  const { opened, resolved, stale, open } = await issueCounts(
    context.db,
    context.forumId,
    from,
    to,
    staleSince(context),
  );
  if (!opened && !resolved && !stale) return NOTHING;
  return {
    blocks: [facts([[w.issues, w.issuesText({ opened, resolved, stale, open })]])],
    next: open ? [see(context, w.issues, 'il', { status: 'open' })] : [],
  };
}

async function voteSection(context: RenderContext): Promise<Section> {
  const w = context.m.digest;
  const undecided = await undecidedStrategies(context.db, context.forumId, LISTED);
  const open = undecided.filter(row => row.openedAt && row.closesAt > context.now);
  const lines: Text[] = [];
  for (const strategy of open) {
    const sums = tally(strategy.rule, await groups(context.db, strategy), strategy.overrideReason !== null);
    const closes: Text = [when(strategy.closesAt, context.zone, context.locale)];
    const code = codeOf('strategy', strategy.number);
    lines.push(w.voteLine({ code, title: strategy.title, gap: Math.max(0, sums.needed - sums.present), closes }));
  }
  if (!lines.length) return NOTHING;
  const first = { strategy: codeOf('strategy', open[0]!.number) };
  return { blocks: [text(w.votes), list(lines)], next: [see(context, first.strategy, 'ss', first)] };
}

async function reviewSection(context: RenderContext, to: Date): Promise<Section> {
  const due = await reviewsDue(context.db, context.forumId, soonAfter(to, context), LISTED);
  if (!due.length) return NOTHING;
  const lines = due.map(row => t`${codeOf('strategy', row.number)} ${row.title}`);
  const first = codeOf('strategy', due[0]!.number);
  return {
    blocks: [facts([[context.m.digest.reviews, join(lines, '; ')]])],
    next: [see(context, first, 'ss', { strategy: first })],
  };
}

async function agreementSection(context: RenderContext): Promise<Section> {
  const w = context.m.digest;
  const today = dateIn(context.now, context.zone);
  const ending = await endingBy(context.db, context.forumId, addDays(today, EXPIRING_DAYS));
  const late = await lateActions(context.db, context.forumId, today);
  if (!ending.length && !late.length) return NOTHING;
  const lines = ending.slice(0, LISTED).map(one =>
    w.agreementLine({
      code: codeOf('agreement', one.number),
      title: one.title,
      state: context.m.agreement.states[stateOf(one, today)],
      date: formatDate(one.expires ?? today, context.locale, 'short'),
    }),
  );
  const actions = await actionLines(context, late.slice(0, LISTED));
  const first = ending[0] && codeOf('agreement', ending[0].number);
  return {
    blocks: [
      lines.length ? text(w.agreements) : null,
      list(lines),
      actions.length ? text(w.lateActions) : null,
      list(actions),
    ].filter(block => block !== null),
    next: [
      ...(first ? [see(context, first, 'as', { agreement: first })] : []),
      ...(actions.length ? [see(context, context.m.action.list, 'tl', { status: 'late' })] : []),
    ],
  };
}

/** The last three quarters of a year up to today, the last one first. */
function lastQuarters(context: RenderContext, forum: Forum): Span[] {
  const today = dateIn(context.now, forum.zone);
  return [0, -3, -6].map(back => ({ from: addDays(addMonths(today, back - 3), 1), to: addMonths(today, back) }));
}

/** Partners that took part less in each of the last two quarters than in the one before: a talk is offered. */
async function declineSection(
  context: RenderContext,
  forum: Forum,
  { partners, quarters, how }: { partners: readonly Partner[]; quarters: readonly Span[]; how: Judging },
): Promise<Section> {
  let falling = partners;
  let later: ReadonlyMap<number, number> | null = null;
  // From the last quarter back, each time with those that may still be among them.
  for (const span of quarters) {
    if (!falling.length) return NOTHING;
    const numbers = falling.map(partner => partner.number);
    const scores = new Map<number, number>();
    for (const [partner, { parts }] of await partsOf(context.db, forum, numbers, span, how)) {
      const score = composite(parts);
      if (score !== null && (later === null || later.get(partner)! < score)) scores.set(partner, score);
    }
    falling = falling.filter(partner => scores.has(partner.number));
    later = scores;
  }
  if (!falling.length) return NOTHING;
  const id = { partner: codeOf('partner', falling[0]!.number) };
  return {
    blocks: [facts([[context.m.partnership.offered, falling.map(partner => partner.name).join(', ')]])],
    next: [button(context.m, 'openReview', 'yv', id)],
  };
}

async function notSentSection(context: RenderContext, from: Date): Promise<Section> {
  const { missed, failed } = await sendings(context.db, context.forumId, from);
  const names = await unreachable(context.db, context.forumId, LISTED);
  if (!missed && !failed && !names.length) return NOTHING;
  const w = context.m.digest;
  return {
    blocks: [
      facts([
        [w.notSent, missed || failed ? w.notSentText({ missed, failed }) : null],
        [w.unreachable, names.join(', ')],
      ]),
    ],
    next: [see(context, context.m.reminder.title, 'rl')],
  };
}
