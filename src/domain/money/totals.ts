import { and, eq, gte, isNotNull, isNull, lt, lte, sql } from 'drizzle-orm';
import type { Reader } from '../../storage/store.ts';
import { fold } from '../../storage/words.ts';
import { approvalOf, isCounted } from './counted.ts';
import { exactSum, halvesOf } from './exact-sum.ts';

/** Describes what came in and went out, in minor units; exact, however many entries there are. */
export interface Flow {
  readonly in: bigint;
  readonly out: bigint;
}

export const NO_FLOW: Flow = { in: 0n, out: 0n };

/** Flows by what people ask for; null stands for no goal or no partner. */
export interface Totals extends Flow {
  readonly byGoal: ReadonlyMap<number | null, Flow>;
  readonly byPartner: ReadonlyMap<number | null, Flow>;
  /** Flows by month, `YYYY-MM`, in order. */
  readonly byMonth: ReadonlyMap<string, Flow>;
  /** Flows by category; null stands for none. */
  readonly byCategory: ReadonlyMap<string | null, Flow>;
}

/** Returns what came in less what went out. Over all that was ever recorded it is the balance. */
export const netOf = (flow: Flow): bigint => flow.in - flow.out;

/** The balance after each month of a flow that began with `opening`. */
export function runningBalances(byMonth: ReadonlyMap<string, Flow>, opening: bigint): ReadonlyMap<string, bigint> {
  let balance = opening;
  const balances = new Map<string, bigint>();
  for (const [month, flow] of byMonth) {
    balance += netOf(flow);
    balances.set(month, balance);
  }
  return balances;
}

/** Local dates, both included; `before` is not. */
export interface Span {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly before?: string | undefined;
}

function added<K>(map: Map<K, Flow>, key: K, direction: 'in' | 'out', amount: bigint): void {
  const flow = map.get(key) ?? NO_FLOW;
  map.set(key, { ...flow, [direction]: flow[direction] + amount });
}

const datedIn = ({ tables: { entries: e } }: Reader, { from, to, before }: Span) => [
  from === undefined ? undefined : gte(e.date, from),
  to === undefined ? undefined : lte(e.date, to),
  before === undefined ? undefined : lt(e.date, before),
];

/** One spelling of each category, however it was written: the one with capitals. */
function spellings(written: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of written) {
    const known = found.get(fold(name));
    if (known === undefined || name < known) found.set(fold(name), name);
  }
  return found;
}

/** The totals of what counts: recorded, approved where that is needed, and less what was taken back. */
export async function totalsOf(db: Reader, forumId: string, span: Span = {}): Promise<Totals> {
  const { entries: e, ledgerLines: l, activities: a } = db.tables;
  const month = sql<string>`substr(${e.date}, 1, 7)`;
  const rows = await db
    .select({
      direction: e.direction,
      partner: e.partner,
      goal: a.goal,
      category: e.category,
      month,
      ...halvesOf(e.amount),
    })
    .from(e)
    .leftJoin(l, approvalOf(db.tables))
    .leftJoin(a, and(eq(a.forumId, e.forumId), eq(a.number, e.activity)))
    .where(and(eq(e.forumId, forumId), isCounted(db.tables), ...datedIn(db, span)))
    .groupBy(e.direction, e.partner, a.goal, e.category, month)
    .orderBy(month);
  const totals = { in: 0n, out: 0n };
  const byGoal = new Map<number | null, Flow>();
  const byPartner = new Map<number | null, Flow>();
  const byMonth = new Map<string, Flow>();
  const byCategory = new Map<string | null, Flow>();
  const spelt = spellings(rows.flatMap(row => row.category ?? []));
  for (const row of rows) {
    const amount = exactSum(row);
    totals[row.direction] += amount;
    added(byGoal, row.goal, row.direction, amount);
    added(byPartner, row.partner, row.direction, amount);
    added(byMonth, row.month, row.direction, amount);
    added(byCategory, row.category === null ? null : spelt.get(fold(row.category))!, row.direction, amount);
  }
  return { ...totals, byGoal, byPartner, byMonth, byCategory };
}

/** Returns what waits for a second person's approval, and so does not count yet; what was taken back waits no more. */
export async function waitingTotal(db: Reader, forumId: string, span: Span = {}): Promise<Flow> {
  const { entries: e, ledgerLines: l } = db.tables;
  const reversed = db
    .select({ n: e.reverses })
    .from(e)
    .where(and(eq(e.forumId, forumId), isNotNull(e.reverses)));
  const rows = await db
    .select({ direction: e.direction, ...halvesOf(e.amount) })
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
  const of = (direction: 'in' | 'out') => exactSum(rows.find(row => row.direction === direction));
  return { in: of('in'), out: of('out') };
}
