import { button } from '../contract/buttons.ts';
import { choiceOf, fillsAll } from '../contract/menus.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Block, type Control, list, text, type View, view } from '../contract/view.ts';
import { addDays, dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import { workingTime } from '../domain/days-off.ts';
import { comparedSince, type Differing, differing, figuresOf } from '../domain/indicators/drafts.ts';
import type { Figure } from '../domain/indicators/fill.ts';
import { dueSince, expectedOf } from '../domain/indicators/owed.ts';
import type { Period } from '../domain/indicators/periods.ts';
import { type IndicatorRecord, readTerms, recordsOf } from '../domain/indicators/record.ts';
import type { Indicator } from '../domain/indicators/row.ts';
import { absenceOf } from '../domain/indicators/status.ts';
import { listIndicators } from '../domain/indicators/store.ts';
import { periodAt } from '../domain/indicators/terms.ts';
import { pageOf } from '../domain/page.ts';
import { namesOf } from '../domain/partners.ts';
import { shortened } from '../language/clean.ts';
import { formatDate } from '../language/dates.ts';
import type { Messages } from '../language/messages.ts';
import { type Text, t } from '../language/text.ts';
import { shareTurn } from '../runtime/event-loop.ts';
import { remindedFrom, reportersIn } from '../schedule/reports.ts';
import { againButtons, againLine, draftButtons, figureText, valuesOf } from './fill.ts';
import { nextPage, PAGE, placeNote } from './paging.ts';

/** A report that is awaited from a partner. */
export interface Owed {
  readonly record: IndicatorRecord;
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
 * The records of all indicators of a forum, with the reports of the periods that may still be awaited, and of those whose
 * report fell due on a local date `judged` or later.
 */
export async function openRecords(
  { db, forumId, now }: Pick<RenderContext, 'db' | 'forumId' | 'now'>,
  judged?: string,
): Promise<IndicatorRecord[]> {
  await readTerms(db, forumId);
  const indicators = await listIndicators(db, forumId);
  const { zone, off } = await workingTime(db, forumId);
  const today = dateIn(now, zone);
  const since = indicators.flatMap(one => [lastOpen(one, today, off), ...(judged ? [dueSince(one, judged, off)] : [])]);
  return recordsOf(db, indicators, since.sort()[0]);
}

/** The reports awaited now in a forum, with the people who are reminded of each; of records that are read already, or all. */
export async function owedNow(
  context: Pick<RenderContext, 'db' | 'forumId' | 'now'>,
  read?: readonly IndicatorRecord[],
): Promise<Owed[]> {
  const records = read ?? (await openRecords(context));
  const names = await namesOf(context.db, context.forumId);
  const reporters = await reportersIn(context.db, context.forumId);
  const owed: Owed[] = [];
  for (const record of records) {
    for (const one of owedOf(record, context.now))
      owed.push({
        ...one,
        partnerName: names.get(one.partner) ?? null,
        members: reporters({ indicator: one.indicator.number, partner: one.partner }, true),
      });
    await shareTurn();
  }
  return owed;
}

/**
 * The reports of one indicator that are awaited now, the newest first: of the periods that are not locked yet, and of
 * the running one once its reminders have begun.
 */
export function owedOf(record: IndicatorRecord, now: Date): Omit<Owed, 'members' | 'partnerName'>[] {
  const { indicator, zone, off } = record;
  const today = dateIn(now, zone);
  return expectedOf(record, lastOpen(indicator, today, off), periodAt(record, today).end)
    .filter(({ made, deadlines, period, partner }) => {
      // An archived partner owes nothing any more.
      if (record.archived.has(partner)) return false;
      const isReminded = period.end < today || now >= remindedFrom(zone, deadlines, off);
      return !made && now < deadlines.lock && isReminded;
    })
    .sort((a, b) => (a.period.end < b.period.end ? 1 : a.period.end > b.period.end ? -1 : 0))
    .map(({ period, partner, deadlines: { due }, report }) => {
      const absence = absenceOf(report ? { state: report.state, noData: null } : null, period, due, today);
      const state = absence?.status === 'overdue' || absence?.status === 'returned' ? absence.status : 'due';
      return { record, indicator, period, partner, due, state };
    });
}

/** A local date by which every period that ended before it is locked: so many days after its report was due. */
const lastOpen = (indicator: Indicator, today: string, off: ReadonlySet<string>): string =>
  dueSince(indicator, addDays(today, -indicator.lockDays), off);

/** One awaited report in a line; `named` tells the partner too, where reports of several are listed. */
export const owedLine = (
  context: RenderContext,
  { indicator, period, partnerName, due, state }: Owed,
  named = false,
): Text =>
  context.m.indicator.dueLine({
    code: codeOf('indicator', indicator.number),
    name: indicator.name,
    period: period.key,
    partner: named ? partnerName : null,
    due: formatDate(due, context.locale),
    state: context.m.indicator.absences[state],
  });

/** Tells whether one person is reminded for more than one partner, so that each report has to say whose it is. */
const ofSeveral = (owed: readonly Owed[]): boolean => new Set(owed.map(one => one.partner)).size > 1;

/** Maximum length of a choice on Slack, characters. */
const LABEL = 75;
const PARTNER_LABEL = 24;

/**
 * A choice of a menu that fills the first `n` of indicator, period and partner: the period and the partner are told
 * whole, a long name of the indicator gives way.
 */
function choiceFor(
  one: Pick<Owed, 'indicator' | 'period' | 'partner' | 'partnerName'>,
  n: number,
): { value: string; label: string } {
  const { indicator, period, partner = '' } = valuesOf(one);
  if (n === 1) return { value: indicator, label: shortened(`${indicator} ${one.indicator.name}`, LABEL) };
  const whose = one.partnerName ? ` · ${shortened(one.partnerName, PARTNER_LABEL)}` : '';
  const rest = ` · ${period}${whose}`;
  const name = shortened(`${indicator} ${one.indicator.name}`, LABEL - rest.length);
  return { value: choiceOf(...[indicator, period, partner].slice(0, n)), label: name + rest };
}

type Rank = readonly (string | number)[];
const AND = '_';

/** The place of an awaited report in their order, which stays while others are made or fall due. */
const rank = ({ due, indicator, period, partner }: Owed): Rank => [due, indicator.number, period.key, partner];

const rankIn = (cursor: string): Rank => {
  const [due = '', indicator, period = '', partner] = cursor.split(AND);
  return [due, Number(indicator), period, Number(partner)];
};

/** Returns what is awaited, the first due before the others. */
const firstDue = (owed: readonly Owed[]): Owed[] => [...owed].sort((a, b) => inOrder(rank(a), rank(b)));

function inOrder(a: Rank, b: Rank): number {
  const at = a.findIndex((part, i) => part !== b[i]);
  return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1;
}

/** A report that is to be looked at again, with the people who reported it. */
export type Again = Differing & Pick<Owed, 'indicator' | 'partnerName' | 'members'>;

/** The reports that the record differs from by now, among those of these records. */
export async function againNow(
  context: Pick<RenderContext, 'db' | 'forumId' | 'now'>,
  records: readonly IndicatorRecord[],
): Promise<Again[]> {
  const [first] = records;
  if (!first) return [];
  const all = await differing(context.db, context.forumId, records, comparedSince(context.now, first.zone));
  if (!all.length) return [];
  const names = await namesOf(context.db, context.forumId);
  const reporters = await reportersIn(context.db, context.forumId);
  return all.map(one => {
    const { indicator } = one.record;
    const members = reporters({ indicator: indicator.number, partner: one.partner }, true);
    return { ...one, indicator, partnerName: names.get(one.partner) ?? null, members };
  });
}

/** The drafts of reports whose period is over, in their order; null: it does not fill itself, or its period runs. */
export async function draftsOf(
  { db, forumId, now }: Pick<RenderContext, 'db' | 'forumId' | 'now'>,
  owed: readonly Owed[],
): Promise<(Figure | null)[]> {
  const over = owed.filter(one => one.period.end < dateIn(now, one.record.zone));
  const figures = new Map((await figuresOf(db, forumId, over)).map((figure, i) => [over[i]!, figure]));
  return owed.map(one => figures.get(one) ?? null);
}

/** A menu that leads to where a figure comes from, one choice a draft. */
const lookMenu = (m: Messages, some: readonly Parameters<typeof choiceFor>[0][]): Control => ({
  kind: 'select',
  name: 'draftLookOne',
  label: m.button.draftLookOne,
  does: { action: 'ng', values: {} },
  fills: fillsAll('indicator', 'period', 'partner'),
  choices: some.map(one => choiceFor(one, 3)),
});

/**
 * Shows what is awaited, the first due first, as one message with the next step for each. A
 * reminder (`isReminder`) can also be put off, answered with no data or handed over, each of them.
 */
export async function dueCard(
  context: RenderContext,
  awaited: readonly Owed[],
  title: Text,
  {
    after = '',
    isReminder = false,
    again = [],
  }: { after?: string | undefined; isReminder?: boolean; again?: readonly Again[] } = {},
): Promise<View> {
  const { m } = context;
  const all = firstDue(awaited);
  const left = after ? all.filter(one => inOrder(rank(one), rankIn(after)) > 0) : all;
  const page = pageOf(left, PAGE, async () => ({ passed: all.length - left.length, of: all.length }));
  const owed = page.rows;
  const [only] = owed;
  const drafts = await draftsOf(context, owed);
  const drafted = owed.filter((_, i) => drafts[i]);
  const isNamed = isReminder ? ofSeveral(owed) : true;
  const line = (one: Owed, i: number): Text => {
    const said = owedLine(context, one, isNamed);
    return drafts[i] ? t`${said}. ${figureText(context, one.record, drafts[i])}` : said;
  };
  const buttons = (one: Owed): Control[][] => {
    const { indicator, period } = valuesOf(one);
    const report = drafts[0]
      ? draftButtons(context, one, drafts[0])
      : [button(m, 'reportNow', 'nr', valuesOf(one), 'primary')];
    const others = [
      button(m, 'snoozeDay', 'rs', { reminder: indicator, until: '1d' }),
      button(m, 'snoozeTo', 'rs', { reminder: indicator }),
      button(m, 'noData', 'nn', { indicator, period }),
      button(m, 'notMine', 'nh', { indicator }),
    ];
    return drafts[0] ? [report, others] : [[...report, ...others]];
  };
  const menu = (
    name: 'reportNow' | 'snoozeOne' | 'noDataOne' | 'notMineOne',
    does: Extract<Control, { kind: 'select' }>['does'],
    options: readonly [string, ...string[]],
  ): Control => ({
    kind: 'select',
    name,
    label: m.button[name],
    does,
    fills: fillsAll(...options),
    choices: [...new Map(owed.map(one => choiceFor(one, options.length)).map(one => [one.value, one])).values()],
  });
  const menus: Control[] = [
    ...(drafted.length ? [lookMenu(m, drafted)] : []),
    menu('reportNow', { action: 'nr', values: {} }, ['indicator', 'period', 'partner']),
    ...(isReminder
      ? [
          menu('snoozeOne', { action: 'rs', values: { until: '1d' } }, ['reminder']),
          menu('noDataOne', { action: 'nn', values: {} }, ['indicator', 'period']),
          menu('notMineOne', { action: 'nh', values: {} }, ['indicator']),
        ]
      : []),
  ];
  return view(title, {
    tone: owed.some(one => one.state !== 'due') ? 'warning' : 'plain',
    blocks: [
      owed.length ? list(owed.map(line)) : again.length ? null : text(m.indicator.dueNothing),
      await placeNote(context, page),
      ...againBlocks(context, again),
    ],
    controls: [
      ...(owed.length === 1 && only ? buttons(only) : owed.length ? menus.map(one => [one]) : []),
      ...againControls(context, again),
      nextPage(context, page, 'nd', last => ({ after: rank(last).join(AND) })),
    ],
  });
}

/** Maximum number of reports to be looked at again that are listed: a menu holds no more. */
const LISTED_AGAIN = 25;

/** Lists reports that the record differs from by now. */
function againBlocks(context: RenderContext, again: readonly Again[]): (Block | null)[] {
  if (!again.length) return [];
  const names = new Map(again.flatMap(one => (one.partnerName ? [[one.partner, one.partnerName]] : [])));
  return [text(context.m.fill.again), list(again.slice(0, LISTED_AGAIN).map(one => againLine(context, one, names)))];
}

/** The steps for them: of a single one at once, of several behind a menu. */
function againControls(context: RenderContext, again: readonly Again[]): Control[][] {
  const [first] = again;
  if (!first) return [];
  return [again.length === 1 ? againButtons(context, first) : [lookMenu(context.m, again.slice(0, LISTED_AGAIN))]];
}
