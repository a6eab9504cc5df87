import { and, asc, eq, gt, gte, lte, max } from 'drizzle-orm';
import type { RenderContext } from '../../contract/render-context.ts';
import { addDays, dateIn, type Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import type { Forum } from '../../domain/forums.ts';
import { type Budget, budgetLines } from '../../domain/money/budget.ts';
import { approvalOf, isCounted } from '../../domain/money/counted.ts';
import type { Entry } from '../../domain/money/ledger.ts';
import type { Partner } from '../../domain/partners.ts';
import { element, type Markup } from '../../language/markup.ts';
import { inPages, rupiahOf } from '../sheet.ts';
import { COMMITTED, EXPENDITURE, INCOMING_FUNDS, ORIGINAL, organisationType, said } from './codes.ts';

/** Parts of a time of which none is longer than a calendar year: the standard takes no longer budget. */
function yearsOf({ from, to }: Pick<Budget, 'from' | 'to'>): Span[] {
  const parts: Span[] = [];
  for (let start = from; start <= to; ) {
    const end = [`${start.slice(0, 4)}-12-31`, to].sort()[0]!;
    parts.push({ from: start, to: end });
    start = addDays(end, 1);
  }
  return parts;
}

/** The ledger is kept in rupiah. */
export const CURRENCY = 'IDR';

const daysIn = ({ from, to }: Span): number => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;

/** An amount over the parts of its time by their days; the last one has what rounding leaves. */
function shares(amount: number, parts: readonly Span[]): bigint[] {
  const days = parts.map(daysIn);
  const all = BigInt(days.reduce((sum, n) => sum + n, 0));
  const cut = days.slice(0, -1).map(n => (BigInt(amount) * BigInt(n)) / all);
  return [...cut, BigInt(amount) - cut.reduce((sum, n) => sum + n, 0n)];
}

/** Instant at which a line of the budget that touches a time was last set. */
export async function budgetsSetAt({ db, forumId }: RenderContext, span: Span): Promise<Date | null> {
  const { budgets: b } = db.tables;
  const [row] = await db
    .select({ at: max(b.setAt) })
    .from(b)
    .where(and(eq(b.forumId, forumId), lte(b.from, span.to), gte(b.to, span.from)));
  return row?.at ?? null;
}

/** The lines of the budget that touch a time, each cut into years. */
export async function budgetElements({ db, forumId }: RenderContext, span: Span): Promise<Markup[]> {
  const lines = (await budgetLines(db, forumId)).filter(line => line.from <= span.to && line.to >= span.from);
  return lines.flatMap(line => {
    const parts = yearsOf(line);
    const amounts = shares(line.amount, parts);
    return parts.map(({ from, to }, i) =>
      element(
        'budget',
        { type: ORIGINAL, status: COMMITTED },
        element('period-start', { 'iso-date': from }),
        element('period-end', { 'iso-date': to }),
        element('value', { currency: CURRENCY, 'value-date': from }, rupiahOf(amounts[i]!)),
      ),
    );
  });
}

/** The entries of a time that count, in the order of the ledger; what is dated ahead is none yet. */
export async function countedEntries(
  { db, forumId, now }: RenderContext,
  { zone }: Forum,
  span: Span,
): Promise<Entry[]> {
  const { entries: e, ledgerLines: l } = db.tables;
  const today = dateIn(now, zone);
  const to = span.to < today ? span.to : today;
  return inPages<Entry>(async (after, limit) => {
    const rows = await db
      .select({ entry: e })
      .from(e)
      .leftJoin(l, approvalOf(db.tables))
      .where(
        and(
          eq(e.forumId, forumId),
          isCounted(db.tables),
          gte(e.date, span.from),
          lte(e.date, to),
          after ? gt(e.number, after.number) : undefined,
        ),
      )
      .orderBy(asc(e.number))
      .limit(limit);
    return rows.map(row => row.entry);
  });
}

/** An entry as a transaction. What takes another back has its amount negative, as in the ledger. */
export function transactionElement(entry: Entry, partners: ReadonlyMap<number, Partner>): Markup {
  const partner = entry.partner === null ? undefined : partners.get(entry.partner);
  const comesIn = entry.direction === 'in';
  return element(
    'transaction',
    { ref: codeOf('entry', entry.number) },
    element('transaction-type', { code: comesIn ? INCOMING_FUNDS : EXPENDITURE }),
    element('transaction-date', { 'iso-date': entry.date }),
    element('value', { currency: CURRENCY, 'value-date': entry.date }, rupiahOf(entry.amount)),
    said('description', entry.purpose),
    partner &&
      said(comesIn ? 'provider-org' : 'receiver-org', partner.name, { type: organisationType(partner.sector) }),
  );
}
