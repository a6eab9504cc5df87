import type { RenderContext } from '../contract/render-context.ts';
import type { Area } from '../domain/areas/area.ts';
import type { Span } from '../domain/calendar.ts';
import type { Forum } from '../domain/forums.ts';
import { sumActivities } from '../domain/groups/activity-sums.ts';
import { dimensionsOf } from '../domain/groups/dimensions.ts';
import { netOf, totalsOf, waitingTotal } from '../domain/money/totals.ts';
import type { Messages } from '../language/messages.ts';
import { type Cell, type ColumnKey, moneyCell, type Sheet, sheetWith } from './sheet.ts';
import type { SheetKey } from './sheets.ts';
import { decidedIn } from './subjects/decisions.ts';

/** The key figures by their names; null: of an area there is none. */
export type Figures = Readonly<Record<keyof Messages['report']['figures'], Cell>>;

/** The key figures that only a whole forum has: what it agreed, decided, received and paid. */
async function ofWholeForum(context: RenderContext, forum: Forum, span: Span, goals: Sheet) {
  const { db, forumId, m } = context;
  const decided = (await decidedIn(context, forum, span)).filter(one => one.outcome !== 'withdrawn');
  const before = netOf(await totalsOf(db, forumId, { before: span.from }));
  const within = await totalsOf(db, forumId, span);
  const waiting = await waitingTotal(db, forumId, span);
  return {
    goals: cellsOf(goals, 'state').filter(one => one === m.report.open).length,
    goalsClosed: cellsOf(goals, 'closedOn').filter(cell => isDateIn(cell, span)).length,
    decided: decided.length,
    carried: decided.filter(one => one.outcome === 'carried').length,
    opening: moneyCell(before),
    in: moneyCell(within.in),
    out: moneyCell(within.out),
    closing: moneyCell(before + netOf(within)),
    waiting: moneyCell(waiting.in + waiting.out),
  };
}

/** The key figures of a time, or of an area in it: from its sheets where these say it, else from the same record. */
export async function figuresOf(
  context: RenderContext,
  forum: Forum,
  span: Span,
  sheet: (key: SheetKey) => Sheet,
  area: Area | null = null,
): Promise<Figures> {
  const { db, forumId, m } = context;
  const activities = await sumActivities(db, forumId, span, dimensionsOf(forum.settings), area);
  const colours = cellsOf(sheet('indicators'), 'status');
  const of = (...wanted: (keyof Messages['indicator']['colours'])[]): number =>
    colours.filter(cell => wanted.some(one => cell === m.indicator.colours[one])).length;
  const whole = area ? null : await ofWholeForum(context, forum, span, sheet('goals'));
  const reached = colours.filter(cell => cell === m.indicator.reached).length;
  return {
    done: activities.count,
    participants: activities.people,
    women: activities.women,
    goals: whole?.goals ?? null,
    goalsClosed: whole?.goalsClosed ?? null,
    indicators: colours.length,
    judged: of('met', 'green', 'amber', 'red') + reached,
    green: of('green', 'met') + reached,
    amber: of('amber'),
    red: of('red'),
    decided: whole?.decided ?? null,
    carried: whole?.carried ?? null,
    raised: cellsOf(sheet('issues'), 'date').filter(cell => isDateIn(cell, span)).length,
    resolved: cellsOf(sheet('issues'), 'resolved').filter(cell => isDateIn(cell, span)).length,
    opening: whole?.opening ?? null,
    in: whole?.in ?? null,
    out: whole?.out ?? null,
    closing: whole?.closing ?? null,
    waiting: whole?.waiting ?? null,
    partners: sheet('partners').rows.length,
  };
}

const cellsOf = ({ columns, rows }: Sheet, key: ColumnKey): Cell[] => {
  const at = columns.findIndex(column => column.key === key);
  return rows.map(row => row[at] ?? null);
};

const isDateIn = (cell: Cell, { from, to }: Span): boolean =>
  typeof cell === 'object' && cell !== null && 'date' in cell && cell.date >= from && cell.date <= to;

/** The names of the key figures that there are. */
export const figureNames = (figures: Figures): (keyof Figures)[] =>
  (Object.keys(figures) as (keyof Figures)[]).filter(name => figures[name] !== null);

/** The key figures as a sheet. */
export function summarySheet(m: Messages, figures: Figures): Sheet {
  return sheetWith(
    m,
    'summary',
    ['figure', 'content'],
    figureNames(figures).map(name => [m.report.figures[name], figures[name]]),
  );
}
