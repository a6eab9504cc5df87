import type { WriteContext } from '../../src/bot/act-context.ts';
import { main, mutation, optional, query, required, requiredUnlessAny } from '../../src/bot/command.ts';
import { choice, line } from '../../src/bot/kinds.ts';
import { entity, list as listOf } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { text, textFile, type View, view } from '../../src/contract/view.ts';
import { type Activity, activitySource } from '../../src/domain/activities.ts';
import { answerInvitation, noteAttendance, notePartnerPresent } from '../../src/domain/engagement/attendance.ts';
import { answerAsPerson, inviteeOf, notePresent } from '../../src/domain/meetings/invitees.ts';
import { partnerSource } from '../../src/domain/partners.ts';
import { actsFor } from '../../src/domain/people.ts';
import { endOf, startOf } from '../../src/domain/slots.ts';
import { ANSWER_WORDS } from '../../src/language/synonyms.ts';
import { ANSWERS } from '../../src/storage/schema/engagement.ts';
import { icsOf } from '../../src/views/ics.ts';
import { code, open, recordChange, refusals } from './common.ts';
import { queueNow, tellMovedUp } from './invite.ts';

export const attend = mutation({
  id: 'kr',
  name: 'attend',
  words: m => m.activity.command.attend,
  who: 'member',
  options: {
    activity: main(entity(activitySource)),
    answer: requiredUnlessAny(
      choice(ANSWERS, m => m.activity.answers, ANSWER_WORDS),
      'code',
    ),
    code: optional(line({ max: 12 })),
  },
  async run(ctx, { activity, answer, code: said }) {
    if (said !== undefined) return present(ctx, activity, said);
    if (activity.state !== 'planned') throw refusals.over({ why: 'over', code: code(activity), state: activity.state });
    const { member, seat } = ctx.actor;
    const own = await inviteeOf(ctx.db, activity, member);
    if (!own && !seat) throw new Refusal('forbidden', m => m.activity.notInvited({ code: code(activity) }));
    const { waiting } = await queueNow(ctx, activity);
    if (own) await answerAsPerson(ctx.tx, own, answer!, ctx.now);
    // People invited by name answer for themselves; for the partner as well where they speak for it.
    if (seat && (!own || actsFor(ctx.actor, seat.partner)))
      await answerInvitation(ctx.tx, activity, seat.partner, answer!, member, ctx.now);
    await tellMovedUp(
      ctx,
      activity,
      activity,
      waiting.filter(one => one !== member),
    );
    const w = ctx.m.activity;
    const isWaiting = answer === 'yes' && (await queueNow(ctx, activity)).waiting.includes(member);
    const head = own
      ? w.answeredSelf({ code: code(activity), answer: answer! })
      : w.answered({ code: code(activity), answer: answer! });
    const card = await recordChange(ctx, activity, 'answered', head, { answer });
    return isWaiting ? { ...card, blocks: [text(w.waiting), ...card.blocks] } : card;
  },
});

/** Time before a meeting's beginning and after its end in which its code is taken, ms. */
const EARLY_MS = 2 * 3_600_000;
const LATE_MS = 12 * 3_600_000;

/** Writes down that somebody is in the room, by the code that is said there. */
async function present(ctx: WriteContext, activity: Activity, said: string): Promise<View> {
  const { zone } = ctx.forum;
  const isOver = activity.state === 'cancelled' || activity.state === 'undone';
  const now = ctx.now.getTime();
  const isTime =
    now >= startOf(activity, zone).getTime() - EARLY_MS && now <= endOf(activity, zone).getTime() + LATE_MS;
  if (isOver || !isTime) throw new Refusal('closed', m => m.activity.notNow({ code: code(activity) }));
  if (activity.code === null || signsOf(said) !== activity.code)
    throw new Refusal('invalid_option', m => m.activity.wrongCode({ code: code(activity) }), { option: 'code' });
  await notePresent(ctx.tx, activity, [ctx.actor.member]);
  if (ctx.actor.seat) await notePartnerPresent(ctx.tx, activity, ctx.actor.seat.partner);
  return recordChange(ctx, activity, 'present', ctx.m.activity.isPresent({ code: code(activity) }));
}

/** A code as it is compared: upper case, look-alikes as what they stand for. */
const signsOf = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');

export const attendance = mutation({
  id: 'kh',
  name: 'attendance',
  words: m => m.activity.command.attendance,
  who: 'member',
  options: { activity: main(entity(activitySource)), partners: required(listOf(entity(partnerSource), { max: 100 })) },
  async run(ctx, { activity, partners }) {
    await open(ctx, activity);
    if (activity.state !== 'done') throw new Refusal('conflict', m => m.activity.notYetDone({ code: code(activity) }));
    const came = partners.map(partner => partner.number);
    await noteAttendance(ctx.tx, activity, came);
    return recordChange(ctx, activity, 'attendance', ctx.m.activity.attendanceNoted({ code: code(activity) }), {
      came,
    });
  },
});

export const calendar = query({
  id: 'kz',
  name: 'calendar',
  words: m => m.activity.command.calendar,
  who: 'member',
  options: { activity: main(entity(activitySource)) },
  async run(ctx, { activity }) {
    const name = `${code(activity)}.ics`;
    const alt = ctx.m.activity.calendarFile({ title: activity.title });
    const content = await icsOf(activity, ctx.forum.zone, ctx.forum.name);
    return view(ctx.m.activity.calendarTitle({ code: code(activity) }), {
      blocks: [textFile(name, 'text/calendar', content, alt)],
    });
  },
});
