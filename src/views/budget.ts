import type { PostType } from '../contract/post-type.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { note, type Tone, table, text, type View, view } from '../contract/view.ts';
import { codeOf } from '../domain/codes.ts';
import { type Goal, goalByNumber } from '../domain/goals.ts';
import { type BudgetLine, budgetByNumber, isNearlySpent, withSpending } from '../domain/money/budget.ts';
import { formatDate } from '../language/dates.ts';
import { formatMoney, formatPercent } from '../language/numbers.ts';
import { type Text, t } from '../language/text.ts';

/** The budget of a goal: a line a category and time, with plan, actual and what remains. */
export function budgetView(context: RenderContext, goal: Goal, lines: readonly BudgetLine[], head?: Text): View {
  const { m, locale } = context;
  const w = m.finance;
  const day = (date: string): string => formatDate(date, locale, 'short');
  const money = (amount: number | bigint): string => formatMoney(amount, locale);
  return view(head ?? w.budgetOf({ code: codeOf('goal', goal.number), title: goal.title }), {
    ...toneOf(lines, head !== undefined),
    blocks: [
      lines.length ? null : text(w.noBudget),
      table(
        [w.category, w.budgetTime, w.plan, w.actual, w.remaining, w.spentShare],
        lines.map(line => [
          line.category ?? w.wholeGoal,
          `${day(line.from)} – ${day(line.to)}`,
          money(line.amount),
          money(line.spent),
          money(line.left),
          formatPercent(line.spent, line.amount, locale),
        ]),
        [2, 3, 4, 5],
      ),
      lines.length ? note(w.budgetHint) : null,
    ],
  });
}

/** A line that is overspent, or nearly, is seen at once. */
function toneOf(lines: readonly BudgetLine[], isAnswer: boolean): { tone: Tone } {
  if (lines.some(line => line.left < 0n)) return { tone: 'bad' };
  if (lines.some(isNearlySpent)) return { tone: 'warning' };
  return { tone: isAnswer ? 'good' : 'plain' };
}

/** A line of a budget is nearly spent: told to the coordinators. */
export const budgetNotice: PostType = {
  keptCurrent: false,
  async view(context, subject) {
    const line = await budgetByNumber(context.db, context.forumId, Number(subject));
    const goal = line && (await goalByNumber(context.db, context.forumId, line.goal));
    if (!line || !goal) return { suppressed: 'gone' };
    const now = await withSpending(context.db, line);
    if (!isNearlySpent(now)) return { suppressed: 'no longer nearly spent' };
    const said = { name: t`${codeOf('goal', goal.number)} ${line.category ?? context.m.finance.wholeGoal}` };
    return { ...budgetView(context, goal, [now], context.m.finance.nearlySpent(said)) };
  },
};
