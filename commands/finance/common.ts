import * as z from 'zod';
import type { ReadContext, WriteContext } from '../../src/bot/act-context.ts';
import { choiceWord, invalid, type Kind, typedOf } from '../../src/bot/kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { activityByNumber } from '../../src/domain/activities.ts';
import { channelsOf } from '../../src/domain/forums.ts';
import { budgetLines, isNearlySpent } from '../../src/domain/money/budget.ts';
import type { Entry } from '../../src/domain/money/ledger.ts';
import { isClosed, monthOf } from '../../src/domain/money/months.ts';
import { coordinators } from '../../src/domain/people.ts';
import { cleanLine } from '../../src/language/clean.ts';

export const CATEGORY_LENGTH = 30;

const categoriesOf = (ctx: Pick<ReadContext, 'forum'>): readonly string[] => ctx.forum.settings.moneyCategories ?? [];

/** One of the forum's categories of money, by its name or the beginning of it; any word until the forum has listed some. */
export const category = (): Kind<string> => ({
  input: 'line',
  longest: CATEGORY_LENGTH,
  allowed: () => z.string().min(1).max(CATEGORY_LENGTH),
  print: value => value,
  accepts: m => m.finance.acceptsCategory,
  async read(raw, r) {
    const typed = cleanLine(typedOf(raw));
    const known = categoriesOf(r.ctx);
    if (!known.length && typed && typed.length <= CATEGORY_LENGTH) return typed;
    const wanted = choiceWord(typed);
    const exact = known.find(name => choiceWord(name) === wanted);
    const starting = wanted.length < 3 ? [] : known.filter(name => choiceWord(name).startsWith(wanted));
    const found = exact ?? (starting.length === 1 ? starting[0] : undefined);
    if (found !== undefined) return found;
    if (!known.length) throw invalid(this, raw, r);
    throw new Refusal('invalid_option', m =>
      m.core.invalidOption({ option: r.option, typed, accepts: m.core.acceptsChoice({ choices: known }) }),
    );
  },
  asMenu: true,
  async suggest(typed, ctx) {
    const wanted = choiceWord(typed);
    return categoriesOf(ctx)
      .filter(name => choiceWord(name).includes(wanted))
      .map(name => ({ value: name, label: name }));
  },
});

/** Refuses what would change a closed month, with the way to open it. @throws Refusal `closed`. */
export async function refuseClosed(ctx: ReadContext, date: string, option?: string): Promise<void> {
  if (!(await isClosed(ctx.db, ctx.forumId, date))) return;
  throw new Refusal('closed', m => m.finance.monthIsClosed({ month: monthOf(date) }), option ? { option } : {});
}

/** Tells the coordinators, once for each line, that a budget is nearly spent. */
export async function noticeBudget(ctx: WriteContext, entry: Entry): Promise<void> {
  const activity = entry.activity === null ? null : await activityByNumber(ctx.db, ctx.forumId, entry.activity);
  if (entry.direction !== 'out' || !activity?.goal) return;
  const lines = await budgetLines(ctx.db, ctx.forumId, { goal: activity.goal, on: entry.date });
  for (const line of lines.filter(isNearlySpent)) {
    const topic = { kind: 'budget', subject: String(line.number) };
    const occurrence = `budget:${line.number}`;
    await ctx.post(topic, { purpose: 'coordinators' }, { occurrence });
    if ((await channelsOf(ctx.db, ctx.forumId, 'coordinators')).length) continue;
    for (const { number } of await coordinators(ctx.db, ctx.forumId))
      await ctx.post(topic, { member: number }, { occurrence: `${occurrence}~${number}` });
  }
}
