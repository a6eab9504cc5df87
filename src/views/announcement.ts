import { button } from '../contract/buttons.ts';
import { PLATFORM_NAMES } from '../contract/platform-names.ts';
import type { PostType } from '../contract/post-type.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Control, facts, note, quote, text, type View, view } from '../contract/view.ts';
import { typedOrigin } from '../domain/actions/row.ts';
import {
  type Announcement,
  announcementByNumber,
  endsWarning,
  isExpired,
  needsSecond,
  notSeenBy,
  seenBy,
} from '../domain/announcements.ts';
import { areaNames } from '../domain/areas/area.ts';
import { channelsOf } from '../domain/forums.ts';
import { memberByNumber } from '../domain/people.ts';
import { latestOf } from '../domain/warnings/life.ts';
import { when } from '../language/dates.ts';
import type { Text } from '../language/text.ts';
import { fromDecision } from './action.ts';
import { shapesFact } from './warning-area.ts';

/** Returns what would go where, before it goes. */
export async function announcementDraft(context: RenderContext, one: Announcement): Promise<View> {
  const w = context.m.announcement;
  const channels = (await channelsOf(context.db, context.forumId)).filter(channel => channel.purpose === 'announce');
  const places = channels.map(channel => `#${channel.name} (${PLATFORM_NAMES[channel.platform]})`).join(', ');
  const request = { announcement: String(one.number) };
  return view(w.confirm, {
    tone: 'warning',
    blocks: [
      one.exercise ? text(w.exercise) : null,
      one.urgency === 'early_warning' ? text(titleOf(context, one)) : null,
      quote(one.content),
      facts([
        [w.life, one.life === 'alert' ? null : w.lives[one.life]],
        ...warningFacts(context, one),
        [w.urgency, w.urgencies[one.urgency]],
        [w.places, places || w.nowhere],
        [w.reason, one.reason],
      ]),
      needsSecond(one) ? note(w.needsSecond) : null,
    ],
    controls: [[button(context.m, 'sendAnnouncement', 'fu', request, 'danger')]],
  });
}

/** The first line of an announcement: what it is, how grave, and that it is a drill where it is one. */
function titleOf({ m }: RenderContext, one: Announcement): string {
  const w = m.announcement;
  if (one.urgency !== 'early_warning') return w.title;
  const { life, level, event, exercise } = one;
  return event === null && level === null && life === 'alert' && !exercise
    ? w.warningTitle
    : w.headline({ life, level, event: event ?? w.warning, exercise });
}

/** Returns what a warning says beside its words: how grave, where, when, how sure, until when, and what to do. */
function warningFacts({ m, zone, locale }: RenderContext, one: Announcement): [Text, Text | null][] {
  const w = m.announcement;
  const at = (instant: Date | null): Text | null => instant && [when(instant, zone, locale)];
  return [
    [w.level, one.level && w.levels[one.level]],
    [m.core.area, areaNames(one.area) || null],
    [w.shapes, shapesFact(m, one.shapes)],
    [w.onset, one.onset && w.onsets[one.onset]],
    [w.certainty, one.certainty && w.certainties[one.certainty]],
    [w.effective, at(one.effective)],
    [w.expires, at(one.expires)],
    [w.instruction, one.instruction],
    [w.source, one.source],
  ];
}

/** Maximum number of names of those who have not seen a warning; of more people its card has a button that lists them. */
const NAMED = 10;

/** Tells who has seen a warning and who has not: by name while they are few. */
function seenText({ m }: RenderContext, seen: number, missing: readonly string[]): string {
  const w = m.announcement;
  if (missing.length > NAMED) return w.seenCount({ seen, unseen: missing.length });
  return w.seenOf({ seen, names: missing.length ? missing.join(', ') : null });
}

/** Returns what follows from a warning: an action at any time, a review once it holds no longer. */
const afterwards = ({ m }: RenderContext, { number }: Announcement, holds: boolean): Control[] => [
  ...(holds ? [] : [button(m, 'reviewEvent', 'ijw', { announcement: String(number) })]),
  ...fromDecision(m, typedOrigin('warning', number)),
];

/** An announcement as everybody reads it, with how many have seen it, and a button that gives it as plain words. */
export const announcement: PostType = {
  keptCurrent: true,
  async view(context, subject) {
    const one = await announcementByNumber(context.db, context.forumId, Number(subject));
    return one?.sentAt ? announcementCard(context, { ...one, sentAt: one.sentAt }) : { suppressed: 'not sent' };
  },
};

/** The card of an announcement that was sent; to be copied elsewhere it goes without who has seen it here. */
export async function announcementCard(
  context: RenderContext,
  one: Announcement & { readonly sentAt: Date },
  { isCopied = false } = {},
): Promise<View> {
  const subject = String(one.number);
  const w = context.m.announcement;
  const author = await memberByNumber(context.db, context.forumId, one.writtenBy);
  const warning = one.urgency === 'early_warning';
  const seen = await seenBy(context.db, one);
  const missing = warning ? await notSeenBy(context.db, one) : null;
  const last = warning ? await latestOf(context.db, one) : one;
  const isOver = last.number !== one.number || isExpired(one, context.now);
  const holds = warning && !isOver && !endsWarning(one);
  const shown = view(titleOf(context, one), {
    tone: holds ? 'bad' : 'plain',
    blocks: [
      one.exercise ? text(w.exercise) : null,
      last.number === one.number
        ? isExpired(one, context.now)
          ? text(w.expired)
          : null
        : text(w.followed({ what: w.lives[last.life], at: [when(last.sentAt!, context.zone, context.locale)] })),
      text(one.content),
      facts([
        ...warningFacts(context, one),
        [w.number, warning ? String(one.number) : null],
        [w.by, author?.name],
        [w.at, [when(one.sentAt, context.zone, context.locale)]],
        [w.seen, isCopied ? null : missing ? seenText(context, seen, missing) : String(seen)],
      ]),
    ],
    controls: [
      [
        button(context.m, 'seen', 'fk', { announcement: subject }, 'primary'),
        ...(missing && missing.length > NAMED ? [button(context.m, 'whoHasNot', 'fl', { announcement: subject })] : []),
        button(context.m, 'copyText', 'fl', { announcement: subject, plain: 'yes' }),
      ],
      warning && last.number === one.number ? afterwards(context, one, holds) : [],
    ].filter(row => row.length),
  });
  return holds ? { ...shown, isAlert: true } : shown;
}

/** A warning that waits for a second coordinator. */
export const announcementToSend: PostType = {
  keptCurrent: false,
  async view(context, subject) {
    const one = await announcementByNumber(context.db, context.forumId, Number(subject));
    return one && !one.sentAt ? announcementDraft(context, one) : { suppressed: 'sent' };
  },
};
