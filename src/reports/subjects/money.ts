import { and, asc, eq, gt, gte, lte } from 'drizzle-orm';
import type { RenderContext } from '../../contract/render-context.ts';
import { dateIn, instantsOf, type Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import type { Forum } from '../../domain/forums.ts';
import { approvalOf } from '../../domain/money/counted.ts';
import { type Entry, type EntryState, isLate, statesOf } from '../../domain/money/ledger.ts';
import { namesBefore } from '../../domain/partners.ts';
import { type ColumnKey, dateCell, inPages, moneyCell, type Sheet, sheetWith } from '../sheet.ts';
import { evidenceCounts } from './activities.ts';

const COLUMNS = [
  'code',
  'date',
  'flow',
  'amount',
  'purpose',
  'partner',
  'activity',
  'takesBack',
  'reason',
  'counted',
  'evidence',
  'category',
  'recordedOn',
  'late',
] as const satisfies readonly ColumnKey[];

interface Row {
  readonly entry: Entry;
  readonly approved: number | null;
  readonly state: EntryState;
  readonly evidence: number;
}

/**
 * The ledger of a time; what was written down after its end stands last and says so. What waits for another partner's
 * approval, or was taken back without one, says so and is in no balance; what was taken back after it counted is in it
 * twice, there and back. Partners are called as they were at the time's end.
 */
export async function moneySheet({ db, forumId, m }: RenderContext, { zone }: Forum, span: Span): Promise<Sheet> {
  const { entries: e, ledgerLines: l } = db.tables;
  const names = await namesBefore(db, forumId, instantsOf(span, zone)[1]);
  const rows = await inPages<Row>(async (after, limit) => {
    const page = await db
      .select({ entry: e, approved: l.position })
      .from(e)
      .leftJoin(l, approvalOf(db.tables))
      .where(
        and(
          eq(e.forumId, forumId),
          gte(e.date, span.from),
          lte(e.date, span.to),
          after ? gt(e.number, after.entry.number) : undefined,
        ),
      )
      .orderBy(asc(e.number))
      .limit(limit);
    const numbers = page.map(row => row.entry.number);
    const evidence = await evidenceCounts(db, forumId, 'entry', numbers);
    const states = await statesOf(
      db,
      forumId,
      page.map(row => row.entry),
    );
    return page.map(row => ({
      ...row,
      state: states.get(row.entry.number)!,
      evidence: evidence.get(row.entry.number) ?? 0,
    }));
  });
  const late = (row: Row): boolean => isLate(row.entry, span.to, zone);
  const inTime = rows.filter(row => !late(row));
  return sheetWith(
    m,
    'money',
    COLUMNS,
    [...inTime, ...rows.filter(late)].map(({ entry, approved, state, evidence }) => [
      codeOf('entry', entry.number),
      dateCell(entry.date),
      m.finance.directionChoices[entry.direction],
      moneyCell(entry.amount),
      entry.purpose,
      entry.partner === null ? null : (names.get(entry.partner) ?? null),
      entry.activity === null ? null : codeOf('activity', entry.activity),
      entry.reverses === null ? null : codeOf('entry', entry.reverses),
      entry.reason,
      !entry.needsApproval || approved !== null ? m.core.yes : m.finance.states[state],
      evidence,
      entry.category,
      dateCell(dateIn(entry.recordedAt, zone)),
      isLate(entry, span.to, zone) ? m.core.yes : m.core.no,
    ]),
  );
}
