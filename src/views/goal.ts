import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Block, facts, list, note, opening, quote, table, text, type View, view } from '../contract/view.ts';
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
import { nextPage, placeNote, readOn } from './paging.ts';

/** Maximum number of activities that are counted: more are shown as "50+". */
const COUNTED = 50;

/** One goal and how it is measured; `head` says what just happened to it. */
export async function goalCard(context: RenderContext, goal: Goal, head?: Text): Promise<View> {
  const w = context.m.goal;
  const { rows, more } = await listActivities(context.db, context.forumId, { goal: goal.number }, COUNTED);
  const indicators = await listIndicators(context.db, context.forumId, goal.number);
  const code = codeOf('goal', goal.number);
  const titled = t`${code} ${goal.title}`;
  return view(head ?? titled, {
    tone: goal.closedAt || head ? 'good' : 'plain',
    blocks: [
      head ? text(titled) : null,
      goal.description ? opening(quote(goal.description), readOn(context, code)) : null,
      facts([
        [w.state, goal.closedAt ? w.closedState : w.open],
        [w.due, goal.due && formatDate(goal.due, context.locale)],
        [w.outcome, goal.outcome],
        [w.sector, goal.sector],
        [w.activities, rows.length ? `${rows.length}${more ? '+' : ''}` : null],
      ]),
      goal.narrative ? quote(goal.narrative) : null,
      indicators.length ? await indicatorTable(context, indicators) : text(w.noMeasure),
    ],
    controls: [goal.closedAt ? [] : [button(context.m, 'addMeasure', 'na', { goal: code })]],
  });
}

/** The history of a goal, a line a change. */
export async function goalHistory(context: RenderContext, goal: Goal): Promise<Block | null> {
  const { history, command } = context.m.goal;
  const events = await historyOf(context.db, context.forumId, 'goal', goal.number);
  const lines = events.map(({ kind, at, name, data }) => {
    const what =
      kind === 'goal.changed'
        ? history.changed({ what: changedText(context, command.edit.options, data.changed) })
        : kind === 'goal.narrative'
          ? history.narrated
          : kind === 'goal.closed'
            ? history.closed
            : history.added;
    return t`${when(at, context.zone, context.locale)} · ${name ?? context.m.core.bot} ${what}`;
  });
  return list(lines);
}

/** The goals of a forum; an open one that no indicator measures is marked. */
export async function goalList(context: RenderContext, page: Page<Goal>): Promise<View> {
  const { rows: goals } = page;
  const w = context.m.goal;
  const indicators = await listIndicators(context.db, context.forumId);
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
          goal.due ? formatDate(goal.due, context.locale, 'short') : context.m.core.none,
          state(goal),
        ]),
      ),
      goals.some(isBare) ? note(w.unmeasured) : null,
      await placeNote(context, page),
    ],
    controls: [nextPage(context, page, 'gl', last => ({ after: String(last.number) }))],
  });
}
