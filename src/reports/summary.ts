import { and, count, eq, gte, isNull, lt, lte, sum } from 'drizzle-orm';
import { sumActivities } from '../domain/activities.ts';
import { instantsOf, type Span } from '../domain/calendar.ts';
import type { Forum } from '../domain/forums.ts';
import { latest } from '../domain/indicators/standing.ts';
import { approvalOf } from '../domain/money/counted.ts';
import { balanceOf, totalsOf } from '../domain/money/totals.ts';
import type { Messages } from '../language/messages.ts';
import type { Look } from '../views/look.ts';
import { type Cell, moneyCell, type Sheet, sheetOf } from './sheet.ts';
import { decidedIn } from './subjects/decisions.ts';
import { goalSheet } from './subjects/goals.ts';
import { indicatorsIn } from './subjects/indicators.ts';
import { partnerSheet } from './subjects/partners.ts';

export type Figures = Readonly<Record<keyof Messages['report']['figures'], Cell>>;

/** The key figures of a time, from the same record as the sheets. */
export async function figuresOf(look: Look, forum: Forum, span: Span): Promise<Figures> {
  const { db, forumId, m } = look;
  const activities = await sumActivities(db, forumId, span);
  const goals = await goalSheet(look, forum, span);
  const state = goals.head.indexOf(m.report.columns.state.name);
  const open = goals.rows.filter(row => row[state] === m.report.open).length;
  const indicators = await indicatorsIn(look, forum, span);
  const colours = indicators.map(({ standings }) => latest(standings).colour);
  const of = (...wanted: (string | null)[]): number => colours.filter(one => wanted.includes(one)).length;
  const decided = (await decidedIn(look, forum, span)).filter(one => one.outcome !== 'withdrawn');
  const before = balanceOf(await totalsOf(db, forumId, { before: span.from }));
  const within = await totalsOf(db, forumId, span);
  const partners = await partnerSheet(look, forum, span);
  return {
    done: activities.count,
    participants: activities.participants,
    women: activities.women,
    goals: open,
    goalsClosed: goals.rows.length - open,
    indicators: indicators.length,
    judged: indicators.length - of(null),
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
    partners: partners.rows.length,
  };
}

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
  return sheetOf(
    m,
    'summary',
    ['figure', 'content'],
    names.map(name => [m.report.figures[name], figures[name]]),
  );
}
