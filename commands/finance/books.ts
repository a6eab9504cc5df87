import { main, mutation, optional, required } from '../../src/bot/command.ts';
import { money, paragraph } from '../../src/bot/kinds.ts';
import { entity } from '../../src/bot/references.ts';
import { period, refuseBackwards, spanOf, timeSpan } from '../../src/bot/time-kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { text, view } from '../../src/contract/view.ts';
import { codeOf } from '../../src/domain/codes.ts';
import { goalSource } from '../../src/domain/goals.ts';
import { budgetLines, setBudget } from '../../src/domain/money/budget.ts';
import { monthStep, stepMonth } from '../../src/domain/money/months.ts';
import { localDate } from '../../src/language/dates.ts';
import { budgetView } from '../../src/views/budget.ts';
import { category } from './common.ts';

/** Closes a month that is over: its figures stay as they are from then on. */
export const close = mutation({
  id: 'ux',
  name: 'close',
  words: m => m.finance.command.close,
  who: 'coordinator',
  options: { month: main(period('monthly')) },
  async run(ctx, { month: { key: month, end } }) {
    if (end >= localDate(ctx.now, ctx.forum.zone))
      throw new Refusal('conflict', m => m.finance.monthNotOver({ month }), { option: 'month' });
    const last = await monthStep(ctx.db, ctx.forumId, month);
    if (last?.state === 'closed') throw new Refusal('conflict', m => m.finance.closedAlready({ month }));
    await stepMonth(ctx.tx, ctx.forumId, { month, state: 'closed', reason: null, member: ctx.actor.member }, ctx.now);
    await ctx.record({ kind: 'ledger.closed', thing: 'forum', number: 0, data: { month } });
    return view(ctx.m.finance.monthClosed({ month }), { tone: 'good', blocks: [text(ctx.m.finance.closedHint)] });
  },
});

/** Opens a closed month again; why is kept. */
export const reopen = mutation({
  id: 'uo',
  name: 'reopen',
  words: m => m.finance.command.reopen,
  who: 'coordinator',
  options: { month: main(period('monthly')), reason: required(paragraph({ max: 500 })) },
  async run(ctx, { month: { key: month }, reason }) {
    const last = await monthStep(ctx.db, ctx.forumId, month);
    if (last?.state !== 'closed') throw new Refusal('conflict', m => m.finance.notClosed({ month }));
    await stepMonth(ctx.tx, ctx.forumId, { month, state: 'open', reason, member: ctx.actor.member }, ctx.now);
    await ctx.record({ kind: 'ledger.reopened', thing: 'forum', number: 0, data: { month, reason } });
    return view(ctx.m.finance.monthReopened({ month }), { tone: 'good' });
  },
});

/** Sets what may be spent on a goal; without an amount, shows what is left. */
export const budget = mutation({
  id: 'ub',
  name: 'budget',
  words: m => m.finance.command.budget,
  who: ['partner', 'coordinator'],
  options: {
    goal: main(entity(goalSource)),
    category: optional(category()),
    amount: optional(money()),
    from: optional(timeSpan()),
    to: optional(timeSpan()),
  },
  async run(ctx, { goal, amount, ...o }) {
    const year = localDate(ctx.now, ctx.forum.zone).slice(0, 4);
    const { from = `${year}-01-01`, to = `${year}-12-31` } = spanOf(o.from, o.to);
    refuseBackwards({ from, to });
    const lines = () => budgetLines(ctx.db, ctx.forumId, { goal: goal.number });
    if (amount === undefined) return budgetView(ctx, goal, await lines());
    if (!ctx.actor.coordinator) throw new Refusal('forbidden', m => m.core.forbidden({ who: m.roles.coordinator }));
    const line = { goal: goal.number, category: o.category ?? null, amount, from, to, setBy: ctx.actor.member };
    await setBudget(ctx.tx, ctx.forumId, line, ctx.now);
    await ctx.record({
      kind: 'budget.set',
      thing: 'goal',
      number: goal.number,
      data: { category: line.category, amount, from, to },
    });
    return budgetView(ctx, goal, await lines(), ctx.m.finance.budgetSet({ code: codeOf('goal', goal.number) }));
  },
});
