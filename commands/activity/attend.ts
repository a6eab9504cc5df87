import { main, mutation, query, required } from '../../src/bot/command.ts';
import { choice } from '../../src/bot/kinds.ts';
import { entity, list as listOf } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { textFile, view } from '../../src/contract/view.ts';
import { activitySource } from '../../src/domain/activities.ts';
import { answerInvitation, noteAttendance } from '../../src/domain/engagement/attendance.ts';
import { partnerSource } from '../../src/domain/partners.ts';
import { ANSWER_WORDS } from '../../src/language/synonyms.ts';
import { ANSWERS } from '../../src/storage/schema/engagement.ts';
import { icsOf } from '../../src/views/ics.ts';
import { code, open, recordChange, refusals } from './common.ts';

export const attend = mutation({
  id: 'kr',
  name: 'attend',
  words: m => m.activity.command.attend,
  who: 'partner',
  options: {
    activity: main(entity(activitySource)),
    answer: required(choice(ANSWERS, m => m.activity.answers, ANSWER_WORDS)),
  },
  async run(ctx, { activity, answer }) {
    if (activity.state !== 'planned') throw refusals.over({ why: 'over', code: code(activity), state: activity.state });
    await answerInvitation(ctx.tx, activity, ctx.actor.seat!.partner, answer, ctx.actor.member);
    return recordChange(ctx, activity, 'answered', ctx.m.activity.answered({ code: code(activity), answer }), {
      answer,
    });
  },
});

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
    return view(ctx.m.activity.calendarTitle({ code: code(activity) }), {
      blocks: [textFile(name, 'text/calendar', icsOf(activity, ctx.forum.zone, ctx.forum.name), alt)],
    });
  },
});
