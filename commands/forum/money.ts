import { mutation, optional } from '../../src/bot/command.ts';
import { money as amount, line } from '../../src/bot/kinds.ts';
import { list } from '../../src/bot/references.ts';
import { facts, view } from '../../src/contract/view.ts';
import { changeForum } from '../../src/domain/forums.ts';
import { DEFAULT_MAX_ENTRY } from '../../src/domain/money/rules.ts';
import { formatMoney } from '../../src/language/numbers.ts';
import { CATEGORY_LENGTH } from '../finance/common.ts';

/** Maximum of categories: more would not fit a menu. */
const CATEGORIES = 25;

/** Sets the maximum of one entry and the categories of spending; with neither given, shows them. */
export const money = mutation({
  id: 'fg',
  name: 'money',
  words: m => m.forum.command.money,
  who: 'coordinator',
  options: {
    max_entry: optional(amount()),
    categories: optional(list(line({ max: CATEGORY_LENGTH }), { max: CATEGORIES })),
  },
  async run(ctx, { max_entry: maxEntry, categories }) {
    const { settings } = ctx.forum;
    const given = {
      ...(maxEntry !== undefined && { maxEntry }),
      ...(categories && { moneyCategories: categories }),
    };
    const now = { ...settings, ...given };
    const changed = Object.keys(given);
    if (changed.length) {
      await changeForum(ctx.tx, ctx.forumId, { settings: now });
      await ctx.record({ kind: 'forum.changed', thing: 'forum', number: 0, data: { changed } });
    }
    const w = ctx.m.forum;
    return view(changed.length ? w.saved : w.money, {
      ...(changed.length && { tone: 'good' }),
      blocks: [
        facts([
          [w.maxEntry, formatMoney(now.maxEntry ?? DEFAULT_MAX_ENTRY, ctx.locale)],
          [w.categories, now.moneyCategories?.join(', ') ?? w.noCategories],
        ]),
      ],
    });
  },
});
