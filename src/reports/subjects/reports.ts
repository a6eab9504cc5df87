import { and, asc, eq, gt } from 'drizzle-orm';
import type { RenderContext } from '../../contract/render-context.ts';
import { dateIn, instantsOf, type Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import type { Forum } from '../../domain/forums.ts';
import { periodOfKey } from '../../domain/indicators/periods.ts';
import { recordsOf } from '../../domain/indicators/record.ts';
import { indicatorsByNumbers } from '../../domain/indicators/store.ts';
import type { Report } from '../../domain/indicators/stored-reports.ts';
import { termsAt, termsOf } from '../../domain/indicators/terms.ts';
import { namesBefore } from '../../domain/partners.ts';
import type { Messages } from '../../language/messages.ts';
import { isTurnOver, nextTurn } from '../../runtime/event-loop.ts';
import { mapInTurns, sortInTurns } from '../../runtime/in-turns.ts';
import { sourcesText } from '../../views/fill.ts';
import { groupName, inOrder as inGroupOrder } from '../../views/groups.ts';
import { type Cell, type ColumnKey, dateCell, inPages, numberCell, type Sheet, sheetWith } from '../sheet.ts';
import { lastDay } from './indicators.ts';

const COLUMNS = [
  'indicator',
  'name',
  'unit',
  'period',
  'partner',
  'value',
  'numerator',
  'denominator',
  'parts',
  'reportState',
  'onTime',
  'reportedOn',
  'note',
  'reason',
  'constrained',
  'lateReport',
  'replaced',
  'sources',
] as const satisfies readonly ColumnKey[];

/**
 * The reports in force for periods that touch a time, or made in it and in force at its end; who made them is not said.
 * What was made or corrected after the day it was due stands last, with the value that it replaced. Indicators and
 * partners are called as they were at the time's end, and a value has the unit that held for its period.
 */
export async function reportSheet(context: RenderContext, forum: Forum, span: Span): Promise<Sheet> {
  const { db, forumId, m } = context;
  const { reports: r } = db.tables;
  const all = await inPages<Report>((after, limit) =>
    db
      .select()
      .from(r)
      .where(and(eq(r.forumId, forumId), after ? gt(r.seq, after.seq) : undefined))
      .orderBy(asc(r.seq))
      .limit(limit),
  );
  const [from, until] = instantsOf(span, forum.zone);
  const rows = await sortInTurns(await inForceOf(all, span, from, until), inOrder);
  const late = rows.filter(row => row.late);
  const replaced = await replacedBy(all);
  const end = lastDay(context, forum, span);
  const names = await namesBefore(db, forumId, until);
  const numbers = [...new Set(rows.map(row => row.indicator))];
  const records = await recordsOf(db, await indicatorsByNumbers(db, forumId, numbers));
  const recordBy = new Map(records.map(record => [record.indicator.number, record]));
  const inTime = rows.filter(row => !row.late);
  return sheetWith(m, 'reports', COLUMNS, await mapInTurns([...inTime, ...late], cellsOf));

  function cellsOf(report: Report): Cell[] {
    const record = recordBy.get(report.indicator)!;
    const returned = report.state === 'returned';
    return [
      codeOf('indicator', report.indicator),
      termsAt(record, end).name,
      termsOf(record, periodOfKey(report.period)!).unit,
      report.period,
      names.get(report.partner) ?? m.indicator.wholeForum,
      numberCell(report.value),
      numberCell(report.numerator),
      numberCell(report.denominator),
      partsOf(m, report),
      m.report.reportStates[returned ? 'returned' : report.kind === 'no_data' ? 'no_data' : 'submitted'],
      report.fromImport === null ? (report.onTime ? m.core.yes : m.core.no) : null,
      dateCell(dateIn(report.reportedAt, forum.zone)),
      report.note,
      returned ? report.returnReason : report.reason,
      report.constrained,
      report.late ? m.core.yes : m.core.no,
      report.late ? numberCell(replaced.get(keyOf(report)) ?? null) : null,
      sourcesText(context, report.sources),
    ];
  }
}

const keyOf = ({ indicator, period, partner }: Report): string => `${indicator}:${period}:${partner}`;

/**
 * Picks the reports of a time out of all that were ever made. For periods of the time it takes what is in force; for
 * others that were made in the time, what was in force at its end.
 */
async function inForceOf(all: readonly Report[], span: Span, from: Date, until: Date): Promise<Report[]> {
  const isOwn = ({ period }: Report): boolean => {
    const { start, end } = periodOfKey(period)!;
    return start <= span.to && end >= span.from;
  };
  const found = new Map<string, Report>();
  for (const report of all) {
    if (isOwn(report) ? report.inForce : report.reportedAt < until) found.set(keyOf(report), report);
    if (isTurnOver()) await nextTurn();
  }
  return [...found.values()].filter(report => isOwn(report) || report.reportedAt >= from);
}

/** The values that held when reports were due, where late ones have replaced them. */
async function replacedBy(all: readonly Report[]): Promise<ReadonlyMap<string, string | null>> {
  const held = new Map<string, string | null>();
  for (const report of all) {
    if (!report.late) held.set(keyOf(report), report.value);
    if (isTurnOver()) await nextTurn();
  }
  return held;
}

const inOrder = (x: Report, y: Report): number =>
  x.indicator - y.indicator || (x.period < y.period ? -1 : x.period > y.period ? 1 : x.partner - y.partner);

/** The value by groups, as an import reads it. */
const partsOf = (m: Messages, { parts }: Report): string | null =>
  parts &&
  inGroupOrder(Object.keys(parts))
    .map(key => `${groupName(m, key)}=${parts[key]}`)
    .join(', ');
