import { origin } from '../../src/bot/action-kinds.ts';
import { type Command, main, mutation, optional, paging, query, required } from '../../src/bot/command.ts';
import { choice, date, line, paragraph } from '../../src/bot/kinds.ts';
import { entity, member } from '../../src/bot/references.ts';
import { refuseIf } from '../../src/contract/refusal.ts';
import { listActions } from '../../src/domain/actions/lists.ts';
import { typedOrigin } from '../../src/domain/actions/row.ts';
import { mayDecide, mayHand, mayReopen } from '../../src/domain/actions/rules.ts';
import { actionSource, changeAction } from '../../src/domain/actions/store.ts';
import { codeOf } from '../../src/domain/codes.ts';
import { partnerSource } from '../../src/domain/partners.ts';
import { actorOf } from '../../src/domain/people.ts';
import { localDate } from '../../src/language/dates.ts';
import { actionReminders } from '../../src/schedule/actions.ts';
import { actionCard, actionCode, actionHistory, actionList } from '../../src/views/action.ts';
import { withHistory } from '../../src/views/history.ts';
import { PAGE } from '../../src/views/paging.ts';
import { whatChanged } from '../changed.ts';
import { given } from '../given.ts';
import { add, assertSeen } from './add.ts';
import { changed, finish, refusals, tellDoer } from './common.ts';

const actionOption = main(entity(actionSource));

const STATUSES = ['open', 'late', 'done', 'cancelled', 'all'] as const;

const list = query({
  id: 'tl',
  name: 'list',
  words: m => m.action.command.list,
  who: 'member',
  options: {
    status: optional(choice(STATUSES, m => m.action.statuses)),
    partner: optional(entity(partnerSource)),
    member: optional(member()),
    from: optional(origin()),
    before: paging(entity(actionSource)),
  },
  async run(ctx, o) {
    const { status = 'open', partner, member, from, before } = o;
    const filter = {
      state: status === 'all' ? undefined : status,
      partner: partner?.number,
      owner: member?.number,
      from,
      before: before?.number,
    };
    const page = await listActions(ctx, filter, localDate(ctx.now, ctx.forum.zone), PAGE);
    return actionList(ctx, page, {
      status,
      ...(partner && { partner: codeOf('partner', partner.number) }),
      ...(member && { member: String(member.number) }),
      ...(from && { from: typedOrigin(from.origin, from.originNumber) }),
    });
  },
});

const show = query({
  id: 'ts',
  name: 'show',
  words: m => m.action.command.show,
  who: 'member',
  options: { action: actionOption },
  run: async (ctx, { action }) => withHistory(ctx, await actionCard(ctx, action), await actionHistory(ctx, action)),
});

const done = mutation({
  id: 'td',
  name: 'done',
  words: m => m.action.command.done,
  who: 'member',
  options: { action: actionOption, result: optional(paragraph({ max: 1000 })) },
  async run(ctx, { action, result = null }) {
    const finished = await finish(ctx, action, result);
    return actionCard(ctx, finished, ctx.m.action.isDone({ code: actionCode(action) }));
  },
});

const hand = mutation({
  id: 'th',
  name: 'hand',
  words: m => m.action.command.hand,
  who: 'member',
  options: { action: actionOption, member: required(member()) },
  async run(ctx, { action, member }) {
    const partner = (await actorOf(ctx.db, member)).seat?.partner ?? null;
    refuseIf(mayHand(ctx.actor, action, partner), refusals(action));
    const { owner, partner: bound } = action;
    const handed = await changeAction(ctx.tx, action, { owner: member.number, partner });
    await assertSeen(ctx, handed, 'member');
    await changed(ctx, handed, 'handed', { member: member.number, before: { owner, partner: bound } });
    const { kind, m } = { kind: action.isPrivate ? 'private_actions_due' : 'actions_due', m: ctx.m.action };
    if (owner !== null) await ctx.staleFor(kind, async () => [owner]);
    // Tells nothing where the button was pressed twice: it is theirs already.
    if (owner !== member.number) await tellDoer(ctx, handed);
    return actionCard(ctx, handed, m.handed({ code: actionCode(action), name: member.name }));
  },
});

const cancel = mutation({
  id: 'tc',
  name: 'cancel',
  words: m => m.action.command.cancel,
  who: 'member',
  options: { action: actionOption, reason: required(paragraph({ max: 500 })) },
  async run(ctx, { action, reason }) {
    refuseIf(mayDecide(ctx.actor, action), refusals(action));
    const before = { cancelledAt: null, cancelReason: null };
    const cancelled = await changeAction(ctx.tx, action, { cancelledAt: ctx.now, cancelReason: reason });
    await changed(ctx, cancelled, 'cancelled', { reason, before });
    return actionCard(ctx, cancelled, ctx.m.action.cancelled({ code: actionCode(action) }));
  },
});

const reopen = mutation({
  id: 'tr',
  name: 'reopen',
  words: m => m.action.command.reopen,
  who: 'member',
  options: { action: actionOption, reason: required(paragraph({ max: 500 })) },
  async run(ctx, { action, reason }) {
    refuseIf(mayReopen(ctx.actor, action), refusals(action));
    const { doneOn, doneAt, doneBy, result, cancelledAt, cancelReason } = action;
    const before = { doneOn, doneAt, doneBy, result, cancelledAt, cancelReason };
    const none = { doneOn: null, doneAt: null, doneBy: null, result: null, cancelledAt: null, cancelReason: null };
    const opened = await changeAction(ctx.tx, action, none);
    await changed(ctx, opened, 'reopened', { reason, before });
    await tellDoer(ctx, opened);
    return actionCard(ctx, opened, ctx.m.action.reopened({ code: actionCode(action) }));
  },
});

const edit = mutation({
  id: 'te',
  name: 'edit',
  words: m => m.action.command.edit,
  who: 'member',
  options: { action: actionOption, title: optional(line({ max: 200 })), due: optional(date()) },
  async run(ctx, { action, title, due }) {
    refuseIf(mayDecide(ctx.actor, action), refusals(action));
    const { set, changed: pairs } = whatChanged(action, given({ title, due }));
    const edited = await changeAction(ctx.tx, action, set);
    await changed(ctx, edited, 'changed', { changed: pairs });
    await ctx.plan(...actionReminders(edited, ctx.forum.zone, ctx.now));
    return actionCard(ctx, edited, ctx.m.action.changed({ code: actionCode(action) }));
  },
});

export const action: Command = {
  name: 'action',
  words: m => m.action.command,
  actions: [add, list, show, done, hand, cancel, reopen, edit],
};
