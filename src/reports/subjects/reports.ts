import { and, asc, eq, gt } from 'drizzle-orm';
import { dateIn, instantsOf, type Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import type { Forum } from '../../domain/forums.ts';
import { periodOfKey } from '../../domain/indicators/periods.ts';
import { recordsOf } from '../../domain/indicators/record.ts';
import { indicatorsByNumbers, type Report } from '../../domain/indicators/store.ts';
import { termsAt, termsOf } from '../../domain/indicators/terms.ts';
import { namesBefore } from '../../domain/partners.ts';
import { isTrue } from '../../storage/literal.ts';
import type { Look } from '../../views/look.ts';
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
] as const satisfies readonly ColumnKey[];

/**
 * The reports in force for periods that touch a time, or made in it; who made them is not said. Indicators and partners
 * are called as they were at the time's end, and a value has the unit that held for its period.
 */
export async function reportSheet(look: Look, forum: Forum, span: Span): Promise<Sheet> {
  const { db, forumId, m } = look;
  const { reports: r } = db.tables;
  const all = await inPages<Report>((after, limit) =>
    db
      .select()
      .from(r)
      .where(and(eq(r.forumId, forumId), isTrue(r.inForce), after ? gt(r.seq, after.seq) : undefined))
      .orderBy(asc(r.seq))
      .limit(limit),
  );
  const madeOn = (report: Report): string => dateIn(report.reportedAt, forum.zone);
  const within = (report: Report): boolean => {
    const period = periodOfKey(report.period);
    const made = madeOn(report);
    return (made >= span.from && made <= span.to) || (!!period && period.start <= span.to && period.end >= span.from);
  };
  const rows = all.filter(within).sort(inOrder);
  const end = lastDay(look, forum, span);
  const names = await namesBefore(db, forumId, instantsOf(span, forum.zone)[1]);
  const numbers = [...new Set(rows.map(row => row.indicator))];
  const records = await recordsOf(db, await indicatorsByNumbers(db, forumId, numbers));
  const recordBy = new Map(records.map(record => [record.indicator.number, record]));
  return sheetWith(
    m,
    'reports',
    COLUMNS,
    rows.map(row => cellsOf(row, madeOn(row))),
  );

  function cellsOf(report: Report, made: string): Cell[] {
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
      partsOf(report),
      m.report.reportStates[returned ? 'returned' : report.kind === 'no_data' ? 'no_data' : 'submitted'],
      report.onTime ? m.core.yes : m.core.no,
      dateCell(made),
      report.note,
      returned ? report.returnReason : report.reason,
      report.constrained,
    ];
  }
}

const inOrder = (x: Report, y: Report): number =>
  x.indicator - y.indicator || (x.period < y.period ? -1 : x.period > y.period ? 1 : x.partner - y.partner);

/** Groups in the order of their names: databases keep them in different orders. */
const partsOf = ({ parts }: Report): string | null =>
  parts &&
  Object.entries(parts)
    .sort(([x], [y]) => (x < y ? -1 : 1))
    .map(([group, n]) => `${group}=${n}`)
    .join(', ');
