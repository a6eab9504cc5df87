import { and, asc, eq, lt } from 'drizzle-orm';
import type { RenderContext } from '../../contract/render-context.ts';
import type { Action } from '../../domain/actions/row.ts';
import { actionState } from '../../domain/actions/rules.ts';
import { instantsOf, type Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import { earlierThan, restored } from '../../domain/earlier.ts';
import type { Forum } from '../../domain/forums.ts';
import { namesBefore } from '../../domain/partners.ts';
import { originCode } from '../../views/action.ts';
import { dateCell, moneyCell, type Sheet, sheetWith } from '../sheet.ts';

/** The actions that were written down before the end of a time and that all may see, as they were at its end. */
export async function actionsIn({ db, forumId }: RenderContext, forum: Forum, span: Span): Promise<Action[]> {
  const { actions: a } = db.tables;
  const [, until] = instantsOf(span, forum.zone);
  const rows = await db
    .select()
    .from(a)
    .where(and(eq(a.forumId, forumId), eq(a.isPrivate, false), lt(a.createdAt, until)))
    .orderBy(asc(a.number));
  const earlier = await earlierThan(db, forumId, 'action', until);
  return rows
    .map(row => restored(row, earlier, ['doneAt', 'cancelledAt']))
    .map(row => (row.doneOn !== null && row.doneOn > span.to ? { ...row, doneOn: null, result: null } : row));
}

/**
 * Lists the actions that were still to be done in the time, or were done or cancelled in it. Their owners are left out,
 * as all people's names are.
 */
export async function actionSheet(context: RenderContext, forum: Forum, span: Span): Promise<Sheet> {
  const { m } = context;
  const [from, until] = instantsOf(span, forum.zone);
  const rows = (await actionsIn(context, forum, span)).filter(
    row => (row.doneOn === null || row.doneOn >= span.from) && (row.cancelledAt === null || row.cancelledAt >= from),
  );
  const names = await namesBefore(context.db, context.forumId, until);
  return sheetWith(
    m,
    'actions',
    ['code', 'from', 'title', 'partner', 'promised', 'due', 'doneOn', 'state', 'note'],
    rows.map(row => [
      codeOf('action', row.number),
      originCode(context, row),
      row.title,
      (row.partner !== null && names.get(row.partner)) || null,
      moneyCell(row.amount),
      dateCell(row.due),
      dateCell(row.doneOn),
      m.action.states[actionState(row, span.to)],
      row.result ?? row.cancelReason,
    ]),
  );
}
