import type { Kit } from '../kit.ts';
import type { definePeople } from './people.ts';

export const URGENCIES = ['normal', 'early_warning'] as const;
/** What a message does in the life of a warning. */
export const LIVES = ['alert', 'update', 'cancel', 'all_clear'] as const;
/** When what a warning tells of is to be expected. */
export const ONSETS = ['now', 'soon', 'later'] as const;
/** How grave it is, the gravest last. */
export const ALERT_LEVELS = ['waspada', 'siaga', 'awas'] as const;
export const CERTAINTIES = ['possible', 'likely', 'observed'] as const;

/** Defines announcements of the coordinators to the whole forum, and who has seen them. */
export function defineAnnouncements(kit: Kit, { forums, members }: ReturnType<typeof definePeople>) {
  const { table, text, int, bool, instant, primaryKey, foreignKey, index } = kit;

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
      life: text({ enum: LIVES }).notNull().default('alert'),
      /** The announcement that this one updates, withdraws or ends. */
      follows: int(),
      /** What threatens, in a word or two. */
      event: text(),
      onset: text({ enum: ONSETS }),
      level: text({ enum: ALERT_LEVELS }),
      certainty: text({ enum: CERTAINTIES }),
      /** Official areas, code and name (src/domain/areas/area.ts). */
      area: text(),
      effective: instant(),
      expires: instant(),
      /** What to do. */
      instruction: text(),
      /** A drill: it says so wherever it stands. */
      exercise: bool().notNull().default(false),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.number] }),
      foreignKey({ columns: [t.forumId, t.writtenBy], foreignColumns: [members.forumId, members.number] }),
      foreignKey({ columns: [t.forumId, t.sentBy], foreignColumns: [members.forumId, members.number] }),
      index('announcements_follows').on(t.forumId, t.follows),
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
