import type { ReadContext, WriteContext } from '../../src/bot/act-context.ts';
import { main, mutation, optional, paging, query, required } from '../../src/bot/command.ts';
import { choice, flag, instant, line, paragraph, whole } from '../../src/bot/kinds.ts';
import { warningArea } from '../../src/bot/warning-area-kind.ts';
import { button } from '../../src/contract/buttons.ts';
import { Refusal, type Refusals, refuseIf } from '../../src/contract/refusal.ts';
import { list, text, type View, view } from '../../src/contract/view.ts';
import { isSelf } from '../../src/domain/actor.ts';
import {
  type Announcement,
  announcementByNumber,
  endsWarning,
  markSent,
  maySend,
  needsSecond,
  noteSeen,
  notSeenBy,
  type SendNo,
  seenBy,
  writeAnnouncement,
} from '../../src/domain/announcements.ts';
import { areasText } from '../../src/domain/areas/area.ts';
import { shapesText } from '../../src/domain/areas/shape.ts';
import { coordinators } from '../../src/domain/people.ts';
import { personNumbers } from '../../src/domain/persons.ts';
import { earlierMessages } from '../../src/domain/warnings/life.ts';
import { warningOver } from '../../src/schedule/warnings.ts';
import { ALERT_LEVELS, CERTAINTIES, ONSETS, URGENCIES } from '../../src/storage/schema/announcements.ts';
import { announcementCard, announcementDraft } from '../../src/views/announcement.ts';
import { asPlain } from '../copyable.ts';

const LISTED = 50;

const refusals: Refusals<SendNo> = {
  sent: () => new Refusal('closed', m => m.announcement.alreadySent),
  expired: () => new Refusal('closed', m => m.announcement.expired),
  too_old: () => new Refusal('closed', m => m.announcement.tooOld),
  second_person: () => new Refusal('forbidden', m => m.announcement.secondPerson),
};

const announcementOption = required(whole({ min: 1 }));

async function named(ctx: ReadContext, number: number): Promise<Announcement> {
  const found = await announcementByNumber(ctx.db, ctx.forumId, number);
  if (found) return found;
  throw new Refusal('not_found', m => m.announcement.none, { option: 'announcement' });
}

/** Asks for the reason at once where there is no other coordinator who could send a warning. */
async function needOther(ctx: WriteContext): Promise<void> {
  const all = await coordinators(ctx.db, ctx.forumId);
  if (all.every(one => isSelf(ctx.actor, one.number)))
    throw new Refusal('missing_option', m => m.announcement.alone, { option: 'reason' });
}

/**
 * Writes a message and asks back, naming the places; nothing goes out yet. One that another has to send is shown to the
 * other coordinators as well. `data` is told of it in the record.
 */
export async function draftOf(
  ctx: WriteContext,
  values: Omit<Parameters<typeof writeAnnouncement>[2], 'writtenBy'>,
  data: Readonly<Record<string, unknown>>,
): Promise<View> {
  const isSecond = needsSecond(values);
  if (isSecond) await needOther(ctx);
  const written = await writeAnnouncement(ctx.tx, ctx.forumId, { ...values, writtenBy: ctx.actor.member }, ctx.now);
  const { number } = written;
  await ctx.record({ kind: 'announcement.written', thing: 'forum', number, data });
  const topic = { kind: 'announcement_draft', subject: String(number) };
  if (isSecond) await ctx.post(topic, { purpose: 'coordinators' }, { urgent: true });
  const draft = await announcementDraft(ctx, written);
  // A button that refuses its writer would be no help.
  return isSecond ? { ...draft, controls: [] } : draft;
}

/** Writes an announcement to all places. */
export const announce = mutation({
  id: 'fn',
  cost: 10,
  name: 'announce',
  words: m => m.forum.command.say,
  who: 'coordinator',
  options: {
    text: main(paragraph({ max: 1500 })),
    urgency: optional(choice(URGENCIES, m => m.announcement.urgencies)),
    reason: optional(line({ max: 200 })),
    event: optional(line({ max: 100 })),
    when: optional(choice(ONSETS, m => m.announcement.onsets)),
    level: optional(choice(ALERT_LEVELS, m => m.announcement.levels)),
    certainty: optional(choice(CERTAINTIES, m => m.announcement.certainties)),
    area: optional(warningArea()),
    effective: optional(instant()),
    expires: optional(instant()),
    instruction: optional(paragraph({ max: 500 })),
    exercise: optional(flag()),
  },
  async run(ctx, { text: content, reason = null, ...o }) {
    const warning = {
      event: o.event ?? null,
      onset: o.when ?? null,
      level: o.level ?? null,
      certainty: o.certainty ?? null,
      area: o.area?.areas.length ? areasText(o.area.areas) : null,
      shapes: o.area ? shapesText(o.area.shapes) : null,
      effective: o.effective ?? null,
      expires: o.expires ?? null,
      instruction: o.instruction ?? null,
      exercise: o.exercise ?? false,
    };
    const isWarning = Object.values(warning).some(value => value !== null && value !== false);
    const urgency = o.urgency ?? (isWarning ? 'early_warning' : 'normal');
    if (o.expires && o.expires <= (o.effective && o.effective > ctx.now ? o.effective : ctx.now))
      throw new Refusal('invalid_option', m => m.announcement.expiresPast, { option: 'expires' });
    return draftOf(ctx, { content, urgency, reason, ...warning }, { urgency });
  },
});

/** Sends an announcement that was written to all places. */
export async function sendOut(ctx: WriteContext, one: Announcement): Promise<void> {
  await markSent(ctx.tx, one, ctx.actor.member, ctx.now);
  await ctx.record({ kind: 'announcement.sent', thing: 'forum', number: one.number, data: { reason: one.reason } });
  // Posts of the messages that it follows say so from now on.
  for (const { number } of await earlierMessages(ctx.db, one))
    await ctx.stale({ kind: 'announcement', subject: String(number) });
  await ctx.plan(...warningOver(one));
  const urgent = one.urgency === 'early_warning';
  await ctx.post({ kind: 'announcement', subject: String(one.number) }, { purpose: 'announce' }, { urgent });
}

export const send = mutation({
  id: 'fu',
  cost: 20,
  name: 'send',
  words: m => m.forum.command.send,
  who: 'coordinator',
  options: { announcement: announcementOption },
  async run(ctx, { announcement }) {
    const one = await named(ctx, announcement);
    const person = await personNumbers(ctx.db, ctx.forumId, ctx.actor.member);
    refuseIf(maySend(person, one, ctx.now), refusals);
    await sendOut(ctx, one);
    const id = { announcement: String(one.number) };
    const goesOn = one.urgency === 'early_warning' && !endsWarning(one);
    return view(ctx.m.announcement.sent, {
      tone: 'good',
      controls: goesOn ? [[button(ctx.m, 'updateWarning', 'fup', id), button(ctx.m, 'allClear', 'fac', id)]] : [],
    });
  },
});

export const seen = mutation({
  id: 'fk',
  name: 'seen',
  words: m => m.forum.command.seen,
  who: 'member',
  options: { announcement: announcementOption },
  async run(ctx, { announcement }) {
    const one = await named(ctx, announcement);
    if (!one.sentAt) throw new Refusal('not_found', m => m.announcement.none, { option: 'announcement' });
    await noteSeen(ctx.tx, one, ctx.actor.member, ctx.now);
    await ctx.stale({ kind: 'announcement', subject: String(one.number) });
    return view(ctx.m.announcement.thanks, { tone: 'good' });
  },
});

/** Tells who has not seen an announcement; its button for other groups asks for its words alone (`plain`). */
export const unseen = query({
  id: 'fl',
  name: 'unseen',
  words: m => {
    const words = m.forum.command.unseen;
    return { ...words, options: { ...words.options, plain: m.core.plainOption } };
  },
  who: 'member',
  options: { announcement: announcementOption, plain: paging(flag()) },
  async run(ctx, { announcement, plain }) {
    const one = await named(ctx, announcement);
    const { sentAt } = one;
    if (plain) {
      if (!sentAt) throw new Refusal('not_found', m => m.announcement.none, { option: 'announcement' });
      return asPlain(ctx, await announcementCard(ctx, { ...one, sentAt }, { isCopied: true }));
    }
    const names = await notSeenBy(ctx.db, one);
    const w = ctx.m.announcement;
    return view(w.unseenTitle({ seen: await seenBy(ctx.db, one), unseen: names.length }), {
      blocks: [
        names.length ? list(names.slice(0, LISTED)) : text(w.allSeen),
        names.length > LISTED ? text(`+${names.length - LISTED}`) : null,
      ],
    });
  },
});
