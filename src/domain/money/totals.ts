import { and, eq, gte, isNotNull, isNull, lt, lte, sql, sum } from 'drizzle-orm';
import type { Reader } from '../../storage/store.ts';
import { approvalOf, isCounted } from './counted.ts';

/** What came in and went out, in minor units. */
export interface Flow {
  readonly in: number;
  readonly out: number;
}

/** Flows by what people ask for; null stands for no goal or no partner. */
export interface Totals extends Flow {
  readonly byGoal: ReadonlyMap<number | null, Flow>;
  readonly byPartner: ReadonlyMap<number | null, Flow>;
  /** By month, `YYYY-MM`, in order. */
  readonly byMonth: ReadonlyMap<string, Flow>;
}

export const balanceOf = (flow: Flow): number => flow.in - flow.out;

/** Local dates, both included; `before` is not. */
export interface Span {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly before?: string | undefined;
}

function added<K>(map: Map<K, Flow>, key: K, direction: 'in' | 'out', amount: number): void {
  const flow = map.get(key) ?? { in: 0, out: 0 };
  map.set(key, { ...flow, [direction]: flow[direction] + amount });
}

const datedIn = ({ tables: { entries: e } }: Reader, { from, to, before }: Span) => [
  from === undefined ? undefined : gte(e.date, from),
  to === undefined ? undefined : lte(e.date, to),
  before === undefined ? undefined : lt(e.date, before),
];

/** The totals of what counts: recorded, approved where that is needed, and less what was taken back. */
export async function totalsOf(db: Reader, forumId: string, span: Span = {}): Promise<Totals> {
  const { entries: e, ledgerLines: l, activities: a } = db.tables;
  const month = sql<string>`substr(${e.date}, 1, 7)`;
  const rows = await db
    .select({ direction: e.direction, partner: e.partner, goal: a.goal, month, amount: sum(e.amount) })
    .from(e)
    .leftJoin(l, approvalOf(db.tables))
    .leftJoin(a, and(eq(a.forumId, e.forumId), eq(a.number, e.activity)))
    .where(and(eq(e.forumId, forumId), isCounted(db.tables), ...datedIn(db, span)))
    .groupBy(e.direction, e.partner, a.goal, month)
    .orderBy(month);
  const totals = { in: 0, out: 0 };
  const byGoal = new Map<number | null, Flow>();
  const byPartner = new Map<number | null, Flow>();
  const byMonth = new Map<string, Flow>();
  for (const row of rows) {
    const amount = Number(row.amount);
    totals[row.direction] += amount;
    added(byGoal, row.goal, row.direction, amount);
    added(byPartner, row.partner, row.direction, amount);
    added(byMonth, row.month, row.direction, amount);
  }
  return { ...totals, byGoal, byPartner, byMonth };
}

/** What waits for a second person's approval, and so does not count yet; what was taken back waits no more. */
export async function waitingTotal(db: Reader, forumId: string, span: Span = {}): Promise<Flow> {
  const { entries: e, ledgerLines: l } = db.tables;
  const reversed = db
    .select({ n: e.reverses })
    .from(e)
    .where(and(eq(e.forumId, forumId), isNotNull(e.reverses)));
  const rows = await db
    .select({ direction: e.direction, amount: sum(e.amount) })
    .from(e)
    .leftJoin(l, approvalOf(db.tables))
    .where(
      and(
        eq(e.forumId, forumId),
        eq(e.needsApproval, true),
        isNull(l.position),
        isNull(e.reverses),
        sql`${e.number} not in ${reversed}`,
        ...datedIn(db, span),
      ),
    )
    .groupBy(e.direction);
  const of = (direction: 'in' | 'out') => Number(rows.find(row => row.direction === direction)?.amount ?? 0);
  return { in: of('in'), out: of('out') };
}
