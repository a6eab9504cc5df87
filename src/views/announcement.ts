import { button } from '../bot/buttons.ts';
import { facts, note, quote, text, type View, view } from '../bot/view.ts';
import type { Subject } from '../delivery/subjects.ts';
import { type Announcement, announcementByNumber, seenBy } from '../domain/announcements.ts';
import { channelsOf } from '../domain/forums.ts';
import { memberByNumber } from '../domain/people.ts';
import { when } from '../language/dates.ts';
import type { Look } from './look.ts';

/** What would go where, before it goes. */
export async function announcementDraft(look: Look, one: Announcement): Promise<View> {
  const w = look.m.announcement;
  const channels = (await channelsOf(look.db, look.forumId)).filter(channel => channel.purpose === 'announce');
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
    controls: [[button(look.m, 'sendAnnouncement', 'fu', request, 'danger')]],
  });
}

/** An announcement as everybody reads it, with how many have seen it. */
export const announcement: Subject = {
  lasting: true,
  async view(look, subject) {
    const one = await announcementByNumber(look.db, look.forumId, Number(subject));
    if (!one?.sentAt) return { suppressed: 'not sent' };
    const w = look.m.announcement;
    const author = await memberByNumber(look.db, look.forumId, one.writtenBy);
    const warning = one.urgency === 'early_warning';
    return view(warning ? w.warningTitle : w.title, {
      tone: warning ? 'bad' : 'plain',
      blocks: [
        text(one.content),
        facts([
          [w.by, author?.name],
          [w.at, [when(one.sentAt, look.zone, look.locale)]],
          [w.seen, String(await seenBy(look.db, one))],
        ]),
      ],
      controls: [[button(look.m, 'seen', 'fk', { announcement: subject }, 'primary')]],
    });
  },
};

/** A warning that waits for a second coordinator. */
export const announcementToSend: Subject = {
  lasting: false,
  async view(look, subject) {
    const one = await announcementByNumber(look.db, look.forumId, Number(subject));
    return one && !one.sentAt ? announcementDraft(look, one) : { suppressed: 'sent' };
  },
};
