import type { ReadContext } from '../../src/bot/act-context.ts';
import { mutation, required } from '../../src/bot/command.ts';
import { paragraph } from '../../src/bot/kinds.ts';
import { button } from '../../src/contract/buttons.ts';
import type { View } from '../../src/contract/view.ts';
import { hasBallots } from '../../src/domain/strategies/ballots.ts';
import { isProposerOr, mayBeExplained, mayBeSteered, type StrategyNo } from '../../src/domain/strategies/rules.ts';
import { changeStrategy, type Strategy } from '../../src/domain/strategies/store.ts';
import { ballotCard } from '../../src/views/ballot.ts';
import { changed, code, refuse, theStrategy } from './common.ts';

/** Returns the reason that keeps this person from adding a rationale to a proposal now; null: they may. */
const whyNot = async (ctx: ReadContext, strategy: Strategy): Promise<StrategyNo | null> =>
  mayBeSteered(strategy, ctx.now) ??
  isProposerOr(ctx.actor, strategy) ??
  mayBeExplained(strategy, !strategy.rationale && (await hasBallots(ctx.db, strategy)));

/** Offers the form for a reason to those who may add one, below the proposal. */
export async function offerReason(ctx: ReadContext, strategy: Strategy, card: View): Promise<View> {
  if (await whyNot(ctx, strategy)) return card;
  const offer = button(ctx.m, 'addReason', 'sn', { strategy: code(strategy) });
  return { ...card, controls: [...card.controls, [offer]] };
}

export const explain = mutation({
  id: 'sn',
  name: 'explain',
  hidden: true,
  words: m => m.strategy.command.explain,
  who: 'member',
  options: { ...theStrategy, rationale: required(paragraph()) },
  async run(ctx, { strategy, rationale }) {
    refuse(ctx, strategy, await whyNot(ctx, strategy));
    const explained = await changeStrategy(ctx.tx, strategy, { rationale });
    await changed(ctx, explained, 'explained', { after: rationale });
    return ballotCard(ctx, explained, ctx.m.strategy.explained({ code: code(strategy) }));
  },
});
