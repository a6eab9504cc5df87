import { dateIn, instantsOf, type Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import type { Forum } from '../../domain/forums.ts';
import { listGoals } from '../../domain/goals.ts';
import type { Look } from '../../views/look.ts';
import { dateCell, type Sheet, sheetOf } from '../sheet.ts';
import { indicatorsIn } from './indicators.ts';

/** The goals there were in a time: set before its end or measured in it, and not closed before its beginning. */
export async function goalSheet(look: Look, forum: Forum, span: Span): Promise<Sheet> {
  const { db, forumId, m } = look;
  const measured = new Set((await indicatorsIn(look, forum, span)).map(({ indicator }) => indicator.goal));
  const [from, until] = instantsOf(span, forum.zone);
  const goals = (await listGoals(db, forumId)).filter(
    goal => (goal.createdAt < until || measured.has(goal.number)) && (goal.closedAt === null || goal.closedAt >= from),
  );
  return sheetOf(
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
