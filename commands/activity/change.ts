import type { WriteContext } from '../../src/bot/act-context.ts';
import { main, mutation, optional, required, requiredUnlessAny } from '../../src/bot/command.ts';
import { peopleByGroup } from '../../src/bot/group-kinds.ts';
import { choice, flag, line, paragraph, whole } from '../../src/bot/kinds.ts';
import { entity, evidence } from '../../src/bot/references.ts';
import { end, hours, slot } from '../../src/bot/slot-kinds.ts';
import { button } from '../../src/contract/buttons.ts';
import { Refusal, refuseIf } from '../../src/contract/refusal.ts';
import { note, text, type View } from '../../src/contract/view.ts';
import { type Activity, activitySource, changeActivity, mayUndo, partnersOf } from '../../src/domain/activities.ts';
import { areasText } from '../../src/domain/areas/area.ts';
import { codeOf } from '../../src/domain/codes.ts';
import { formatDay, formatSlot } from '../../src/language/slots.ts';
import { activityReminders } from '../../src/schedule/engagement.ts';
import { moveMinutesEnd } from '../../src/schedule/minutes.ts';
import { EVIDENCE_KINDS } from '../../src/storage/schema/evidence.ts';
import { given } from '../given.ts';
import {
  assertMayChange,
  attachEvidence,
  code,
  details,
  intoCalendar,
  open,
  peopleSaid,
  recordChange,
  refusals,
} from './common.ts';
import { askAboutDay, changedSlot, hasCome } from './hours.ts';
import { cancelFollowing, moveFollowing } from './series.ts';

/** Asks for what is to come: what is over cannot be done or moved. */
const planned = main(entity(activitySource, { offers: one => one.state === 'planned' }));

export const done = mutation({
  id: 'kd',
  name: 'done',
  words: m => m.activity.command.done,
  who: 'member',
  options: {
    activity: planned,
    result: optional(paragraph()),
    participants: optional(whole({ unit: 'people' })),
    women: optional(whole({ unit: 'people' })),
    evidence: optional(evidence()),
    groups: optional(peopleByGroup('women')),
  },
  async run(ctx, { activity, result, participants, women, evidence: proof, groups }) {
    await open(ctx, activity);
    if (activity.state === 'done') {
      const state = ctx.m.activity.states.done;
      throw new Refusal('closed', m => m.activity.isOver({ code: code(activity), state }));
    }
    const people = peopleSaid(ctx, activity, { participants, women, groups });
    const set = { state: 'done' as const, ...(result !== undefined && { result }), ...people };
    const changed = await changeActivity(ctx.tx, activity, set, ctx.now);
    if (proof) await attachEvidence(ctx, changed, proof);
    const card = await recordChange(ctx, changed, 'done', ctx.m.activity.done({ code: code(changed) }));
    return hasCome(ctx, changed.date) ? card : withDateToMend(ctx, card, changed);
  },
});

/** Says of what is done that its date has not come, with the way to mend that: it was held earlier than planned. */
function withDateToMend({ m, locale }: WriteContext, card: View, activity: Activity): View {
  const said = note(m.activity.doneEarly({ date: formatDay(activity.date, locale) }));
  const mend = button(m, 'changeDate', 'ke', { activity: code(activity) });
  return { ...card, blocks: [said, ...card.blocks], controls: [[mend], ...card.controls] };
}

export const edit = mutation({
  id: 'ke',
  name: 'edit',
  words: m => m.activity.command.edit,
  who: 'member',
  options: { activity: main(entity(activitySource)), title: optional(line({ max: 200 })), ...details },
  async stands(ctx, { activity }) {
    const { title, kind, date, location, participants, goal, result } = activity;
    const partners = (await partnersOf(ctx.db, ctx.forumId, [activity.number])).get(activity.number) ?? [];
    return {
      ...{ title, kind, date, location, participants, result },
      goal: goal && codeOf('goal', goal),
      partners: partners.map(one => codeOf('partner', one.number)).join(', '),
    };
  },
  async run(ctx, { activity, evidence: proof, partners, ...o }) {
    await assertMayChange(ctx, activity);
    const { title, kind, location, result } = o;
    const when = changedSlot(ctx, activity, o);
    if (activity.state === 'done' && when.date !== undefined && !hasCome(ctx, when.date))
      throw new Refusal('invalid_option', m => m.activity.futureDate, { option: 'date' });
    const set = {
      ...given({ title, kind, ...when, location, goal: o.goal?.number, result, area: o.area && areasText(o.area) }),
      ...peopleSaid(ctx, activity, o),
    };
    const some = Object.keys(set).length > 0 || partners || proof;
    if (!some) throw new Refusal('missing_option', m => m.core.nothingChanged);
    const old = (await partnersOf(ctx.db, ctx.forumId, [activity.number])).get(activity.number) ?? [];
    const numbers = partners?.map(partner => partner.number);
    const entered = await changeActivity(ctx.tx, activity, set, ctx.now, numbers);
    const changed = await moveMinutesEnd(ctx.tx, entered, ctx.forum.zone, ctx.now);
    if (proof) await attachEvidence(ctx, changed, proof);
    if (changed.state === 'planned') await onItsDay(ctx, changed);
    const pairs: Record<string, unknown> = pairsOf(activity, set);
    if (numbers) pairs.partners = { from: old.map(one => one.number), to: numbers };
    if (proof) pairs.evidence = { to: true };
    return recordChange(ctx, changed, 'changed', ctx.m.activity.changed({ code: code(changed) }), { changed: pairs });
  },
});

/** Returns what was changed, from what to what. */
const pairsOf = (activity: Activity, set: Partial<Activity>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(set).map(([key, value]) => [key, { from: activity[key as keyof Activity], to: value }]),
  );

/** Plans what an activity needs on its day: the reminder of the day before, and its place in the calendar. */
async function onItsDay(ctx: WriteContext, activity: Activity): Promise<void> {
  await ctx.plan(...activityReminders(activity, ctx.forum.zone, ctx.now));
  await intoCalendar(ctx, activity);
}

/** The part of a series that an edit is about: one occurrence alone, or it and all that follow. */
const WHICH = ['this', 'following'] as const;

export const move = mutation({
  id: 'kw',
  name: 'move',
  words: m => m.activity.command.move,
  who: 'member',
  options: {
    activity: planned,
    date: requiredUnlessAny(slot(), 'time', 'until'),
    time: optional(hours()),
    until: optional(end()),
    which: optional(choice(WHICH, m => m.activity.which)),
    confirm: optional(flag()),
  },
  async run(ctx, { activity, which = 'this', confirm = false, ...o }) {
    await assertMayChange(ctx, activity);
    if (activity.state !== 'planned') {
      const state = ctx.m.activity.states[activity.state];
      throw new Refusal('closed', m => m.activity.isOver({ code: code(activity), state }));
    }
    const when = changedSlot(ctx, activity, o);
    if (!confirm) await askAboutDay(ctx, { ...activity, ...when });
    const changed =
      which === 'following'
        ? await moveFollowing(ctx, activity, when)
        : await moveMinutesEnd(ctx.tx, await changeActivity(ctx.tx, activity, when, ctx.now), ctx.forum.zone, ctx.now);
    await onItsDay(ctx, changed);
    const head = ctx.m.activity.moved({ code: code(changed), date: formatSlot(changed, ctx.locale) });
    return recordChange(ctx, changed, 'changed', head, { changed: pairsOf(activity, when) });
  },
});

export const cancel = mutation({
  id: 'kc',
  name: 'cancel',
  words: m => m.activity.command.cancel,
  who: 'member',
  options: {
    activity: main(entity(activitySource)),
    reason: required(paragraph({ max: 500 })),
    which: optional(choice(WHICH, m => m.activity.which)),
  },
  async run(ctx, { activity, reason, which = 'this' }) {
    await assertMayChange(ctx, activity);
    const changed =
      which === 'following'
        ? await cancelFollowing(ctx, activity, reason)
        : await changeActivity(ctx.tx, activity, { state: 'cancelled', cancelReason: reason }, ctx.now);
    return recordChange(ctx, changed, 'cancelled', ctx.m.activity.cancelled({ code: code(changed) }), { reason });
  },
});

export const undo = mutation({
  id: 'ku',
  name: 'undo',
  words: m => m.activity.command.undo,
  who: 'member',
  options: { activity: main(entity(activitySource)) },
  async run(ctx, { activity }) {
    refuseIf(mayUndo(ctx.actor, activity, ctx.now), refusals);
    const changed = await changeActivity(ctx.tx, activity, { state: 'undone' }, ctx.now);
    const card = await recordChange(ctx, changed, 'undone', ctx.m.activity.undone({ code: code(changed) }));
    return { ...card, blocks: [text(ctx.m.activity.undoneHint)] };
  },
});

export const proof = mutation({
  id: 'kv',
  name: 'evidence',
  words: m => m.activity.command.evidence,
  who: 'member',
  options: {
    activity: main(entity(activitySource)),
    evidence: required(evidence()),
    kind: optional(choice(EVIDENCE_KINDS, m => m.activity.evidenceKinds)),
  },
  async run(ctx, { activity, evidence: given, kind }) {
    await open(ctx, activity);
    await attachEvidence(ctx, activity, given, kind);
    return recordChange(ctx, activity, 'evidence', ctx.m.activity.evidenceAdded({ code: code(activity) }));
  },
});
