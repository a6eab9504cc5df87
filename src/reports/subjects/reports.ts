import { and, asc, eq, gt } from 'drizzle-orm';
import { dateIn, type Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import type { Forum } from '../../domain/forums.ts';
import { periodOfKey } from '../../domain/indicators/periods.ts';
import type { Report } from '../../domain/indicators/store.ts';
import { isTrue } from '../../storage/literal.ts';
import type { Look } from '../../views/look.ts';
import { type Cell, type ColumnKey, dateCell, inPages, numberCell, type Sheet, sheetWith } from '../sheet.ts';

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

interface Row {
  readonly report: Report;
  readonly name: string;
  readonly unit: string;
  readonly partner: string | null;
}

/** The reports in force for periods that touch a time, or made in it; who made them is not said. */
export async function reportSheet({ db, forumId, m }: Look, forum: Forum, span: Span): Promise<Sheet> {
  const { reports: r, indicators: i, partners: p } = db.tables;
  const all = await inPages<Row>((after, limit) =>
    db
      .select({ report: r, name: i.name, unit: i.unit, partner: p.name })
      .from(r)
      .innerJoin(i, and(eq(i.forumId, r.forumId), eq(i.number, r.indicator)))
      .leftJoin(p, and(eq(p.forumId, r.forumId), eq(p.number, r.partner)))
      .where(and(eq(r.forumId, forumId), isTrue(r.inForce), after ? gt(r.seq, after.report.seq) : undefined))
      .orderBy(asc(r.seq))
      .limit(limit),
  );
  const madeOn = (row: Row): string => dateIn(row.report.reportedAt, forum.zone);
  const within = (row: Row): boolean => {
    const period = periodOfKey(row.report.period);
    const made = madeOn(row);
    return (made >= span.from && made <= span.to) || (!!period && period.start <= span.to && period.end >= span.from);
  };
  const rows = all.filter(within).sort(inOrder);
  return sheetWith(
    m,
    'reports',
    COLUMNS,
    rows.map(row => cellsOf(row, madeOn(row))),
  );

  function cellsOf({ report, name, unit, partner }: Row, made: string): Cell[] {
    const returned = report.state === 'returned';
    return [
      codeOf('indicator', report.indicator),
      name,
      unit,
      report.period,
      partner ?? m.indicator.wholeForum,
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

const inOrder = ({ report: x }: Row, { report: y }: Row): number =>
  x.indicator - y.indicator || (x.period < y.period ? -1 : x.period > y.period ? 1 : x.partner - y.partner);

/** Groups in the order of their names: databases keep them in different orders. */
const partsOf = ({ parts }: Report): string | null =>
  parts &&
  Object.entries(parts)
    .sort(([x], [y]) => (x < y ? -1 : 1))
    .map(([group, n]) => `${group}=${n}`)
    .join(', ');
