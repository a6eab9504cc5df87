import { codeOf } from '../../domain/codes.ts';
import type { Forum } from '../../domain/forums.ts';
import { type BudgetLine, budgetLines, withSpending } from '../../domain/money/budget.ts';
import { totalsOf } from '../../domain/money/totals.ts';
import { formatDate } from '../../language/dates.ts';
import { formatPercent } from '../../language/numbers.ts';
import { monthsPicture } from '../../views/pictures.ts';
import type { WholeReport } from '../report.ts';
import { moneyCell, shownOf } from '../sheet.ts';
import type { Part } from './parts.ts';
import type { chartPainter } from './pictures.ts';
import { lines, type ReportRows, type SheetRow, type ShownColumn } from './rows.ts';

/** Money: the balance before and after, month by month, the budgets that the time touches, and the ledger. */
export async function moneyParts(
  report: WholeReport,
  forum: Forum,
  rows: ReportRows,
  paint: Awaited<ReturnType<typeof chartPainter>>,
): Promise<Part[]> {
  const { context, span, figures } = report;
  const { m, locale } = context;
  const w = m.report.signed;
  const ledger = rows.of('money');
  const proven = ledger.filter(row => Number(row.cell('evidence') ?? 0) > 0).length;
  const chart = await paint(monthsPicture(context, (await totalsOf(context.db, context.forumId, span)).byMonth));
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

function ledgerParts({ context: { m, locale }, figures }: WholeReport, rows: ReportRows): Part[] {
  const w = m.report.signed;
  const comesIn = (row: SheetRow): boolean => row.text('flow') === m.finance.directionChoices.in;
  const purpose = (row: SheetRow): string =>
    lines(
      row.text('purpose'),
      [row.text('partner'), row.text('category'), row.text('activity'), row.text('takesBack')]
        .filter(Boolean)
        .join(', '),
      row.text('reason'),
      row.text('counted') !== m.core.yes && w.counted({ state: row.text('counted') }),
    );
  const columns: ShownColumn<SheetRow>[] = [
    rows.column('code', 'short'),
    rows.column('date', 'short'),
    rows.column('purpose', 'words', purpose),
    { name: m.finance.directions.in, kind: 'number', text: row => (comesIn(row) ? row.text('amount') : '') },
    { name: m.finance.directions.out, kind: 'number', text: row => (comesIn(row) ? '' : row.text('amount')) },
    { name: w.receipts, kind: 'number', text: row => row.text('evidence') },
  ];
  const total = ['', '', w.total, shownOf(figures.in, locale), shownOf(figures.out, locale), ''];
  return rows.table(columns, rows.of('money'), total);
}

/** The budgets of all goals whose time meets this one, with what was spent of them up to its end. */
async function budgetParts({ context, span }: WholeReport, forum: Forum, rows: ReportRows): Promise<Part[]> {
  const { m, locale, db } = context;
  const w = m.finance;
  const found = (await budgetLines(db, forum.id)).filter(line => line.from <= span.to && line.to >= span.from);
  const spent: { readonly line: BudgetLine; readonly spending: BudgetLine }[] = [];
  for (const line of found)
    spent.push({ line, spending: await withSpending(db, { ...line, to: line.to < span.to ? line.to : span.to }) });
  const day = (date: string): string => formatDate(date, locale, 'short');
  const money = (amount: Parameters<typeof moneyCell>[0]): string => shownOf(moneyCell(amount), locale);
  const columns: ShownColumn<(typeof spent)[number]>[] = [
    { name: rows.heading('goal'), kind: 'short', text: ({ line }) => codeOf('goal', line.goal) },
    {
      name: w.category,
      kind: 'words',
      text: ({ line }) => lines(line.category ?? w.wholeGoal, `${day(line.from)} – ${day(line.to)}`),
    },
    { name: w.plan, kind: 'number', text: ({ line }) => money(line.amount) },
    { name: w.actual, kind: 'number', text: ({ spending }) => money(spending.spent) },
    { name: w.remaining, kind: 'number', text: ({ spending }) => money(spending.left) },
    {
      name: w.spentShare,
      kind: 'number',
      text: ({ line, spending }) => formatPercent(spending.spent, line.amount, locale),
    },
  ];
  return rows.table(columns, spent);
}
