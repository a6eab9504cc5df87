import type { WriteContext } from '../../src/bot/act-context.ts';
import { main, mutation, optional } from '../../src/bot/command.ts';
import { whole } from '../../src/bot/kinds.ts';
import { entity, list as listOf, member } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { facts, note, view } from '../../src/contract/view.ts';
import { type Activity, activitySource, changeActivity } from '../../src/domain/activities.ts';
import { attendanceOf, invite as invitePartners } from '../../src/domain/engagement/attendance.ts';
import { codeFrom } from '../../src/domain/invitations.ts';
import { inviteesOf, inviteMembers, queueOf } from '../../src/domain/meetings/invitees.ts';
import { partnerSource } from '../../src/domain/partners.ts';
import { given } from '../given.ts';
import { assertMayChange, code, recordChange, refusals } from './common.ts';

/** Maximum number of partners or persons of one act. */
const MOST = 100;
const LARGEST = 10_000;
/** Length of an attendance code, characters. */
const CODE_LENGTH = 6;

/** Tells those who have moved up from the waiting list, since fewer stand before them or there are more seats. */
export async function tellMovedUp(ctx: WriteContext, before: Activity, after: Activity, waited: readonly number[]) {
  if (before.seats === null && after.seats === null) return;
  const { seated } = await queueNow(ctx, after);
  for (const one of waited)
    if (seated.includes(one)) await ctx.post({ kind: 'seat_free', subject: String(after.number) }, { member: one });
}

/** Returns who has a seat at an activity, and who waits for one. */
export const queueNow = async (ctx: WriteContext, activity: Activity) =>
  queueOf(activity.seats, await attendanceOf(ctx.db, activity), await inviteesOf(ctx.db, activity));

/** Invites partners and persons, and says how many seats there are. */
export const invite = mutation({
  id: 'kn',
  name: 'invite',
  words: m => m.activity.command.invite,
  who: 'member',
  options: {
    activity: main(entity(activitySource)),
    partners: optional(listOf(entity(partnerSource), { max: MOST })),
    members: optional(listOf(member(), { max: MOST })),
    seats: optional(whole({ min: 1, max: LARGEST, unit: 'people' })),
  },
  async run(ctx, { activity, partners = [], members = [], seats }) {
    await assertMayChange(ctx, activity);
    if (activity.state !== 'planned') throw refusals.over({ why: 'over', code: code(activity), state: activity.state });
    if (!partners.length && !members.length && seats === undefined)
      throw new Refusal('missing_option', m => m.activity.inviteWhom, { option: 'partners' });
    const { waiting } = await queueNow(ctx, activity);
    const persons = members.map(one => one.number);
    await invitePartners(
      ctx.tx,
      activity,
      partners.map(one => one.number),
    );
    await inviteMembers(ctx.tx, activity, persons);
    const set = given({ seats });
    const changed = seats === undefined ? activity : await changeActivity(ctx.tx, activity, set, ctx.now);
    for (const one of persons) {
      const subject = String(activity.number);
      if (one !== ctx.actor.member)
        await ctx.post({ kind: 'invited', subject }, { member: one }, { occurrence: `invited:${subject}:${one}` });
    }
    await tellMovedUp(ctx, activity, changed, waiting);
    const head = ctx.m.activity.invited({ code: code(activity) });
    return recordChange(ctx, changed, 'invited', head, { partners: partners.map(one => one.number), members: persons });
  },
});

/** Makes, or shows, the code that is said in the room. */
export const attendanceCode = mutation({
  id: 'kk',
  name: 'code',
  words: m => m.activity.command.code,
  who: 'member',
  options: { activity: main(entity(activitySource)) },
  secret: true,
  async run(ctx, { activity }) {
    await assertMayChange(ctx, activity);
    const made = activity.code ?? codeFrom(() => ctx.newId(), CODE_LENGTH).replaceAll('-', '');
    if (activity.code === null) await changeActivity(ctx.tx, activity, { code: made }, ctx.now);
    await ctx.record({ kind: 'activity.code', thing: 'activity', number: activity.number });
    return view(ctx.m.activity.codeTitle({ code: code(activity) }), {
      blocks: [facts([[ctx.m.activity.code, made]]), note(ctx.m.activity.codeHint({ code: code(activity) }))],
    });
  },
});
