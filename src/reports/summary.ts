import type { RenderContext } from '../contract/render-context.ts';
import type { Span } from '../domain/calendar.ts';
import type { Forum } from '../domain/forums.ts';
import { sumActivities } from '../domain/groups/activity-sums.ts';
import { dimensionsOf } from '../domain/groups/dimensions.ts';
import { netOf, totalsOf, waitingTotal } from '../domain/money/totals.ts';
import type { Messages } from '../language/messages.ts';
import { type Cell, type ColumnKey, moneyCell, type Sheet, sheetWith } from './sheet.ts';
import type { SheetKey } from './sheets.ts';
import { decidedIn } from './subjects/decisions.ts';

export type Figures = Readonly<Record<keyof Messages['report']['figures'], Cell>>;

/** The key figures of a time: from its sheets where these say it, else from the same record. */
export async function figuresOf(
  context: RenderContext,
  forum: Forum,
  span: Span,
  sheet: (key: SheetKey) => Sheet,
): Promise<Figures> {
  const { db, forumId, m } = context;
  const activities = await sumActivities(db, forumId, span, dimensionsOf(forum.settings));
  const states = cellsOf(sheet('goals'), 'state');
  const open = states.filter(one => one === m.report.open).length;
  const colours = cellsOf(sheet('indicators'), 'status');
  const of = (...wanted: (keyof Messages['indicator']['colours'])[]): number =>
    colours.filter(cell => wanted.some(one => cell === m.indicator.colours[one])).length;
  const reached = colours.filter(cell => cell === m.indicator.reached).length;
  const decided = (await decidedIn(context, forum, span)).filter(one => one.outcome !== 'withdrawn');
  const before = netOf(await totalsOf(db, forumId, { before: span.from }));
  const within = await totalsOf(db, forumId, span);
  const waiting = await waitingTotal(db, forumId, span);
  return {
    done: activities.count,
    participants: activities.people,
    women: activities.women,
    goals: open,
    goalsClosed: cellsOf(sheet('goals'), 'closedOn').filter(cell => isDateIn(cell, span)).length,
    indicators: colours.length,
    judged: of('met', 'green', 'amber', 'red') + reached,
    green: of('green', 'met') + reached,
    amber: of('amber'),
    red: of('red'),
    decided: decided.length,
    carried: decided.filter(one => one.outcome === 'carried').length,
    raised: cellsOf(sheet('issues'), 'date').filter(cell => isDateIn(cell, span)).length,
    resolved: cellsOf(sheet('issues'), 'resolved').filter(cell => isDateIn(cell, span)).length,
    opening: moneyCell(before),
    in: moneyCell(within.in),
    out: moneyCell(within.out),
    closing: moneyCell(before + netOf(within)),
    waiting: moneyCell(waiting.in + waiting.out),
    partners: sheet('partners').rows.length,
  };
}

const cellsOf = ({ columns, rows }: Sheet, key: ColumnKey): Cell[] => {
  const at = columns.findIndex(column => column.key === key);
  return rows.map(row => row[at] ?? null);
};

const isDateIn = (cell: Cell, { from, to }: Span): boolean =>
  typeof cell === 'object' && cell !== null && 'date' in cell && cell.date >= from && cell.date <= to;

/** The key figures as a sheet. */
export function summarySheet(m: Messages, figures: Figures): Sheet {
  const names = Object.keys(figures) as (keyof Figures)[];
  return sheetWith(
    m,
    'summary',
    ['figure', 'content'],
    names.map(name => [m.report.figures[name], figures[name]]),
  );
}
