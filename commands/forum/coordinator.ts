import { mainOptional, mutation, required } from '../../src/bot/command.ts';
import { choice } from '../../src/bot/kinds.ts';
import { member } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { view } from '../../src/contract/view.ts';
import { channelsOf } from '../../src/domain/forums.ts';
import { coordinators, setCoordinator } from '../../src/domain/people.ts';
import { chooseMember } from '../../src/views/choose-member.ts';

/** Makes somebody a coordinator, or lets them go. */
export const coordinator = mutation({
  id: 'fc',
  name: 'coordinator',
  words: m => m.forum.command.coordinator,
  who: 'coordinator',
  options: {
    member: mainOptional(member()),
    action: required(choice(['add', 'remove'], m => m.forum.coordinatorActions, { remove: ['berhentikan'] })),
  },
  async run(ctx, { member, action }) {
    if (!member) return chooseMember(ctx, 'fc', { action });
    const { name } = member;
    const add = action === 'add';
    if (member.coordinator === add)
      throw new Refusal('conflict', m =>
        add ? m.forum.alreadyCoordinator({ name }) : m.forum.notCoordinator({ name }),
      );
    if (!add && (await coordinators(ctx.db, ctx.forumId)).length < 2)
      throw new Refusal('conflict', m => m.forum.lastCoordinator);
    await setCoordinator(ctx.tx, member, add);
    const kind = add ? 'coordinator.added' : 'coordinator.removed';
    await ctx.record({ kind, thing: 'member', number: member.number });
    const topic = { kind: 'coordinator', subject: String(member.number) };
    await ctx.post(topic, { purpose: 'coordinators' });
    // Where they have no channel each coordinator is told directly, and so is a new one.
    const told = add && !(await channelsOf(ctx.db, ctx.forumId, 'coordinators')).length;
    if (!told && member.number !== ctx.actor.member) await ctx.post(topic, { member: member.number });
    const w = ctx.m.forum;
    return view(add ? w.madeCoordinator({ name }) : w.removedCoordinator({ name }), { tone: 'good' });
  },
});
