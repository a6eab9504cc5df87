import { and, asc, eq, inArray } from 'drizzle-orm';
import { type Agreement, partiesOf } from '../../domain/agreements/store.ts';
import { dateIn, instantsOf, type Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import type { Forum } from '../../domain/forums.ts';
import type { Look } from '../../views/look.ts';
import { dateCell, moneyCell, type Sheet, sheetWith } from '../sheet.ts';
import { namesOf } from './activities.ts';

/** The agreements there were in a time: begun before its end, and not ended before its beginning. */
async function agreementsIn({ db, forumId }: Look, forum: Forum, span: Span): Promise<Agreement[]> {
  const { agreements: a } = db.tables;
  const rows = await db.select().from(a).where(eq(a.forumId, forumId)).orderBy(asc(a.number));
  const [from] = instantsOf(span, forum.zone);
  return rows.filter(
    row =>
      (row.signed ?? dateIn(row.createdAt, forum.zone)) <= span.to && (row.endedAt === null || row.endedAt >= from),
  );
}

/** Those agreements, with their parties; where the documents are is not said. */
export async function agreementSheet(look: Look, forum: Forum, span: Span): Promise<Sheet> {
  const { db, forumId, m } = look;
  const agreements = await agreementsIn(look, forum, span);
  const parties = await partiesOf(
    db,
    forumId,
    agreements.map(row => row.number),
  );
  return sheetWith(
    m,
    'agreements',
    ['code', 'title', 'kind', 'partners', 'purpose', 'signed', 'expires', 'ended'],
    agreements.map(row => [
      codeOf('agreement', row.number),
      row.title,
      m.agreement.kinds[row.kind],
      namesOf(parties.get(row.number)),
      row.purpose,
      dateCell(row.signed),
      dateCell(row.expires),
      row.endReason,
    ]),
  );
}

/** What each party of those agreements has promised, and when it was kept. */
export async function commitmentSheet(look: Look, forum: Forum, span: Span): Promise<Sheet> {
  const { db, forumId, m } = look;
  const { commitments: c, partners: p } = db.tables;
  const numbers = (await agreementsIn(look, forum, span)).map(row => row.number);
  const rows = numbers.length
    ? await db
        .select({ promise: c, partner: p.name })
        .from(c)
        .innerJoin(p, and(eq(p.forumId, c.forumId), eq(p.number, c.partner)))
        .where(and(eq(c.forumId, forumId), inArray(c.agreement, numbers)))
        .orderBy(asc(c.agreement), asc(c.item))
    : [];
  return sheetWith(
    m,
    'commitments',
    ['agreement', 'item', 'partner', 'what', 'promised', 'due', 'doneOn', 'note'],
    rows.map(({ promise, partner }) => [
      codeOf('agreement', promise.agreement),
      promise.item,
      partner,
      promise.what,
      moneyCell(promise.amount),
      dateCell(promise.due),
      dateCell(promise.doneOn),
      promise.note,
    ]),
  );
}
