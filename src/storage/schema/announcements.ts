import type { Kit } from '../kit.ts';
import type { definePeople } from './people.ts';

export const URGENCIES = ['normal', 'early_warning'] as const;
/** Part of a message in the life of a warning. */
export const LIVES = ['alert', 'update', 'cancel', 'all_clear'] as const;
/** Times at which the event of a warning is to be expected. */
export const ONSETS = ['now', 'soon', 'later'] as const;
/** Degrees of gravity, the gravest last. */
export const ALERT_LEVELS = ['waspada', 'siaga', 'awas'] as const;
export const CERTAINTIES = ['possible', 'likely', 'observed'] as const;

/**
 * State of an agency's alert in a forum: it waits for an answer, was passed on or refused, or a newer one replaced it.
 */
const OFFER_STATES = ['open', 'sent', 'declined', 'replaced'] as const;

/** Names a message of the Common Alerting Protocol for ever. */
export interface AlertKey {
  readonly sender: string;
  readonly identifier: string;
  /** ISO instant. */
  readonly sent: string;
}

/** Contents of an agency's alert that a forum is shown and passes on. */
export interface OfferedAlert {
  readonly source: string;
  /** Address where people read it; null: the alert names none. */
  readonly web: string | null;
  readonly event: string;
  readonly headline: string | null;
  readonly content: string;
  readonly instruction: string | null;
  readonly onset: (typeof ONSETS)[number] | null;
  readonly level: (typeof ALERT_LEVELS)[number] | null;
  readonly certainty: (typeof CERTAINTIES)[number] | null;
  /** ISO instants. */
  readonly effective: string | null;
  readonly expires: string;
  /** Official areas as they are stored, the agency's own words for the area, and its shapes. */
  readonly area: string | null;
  readonly areaText: string;
  readonly shapes: string | null;
  readonly exercise: boolean;
}

/** Defines announcements of the coordinators to the whole forum, and who has seen them. */
export function defineAnnouncements(kit: Kit, { forums, members }: ReturnType<typeof definePeople>) {
  const { table, text, int, bool, instant, json, primaryKey, foreignKey, index, uniqueIndex } = kit;

  const announcements = table(
    'announcements',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      content: text().notNull(),
      urgency: text({ enum: URGENCIES }).notNull(),
      /** Reason for sending a warning without a second coordinator. */
      reason: text(),
      writtenBy: int().notNull(),
      writtenAt: instant().notNull(),
      sentBy: int(),
      sentAt: instant(),
      life: text({ enum: LIVES }).notNull().default('alert'),
      /** The announcement that this one updates, withdraws or ends. */
      follows: int(),
      /** The threat, in a word or two. */
      event: text(),
      onset: text({ enum: ONSETS }),
      level: text({ enum: ALERT_LEVELS }),
      certainty: text({ enum: CERTAINTIES }),
      /** Official areas, code and name (src/domain/areas/area.ts). */
      area: text(),
      effective: instant(),
      expires: instant(),
      /** Advice on what to do. */
      instruction: text(),
      /** Circles and polygons that it holds in, one a line (src/domain/areas/shape.ts). */
      shapes: text(),
      /** The agency whose alert it passes on, with the alert's address. */
      source: text(),
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

  /** State of agencies' alerts in each forum that watches the feed. */
  const alertOffers = table(
    'alert_offers',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      sender: text().notNull(),
      identifier: text().notNull(),
      sent: instant().notNull(),
      alert: json<OfferedAlert>().notNull(),
      life: text({ enum: LIVES }).notNull(),
      /** The announcement that it would follow. */
      follows: int(),
      state: text({ enum: OFFER_STATES }).notNull(),
      offeredAt: instant().notNull(),
      decidedBy: int(),
      decidedAt: instant(),
      /** The announcement that it became. */
      announcement: int(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.number] }),
      foreignKey({ columns: [t.forumId, t.decidedBy], foreignColumns: [members.forumId, members.number] }),
      uniqueIndex('alert_offers_once').on(t.forumId, t.sender, t.identifier, t.sent),
    ],
  );

  /** The feeds of alerts that this installation reads, and how each of them fares. */
  const alertFeeds = table('alert_feeds', {
    address: text().primaryKey(),
    /** Instant before which it is not asked again. */
    nextAt: instant().notNull(),
    wellAt: instant(),
    /** Number of times in a row that it could not be read. */
    failures: int().notNull(),
    /** Reason for which it could not be read the last time; null: it could. */
    fault: text(),
  });

  return { announcements, sightings, alertOffers, alertFeeds };
}
