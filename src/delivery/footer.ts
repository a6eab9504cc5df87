import { and, eq, inArray, ne, or } from 'drizzle-orm';
import { PLATFORM_NAMES } from '../contract/platform-names.ts';
import type { SendContext } from '../contract/post-type.ts';
import { note, type View } from '../contract/view.ts';
import { formatInstant } from '../language/dates.ts';
import type { Store } from '../storage/store.ts';
import type { Delivery } from './delivery.ts';
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
async function otherPlaces({ read, tables }: Store, one: Delivery): Promise<string[]> {
  const { posts: p, channels: c } = tables;
  const rows = await read
    .selectDistinct({ name: c.name, platform: p.platform })
    .from(p)
    .innerJoin(
      c,
      and(eq(c.forumId, p.forumId), eq(c.platform, p.platform), eq(c.workspace, p.workspace), eq(c.channel, p.channel)),
    )
    .where(
      and(
        eq(p.forumId, one.forumId),
        eq(p.topic, one.topic),
        eq(p.subject, one.subject),
        inArray(p.platform, ['discord', 'slack']),
        or(ne(p.platform, one.platform), ne(p.workspace, one.workspace), ne(p.channel, one.channel ?? '')),
      ),
    )
    .limit(5);
  return rows.map(row => `#${row.name} (${PLATFORM_NAMES[row.platform]})`);
}
