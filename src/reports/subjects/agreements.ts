import { asc, eq } from 'drizzle-orm';
import type { RenderContext } from '../../contract/render-context.ts';
import type { Agreement } from '../../domain/agreements/row.ts';
import { partiesOf } from '../../domain/agreements/store.ts';
import { dateIn, instantsOf, type Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import { earlierThan, restored } from '../../domain/earlier.ts';
import type { Forum } from '../../domain/forums.ts';
import { namesBefore } from '../../domain/partners.ts';
import { dateCell, moneyCell, type Sheet, sheetWith } from '../sheet.ts';
import { actionsIn } from './actions.ts';
import { namesIn } from './activities.ts';

/**
 * The agreements there were in a time, as they were at its end: begun before its end, and not ended before its
 * beginning.
 */
async function agreementsIn({ db, forumId }: RenderContext, forum: Forum, span: Span): Promise<Agreement[]> {
  const { agreements: a } = db.tables;
  const rows = await db.select().from(a).where(eq(a.forumId, forumId)).orderBy(asc(a.number));
  const [from, until] = instantsOf(span, forum.zone);
  const earlier = await earlierThan(db, forumId, 'agreement', until);
  return rows
    .map(row => restored(row, earlier))
    .filter(
      row =>
        (row.signed ?? dateIn(row.createdAt, forum.zone)) <= span.to && (row.endedAt === null || row.endedAt >= from),
    )
    .map(row => (row.endedAt && row.endedAt >= until ? { ...row, endedAt: null, endReason: null } : row));
}

/** Lists those agreements, with their parties; where the documents are is not said. */
export async function agreementSheet(context: RenderContext, forum: Forum, span: Span): Promise<Sheet> {
  const { db, forumId, m } = context;
  const agreements = await agreementsIn(context, forum, span);
  const parties = await partiesOf(
    db,
    forumId,
    agreements.map(row => row.number),
  );
  const names = await namesBefore(db, forumId, instantsOf(span, forum.zone)[1]);
  return sheetWith(
    m,
    'agreements',
    ['code', 'title', 'kind', 'partners', 'purpose', 'signed', 'expires', 'ended'],
    agreements.map(row => [
      codeOf('agreement', row.number),
      row.title,
      m.agreement.kinds[row.kind],
      namesIn(parties.get(row.number), names),
      row.purpose,
      dateCell(row.signed),
      dateCell(row.expires),
      row.endReason,
    ]),
  );
}

/** Returns what each party of those agreements had promised by the end of a time, and when it was kept by then. */
export async function commitmentSheet(context: RenderContext, forum: Forum, span: Span): Promise<Sheet> {
  const numbers = new Set((await agreementsIn(context, forum, span)).map(row => row.number));
  const promises = (await actionsIn(context, forum, span)).filter(
    row => row.origin === 'agreement' && numbers.has(row.originNumber!) && row.cancelledAt === null,
  );
  promises.sort((a, b) => a.originNumber! - b.originNumber! || a.item! - b.item!);
  const names = await namesBefore(context.db, context.forumId, instantsOf(span, forum.zone)[1]);
  return sheetWith(
    context.m,
    'commitments',
    ['agreement', 'item', 'partner', 'what', 'promised', 'due', 'doneOn', 'note', 'code'],
    promises.map(promise => [
      codeOf('agreement', promise.originNumber!),
      promise.item,
      (promise.partner !== null && names.get(promise.partner)) || null,
      promise.title,
      moneyCell(promise.amount),
      dateCell(promise.due),
      dateCell(promise.doneOn),
      promise.result,
      codeOf('action', promise.number),
    ]),
  );
}
