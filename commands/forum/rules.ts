import { mutation, optional } from '../../src/bot/command.ts';
import { choice } from '../../src/bot/kinds.ts';
import { permit } from '../../src/bot/permit.ts';
import { changeForum } from '../../src/domain/forums.ts';
import { type Floors, floorsOf } from '../../src/domain/strategies/floors.ts';
import { rulesCard } from '../../src/views/rules.ts';
import { duration, quorum, threshold } from '../strategy/kinds.ts';

/** Shows the floors of the forum's decisions to everybody; a coordinator sets them, and the forum is told. */
export const rules = mutation({
  id: 'fr',
  name: 'rules',
  words: m => m.forum.command.rules,
  who: 'member',
  options: {
    basis: optional(choice(['partner', 'member'], m => m.strategy.bases)),
    quorum: optional(quorum()),
    threshold: optional(threshold()),
    shortest: optional(duration()),
  },
  async run(ctx, { basis, quorum: least, threshold: share, shortest }) {
    const { settings } = ctx.forum;
    const set: Partial<Floors> = {
      ...(basis && { basis }),
      ...(least && { quorum: least }),
      ...(share && { threshold: share }),
      ...(shortest && { shortestMs: shortest }),
    };
    if (!Object.keys(set).length) return rulesCard(ctx, settings);
    permit(ctx.roles, { who: 'coordinator' });
    const changed = { ...settings, rules: { ...settings.rules, ...set } };
    await changeForum(ctx.tx, ctx.forumId, { settings: changed });
    const data = { before: floorsOf(settings), after: floorsOf(changed) };
    await ctx.record({ kind: 'forum.rules', thing: 'forum', number: 0, data });
    await ctx.post({ kind: 'rules', subject: String(ctx.actor.member) }, { purpose: 'announce' });
    return rulesCard(ctx, changed, ctx.m.forum.rulesChanged({ by: ctx.actor.name }));
  },
});
