import type { WriteContext } from '../../src/bot/act-context.ts';
import { main, mutation, optional } from '../../src/bot/command.ts';
import { choice, flag, instant, line, number, paragraph, whole } from '../../src/bot/kinds.ts';
import { permit, rolesFor } from '../../src/bot/permit.ts';
import { entity } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { note, type View } from '../../src/contract/view.ts';
import { goalSource } from '../../src/domain/goals.ts';
import { indicatorSource } from '../../src/domain/indicators/store.ts';
import { issueSource } from '../../src/domain/issues/store.ts';
import { electorateNow } from '../../src/domain/strategies/electorate.ts';
import {
  belowFloors,
  type Floors,
  floorsOf,
  quorumFloor,
  strongerShare,
  usualQuorum,
} from '../../src/domain/strategies/floors.ts';
import { openVote, planVote } from '../../src/domain/strategies/opening.ts';
import { mayBeEnded } from '../../src/domain/strategies/rules.ts';
import { addStrategy, strategyByNumber, strategySource } from '../../src/domain/strategies/store.ts';
import { type Rule, THRESHOLD } from '../../src/domain/strategies/threshold.ts';
import { when } from '../../src/language/dates.ts';
import type { Messages } from '../../src/language/messages.ts';
import { ballotCard } from '../../src/views/ballot.ts';
import { floorText } from '../../src/views/rules.ts';
import { target as setTarget } from '../indicator/agree.ts';
import { ballotTopic, changed, code, refuse } from './common.ts';
import { offerReason } from './explain.ts';
import { quorum, threshold } from './kinds.ts';

const WEEK_MS = 7 * 86_400_000;

type Profile = keyof Messages['strategy']['profiles'];

/** Ready rules. Consensus comes first, as the guide's dialogue does; the others are the vote as a fallback. */
const PROFILES: Readonly<Record<Profile, Pick<Rule, 'method' | 'threshold'>>> = {
  consensus: { method: 'consent', threshold: THRESHOLD },
  two_thirds: { method: 'majority', threshold: THRESHOLD },
  simple: { method: 'majority', threshold: { numerator: 1, denominator: 2, compare: 'more_than' } },
};

/** The option that answers for each part of a rule. */
const OPTIONS = { basis: 'basis', quorum: 'quorum', threshold: 'threshold', shortestMs: 'closes' } as const;

/** Refuses a rule that is weaker or shorter than the forum's, unless a coordinator has said why it is urgent. */
async function keepFloors(ctx: WriteContext, rule: Rule, floors: Floors, openMs: number): Promise<void> {
  if (rule.urgent !== undefined) {
    if (!ctx.roles.has('coordinator'))
      throw new Refusal('forbidden', m => m.strategy.no.notUrgent, { option: 'urgent' });
    return;
  }
  const { units } = await electorateNow(ctx.db, ctx.forumId, rule.basis);
  const below = belowFloors(rule, floors, { electorate: units.length, openMs });
  if (!below) return;
  throw new Refusal('forbidden', m => m.strategy.no.belowFloor({ floor: floorText(m, ctx.locale, floors)[below] }), {
    option: OPTIONS[below],
  });
}

export const propose = mutation({
  id: 'sp',
  name: 'propose',
  words: m => m.strategy.command.propose,
  who: 'member',
  options: {
    title: main(line({ max: 200 })),
    change: optional(paragraph()),
    rationale: optional(paragraph()),
    goal: optional(entity(goalSource)),
    issue: optional(entity(issueSource)),
    indicator: optional(entity(indicatorSource)),
    target: optional(number()),
    closes: optional(instant()),
    opens: optional(instant('08:00')),
    basis: optional(choice(['partner', 'member'], m => m.strategy.bases)),
    method: optional(choice(['consent', 'majority'], m => m.strategy.methods)),
    quorum: optional(quorum()),
    threshold: optional(threshold()),
    sectors: optional(whole({ min: 0, max: 100 })),
    secret: optional(flag()),
    early: optional(flag()),
    profile: optional(choice(['consensus', 'two_thirds', 'simple'], m => m.strategy.profiles)),
    urgent: optional(paragraph({ max: 500 })),
    ends: optional(entity(strategySource)),
  },
  async run(ctx, o): Promise<View> {
    // A carried vote sets the target by itself: it is put by those who answer for targets, or speak for a partner.
    if (o.target !== undefined) permit(ctx.roles, { who: ['representative', ...rolesFor(setTarget)] });
    if (o.ends) refuse(ctx, o.ends, mayBeEnded(o.ends));
    const floors = floorsOf(ctx.forum.settings);
    const opensAt = o.opens && o.opens > ctx.now ? o.opens : ctx.now;
    const closesAt = o.closes ?? new Date(opensAt.getTime() + Math.max(WEEK_MS, floors.shortestMs));
    if (closesAt <= opensAt) throw new Refusal('invalid_option', m => m.strategy.tooShort, { option: 'closes' });
    if (o.target !== undefined && !o.indicator)
      throw new Refusal('missing_option', m => m.strategy.targetOfWhat, { option: 'indicator' });
    const profile = PROFILES[o.profile ?? 'consensus'];
    // A profile named for its threshold means it; without one the vote takes what the forum asks for.
    const usual = (o.profile ?? 'consensus') === 'consensus' ? strongerShare(THRESHOLD, floors.threshold) : null;
    const asked = o.quorum ?? usualQuorum(floors);
    const rule: Rule = {
      version: 1,
      basis: o.basis ?? floors.basis,
      method: o.method ?? profile.method,
      quorum: asked,
      threshold: o.threshold ?? usual ?? profile.threshold,
      perSector: o.sectors ?? 0,
      secret: o.secret ?? false,
      early: o.early ?? false,
      ...(o.urgent === undefined ? quorumFloor(asked, floors) : { urgent: o.urgent }),
    };
    const judged = o.quorum ? rule : { ...rule, quorum: floors.quorum };
    await keepFloors(ctx, judged, floors, closesAt.getTime() - opensAt.getTime());
    const proposal = await addStrategy(
      ctx.tx,
      ctx.forumId,
      {
        title: o.title,
        change: o.change ?? o.title,
        ends: o.ends?.number ?? null,
        rationale: o.rationale ?? '',
        goal: o.goal?.number ?? null,
        issue: o.issue?.number ?? null,
        indicator: o.indicator?.number ?? null,
        newTarget: o.target ?? null,
        rule,
        proposedBy: ctx.actor.member,
        opensAt,
        closesAt,
      },
      ctx.now,
    );
    await changed(ctx, proposal, 'proposed', { rule, profile: o.profile ?? 'consensus' });
    const w = ctx.m.strategy;
    if (opensAt > ctx.now) {
      await ctx.plan(...planVote(proposal));
      const at = when(opensAt, ctx.zone, ctx.locale);
      return offerReason(ctx, proposal, await ballotCard(ctx, proposal, w.scheduled({ code: code(proposal), at })));
    }
    const opened = await openVote(ctx.tx, proposal, ctx.now);
    if (!opened) throw new Refusal('conflict', m => m.strategy.nobody);
    await ctx.plan(...planVote(proposal));
    await ctx.post(ballotTopic(proposal), { purpose: 'announce' });
    const now = (await strategyByNumber(ctx.db, ctx.forumId, proposal.number))!;
    const card = await offerReason(ctx, now, await ballotCard(ctx, now, w.proposed({ code: code(proposal) })));
    const names = opened.leftOut.join(', ');
    return names ? { ...card, blocks: [...card.blocks, note(w.leftOut({ names }))] } : card;
  },
});
