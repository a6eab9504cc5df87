import type { WriteContext } from '../../src/bot/act-context.ts';
import { main } from '../../src/bot/command.ts';
import { entity } from '../../src/bot/references.ts';
import { Refusal, type Refusals, refuseIf } from '../../src/contract/refusal.ts';
import { codeOf } from '../../src/domain/codes.ts';
import type { StrategyNo } from '../../src/domain/strategies/rules.ts';
import { type Strategy, strategySource } from '../../src/domain/strategies/store.ts';
import { formatDate, when } from '../../src/language/dates.ts';

export const code = (strategy: Pick<Strategy, 'number'>): string => codeOf('strategy', strategy.number);

/** The proposal that an action is about. */
export const theStrategy = { strategy: main(entity(strategySource)) };

export const isUndecided = ({ outcome }: Strategy): boolean => outcome === null;

/** The same of what is not decided yet. */
export const openStrategy = { strategy: main(entity(strategySource, { offers: isUndecided })) };

/** Returns what a proposal's posts are about. */
export const ballotTopic = (strategy: Strategy) => ({ kind: 'ballot', subject: String(strategy.number) });

/** Refuses for a reason of the voting rules, in the words of this act's zone. */
export function refuse(ctx: WriteContext, strategy: Strategy, reason: StrategyNo | null): void {
  const at = (instant: Date) => when(instant, ctx.zone, ctx.locale);
  const refusals: Refusals<StrategyNo> = {
    decided: () =>
      new Refusal('closed', m =>
        m.strategy.no.decided({
          code: code(strategy),
          outcome: strategy.outcome ? m.strategy.outcomes[strategy.outcome] : m.strategy.open,
        }),
      ),
    closed: no => new Refusal('closed', m => m.strategy.no.closed({ code: code(strategy), at: at(no.at) })),
    not_open: no => new Refusal('closed', m => m.strategy.no.notOpen({ code: code(strategy), at: at(no.at) })),
    not_elector: () => new Refusal('forbidden', m => m.strategy.no.notElector),
    needs_reason: () => new Refusal('missing_option', m => m.strategy.no.needsReason, { option: 'reason' }),
    reason_stands: () => new Refusal('conflict', m => m.strategy.no.reasonStands({ code: code(strategy) })),
    not_proposer: () => new Refusal('forbidden', m => m.strategy.no.notProposer),
    self_proxy: () => new Refusal('invalid_option', m => m.strategy.no.selfProxy, { option: 'partner' }),
    holder_not_elector: () => new Refusal('invalid_option', m => m.strategy.no.holderNotElector, { option: 'partner' }),
    holder_taken: () => new Refusal('conflict', m => m.strategy.no.holderTaken),
    earlier: () => new Refusal('invalid_option', m => m.strategy.no.earlier, { option: 'closes' }),
    not_carried: () => new Refusal('conflict', m => m.strategy.notCarried({ code: code(strategy) })),
    ended: () => new Refusal('closed', m => m.strategy.no.ended({ code: code(strategy) })),
    not_reviewed_yet: no =>
      new Refusal('forbidden', m =>
        m.strategy.no.notReviewedYet({ code: code(strategy), on: formatDate(no.on, ctx.locale) }),
      ),
    voted_as_other: () => new Refusal('conflict', m => m.strategy.no.votedAsOther),
    nothing_cast: () => new Refusal('conflict', m => m.strategy.no.nothingCast),
    no_proxy: () => new Refusal('conflict', m => m.strategy.no.noProxy),
    secret_open: () => new Refusal('conflict', m => m.strategy.no.secretOpen),
  };
  refuseIf(reason, refusals);
}

/** Brings every post about a proposal up to date and writes the audit. */
export async function changed(
  ctx: WriteContext,
  strategy: Strategy,
  kind: string,
  data: Record<string, unknown> = {},
): Promise<void> {
  await ctx.record({ kind: `strategy.${kind}`, thing: 'strategy', number: strategy.number, data });
  await ctx.stale(ballotTopic(strategy));
}
