import { button } from '../contract/buttons.ts';
import type { PostType } from '../contract/post-type.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { facts, note, quote, text, type View, view } from '../contract/view.ts';
import { type Announcement, announcementByNumber, seenBy } from '../domain/announcements.ts';
import { channelsOf } from '../domain/forums.ts';
import { memberByNumber } from '../domain/people.ts';
import { when } from '../language/dates.ts';

/** What would go where, before it goes. */
export async function announcementDraft(context: RenderContext, one: Announcement): Promise<View> {
  const w = context.m.announcement;
  const channels = (await channelsOf(context.db, context.forumId)).filter(channel => channel.purpose === 'announce');
  const places = channels.map(channel => `#${channel.name} (${channel.platform})`).join(', ');
  const request = { announcement: String(one.number) };
  const second = one.urgency === 'early_warning' && one.reason === null;
  return view(w.confirm, {
    tone: 'warning',
    blocks: [
      quote(one.content),
      facts([
        [w.urgency, w.urgencies[one.urgency]],
        [w.places, places || w.nowhere],
        [w.reason, one.reason],
      ]),
      second ? note(w.needsSecond) : null,
    ],
    controls: [[button(context.m, 'sendAnnouncement', 'fu', request, 'danger')]],
  });
}

/** An announcement as everybody reads it, with how many have seen it. */
export const announcement: PostType = {
  keptCurrent: true,
  async view(context, subject) {
    const one = await announcementByNumber(context.db, context.forumId, Number(subject));
    if (!one?.sentAt) return { suppressed: 'not sent' };
    const w = context.m.announcement;
    const author = await memberByNumber(context.db, context.forumId, one.writtenBy);
    const warning = one.urgency === 'early_warning';
    const shown = view(warning ? w.warningTitle : w.title, {
      tone: warning ? 'bad' : 'plain',
      blocks: [
        text(one.content),
        facts([
          [w.by, author?.name],
          [w.at, [when(one.sentAt, context.zone, context.locale)]],
          [w.seen, String(await seenBy(context.db, one))],
        ]),
      ],
      controls: [[button(context.m, 'seen', 'fk', { announcement: subject }, 'primary')]],
    });
    return warning ? { ...shown, isAlert: true } : shown;
  },
};

/** A warning that waits for a second coordinator. */
export const announcementToSend: PostType = {
  keptCurrent: false,
  async view(context, subject) {
    const one = await announcementByNumber(context.db, context.forumId, Number(subject));
    return one && !one.sentAt ? announcementDraft(context, one) : { suppressed: 'sent' };
  },
};
