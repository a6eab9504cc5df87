import type { WriteContext } from '../../src/bot/act-context.ts';
import { channelsOf } from '../../src/domain/forums.ts';
import { type Member, setCoordinator } from '../../src/domain/people.ts';

/** Gives somebody coordination or takes it away, writes it down, and tells the coordinators and the person. */
export async function setCoordination(ctx: WriteContext, member: Member, isGiven: boolean): Promise<void> {
  await setCoordinator(ctx.tx, member, isGiven);
  const kind = isGiven ? 'coordinator.added' : 'coordinator.removed';
  await ctx.record({ kind, thing: 'member', number: member.number });
  const topic = { kind: 'coordinator', subject: String(member.number) };
  await ctx.post(topic, { purpose: 'coordinators' });
  // Without a channel of theirs each coordinator is told directly, and so is a new one.
  const told = isGiven && !(await channelsOf(ctx.db, ctx.forumId, 'coordinators')).length;
  if (!told && member.number !== ctx.actor.member) await ctx.post(topic, { member: member.number });
}
