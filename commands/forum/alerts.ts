import type { ReadContext } from '../../src/bot/act-context.ts';
import { mutation, optional, paging } from '../../src/bot/command.ts';
import { feed as feedKind, feedName } from '../../src/bot/feed-kind.ts';
import { flag } from '../../src/bot/kinds.ts';
import { role as roleKind } from '../../src/bot/references.ts';
import { button } from '../../src/contract/buttons.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { type Control, facts, list, note, text, view } from '../../src/contract/view.ts';
import { alertRoleAt, changeForum, type ForumSettings, withAlertRole } from '../../src/domain/forums.ts';
import { feedStates } from '../../src/domain/warnings/feeds.ts';
import { placesOfForum } from '../../src/domain/warnings/offers.ts';
import { when } from '../../src/language/dates.ts';
import { type Text, t } from '../../src/language/text.ts';

/** Maximum length of a feed's name that fits a button, bytes. */
const BUTTON_BYTES = 60;

/** The settings with a feed that is watched, or no longer. */
function withFeed(settings: ForumSettings, feed: string, isWatched: boolean): ForumSettings {
  const others = (settings.alertFeeds ?? []).filter(one => one !== feed);
  return { ...settings, alertFeeds: isWatched ? [...others, feed] : others };
}

/** A line for each feed that is watched: when it was read last, and what is wrong with it. */
async function feedLines(
  { db, m, zone, locale, alertFeeds }: ReadContext,
  watched: readonly string[],
): Promise<Text[]> {
  const states = new Map((await feedStates(db, watched)).map(one => [one.address, one]));
  return watched.map(address => {
    const state = states.get(address);
    const w = m.forum;
    if (!alertFeeds.includes(address)) return t`${feedName(address)} – ${w.feedNotAllowed}`;
    const read = state?.wellAt ? w.feedRead({ at: [when(state.wellAt, zone, locale)] }) : w.feedNotRead;
    return state?.fault ? t`${feedName(address)} – ${read}; ${w.feedFault}` : t`${feedName(address)} – ${read}`;
  });
}

/**
 * Says which role of this place early warnings mention, and which feeds of official alerts are watched for the forum;
 * with nothing given, how it stands. `none` takes the named feed, else the role, away again.
 */
export const alerts = mutation({
  id: 'fv',
  name: 'alerts',
  words: m => m.forum.command.alerts,
  who: 'coordinator',
  options: { role: optional(roleKind()), none: paging(flag()), feed: optional(feedKind()) },
  async run(ctx, { role, none = false, feed }) {
    const { settings } = ctx.forum;
    let next = settings;
    if (role) next = withAlertRole(next, ctx.place, role);
    else if (none && !feed) next = withAlertRole(next, ctx.place, null);
    if (feed !== undefined) {
      if (!none && !ctx.alertFeeds.includes(feed))
        throw new Refusal('forbidden', m => m.forum.feedNotAllowed, { option: 'feed' });
      if (!none && !(await placesOfForum(ctx.db, ctx.forum)).length)
        throw new Refusal('conflict', m => m.forum.feedNeedsArea, { option: 'feed' });
      next = withFeed(next, feed, !none);
    }
    if (next !== settings) {
      await changeForum(ctx.tx, ctx.forumId, { settings: next });
      await ctx.record({ kind: 'forum.changed', thing: 'forum', number: 0, data: { changed: ['alerts'] } });
    }
    const w = ctx.m.forum;
    const stands = alertRoleAt(next, ctx.place);
    const watched = next.alertFeeds ?? [];
    const open = ctx.alertFeeds.filter(one => !watched.includes(one)).map(feedName);
    const stop: Control[][] = watched
      .map(feedName)
      .filter(name => Buffer.byteLength(name) <= BUTTON_BYTES)
      .map(name => [button(ctx.m, 'stopFeed', 'fv', { none: 'yes', feed: name })]);
    return view(next === settings ? w.alerts : w.saved, {
      ...(next !== settings && { tone: 'good' }),
      blocks: [
        facts([
          [w.alertRole, stands ? `@${stands.name}` : w.noAlertRole],
          [w.feeds, watched.length ? null : w.noFeedWatched],
          [w.feedsOpen, open.join('; ') || null],
        ]),
        list(await feedLines(ctx, watched)),
        text(w.alertsHint),
        watched.length ? text(w.feedsHint) : null,
        stands && role?.mentionable === false ? note(w.notMentionable) : null,
      ],
      controls: [...(stands ? [[button(ctx.m, 'noRole', 'fv', { none: 'yes' })]] : []), ...stop.slice(0, 2)],
    });
  },
});
