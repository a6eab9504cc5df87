import type { WriteContext } from '../../src/bot/act-context.ts';
import { main, mutation, required } from '../../src/bot/command.ts';
import { choice } from '../../src/bot/kinds.ts';
import { entity, member } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { text, type View, view } from '../../src/contract/view.ts';
import { guestsOf } from '../../src/domain/guests.ts';
import { type Partner, partnerByNumber, partnerSource, seat } from '../../src/domain/partners.ts';
import { actsFor, type Member } from '../../src/domain/people.ts';
import { answerersFor, askForSeat, dropRequest, seatRequestOf } from '../../src/domain/seat-requests.ts';
import { seatRequestWaits } from '../../src/schedule/seats.ts';
import { takesPart } from './names.ts';

/** Returns what the messages about a request are about. */
const requestTopic = (partner: number, member: number) => ({ kind: 'seat_request', subject: `${partner}:${member}` });

/** Seats the person who asked, and brings the request's messages up to date. */
async function seated(ctx: WriteContext, who: Member, partner: Partner): Promise<void> {
  await seat(ctx.tx, who, partner, 'member', ctx.now);
  const data = { member: who.number };
  await ctx.record({ kind: 'partner.joined', thing: 'partner', number: partner.number, data });
  await ctx.stale(requestTopic(partner.number, who.number));
}

export const join = mutation({
  id: 'pj',
  name: 'join',
  words: m => m.partner.command.join,
  who: 'member',
  options: { partner: main(entity(partnerSource)) },
  async run(ctx, { partner }) {
    takesPart(partner);
    const sits = ctx.actor.seat;
    if (sits) {
      const there = await partnerByNumber(ctx.db, ctx.forumId, sits.partner);
      throw new Refusal('conflict', m => m.partner.alreadySits({ partner: there?.name ?? '' }));
    }
    if ((await guestsOf(ctx.db, ctx.forumId)).has(ctx.actor.member))
      throw new Refusal('forbidden', m => m.partner.guestsAreSeated);
    const me = (await ctx.memberByNumber(ctx.actor.member))!;
    const w = ctx.m.partner;
    const said = { member: me.name, partner: partner.name };
    // A coordinator would only ask themselves.
    if (ctx.actor.coordinator) {
      await seated(ctx, me, partner);
      return view(w.joined(said), { tone: 'good', blocks: [text(w.joinedHint)] });
    }
    const before = await seatRequestOf(ctx.db, ctx.forumId, me.number);
    if (before?.partner === partner.number) throw new Refusal('conflict', m => m.partner.askedAlready(said));
    await askForSeat(ctx.tx, { forumId: ctx.forumId, member: me.number, partner: partner.number, at: ctx.now });
    if (before) await ctx.stale(requestTopic(before.partner, me.number));
    const data = { member: me.number };
    await ctx.record({ kind: 'partner.asked', thing: 'partner', number: partner.number, data });
    const topic = requestTopic(partner.number, me.number);
    for (const member of await answerersFor(ctx.db, ctx.forumId, partner.number)) await ctx.post(topic, { member });
    await ctx.plan(seatRequestWaits(partner.number, me.number, ctx.now));
    return view(w.asked(said), { tone: 'good', blocks: [text(w.askedHint)] });
  },
});

export const request = mutation({
  id: 'pq',
  name: 'request',
  words: m => m.partner.command.request,
  who: ['representative', 'coordinator'],
  options: {
    partner: main(entity(partnerSource)),
    member: required(member()),
    answer: required(choice(['accept', 'decline'], m => m.partner.requestAnswers)),
  },
  async run(ctx, { partner, member: who, answer }): Promise<View> {
    if (!actsFor(ctx.actor, partner.number))
      throw new Refusal('forbidden', m => m.partner.notYours({ partner: partner.name }));
    takesPart(partner);
    const said = { member: who.name, partner: partner.name };
    const asked = await seatRequestOf(ctx.db, ctx.forumId, who.number);
    if (asked?.partner !== partner.number)
      throw new Refusal('not_found', m => m.partner.noRequest(said), { option: 'member' });
    const w = ctx.m.partner;
    if (answer === 'accept') {
      await seated(ctx, who, partner);
      await ctx.post({ kind: 'seat', subject: String(who.number) }, { member: who.number });
      return view(w.joined(said), { tone: 'good', blocks: [text(w.joinedHint)] });
    }
    await dropRequest(ctx.tx, ctx.forumId, who.number);
    const data = { member: who.number };
    await ctx.record({ kind: 'partner.refused', thing: 'partner', number: partner.number, data });
    await ctx.stale(requestTopic(partner.number, who.number));
    await ctx.post({ kind: 'seat_refused', subject: String(partner.number) }, { member: who.number });
    return view(w.requestDeclined(said), { tone: 'plain' });
  },
});
