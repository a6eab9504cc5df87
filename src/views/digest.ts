import { and, count, eq, gte, inArray, isNull, lt, lte, type SQL } from 'drizzle-orm';
import { button } from '../bot/buttons.ts';
import { type Block, type Control, facts, list, text, type View, view } from '../bot/view.ts';
import { sumActivities } from '../domain/activities.ts';
import { EXPIRING_DAYS, stateOf } from '../domain/agreements/rules.ts';
import { endingBy, lateCommitments } from '../domain/agreements/store.ts';
import { addDays, addMonths, dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import { partsOf } from '../domain/engagement/measures.ts';
import { composite } from '../domain/engagement/score.ts';
import type { Forum } from '../domain/forums.ts';
import { latest, type Standing, standingsOf } from '../domain/indicators/standing.ts';
import { indicatorByNumber, reportsMade } from '../domain/indicators/store.ts';
import { listPartners } from '../domain/partners.ts';
import { sendings } from '../domain/reminders.ts';
import { groups } from '../domain/strategies/ballots.ts';
import { listStrategies } from '../domain/strategies/store.ts';
import { count as tally } from '../domain/strategies/tally.ts';
import { formatDate, when } from '../language/dates.ts';
import { formatNumber } from '../language/numbers.ts';
import { join, type Text, t } from '../language/text.ts';
import { commitmentLine } from './agreement.ts';
import { owedNow } from './due.ts';
import { nOf, statusText, withUnit } from './indicator.ts';
import type { Look } from './look.ts';
import { judgingNow } from './partnership.ts';

const STALE_MS = 7 * 86_400_000;
const LISTED = 10;
const ORDER: readonly (string | null)[] = ['red', 'amber', null, 'green', 'met'];
const BARS = '▁▂▃▄▅▆▇█';

/** Values as a row of little bars; nothing where there is nothing to compare. */
export function sparkline(values: readonly (number | null)[]): string {
  const known = values.filter(value => value !== null);
  if (known.length < 2) return '';
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return values
    .map(value =>
      value === null ? '·' : BARS[high === low ? 3 : Math.round(((value - low) / (high - low)) * (BARS.length - 1))]!,
    )
    .join('');
}

/** What happened in a forum from one instant up to another, and what is to be done now. Empty: nothing happened. */
export async function digestView(
  look: Look,
  forum: Forum,
  from: Date,
  to: Date,
): Promise<{ view: View; empty: boolean }> {
  const { m, zone, locale } = look;
  const w = m.digest;
  const sections = [
    await reportSection(look, forum, from, to),
    await changedSection(look, from, to),
    await activitySection(look, forum, from, to),
    await issueSection(look, from, to),
    await voteSection(look),
    await reviewSection(look, to),
    await agreementSection(look),
    await declineSection(look, forum),
    await notSentSection(look, from),
  ];
  const blocks = sections.flatMap(section => section.blocks);
  const empty = blocks.length === 0;
  const at = (instant: Date): Text => [when(instant, zone, locale)];
  return {
    empty,
    view: view(w.title({ from: at(from), to: at(to) }), {
      blocks: empty ? [text(w.empty)] : blocks,
      controls: [sections.flatMap(section => section.next).slice(0, 5)],
    }),
  };
}

interface Section {
  readonly blocks: (Block | null)[];
  /** The next step that a section calls for. */
  readonly next: Control[];
}

const NOTHING: Section = { blocks: [], next: [] };

async function reportSection(look: Look, forum: Forum, from: Date, to: Date): Promise<Section> {
  const w = look.m.digest;
  const made = await reportsMade(look.db, look.forumId, from, to);
  const owed = await owedNow(look, forum);
  if (!made.length && !owed.length) return NOTHING;
  const partners = await listPartners(look.db, look.forumId);
  const name = (partner: number): string =>
    partners.find(one => one.number === partner)?.name ?? look.m.indicator.wholeForum;
  const whose = [...new Set(owed.map(one => one.partner))];
  const items = (partner: number): string =>
    owed
      .filter(one => one.partner === partner)
      .map(
        one =>
          `${codeOf('indicator', one.indicator.number)} ${one.period.key} (${look.m.indicator.absences[one.state]})`,
      )
      .join(', ');
  const expected = made.length + owed.length;
  const onTime = made.filter(report => report.onTime).length;
  return {
    blocks: [
      facts([[w.reports, w.reportsText({ made: made.length, expected, onTime })]]),
      owed.length ? text(w.owed) : null,
      list(whose.slice(0, LISTED).map(partner => w.owedLine({ partner: name(partner), items: items(partner) }))),
    ].filter(block => block !== null),
    next: owed.length ? [button(look.m, 'reportNow', 'nd')] : [],
  };
}

async function changedSection(look: Look, from: Date, to: Date): Promise<Section> {
  const w = look.m.digest;
  const made = await reportsMade(look.db, look.forumId, from, to);
  const numbers = [...new Set(made.filter(report => report.kind === 'value').map(report => report.indicator))];
  const changed: { order: number; line: Text; red: string | null }[] = [];
  for (const number of numbers) {
    const indicator = await indicatorByNumber(look.db, look.forumId, number);
    if (!indicator) continue;
    const all = await standingsOf(look.db, indicator, dateIn(look.now, look.zone));
    const now = latest(all);
    if (now.value === null) continue;
    const code = codeOf('indicator', number);
    changed.push({
      order: ORDER.indexOf(now.colour),
      red: now.colour === 'red' ? code : null,
      line: w.changedLine({
        code,
        name: indicator.name,
        value: withUnit(look, indicator, now.value),
        delta: deltaOf(look, all, now),
        status: statusText(look, now),
        spark: sparkline(all.slice(-8).map(one => one.value)),
        n: nOf(look, now),
      }),
    });
  }
  if (!changed.length) return NOTHING;
  changed.sort((a, b) => a.order - b.order);
  const red = changed.find(one => one.red)?.red;
  return {
    blocks: [text(w.changed), list(changed.slice(0, LISTED).map(one => one.line))],
    next: red ? [button(look.m, 'showIndicator', 'ns', { indicator: red })] : [],
  };
}

function deltaOf(look: Look, all: readonly Standing[], now: Standing): string {
  const before = all.filter(one => one.period.key < now.period.key && one.value !== null).at(-1)?.value;
  if (before === undefined || before === null || now.value === null) return '';
  const delta = Number((now.value - before).toPrecision(12));
  return ` (${delta > 0 ? '+' : ''}${formatNumber(delta, look.locale, { decimals: 2 })})`;
}

async function activitySection(look: Look, forum: Forum, from: Date, to: Date): Promise<Section> {
  const w = look.m.digest;
  const period = { from: dateIn(from, forum.zone), to: addDays(dateIn(to, forum.zone), -1) };
  const sums = await sumActivities(look.db, look.forumId, period);
  if (!sums.count) return NOTHING;
  const n = (value: number): string => formatNumber(value, look.locale);
  const said = w.activitiesText({ n: n(sums.count), participants: n(sums.participants), women: n(sums.women) });
  return { blocks: [facts([[w.activities, said]])], next: [] };
}

async function issueSection(look: Look, from: Date, to: Date): Promise<Section> {
  const w = look.m.digest;
  const { issues } = look.db.tables;
  const n = async (...where: (SQL | undefined)[]): Promise<number> => {
    const all = and(eq(issues.forumId, look.forumId), eq(issues.isPrivate, false), ...where);
    const [row] = await look.db.select({ n: count() }).from(issues).where(all);
    return row?.n ?? 0;
  };
  const isOpen = inArray(issues.state, ['new', 'in_progress', 'waiting']);
  const opened = await n(gte(issues.createdAt, from), lt(issues.createdAt, to));
  const resolved = await n(gte(issues.resolvedAt, from), lt(issues.resolvedAt, to));
  const stale = await n(isOpen, lt(issues.changedAt, new Date(look.now.getTime() - STALE_MS)));
  const open = await n(isOpen);
  if (!opened && !resolved && !stale) return NOTHING;
  return {
    blocks: [facts([[w.issues, w.issuesText({ opened, resolved, stale, open })]])],
    next: open ? [button(look.m, 'showRecord', 'il', { status: 'open' })] : [],
  };
}

async function voteSection(look: Look): Promise<Section> {
  const w = look.m.digest;
  const { rows } = await listStrategies(look.db, look.forumId, { undecided: true }, LISTED);
  const open = rows.filter(row => row.openedAt && row.closesAt > look.now);
  const lines: Text[] = [];
  for (const strategy of open) {
    const sums = tally(strategy.rule, await groups(look.db, strategy), strategy.overrideReason !== null);
    const closes: Text = [when(strategy.closesAt, look.zone, look.locale)];
    const code = codeOf('strategy', strategy.number);
    lines.push(w.voteLine({ code, title: strategy.title, gap: Math.max(0, sums.needed - sums.present), closes }));
  }
  if (!lines.length) return NOTHING;
  const first = { strategy: codeOf('strategy', open[0]!.number) };
  return { blocks: [text(w.votes), list(lines)], next: [button(look.m, 'showRecord', 'ss', first)] };
}

async function reviewSection(look: Look, to: Date): Promise<Section> {
  const { strategies: s } = look.db.tables;
  const soon = addDays(dateIn(to, look.zone), 7);
  const due = await look.db
    .select()
    .from(s)
    .where(and(eq(s.forumId, look.forumId), eq(s.outcome, 'carried'), isNull(s.review), lte(s.reviewOn, soon)))
    .limit(LISTED);
  if (!due.length) return NOTHING;
  const lines = due.map(row => t`${codeOf('strategy', row.number)} ${row.title}`);
  return { blocks: [facts([[look.m.digest.reviews, join(lines, '; ')]])], next: [] };
}

async function agreementSection(look: Look): Promise<Section> {
  const w = look.m.digest;
  const today = dateIn(look.now, look.zone);
  const ending = await endingBy(look.db, look.forumId, addDays(today, EXPIRING_DAYS));
  const late = await lateCommitments(look.db, look.forumId, today);
  if (!ending.length && !late.length) return NOTHING;
  const lines = ending.slice(0, LISTED).map(one =>
    w.agreementLine({
      code: codeOf('agreement', one.number),
      title: one.title,
      state: look.m.agreement.states[stateOf(one, today)],
      date: formatDate(one.expires ?? today, look.locale, 'short'),
    }),
  );
  const promises: Text[] = [];
  for (const one of late.slice(0, LISTED)) promises.push(await commitmentLine(look, one));
  const first = ending[0]?.number ?? late[0]?.agreement ?? 0;
  return {
    blocks: [
      lines.length ? text(w.agreements) : null,
      list(lines),
      promises.length ? text(w.latePromises) : null,
      list(promises),
    ].filter(block => block !== null),
    next: [button(look.m, 'showRecord', 'as', { agreement: codeOf('agreement', first) })],
  };
}

/** Partners that took part less in each of the last two quarters than in the one before: a talk is offered. */
async function declineSection(look: Look, forum: Forum): Promise<Section> {
  const how = await judgingNow(look, forum);
  const falling = [];
  for (const partner of await listPartners(look.db, look.forumId)) {
    const scores: (number | null)[] = [];
    for (const back of [0, -3, -6]) {
      const span = { from: addDays(addMonths(how.today, back - 3), 1), to: addMonths(how.today, back) };
      const score = composite((await partsOf(look.db, forum, partner.number, span, how)).parts);
      scores.push(score);
      if (score === null) break;
    }
    const [last, before, first] = scores;
    if (
      typeof last === 'number' &&
      typeof before === 'number' &&
      typeof first === 'number' &&
      last < before &&
      before < first
    )
      falling.push(partner);
  }
  if (!falling.length) return NOTHING;
  const id = { partner: codeOf('partner', falling[0]!.number) };
  return {
    blocks: [facts([[look.m.partnership.offered, falling.map(partner => partner.name).join(', ')]])],
    next: [button(look.m, 'openReview', 'yv', id)],
  };
}

async function notSentSection(look: Look, from: Date): Promise<Section> {
  const { missed, failed } = await sendings(look.db, look.forumId, from);
  if (!missed && !failed) return NOTHING;
  const w = look.m.digest;
  return {
    blocks: [facts([[w.notSent, w.notSentText({ missed, failed })]])],
    next: [button(look.m, 'showRecord', 'rl')],
  };
}
