import { button } from '../contract/buttons.ts';
import { PLATFORM_NAMES } from '../contract/platform-names.ts';
import type { PostType } from '../contract/post-type.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { facts, note, quote, text, type View, view } from '../contract/view.ts';
import { areaNames } from '../domain/areas/area.ts';
import { channelsOf } from '../domain/forums.ts';
import { memberByNumber } from '../domain/people.ts';
import { type AlertOffer, asWarning, mayAnswer, offerByNumber } from '../domain/warnings/offers.ts';
import { when } from '../language/dates.ts';
import { shapesFact } from './warning-area.ts';

/** The fate of an offered alert, as its card says it; null: it can be answered. */
async function fateOf(context: RenderContext, offer: AlertOffer) {
  const w = context.m.announcement;
  const no = mayAnswer(offer, context.now);
  if (!no) return null;
  if (no.why === 'expired') return w.expired;
  const by = offer.decidedBy === null ? null : await memberByNumber(context.db, context.forumId, offer.decidedBy);
  return w.offerFates[no.state]({ by: by?.name ?? context.m.core.somebody });
}

/** An agency's alert as a draft: what would go out, whose it is, and the two answers. */
async function alertOfferCard(context: RenderContext, offer: AlertOffer): Promise<View> {
  const { m, zone, locale } = context;
  const w = m.announcement;
  const { alert } = offer;
  const one = asWarning(offer);
  const fate = await fateOf(context, offer);
  const channels = (await channelsOf(context.db, context.forumId)).filter(channel => channel.purpose === 'announce');
  const places = channels.map(channel => `#${channel.name} (${PLATFORM_NAMES[channel.platform]})`).join(', ');
  const request = { alert: String(offer.number) };
  return view(w.offerTitle({ source: alert.source, event: alert.event, level: alert.level, life: offer.life }), {
    tone: fate === null ? 'warning' : 'plain',
    blocks: [
      alert.exercise ? text(w.exercise) : null,
      fate === null ? null : text(fate),
      alert.headline ? text(alert.headline) : null,
      quote(alert.content),
      facts([
        [w.life, offer.life === 'alert' ? null : w.lives[offer.life]],
        [w.level, alert.level && w.levels[alert.level]],
        [m.core.area, areaNames(alert.area) || alert.areaText || null],
        [w.shapes, shapesFact(m, alert.shapes)],
        [w.onset, alert.onset && w.onsets[alert.onset]],
        [w.certainty, alert.certainty && w.certainties[alert.certainty]],
        [w.effective, one.effective ? [when(one.effective, zone, locale)] : null],
        [w.expires, one.expires ? [when(one.expires, zone, locale)] : null],
        [w.instruction, alert.instruction],
        [w.source, one.source ?? null],
        [w.places, places || w.nowhere],
      ]),
      fate === null ? note(w.offerNote) : null,
    ],
    controls:
      fate === null
        ? [[button(m, 'passAlertOn', 'fao', request, 'danger'), button(m, 'declineAlert', 'fad', request)]]
        : [],
  });
}

/** An agency's alert that waits for a coordinator. */
export const alertOffer: PostType = {
  keptCurrent: true,
  async view(context, subject) {
    const offer = await offerByNumber(context.db, context.forumId, Number(subject));
    if (!offer) return { suppressed: 'gone' };
    // An alert that nobody was shown in time is not shown any more.
    const isLate = context.standsSince === null && mayAnswer(offer, context.now) !== null;
    return isLate ? { suppressed: 'over' } : alertOfferCard(context, offer);
  },
};
