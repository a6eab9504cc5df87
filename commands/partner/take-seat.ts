import type { WriteContext } from '../../src/bot/act-context.ts';
import { type Partner, seat, seatsOf } from '../../src/domain/partners.ts';
import { actorOf, type Member, type SeatRole } from '../../src/domain/people.ts';
import { passOn } from './duties.ts';

/** Tells a person what has become of their seat. */
export const tellSeat = (ctx: WriteContext, who: Pick<Member, 'number'>): Promise<void> =>
  ctx.post({ kind: 'seat', subject: String(who.number) }, { member: who.number });

/** Seats somebody for a partner, writes it down, and passes on what they did for the partner that they leave. */
export async function takeSeat(ctx: WriteContext, who: Member, partner: Partner, role: SeatRole): Promise<void> {
  const { seat: sits } = await actorOf(ctx.db, who);
  const elsewhere = sits && sits.partner !== partner.number ? sits.partner : null;
  const before = await seatsOf(ctx.db, ctx.forumId, partner.number);
  await seat(ctx.tx, who, partner, role, ctx.now);
  const data = { member: who.number, role, before, ...(elsewhere !== null && { from: elsewhere }) };
  await ctx.record({ kind: 'partner.assigned', thing: 'partner', number: partner.number, data });
  if (elsewhere === null) return;
  await passOn(ctx, elsewhere, [who.number]);
  if (who.number !== ctx.actor.member) await tellSeat(ctx, who);
}
