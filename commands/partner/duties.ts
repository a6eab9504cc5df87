import type { WriteContext } from '../../src/bot/act-context.ts';
import { passDuties } from '../../src/domain/duties.ts';
import { coordinators } from '../../src/domain/people.ts';

/** Passes on what people did for a partner whose seat they have left, and tells them and whoever does it now. */
export async function passOn(ctx: WriteContext, partner: number, members: readonly number[]): Promise<void> {
  for (const passed of await passDuties(ctx.tx, ctx.forumId, partner, members)) {
    const data = { ...passed };
    const seq = await ctx.record({ kind: 'partner.duties_passed', thing: 'partner', number: partner, data });
    const next = passed.to === null ? (await coordinators(ctx.db, ctx.forumId)).map(one => one.number) : [passed.to];
    const topic = { kind: 'duties_passed', subject: `${partner}:${seq}` };
    for (const member of new Set([passed.member, ...next])) await ctx.post(topic, { member });
    for (const issue of passed.issues) await ctx.stale({ kind: 'issue', subject: String(issue) });
  }
}
