import { codeOf } from '../../domain/codes.ts';
import type { Forum } from '../../domain/forums.ts';
import { budgetLines, withSpending } from '../../domain/money/budget.ts';
import { totalsOf } from '../../domain/money/totals.ts';
import { formatDate } from '../../language/dates.ts';
import { formatPercent } from '../../language/numbers.ts';
import { monthsPicture } from '../../views/pictures.ts';
import type { WholeReport } from '../report.ts';
import { moneyCell, shownOf } from '../sheet.ts';
import type { Part, TableColumn } from './parts.ts';
import type { chartPainter } from './pictures.ts';
import { lines, type ReportRows } from './rows.ts';

/** Money: the balance before and after, month by month, the budgets that the time touches, and the ledger. */
export async function moneyParts(
  report: WholeReport,
  forum: Forum,
  rows: ReportRows,
  paint: Awaited<ReturnType<typeof chartPainter>>,
): Promise<Part[]> {
  const { look, span, figures } = report;
  const { m, locale } = look;
  const w = m.report.signed;
  const ledger = rows.of('money');
  const proven = ledger.filter(row => Number(row.cell('evidence') ?? 0) > 0).length;
  const chart = await paint(monthsPicture(look, (await totalsOf(look.db, look.forumId, span)).byMonth));
  const names = ['opening', 'in', 'out', 'closing', 'waiting'] as const;
  const facts = names.map((name): [string, string] => [m.report.figures[name], shownOf(figures[name], locale)]);
  return [
    { kind: 'shown', title: m.report.sheets.money.name, picture: chart, facts },
    { kind: 'heading', text: w.budget },
    ...(await budgetParts(report, forum, rows)),
    { kind: 'heading', text: w.ledger },
    ...(ledger.length ? [{ kind: 'text', text: w.evidenceOf({ n: proven, of: ledger.length }) } as const] : []),
    ...ledgerParts(report, rows),
  ];
}

function ledgerParts({ look: { m, locale }, figures }: WholeReport, rows: ReportRows): Part[] {
  const w = m.report.signed;
  const isIn = m.finance.directionChoices.in;
  const columns: TableColumn[] = [
    rows.column('code', 'short'),
    rows.column('date', 'short'),
    rows.column('purpose', 'words'),
    { name: m.finance.directions.in, kind: 'number' },
    { name: m.finance.directions.out, kind: 'number' },
    { name: w.receipts, kind: 'number' },
  ];
  const made = rows.of('money').map(row => {
    const counted = row.text('counted');
    const amount = row.text('amount');
    const comesIn = row.text('flow') === isIn;
    return [
      row.text('code'),
      row.text('date'),
      lines(
        row.text('purpose'),
        [row.text('partner'), row.text('category'), row.text('activity'), row.text('takesBack')]
          .filter(Boolean)
          .join(', '),
        row.text('reason'),
        counted !== m.core.yes && w.counted({ state: counted }),
      ),
      comesIn ? amount : '',
      comesIn ? '' : amount,
      row.text('evidence'),
    ];
  });
  const total = ['', '', w.total, shownOf(figures.in, locale), shownOf(figures.out, locale), ''];
  return rows.table(columns, made, total);
}

/** The budgets of all goals whose time meets this one, with what was spent of them up to its end. */
async function budgetParts({ look, span }: WholeReport, forum: Forum, rows: ReportRows): Promise<Part[]> {
  const { m, locale, db } = look;
  const w = m.finance;
  const found = (await budgetLines(db, forum.id)).filter(line => line.from <= span.to && line.to >= span.from);
  const made: string[][] = [];
  for (const line of found) {
    const spending = await withSpending(db, { ...line, to: line.to < span.to ? line.to : span.to });
    const day = (date: string): string => formatDate(date, locale, 'short');
    made.push([
      codeOf('goal', line.goal),
      lines(line.category ?? w.wholeGoal, `${day(line.from)} – ${day(line.to)}`),
      shownOf(moneyCell(line.amount), locale),
      shownOf(moneyCell(spending.spent), locale),
      shownOf(moneyCell(spending.left), locale),
      formatPercent(spending.spent, line.amount, locale),
    ]);
  }
  const columns: TableColumn[] = [
    rows.column('goal', 'short'),
    { name: w.category, kind: 'words' },
    { name: w.plan, kind: 'number' },
    { name: w.actual, kind: 'number' },
    { name: w.remaining, kind: 'number' },
    { name: w.spentShare, kind: 'number' },
  ];
  return rows.table(columns, made);
}
