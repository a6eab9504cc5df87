import { and, eq, inArray, ne, or } from 'drizzle-orm';
import { PLATFORM_NAMES } from '../contract/platform-names.ts';
import type { SendContext } from '../contract/post-type.ts';
import { note, type View } from '../contract/view.ts';
import { formatInstant } from '../language/dates.ts';
import { prepared } from '../storage/prepared.ts';
import type { Store } from '../storage/store.ts';
import type { Delivery } from './delivery.ts';
import type { PostSpot } from './posts.ts';
import { CALENDAR } from './stops.ts';

/** Says below a card that stays when it was brought up to date, and where else it stands. A terminal shows it anew. */
export async function withFooter(
  store: Store,
  delivery: Delivery,
  { m, now, zone, locale }: SendContext,
  view: View,
  isEdit: boolean,
): Promise<View> {
  if (delivery.platform === 'console' || delivery.channel === CALENDAR) return view;
  const elsewhere = await otherPlaces(store, delivery);
  const parts = [
    isEdit ? m.core.updated({ at: formatInstant(now, zone, locale) }) : null,
    elsewhere.length ? m.core.alsoIn({ places: elsewhere.join(', ') }) : null,
  ].filter(part => part !== null);
  return parts.length ? { ...view, blocks: [...view.blocks, note(parts.join(' · '))] } : view;
}

/** The channels in which the same card stands besides. */
async function otherPlaces({ read }: Store, one: Delivery): Promise<string[]> {
  const { forumId, topic, subject, platform, workspace, channel } = one;
  const rows = await placesOf(read, { forumId, topic, subject, platform, workspace, channel: channel ?? '' });
  return rows.map(row => `#${row.name} (${PLATFORM_NAMES[row.platform]})`);
}

const placesOf = prepared((db, { forumId, topic, subject, platform, workspace, channel }: PostSpot) => {
  const { posts: p, channels: c } = db.tables;
  return db
    .selectDistinct({ name: c.name, platform: p.platform })
    .from(p)
    .innerJoin(
      c,
      and(eq(c.forumId, p.forumId), eq(c.platform, p.platform), eq(c.workspace, p.workspace), eq(c.channel, p.channel)),
    )
    .where(
      and(
        eq(p.forumId, forumId),
        eq(p.topic, topic),
        eq(p.subject, subject),
        inArray(p.platform, ['discord', 'slack']),
        or(ne(p.platform, platform), ne(p.workspace, workspace), ne(p.channel, channel)),
      ),
    )
    .limit(5);
});
