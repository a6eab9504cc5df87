import type { WriteContext } from '../../src/bot/act-context.ts';
import { Refusal, type Refusals } from '../../src/contract/refusal.ts';
import { whoDoes } from '../../src/domain/actions/people.ts';
import type { Action } from '../../src/domain/actions/row.ts';
import { type ActionNo, mayFinish } from '../../src/domain/actions/rules.ts';
import { addAction, changeAction, type NewAction } from '../../src/domain/actions/store.ts';
import { participantsOf, type Review, reviewByNumber } from '../../src/domain/engagement/reviews.ts';
import { localDate } from '../../src/language/dates.ts';
import { actionReminders } from '../../src/schedule/actions.ts';
import { actionCode } from '../../src/views/action.ts';

/** Returns what is said to somebody who may not do something with an action. */
export const refusals = (action: Action): Refusals<ActionNo> => {
  const said = { code: actionCode(action) };
  return {
    not_yours: () => new Refusal('forbidden', m => m.action.notYours),
    not_decided_by_you: () => new Refusal('forbidden', m => m.action.notDecided),
    other_partner: () => new Refusal('forbidden', m => m.action.otherPartner, { option: 'member' }),
    done: () => new Refusal('closed', m => m.action.overDone(said)),
    cancelled: () => new Refusal('closed', m => m.action.overCancelled(said)),
    open: () => new Refusal('closed', m => m.action.stillOpen(said)),
  };
};

/** Writes a change of an action into its history, and has what stands about it brought up to date. */
export async function changed(ctx: WriteContext, action: Action, kind: string, data = {}): Promise<void> {
  await ctx.record({ kind: `action.${kind}`, thing: 'action', number: action.number, data });
  const topic = action.isPrivate ? 'private_actions_due' : 'actions_due';
  await ctx.staleFor(topic, async () => {
    const does = await whoDoes(ctx.db, action);
    return does === null ? [] : [does];
  });
  if (action.origin === 'agreement') await ctx.stale({ kind: 'agreement', subject: String(action.originNumber) });
}

/** Writes an action down with its reminders, and tells the person who is to do it. */
export async function takeOn(ctx: WriteContext, data: Omit<NewAction, 'createdBy'>): Promise<Action> {
  const action = await addAction(ctx.tx, ctx.forumId, { ...data, createdBy: ctx.actor.member }, ctx.now);
  await changed(ctx, action, 'added', { title: action.title });
  await ctx.plan(...actionReminders(action, ctx.forum.zone, ctx.now));
  // People in a talk hear of its steps from the talk itself.
  if (action.origin !== 'talk') await tellDoer(ctx, action);
  return action;
}

/** Tells the person who does an action now, unless they did it themselves. */
export async function tellDoer(ctx: WriteContext, action: Action): Promise<void> {
  const does = await whoDoes(ctx.db, action);
  if (does !== null && does !== ctx.actor.member)
    await ctx.post({ kind: 'action_given', subject: String(action.number) }, { member: does });
}

/** Tells the others in a talk that it went on. */
export async function tellTalk(ctx: WriteContext, review: Review): Promise<void> {
  for (const to of await participantsOf(ctx.db, review))
    if (to !== ctx.actor.member) await ctx.post({ kind: 'review', subject: String(review.number) }, { member: to });
}

/** Marks an action as done on this day. @throws Refusal `forbidden`, `closed`. */
export async function finish(ctx: WriteContext, action: Action, result: string | null): Promise<Action> {
  const no = mayFinish(ctx.actor, action);
  if (no) throw refusals(action)[no.why](no as never);
  const { doneOn, doneAt, doneBy } = action;
  const done = await changeAction(ctx.tx, action, {
    doneOn: localDate(ctx.now, ctx.forum.zone),
    doneAt: ctx.now,
    doneBy: ctx.actor.member,
    result,
  });
  await changed(ctx, done, 'done', { before: { doneOn, doneAt, doneBy, result: action.result }, result });
  const talk = action.origin === 'talk' ? await reviewByNumber(ctx.db, ctx.forumId, action.originNumber!) : null;
  if (talk) await tellTalk(ctx, talk);
  return done;
}
