import { mutation, required } from '../../src/bot/command.ts';
import { evidence } from '../../src/bot/references.ts';
import { indicatorCard } from '../../src/views/indicator.ts';
import { attachProof } from '../evidence.ts';
import { code, reportingFor, theIndicator } from './common.ts';

/** Adds evidence to what is reported already: the button after a report whose file could not be kept leads here. */
export const addProof = mutation({
  id: 'nv',
  name: 'evidence',
  hidden: true,
  words: m => m.indicator.command.evidence,
  who: 'member',
  options: { ...theIndicator, evidence: required(evidence()) },
  async run(ctx, { indicator, evidence: proof }) {
    if (!ctx.actor.coordinator) await reportingFor(ctx, indicator, undefined);
    const { number } = indicator;
    await attachProof(ctx, { thing: 'indicator', number }, proof);
    await ctx.record({ kind: 'indicator.evidence', thing: 'indicator', number });
    return indicatorCard(ctx, indicator, ctx.m.indicator.evidenceAdded({ code: code(indicator) }));
  },
});
