import { dateIn, instantsOf, type Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import type { Forum } from '../../domain/forums.ts';
import { listGoals } from '../../domain/goals.ts';
import type { Look } from '../../views/look.ts';
import { dateCell, type Sheet, sheetWith } from '../sheet.ts';

/**
 * The goals that were not closed before a time. Those set after it are there too: what serves them may be entered late.
 */
export async function goalSheet({ db, forumId, m }: Look, forum: Forum, span: Span): Promise<Sheet> {
  const [from] = instantsOf(span, forum.zone);
  const goals = (await listGoals(db, forumId)).filter(goal => goal.closedAt === null || goal.closedAt >= from);
  return sheetWith(
    m,
    'goals',
    ['code', 'title', 'description', 'due', 'state', 'closedOn', 'closedWith'],
    goals.map(goal => [
      codeOf('goal', goal.number),
      goal.title,
      goal.description,
      dateCell(goal.due),
      goal.closedAt ? m.report.closed : m.report.open,
      dateCell(goal.closedAt && dateIn(goal.closedAt, forum.zone)),
      goal.outcome,
    ]),
  );
}
