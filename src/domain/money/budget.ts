import { and, asc, eq, gte, lte } from 'drizzle-orm';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import { fold } from '../../storage/words.ts';
import { nextNumber } from '../codes.ts';
import { rowByNumber } from '../numbered.ts';
import { approvalOf, isCounted } from './counted.ts';
import { exactSum, halvesOf } from './exact-sum.ts';

export type Budget = Tables['budgets']['$inferSelect'];

/** A line of a budget with what was spent of it, in minor units. */
export interface BudgetLine extends Budget {
  readonly spent: bigint;
  readonly left: bigint;
}

/** Minimum share spent from which the coordinators are told, per cent. */
const NOTICE_PERCENT = 90n;

/** Tells whether so much of a line is spent that its coordinators should know. */
export const isNearlySpent = ({ spent, amount }: BudgetLine): boolean =>
  spent * 100n >= BigInt(amount) * NOTICE_PERCENT;

/** Sets a line; one for the same goal, category and time replaces the one before. */
export async function setBudget(
  tx: Tx,
  forumId: string,
  line: Omit<Budget, 'forumId' | 'number' | 'setAt'>,
  now: Date,
): Promise<Budget> {
  const number = await nextNumber(tx, forumId, 'budget');
  const [row] = await tx
    .insert(tx.tables.budgets)
    .values({ ...line, forumId, number, setAt: now })
    .returning();
  return row!;
}

export const budgetByNumber = (db: Reader, forumId: string, number: number): Promise<Budget | null> =>
  rowByNumber(db, db.tables.budgets, forumId, number);

/** The lines in force, of one goal or of all, whose time holds a date where one is given; the earliest first. */
export async function budgetLines(
  db: Reader,
  forumId: string,
  of: { goal?: number | undefined; on?: string | undefined } = {},
): Promise<BudgetLine[]> {
  const { budgets: b } = db.tables;
  const rows = await db
    .select()
    .from(b)
    .where(and(eq(b.forumId, forumId), of.goal === undefined ? undefined : eq(b.goal, of.goal)))
    .orderBy(asc(b.number));
  const inForce = new Map(rows.map(row => [JSON.stringify([row.goal, row.category, row.from, row.to]), row]));
  const { on } = of;
  const wanted = [...inForce.values()].filter(row => on === undefined || (row.from <= on && on <= row.to));
  const lines: BudgetLine[] = [];
  for (const row of wanted) lines.push(await withSpending(db, row));
  return lines.sort((x, y) => x.goal - y.goal || (x.from < y.from ? -1 : 1) || x.number - y.number);
}

/** A line with the spending of its goal's activities in its time that counts; without a category, of all of them. */
export async function withSpending(db: Reader, line: Budget): Promise<BudgetLine> {
  const { entries: e, ledgerLines: l, activities: a } = db.tables;
  const rows = await db
    .select({ category: e.category, ...halvesOf(e.amount) })
    .from(e)
    .innerJoin(a, and(eq(a.forumId, e.forumId), eq(a.number, e.activity)))
    .leftJoin(l, approvalOf(db.tables))
    .where(
      and(
        eq(e.forumId, line.forumId),
        eq(e.direction, 'out'),
        eq(a.goal, line.goal),
        gte(e.date, line.from),
        lte(e.date, line.to),
        isCounted(db.tables),
      ),
    )
    .groupBy(e.category);
  const spent = rows
    .filter(row => line.category === null || fold(row.category ?? '') === fold(line.category))
    .reduce((total, row) => total + exactSum(row), 0n);
  return { ...line, spent, left: BigInt(line.amount) - spent };
}
