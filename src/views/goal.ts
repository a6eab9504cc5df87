import { button } from '../bot/buttons.ts';
import { type Block, facts, list, note, opening, quote, table, text, type View, view } from '../bot/view.ts';
import { listActivities } from '../domain/activities.ts';
import { historyOf } from '../domain/audit.ts';
import { codeOf } from '../domain/codes.ts';
import type { Goal } from '../domain/goals.ts';
import { listIndicators } from '../domain/indicators/store.ts';
import type { Page } from '../domain/page.ts';
import { formatDate, when } from '../language/dates.ts';
import { type Text, t } from '../language/text.ts';
import { changedText } from './changed.ts';
import { indicatorTable } from './indicator.ts';
import type { Look } from './look.ts';
import { nextPage, placeNote, readOn } from './paging.ts';

/** More activities than this are shown as "50+". */
const COUNTED = 50;

/** One goal and how it is measured; `head` says what just happened to it. */
export async function goalCard(look: Look, goal: Goal, head?: Text): Promise<View> {
  const w = look.m.goal;
  const { rows, more } = await listActivities(look.db, look.forumId, { goal: goal.number }, COUNTED);
  const indicators = await listIndicators(look.db, look.forumId, goal.number);
  const code = codeOf('goal', goal.number);
  const titled = t`${code} ${goal.title}`;
  return view(head ?? titled, {
    tone: goal.closedAt || head ? 'good' : 'plain',
    blocks: [
      head ? text(titled) : null,
      goal.description ? opening(quote(goal.description), readOn(look, code)) : null,
      facts([
        [w.state, goal.closedAt ? w.closedState : w.open],
        [w.due, goal.due && formatDate(goal.due, look.locale)],
        [w.outcome, goal.outcome],
        [w.activities, rows.length ? `${rows.length}${more ? '+' : ''}` : null],
      ]),
      indicators.length ? await indicatorTable(look, indicators) : text(w.noMeasure),
    ],
    controls: [goal.closedAt ? [] : [button(look.m, 'addMeasure', 'na', { goal: code })]],
  });
}

/** The history of a goal, a line a change. */
export async function goalHistory(look: Look, goal: Goal): Promise<Block | null> {
  const { history, command } = look.m.goal;
  const events = await historyOf(look.db, look.forumId, 'goal', goal.number);
  const lines = events.map(({ kind, at, name, data }) => {
    const what =
      kind === 'goal.changed'
        ? history.changed({ what: changedText(look, command.edit.options, data.changed) })
        : kind === 'goal.closed'
          ? history.closed
          : history.added;
    return t`${when(at, look.zone, look.locale)} · ${name ?? look.m.core.bot} ${what}`;
  });
  return list(lines);
}

/** The goals of a forum; an open one that no indicator measures is marked. */
export async function goalList(look: Look, page: Page<Goal>): Promise<View> {
  const { rows: goals } = page;
  const w = look.m.goal;
  const indicators = await listIndicators(look.db, look.forumId);
  const measured = new Set(indicators.map(one => one.goal));
  const isBare = (goal: Goal): boolean => !goal.closedAt && !measured.has(goal.number);
  const state = (goal: Goal): string => (goal.closedAt ? w.closedState : isBare(goal) ? `${w.open} ▲` : w.open);
  return view(w.list, {
    blocks: [
      goals.length ? null : text(w.empty),
      table(
        [w.title, w.due, w.state],
        goals.map(goal => [
          t`${codeOf('goal', goal.number)} ${goal.title}`,
          goal.due ? formatDate(goal.due, look.locale, 'short') : look.m.core.none,
          state(goal),
        ]),
      ),
      goals.some(isBare) ? note(w.unmeasured) : null,
      await placeNote(look, page),
    ],
    controls: [nextPage(look, page, 'gl', last => ({ after: String(last.number) }))],
  });
}
