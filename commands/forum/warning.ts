import type { WriteContext } from '../../src/bot/act-context.ts';
import { mutation, optional, required } from '../../src/bot/command.ts';
import { flag, instant, line, paragraph, whole } from '../../src/bot/kinds.ts';
import { Refusal, type Refusals, refuseIf } from '../../src/contract/refusal.ts';
import type { View } from '../../src/contract/view.ts';
import { type Announcement, announcementByNumber, isExpired } from '../../src/domain/announcements.ts';
import { type FollowNo, latestOf, mayFollow } from '../../src/domain/warnings/life.ts';
import { draftOf } from './announce.ts';

const refusals: Refusals<FollowNo> = {
  no_warning: () => new Refusal('conflict', m => m.announcement.noWarning, { option: 'announcement' }),
  not_sent: () => new Refusal('conflict', m => m.announcement.notSentYet, { option: 'announcement' }),
  ended: no => new Refusal('closed', m => m.announcement.ended[no.life], { option: 'announcement' }),
};

/** The message that a new one follows: the last of those that were sent about the named warning. */
async function followed(ctx: WriteContext, number: number): Promise<Announcement> {
  const named = await announcementByNumber(ctx.db, ctx.forumId, number);
  if (!named) throw new Refusal('not_found', m => m.announcement.none, { option: 'announcement' });
  const last = await latestOf(ctx.db, named);
  refuseIf(mayFollow(last), refusals);
  return last;
}

/** Writes what follows a warning and asks back: it takes a second coordinator, or a reason, as the warning did. */
async function follow(
  ctx: WriteContext,
  before: Announcement,
  life: Exclude<Announcement['life'], 'alert'>,
  set: { readonly content: string; readonly reason: string | null; readonly expires?: Date | undefined },
): Promise<View> {
  const { urgency, event, onset, level, certainty, area, shapes, effective, instruction, exercise } = before;
  const expires = set.expires ?? before.expires;
  const values = {
    ...{ urgency, event, onset, level, certainty, area, shapes, effective, exercise, expires },
    instruction: life === 'update' ? instruction : null,
    content: set.content,
    reason: set.reason,
    life,
    follows: before.number,
  };
  if (isExpired(values, ctx.now) || (set.expires && set.expires <= ctx.now))
    throw new Refusal('invalid_option', m => m.announcement.expiresPast, { option: 'expires' });
  return draftOf(ctx, values, { urgency, life });
}

const options = {
  announcement: required(whole({ min: 1 })),
  text: required(paragraph({ max: 1500 })),
  reason: optional(line({ max: 200 })),
};

/** Says anew what a warning says, or with `cancel` that it was wrong. */
export const update = mutation({
  id: 'fup',
  cost: 10,
  name: 'update',
  words: m => m.forum.command.update,
  who: 'coordinator',
  options: { ...options, expires: optional(instant()), cancel: optional(flag()) },
  async run(ctx, { announcement, text: content, reason = null, expires, cancel = false }) {
    const before = await followed(ctx, announcement);
    return follow(ctx, before, cancel ? 'cancel' : 'update', { content, reason, expires });
  },
});

/** Says that the danger is over. */
export const allclear = mutation({
  id: 'fac',
  cost: 10,
  name: 'allclear',
  words: m => m.forum.command.allclear,
  who: 'coordinator',
  options,
  run: async (ctx, { announcement, text: content, reason = null }) =>
    follow(ctx, await followed(ctx, announcement), 'all_clear', { content, reason }),
});
