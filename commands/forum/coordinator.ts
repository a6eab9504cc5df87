import { mainOptional, mutation, required } from '../../src/bot/command.ts';
import { choice } from '../../src/bot/kinds.ts';
import { member } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { view } from '../../src/contract/view.ts';
import { coordinators } from '../../src/domain/people.ts';
import { chooseMember } from '../../src/views/choose-member.ts';
import { setCoordination } from './coordinate.ts';

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
    await setCoordination(ctx, member, add);
    const w = ctx.m.forum;
    return view(add ? w.madeCoordinator({ name }) : w.removedCoordinator({ name }), { tone: 'good' });
  },
});
