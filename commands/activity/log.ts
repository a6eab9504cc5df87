import type { WriteContext } from '../../src/bot/act-context.ts';
import { mutation, type Values } from '../../src/bot/command.ts';
import { button } from '../../src/contract/buttons.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { text, type View } from '../../src/contract/view.ts';
import { type Activity, addActivity } from '../../src/domain/activities.ts';
import { type ActivityDetails, detailsOf } from '../../src/domain/activity-details.ts';
import { areasText } from '../../src/domain/areas/area.ts';
import { codeIn, PREFIX } from '../../src/domain/codes.ts';
import { invite } from '../../src/domain/engagement/attendance.ts';
import { listPartners } from '../../src/domain/partners.ts';
import { endOf } from '../../src/domain/slots.ts';
import { formatSlot } from '../../src/language/slots.ts';
import { activityReminders } from '../../src/schedule/engagement.ts';
import { attachEvidence, cardOf, code, intoCalendar, peopleSaid } from './common.ts';
import { withDouble } from './double.ts';
import { askDayOff, hasCome, slotOf } from './hours.ts';
import { type enterOptions, logOptions, planOptions } from './options.ts';
import { planSeries, repeatFrom } from './series.ts';

async function enter(ctx: WriteContext, o: Values<typeof enterOptions>, state: 'planned' | 'done'): Promise<View> {
  const when = slotOf(ctx, o);
  if (state === 'done' && !hasCome(ctx, when.date))
    throw new Refusal('invalid_option', m => m.activity.futureDate, { option: 'date' });
  const own = ctx.actor.seat ? [ctx.actor.seat.partner] : [];
  const activity = await addActivity(
    ctx.tx,
    ctx.forumId,
    {
      title: o.title,
      kind: o.kind ?? 'other',
      state,
      ...when,
      location: o.location ?? null,
      participants: null,
      groups: null,
      ...peopleSaid(ctx, null, o),
      goal: o.goal?.number ?? null,
      result: o.result ?? null,
      area: o.area ? areasText(o.area) : null,
      createdBy: ctx.actor.member,
      partners: o.partners?.map(partner => partner.number) ?? own,
    },
    ctx.now,
  );
  if (state === 'planned') {
    // Named partners are invited; where none is, all are.
    const invited = o.partners ?? (await listPartners(ctx.db, ctx.forumId));
    await invite(
      ctx.tx,
      activity,
      invited.map(partner => partner.number),
    );
    await ctx.plan(...activityReminders(activity, ctx.forum.zone, ctx.now));
  }
  const subject = String(activity.number);
  if (state === 'planned') await intoCalendar(ctx, activity);
  if (o.evidence) await attachEvidence(ctx, activity, o.evidence);
  await ctx.post({ kind: 'activity', subject }, { purpose: 'announce' });
  const w = ctx.m.activity;
  const kind = state === 'done' ? 'logged' : 'planned';
  // Nothing stands about it yet that would have to be brought up to date.
  await ctx.record({ kind: `activity.${kind}`, thing: 'activity', number: activity.number });
  const known = await newDetails(ctx, activity, o);
  const card = cardOf(ctx, activity, known, w[kind]({ code: code(activity) }), { undo: true });
  const shown = state === 'done' ? card : withDateInDoubt(ctx, activity, card, o.date !== undefined);
  return withDouble(
    ctx,
    activity,
    known.partners.map(one => one.number),
    shown,
  );
}

/** Returns what is known of an activity that was entered just now: all but invitations and evidence was typed. */
async function newDetails(
  ctx: WriteContext,
  activity: Activity,
  o: Values<typeof enterOptions>,
): Promise<ActivityDetails> {
  if (activity.state === 'planned' || o.evidence) return detailsOf(ctx.db, activity);
  const { seat, name } = ctx.actor;
  const typed = o.partners && [...o.partners].sort((a, b) => (a.folded < b.folded ? -1 : 1));
  const partners = typed ?? (seat ? [{ number: seat.partner, name: seat.name }] : []);
  return { partners, invited: [], goal: o.goal ?? null, author: name, evidence: [], series: null, persons: [] };
}

/** A plan for which nobody named a day, or one that is over: says which day it has, and offers another. */
function withDateInDoubt(ctx: WriteContext, activity: Activity, card: View, isNamed: boolean): View {
  const date = formatSlot(activity, ctx.locale);
  const isOver = endOf(activity, ctx.forum.zone) <= ctx.now;
  if (isNamed && !isOver) return card;
  const said = isNamed ? ctx.m.activity.pastPlanned({ date }) : ctx.m.activity.todayTaken({ date });
  const move = button(ctx.m, 'moveActivity', 'kw', { activity: code(activity) }, 'primary');
  return { ...card, blocks: [text(said), ...card.blocks], controls: [[move], ...card.controls] };
}

/**
 * Refuses the code of an activity as the title of what was done: a person who types it means an activity that is there.
 * A title like `P-3` is one, and so is every title of a plan, which may come from a poll.
 * @throws Refusal `invalid_option`
 */
function assertTitle({ title }: { readonly title: string }): void {
  const typed = codeIn(title, PREFIX.activity);
  if (typed?.hyphen && typed.letter === PREFIX.activity)
    throw new Refusal('invalid_option', m => m.activity.titleIsCode({ code: title.toUpperCase() }), {
      option: 'title',
    });
}

export const log = mutation({
  id: 'kl',
  completedBy: 'ke',
  name: 'log',
  words: m => m.activity.command.log,
  who: 'member',
  options: logOptions,
  async run(ctx, { repeat, holidays, ...o }) {
    assertTitle(o);
    if (!repeat) return enter(ctx, o, 'done');
    // A meeting that took place had the hours of its series, unless others are said.
    const time = o.time ?? (o.date?.time ? undefined : (repeat.hours ?? undefined));
    const card = await enter(ctx, { ...o, time }, 'done');
    const dates = await repeatFrom(ctx, { ...o, repeat, holidays }, slotOf(ctx, { ...o, time }).date);
    return { ...card, blocks: [...card.blocks, ...dates] };
  },
});

export const plan = mutation({
  id: 'kp',
  completedBy: 'ke',
  name: 'plan',
  words: m => m.activity.command.plan,
  who: 'member',
  options: planOptions,
  async run(ctx, { repeat, holidays, confirm = false, ...o }) {
    if (repeat) return planSeries(ctx, { ...o, repeat, holidays });
    if (!confirm) await askDayOff(ctx, slotOf(ctx, o));
    return enter(ctx, o, 'planned');
  },
});
