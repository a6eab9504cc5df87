import { z } from 'zod';
import { deed, main, optional } from '../../src/bot/command.ts';
import { choice, flag, instant, type Kind, line, number, paragraph, typedOf, whole } from '../../src/bot/kinds.ts';
import { entity } from '../../src/bot/references.ts';
import { Refusal } from '../../src/bot/refusal.ts';
import { note, type View } from '../../src/bot/view.ts';
import { goalSource } from '../../src/domain/goals.ts';
import { indicatorSource } from '../../src/domain/indicators/store.ts';
import { issueSource } from '../../src/domain/issues/store.ts';
import { openVote, planVote } from '../../src/domain/strategies/opening.ts';
import { printShare, type Rule, readShare, type Share } from '../../src/domain/strategies/share.ts';
import { addStrategy, strategyByNumber } from '../../src/domain/strategies/store.ts';
import { QUORUM, THRESHOLD } from '../../src/domain/strategies/tally.ts';
import { when } from '../../src/language/dates.ts';
import type { Messages } from '../../src/language/messages.ts';
import { ballotCard } from '../../src/views/ballot.ts';
import { ballotTopic, changed, code } from './common.ts';
import { offerReason } from './explain.ts';

const WEEK_MS = 7 * 86_400_000;

/** A share, or for a quorum a plain number of voters. */
const shareOf = <T extends Rule['quorum']>(
  read: (typed: string) => T | null,
  accepts: Kind<T>['accepts'],
): Kind<T> => ({
  input: 'line',
  allowed: z.custom<T>(value => typeof value === 'object'),
  print: value => ('count' in value ? String(value.count) : printShare(value)),
  accepts,
  async read(raw, r) {
    const typed = typedOf(raw);
    const value = read(typed);
    if (value) return value;
    throw new Refusal('invalid_option', m =>
      m.core.invalidOption({ option: r.option, typed, accepts: accepts(m, r.ctx) }),
    );
  },
});

const threshold = () => shareOf<Share>(readShare, m => m.strategy.acceptsShare);
const quorum = () =>
  shareOf<Rule['quorum']>(
    typed => (/^\d{1,6}$/.test(typed.trim()) && Number(typed) > 0 ? { count: Number(typed) } : readShare(typed)),
    m => m.strategy.acceptsQuorum,
  );

type Profile = keyof Messages['strategy']['profiles'];

/** Ready rules. Consensus comes first, as the guide's dialogue does; the others are the vote as a fallback. */
const PROFILES: Readonly<Record<Profile, Pick<Rule, 'method' | 'quorum' | 'threshold'>>> = {
  consensus: { method: 'consent', quorum: QUORUM, threshold: THRESHOLD },
  two_thirds: { method: 'majority', quorum: QUORUM, threshold: THRESHOLD },
  simple: { method: 'majority', quorum: QUORUM, threshold: { numerator: 1, denominator: 2, compare: 'more_than' } },
};

export const propose = deed({
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
  },
  async run(ctx, o): Promise<View> {
    const opensAt = o.opens && o.opens > ctx.now ? o.opens : ctx.now;
    const closesAt = o.closes ?? new Date(opensAt.getTime() + WEEK_MS);
    if (closesAt <= opensAt) throw new Refusal('invalid_option', m => m.strategy.tooShort, { option: 'closes' });
    if (o.target !== undefined && !o.indicator)
      throw new Refusal('missing_option', m => m.strategy.targetOfWhat, { option: 'indicator' });
    const profile = PROFILES[o.profile ?? 'consensus'];
    const rule: Rule = {
      version: 1,
      basis: o.basis ?? 'partner',
      method: o.method ?? profile.method,
      quorum: o.quorum ?? profile.quorum,
      threshold: o.threshold ?? profile.threshold,
      perSector: o.sectors ?? 0,
      secret: o.secret ?? false,
      early: o.early ?? false,
    };
    const proposal = await addStrategy(
      ctx.tx,
      ctx.forumId,
      {
        title: o.title,
        change: o.change ?? o.title,
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
