import type { WriteContext } from '../../src/bot/act-context.ts';
import { type Doer, doer, origin, type SpokenOrigin } from '../../src/bot/action-kinds.ts';
import { main, mutation, optional } from '../../src/bot/command.ts';
import { date, line } from '../../src/bot/kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { sees, whoDoes } from '../../src/domain/actions/people.ts';
import type { Action } from '../../src/domain/actions/row.ts';
import { agreementByNumber } from '../../src/domain/agreements/store.ts';
import { actorOf, memberByNumber } from '../../src/domain/people.ts';
import { actionCard, actionCode } from '../../src/views/action.ts';
import { assertMayChange } from '../agreement/common.ts';
import { takesPart } from '../partner/names.ts';
import { takeOn } from './common.ts';

type Bound = Pick<Action, 'partner' | 'owner'>;

/** Returns who is bound by an action: a partner as a whole, or a person with the partner that they sit for. */
export async function boundBy(ctx: WriteContext, who: Doer | undefined): Promise<Bound> {
  if (who && 'partner' in who) {
    takesPart(who.partner, 'who');
    return { partner: who.partner.number, owner: null };
  }
  if (!who) return { partner: ctx.actor.seat?.partner ?? null, owner: ctx.actor.member };
  const { seat } = await actorOf(ctx.db, who.member);
  return { partner: seat?.partner ?? null, owner: who.member.number };
}

/** People take things on themselves and share them out within their partner; anybody else is asked by a coordinator. */
function mayGive({ actor }: WriteContext, { partner, owner }: Bound): boolean {
  if (actor.coordinator || owner === actor.member) return true;
  return partner !== null && actor.seat?.partner === partner;
}

/** A promise is made by a party of its agreement, and written down by those who look after it. */
async function assertPromised(ctx: WriteContext, from: SpokenOrigin, partner: number | null): Promise<void> {
  const agreement = await agreementByNumber(ctx.db, ctx.forumId, from.originNumber);
  const parties = await assertMayChange(ctx, agreement!);
  if (partner === null || !parties.includes(partner))
    throw new Refusal('invalid_option', m => m.agreement.partnerNotParty, { option: 'who' });
}

/** @throws Refusal `invalid_option` where the person who is to do something private would not see it. */
export async function assertSeen(ctx: WriteContext, action: Action, option: string): Promise<void> {
  if (!action.isPrivate) return;
  const does = await whoDoes(ctx.db, action);
  if (does !== null && (await sees(ctx.db, action, does))) return;
  const name = does === null ? null : (await memberByNumber(ctx.db, ctx.forumId, does))?.name;
  throw new Refusal('invalid_option', m => m.action.unseen({ name: name ?? m.core.somebody }), { option });
}

export const add = mutation({
  id: 'ta',
  name: 'add',
  words: m => m.action.command.add,
  who: 'member',
  options: {
    title: main(line({ max: 200 })),
    who: optional(doer()),
    due: optional(date()),
    from: optional(origin()),
  },
  async run(ctx, { title, who, due = null, from }) {
    const bound = await boundBy(ctx, who);
    if (from?.origin === 'agreement') await assertPromised(ctx, from, bound.partner);
    else if (!mayGive(ctx, bound)) throw new Refusal('forbidden', m => m.action.notGiven, { option: 'who' });
    const isPrivate = from?.isPrivate ?? false;
    const origin = from ? { origin: from.origin, originNumber: from.originNumber } : null;
    const action = await takeOn(ctx, { title, due, isPrivate, amount: null, from: origin, ...bound });
    await assertSeen(ctx, action, 'who');
    return actionCard(ctx, action, ctx.m.action.added({ code: actionCode(action) }));
  },
});
