import { facts, quote, text, type View, view } from '../bot/view.ts';
import { listActivities } from '../domain/activities.ts';
import { codeOf } from '../domain/codes.ts';
import type { Goal } from '../domain/goals.ts';
import { formatDate } from '../language/dates.ts';
import { type Text, t } from '../language/text.ts';
import type { Look } from './look.ts';

/** More activities than this are shown as "50+". */
const COUNTED = 50;

/** One goal; `head` says what just happened to it. */
export async function goalCard(look: Look, goal: Goal, head?: Text): Promise<View> {
  const w = look.m.goal;
  const { rows, more } = await listActivities(look.db, look.forumId, { goal: goal.number }, COUNTED);
  const titled = t`${codeOf('goal', goal.number)} ${goal.title}`;
  return view(head ?? titled, {
    tone: goal.closedAt || head ? 'good' : 'plain',
    blocks: [
      head ? text(titled) : null,
      goal.description ? quote(goal.description) : null,
      facts([
        [w.state, goal.closedAt ? w.closedState : w.open],
        [w.due, goal.due && formatDate(goal.due, look.locale)],
        [w.outcome, goal.outcome],
        [w.activities, rows.length ? `${rows.length}${more ? '+' : ''}` : null],
      ]),
    ],
  });
}
