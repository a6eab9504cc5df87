import { mutation, query, required } from '../../src/bot/command.ts';
import { whole } from '../../src/bot/kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { text, view } from '../../src/contract/view.ts';
import {
  answerPulse,
  askedBy,
  begun,
  lastClosed,
  nextTheme,
  openOne,
  openPulse,
  pulseCloses,
} from '../../src/domain/engagement/pulse.ts';
import { when } from '../../src/language/dates.ts';
import { pulseEnd } from '../../src/schedule/engagement.ts';
import { pulseQuestion, pulseResult } from '../../src/views/partnership.ts';

export const pulse = mutation({
  id: 'yo',
  name: 'pulse',
  words: m => m.partnership.command.pulse,
  who: 'coordinator',
  options: {},
  async run(ctx) {
    const w = ctx.m.partnership;
    const open = await openOne(ctx.db, ctx.forumId);
    const closes = (at: Date) => w.closesAt({ at: [when(at, ctx.zone, ctx.locale)] });
    if (open)
      return view(w.pulseOpen, {
        blocks: [text(w.begun({ n: await begun(ctx.db, open) })), text(closes(open.closesAt))],
      });
    const closesAt = pulseCloses(ctx.now);
    const made = await openPulse(ctx.tx, ctx.forumId, closesAt, ctx.newId(), ctx.now);
    await ctx.record({ kind: 'pulse.opened', thing: 'forum', number: 0 });
    await ctx.plan(pulseEnd(made));
    const asked = await askedBy(ctx.db, ctx.forumId);
    for (const member of asked) await ctx.post({ kind: 'pulse', subject: String(made.number) }, { member });
    return view(w.pulseSent({ n: asked.length }), { tone: 'good', blocks: [text(closes(closesAt))] });
  },
});

/** An answer: only the sums are kept, and nothing is written into the audit. */
export const answer = mutation({
  id: 'yp',
  name: 'answer',
  hidden: true,
  words: m => m.partnership.command.answer,
  who: 'representative',
  options: {
    pulse: required(whole({ min: 1 })),
    theme: required(whole({ min: 1, max: 7 })),
    score: required(whole({ min: 1, max: 5 })),
  },
  async run(ctx, o) {
    const w = ctx.m.partnership;
    const open = await openOne(ctx.db, ctx.forumId);
    if (open?.number !== o.pulse || open.closesAt <= ctx.now) throw new Refusal('closed', m => m.partnership.pulseOver);
    const who = { member: ctx.actor.member, partner: ctx.actor.seat!.partner };
    const counted = await answerPulse(ctx.tx, open, who, o.theme, o.score);
    const next = await nextTheme(ctx.db, open, who);
    if (next === null) return view(w.thanks, { tone: 'good', blocks: [text(w.thanksHint)] });
    return pulseQuestion(ctx, open, next, counted ? w.counted : w.countedBefore);
  },
});

export const results = query({
  id: 'yr',
  name: 'results',
  words: m => m.partnership.command.results,
  who: 'member',
  options: {},
  async run(ctx) {
    const last = await lastClosed(ctx.db, ctx.forumId);
    return last ? pulseResult(ctx, last) : view(ctx.m.partnership.noPulse);
  },
});
