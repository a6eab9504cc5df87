import type { Kit } from '../kit.ts';
import type { definePeople } from './people.ts';

export const URGENCIES = ['normal', 'early_warning'] as const;

/** What the coordinators say to the whole forum, and who has seen it. */
export function defineAnnouncements(kit: Kit, { forums, members }: ReturnType<typeof definePeople>) {
  const { table, text, int, instant, primaryKey, foreignKey } = kit;

  const announcements = table(
    'announcements',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      content: text().notNull(),
      urgency: text({ enum: URGENCIES }).notNull(),
      /** Why a warning went out without a second coordinator. */
      reason: text(),
      writtenBy: int().notNull(),
      writtenAt: instant().notNull(),
      sentBy: int(),
      sentAt: instant(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.number] }),
      foreignKey({ columns: [t.forumId, t.writtenBy], foreignColumns: [members.forumId, members.number] }),
      foreignKey({ columns: [t.forumId, t.sentBy], foreignColumns: [members.forumId, members.number] }),
    ],
  );

  const sightings = table(
    'sightings',
    { forumId: text().notNull(), announcement: int().notNull(), member: int().notNull(), at: instant().notNull() },
    t => [
      primaryKey({ columns: [t.forumId, t.announcement, t.member] }),
      foreignKey({
        columns: [t.forumId, t.announcement],
        foreignColumns: [announcements.forumId, announcements.number],
      }),
      foreignKey({ columns: [t.forumId, t.member], foreignColumns: [members.forumId, members.number] }),
    ],
  );

  return { announcements, sightings };
}
