import type { ReadContext } from '../../src/bot/act-context.ts';
import { mutation, required } from '../../src/bot/command.ts';
import { whole } from '../../src/bot/kinds.ts';
import { Refusal, type Refusals, refuseIf } from '../../src/contract/refusal.ts';
import { view } from '../../src/contract/view.ts';
import { announcementByNumber, endsWarning, writeAnnouncement } from '../../src/domain/announcements.ts';
import { latestOf, mayFollow } from '../../src/domain/warnings/life.ts';
import {
  type AlertOffer,
  asWarning,
  decideOffer,
  mayAnswer,
  type OfferNo,
  offerByNumber,
} from '../../src/domain/warnings/offers.ts';
import { catalogue } from '../../src/language/messages.ts';
import { sendOut } from './announce.ts';

const refusals: Refusals<OfferNo> = {
  answered: () => new Refusal('closed', m => m.announcement.offerAnswered, { option: 'alert' }),
  expired: () => new Refusal('closed', m => m.announcement.expired, { option: 'alert' }),
};

const options = { alert: required(whole({ min: 1 })) };

async function offered(ctx: ReadContext, number: number): Promise<AlertOffer> {
  const found = await offerByNumber(ctx.db, ctx.forumId, number);
  if (!found) throw new Refusal('not_found', m => m.announcement.noOffer, { option: 'alert' });
  refuseIf(mayAnswer(found, ctx.now), refusals);
  return found;
}

const topicOf = ({ number }: AlertOffer) => ({ kind: 'alert_offer', subject: String(number) });

/**
 * The message that an alert follows, as it stands now: the forum may have ended or updated its warning meanwhile. What
 * follows nothing any more is a warning of its own, unless it would only end one.
 */
async function standsNow(ctx: ReadContext, offer: AlertOffer): Promise<Pick<AlertOffer, 'life' | 'follows'>> {
  if (offer.follows === null) return { life: 'alert', follows: null };
  const before = await announcementByNumber(ctx.db, ctx.forumId, offer.follows);
  const last = before && (await latestOf(ctx.db, before));
  if (last && mayFollow(last) === null) return { life: offer.life, follows: last.number };
  if (endsWarning(offer)) throw new Refusal('closed', m => m.announcement.offerEnded, { option: 'alert' });
  return { life: 'alert', follows: null };
}

/** Sends an agency's alert to the forum as its own early warning; the agency stands for the second person. */
export const passOn = mutation({
  id: 'fao',
  cost: 20,
  name: 'pass_on',
  words: m => m.forum.command.passOn,
  who: 'coordinator',
  hidden: true,
  options,
  async run(ctx, { alert }) {
    const offer = await offered(ctx, alert);
    const { life, follows } = await standsNow(ctx, offer);
    const w = catalogue[ctx.forum.locale].announcement;
    const written = await writeAnnouncement(
      ctx.tx,
      ctx.forumId,
      {
        ...asWarning(offer),
        ...{ life, follows },
        content: offer.alert.content,
        urgency: 'early_warning',
        reason: w.officialReason({ source: offer.alert.source }),
        writtenBy: ctx.actor.member,
      },
      ctx.now,
    );
    const set = {
      state: 'sent',
      decidedBy: ctx.actor.member,
      decidedAt: ctx.now,
      announcement: written.number,
    } as const;
    await decideOffer(ctx.tx, offer, set);
    await sendOut(ctx, written);
    await ctx.stale(topicOf(offer));
    return view(ctx.m.announcement.sent, { tone: 'good' });
  },
});

/** Says that an agency's alert is none for this forum; its updates are offered again only where they are graver. */
export const declineAlert = mutation({
  id: 'fad',
  name: 'decline_alert',
  words: m => m.forum.command.declineAlert,
  who: 'coordinator',
  hidden: true,
  options,
  async run(ctx, { alert }) {
    const offer = await offered(ctx, alert);
    await decideOffer(ctx.tx, offer, { state: 'declined', decidedBy: ctx.actor.member, decidedAt: ctx.now });
    await ctx.record({ kind: 'announcement.alert_declined', thing: 'forum', number: offer.number });
    await ctx.stale(topicOf(offer));
    return view(ctx.m.announcement.offerDeclined, { tone: 'good' });
  },
});
