import { and, count, eq, gte, isNull, lt, lte, sum } from 'drizzle-orm';
import { sumActivities } from '../domain/activities.ts';
import { instantsOf, type Span } from '../domain/calendar.ts';
import type { Forum } from '../domain/forums.ts';
import { approvalOf } from '../domain/money/counted.ts';
import { balanceOf, totalsOf } from '../domain/money/totals.ts';
import type { Messages } from '../language/messages.ts';
import type { Look } from '../views/look.ts';
import { type Cell, type ColumnKey, moneyCell, type Sheet, sheetWith } from './sheet.ts';
import type { SheetKey } from './sheets.ts';
import { decidedIn } from './subjects/decisions.ts';

export type Figures = Readonly<Record<keyof Messages['report']['figures'], Cell>>;

/** The key figures of a time: from its sheets where these say it, else from the same record. */
export async function figuresOf(
  look: Look,
  forum: Forum,
  span: Span,
  sheet: (key: SheetKey) => Sheet,
): Promise<Figures> {
  const { db, forumId, m } = look;
  const activities = await sumActivities(db, forumId, span);
  const states = cellsOf(sheet('goals'), 'state');
  const open = states.filter(one => one === m.report.open).length;
  const colours = cellsOf(sheet('indicators'), 'status');
  const of = (...wanted: (keyof Messages['indicator']['colours'])[]): number =>
    colours.filter(cell => wanted.some(one => cell === m.indicator.colours[one])).length;
  const decided = (await decidedIn(look, forum, span)).filter(one => one.outcome !== 'withdrawn');
  const before = balanceOf(await totalsOf(db, forumId, { before: span.from }));
  const within = await totalsOf(db, forumId, span);
  return {
    done: activities.count,
    participants: activities.participants,
    women: activities.women,
    goals: open,
    goalsClosed: cellsOf(sheet('goals'), 'closedOn').filter(cell => isDateIn(cell, span)).length,
    indicators: colours.length,
    judged: of('met', 'green', 'amber', 'red'),
    green: of('green', 'met'),
    amber: of('amber'),
    red: of('red'),
    decided: decided.length,
    carried: decided.filter(one => one.outcome === 'carried').length,
    ...(await issueCounts(look, forum, span)),
    opening: moneyCell(before),
    in: moneyCell(within.in),
    out: moneyCell(within.out),
    closing: moneyCell(before + balanceOf(within)),
    waiting: moneyCell(await waitingIn(look, span)),
    partners: sheet('partners').rows.length,
  };
}

const cellsOf = ({ columns, rows }: Sheet, key: ColumnKey): Cell[] => {
  const at = columns.findIndex(column => column.key === key);
  return rows.map(row => row[at] ?? null);
};

const isDateIn = (cell: Cell, { from, to }: Span): boolean =>
  typeof cell === 'object' && cell !== null && 'date' in cell && cell.date >= from && cell.date <= to;

async function issueCounts({ db, forumId }: Look, forum: Forum, span: Span) {
  const { issues: i } = db.tables;
  const [from, until] = instantsOf(span, forum.zone);
  const within = async (at: typeof i.createdAt | typeof i.resolvedAt): Promise<number> => {
    const rows = await db
      .select({ n: count() })
      .from(i)
      .where(and(eq(i.forumId, forumId), eq(i.isPrivate, false), gte(at, from), lt(at, until)));
    return Number(rows[0]?.n ?? 0);
  };
  return { raised: await within(i.createdAt), resolved: await within(i.resolvedAt) };
}

/** Money of a time, in either direction, that nobody of another partner has approved yet. */
async function waitingIn({ db, forumId }: Look, { from, to }: Span): Promise<number> {
  const { entries: e, ledgerLines: l } = db.tables;
  const rows = await db
    .select({ amount: sum(e.amount) })
    .from(e)
    .leftJoin(l, approvalOf(db.tables))
    .where(
      and(eq(e.forumId, forumId), eq(e.needsApproval, true), isNull(l.position), gte(e.date, from), lte(e.date, to)),
    );
  return Number(rows[0]?.amount ?? 0);
}

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
