import type { RenderContext } from '../../contract/render-context.ts';
import { dateIn, instantsOf, type Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import { earlierThan, restored } from '../../domain/earlier.ts';
import type { Forum } from '../../domain/forums.ts';
import { type Goal, listGoals } from '../../domain/goals.ts';
import { dateCell, type Sheet, sheetWith } from '../sheet.ts';

/** All goals, as they were at the end of a time. */
export async function goalsAtEnd({ db, forumId }: RenderContext, { zone }: Forum, span: Span): Promise<Goal[]> {
  const [, until] = instantsOf(span, zone);
  const earlier = await earlierThan(db, forumId, 'goal', until);
  return (await listGoals(db, forumId))
    .map(goal => restored(goal, earlier))
    .map(goal => (goal.closedAt && goal.closedAt >= until ? { ...goal, closedAt: null, outcome: null } : goal));
}

/**
 * The goals that were not closed before a time, as they were at its end. Those set after it are there too: what serves
 * them may be entered late.
 */
export async function goalSheet(context: RenderContext, forum: Forum, span: Span): Promise<Sheet> {
  const { m } = context;
  const [from] = instantsOf(span, forum.zone);
  const all = await goalsAtEnd(context, forum, span);
  const goals = all.filter(goal => goal.closedAt === null || goal.closedAt >= from);
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
