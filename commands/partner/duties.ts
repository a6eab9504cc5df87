import type { WriteContext } from '../../src/bot/act-context.ts';
import { type Passed, passDuties } from '../../src/domain/duties.ts';
import { coordinators } from '../../src/domain/people.ts';

/** Passes on what people did for a partner whose seat they have left, and tells them and the person who does it now. */
export async function passOn(ctx: WriteContext, partner: number, members: readonly number[]): Promise<void> {
  await tellPassed(ctx, await passDuties(ctx.tx, ctx.forumId, partner, members));
}

/** Writes down duties that have passed on, and tells those who had them and those who have them now. */
export async function tellPassed(ctx: WriteContext, all: readonly Passed[]): Promise<void> {
  for (const passed of all) {
    const { partner } = passed;
    const data = { ...passed };
    const seq = await ctx.record({ kind: 'partner.duties_passed', thing: 'partner', number: partner, data });
    const next = passed.to === null ? (await coordinators(ctx.db, ctx.forumId)).map(one => one.number) : [passed.to];
    const topic = { kind: 'duties_passed', subject: `${partner}:${seq}` };
    for (const member of new Set([passed.member, ...next])) await ctx.post(topic, { member });
    for (const issue of passed.issues) await ctx.stale({ kind: 'issue', subject: String(issue) });
  }
}
