import { sql } from 'drizzle-orm';
import { LOCALES } from '../../language/locale.ts';
import type { Kit } from '../kit.ts';
import { PLATFORMS } from './platforms.ts';
import type { Quorum, Share } from './rule.ts';

export const PURPOSES = ['announce', 'coordinators', 'issues'] as const;
export const SECTORS = ['government', 'ngo', 'private', 'academia', 'community', 'media'] as const;
export const SEAT_ROLES = ['representative', 'alternate', 'member'] as const;
export const LEVELS = ['low', 'medium', 'high'] as const;

/** The floors of a forum's decisions: a proposal with a weaker or shorter rule is refused. */
export interface Floors {
  readonly basis: 'partner' | 'member';
  readonly quorum: Quorum;
  readonly threshold: Share;
  /** Minimum time between opening and closing, ms. */
  readonly shortestMs: number;
}

/** A way of dividing people that a forum asks for (src/domain/groups/dimensions.ts). */
export interface DimensionSetting {
  /** The key of one that Rembug knows, or what the forum calls its own. */
  readonly key: string;
  /** The groups of its own, by their names. */
  readonly groups?: readonly string[];
  readonly asked: readonly ('activities' | 'indicators')[];
}

/** Describes what a forum has set for itself; absent means the default. */
export interface ForumSettings {
  /** Local hours, `HH:mm`: nothing that can wait is sent between them. */
  readonly quietFrom?: string;
  readonly quietTo?: string;
  /** Times of the coordinators' digest, as a cron expression in the forum's zone. */
  readonly digestCron?: string;
  /** Day of the month on which a digest of the month is sent at 08.00 besides; absent: none. */
  readonly monthlyDigest?: number;
  /** Rule for a digest that falls on a holiday; absent: the next working day. */
  readonly digestOnHoliday?: 'next' | 'previous' | 'skip' | 'keep';
  /** The digest in the announcements names the partners whose reports are overdue; else only coordinators are told. */
  readonly overdueInPublic?: boolean;
  /** An empty digest says so in a line, or is not sent. */
  readonly emptyDigest?: boolean;
  /** Ledger entries above this many minor units count once somebody of another partner has approved them. */
  readonly approveAbove?: number;
  /** Minor units that no ledger entry may exceed; absent: `DEFAULT_MAX_ENTRY`. */
  readonly maxEntry?: number;
  /** Categories of spending, as the forum calls them. */
  readonly moneyCategories?: readonly string[];
  /** Dimensions by which people are counted apart; absent: sex, of activities and indicators. */
  readonly groups?: readonly DimensionSetting[];
  /** A survey of the partnership opens on the first working day of each quarter. */
  readonly quarterlyPulse?: boolean;
  /** Number of days for which it is kept what was sent to whom and when. */
  readonly historyDays?: number;
  /** Members without a duty who were not seen for so many months are forgotten; absent or 0: nobody is. */
  readonly inactiveMonths?: number;
  /** The role that early warnings mention, by place: `platform:workspace`. */
  readonly alertRoles?: Readonly<Record<string, { readonly id: string; readonly name: string }>>;
  /** The feeds of alerts that are watched for the forum, by their addresses. */
  readonly alertFeeds?: readonly string[];
  /** A panel stands somewhere: it is brought up to date with what happens. */
  readonly panel?: boolean;
  /** False: cards come without pictures, in words and numbers alone, for those who pay for every byte. */
  readonly pictures?: boolean;
  /** The organisation's identifier (org-id.guide) under which results are published. */
  readonly organisation?: string;
  /** Licence under which others may use the data (src/domain/open-data.ts); absent: none was chosen. */
  readonly licence?: 'cc_by' | 'cc_by_sa' | 'cc0' | 'odbl';
  /** The official areas that the forum is about, code and name (src/domain/areas/area.ts). */
  readonly area?: string;
  /** True: anybody may read the forum's page over HTTP; false: they could once; absent: never. */
  readonly public?: boolean;
  /** True if that page may name people: coordinators, proposers, and members who voted openly. */
  readonly publicNames?: boolean;
  /** The weakest rule a proposal may have; what is absent is as `src/domain/strategies/floors.ts` has it. */
  readonly rules?: Partial<Floors>;
  /**
   * A look at the page before it is public: the hash of its secret, until when (milliseconds), and whether with names.
   */
  readonly preview?: { readonly hash: string; readonly until: number; readonly names?: boolean };
}

/** Forums, the places they live in, and who takes part. */
export function definePeople({
  table,
  text,
  int,
  bool,
  instant,
  json,
  primaryKey,
  foreignKey,
  check,
  index,
  uniqueIndex,
}: Kit) {
  const forums = table('forums', {
    id: text().primaryKey(),
    name: text().notNull(),
    locale: text({ enum: LOCALES }).notNull(),
    zone: text().notNull(),
    settings: json<ForumSettings>().notNull(),
    createdAt: instant().notNull(),
  });

  /** A Discord server, a Slack workspace, the console: each belongs to one forum at most. */
  const places = table(
    'places',
    {
      platform: text({ enum: PLATFORMS }).notNull(),
      workspace: text().notNull(),
      forumId: text()
        .notNull()
        .references(() => forums.id),
      name: text().notNull(),
      joinedAt: instant().notNull(),
      leftAt: instant(),
      /** The bot was put out, and did not leave: when it is let in again, all goes on where it was. */
      putOut: bool().notNull().default(false),
    },
    t => [primaryKey({ columns: [t.platform, t.workspace] }), index('places_forum').on(t.forumId)],
  );

  /** Channels of a forum's posts by purpose, one a place. */
  const channels = table(
    'channels',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      platform: text({ enum: PLATFORMS }).notNull(),
      workspace: text().notNull(),
      purpose: text({ enum: PURPOSES }).notNull(),
      channel: text().notNull(),
      name: text().notNull(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.platform, t.workspace, t.purpose] }),
      foreignKey({ columns: [t.platform, t.workspace], foreignColumns: [places.platform, places.workspace] }),
    ],
  );

  /** The last number given out, a kind of thing. */
  const counters = table(
    'counters',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      thing: text().notNull(),
      last: int().notNull(),
    },
    t => [primaryKey({ columns: [t.forumId, t.thing] })],
  );

  const members = table(
    'members',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      name: text().notNull(),
      folded: text().notNull(),
      /** Null: the forum's. */
      locale: text({ enum: LOCALES }),
      zone: text(),
      /** Local hours, `HH:mm`, between which reminders wait; null: the forum's. Equal ones: none. */
      quietFrom: text(),
      quietTo: text(),
      coordinator: bool().notNull(),
      /** True: has done something here; false: was only named by others, and is no elector of a vote by member yet. */
      arrived: bool().notNull().default(true),
      createdAt: instant().notNull(),
      /** The person asked to be forgotten: the number stays, the name is gone. */
      forgottenAt: instant(),
    },
    t => [primaryKey({ columns: [t.forumId, t.number] }), index('members_folded').on(t.forumId, t.folded)],
  );

  /** The platforms' accounts of a member. */
  const accounts = table(
    'accounts',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      platform: text({ enum: PLATFORMS }).notNull(),
      home: text().notNull(),
      account: text().notNull(),
      member: int().notNull(),
      name: text().notNull(),
      /** Workspace where the account was last seen: direct messages go there. */
      workspace: text().notNull(),
      lastSeenAt: instant().notNull(),
      /** Number of direct messages in a row that the platform refused; after three the person is not tried there. */
      refusals: int().notNull().default(0),
      /**
       * Instant since which the person means this forum in direct messages that belong to no place; null: not chosen.
       */
      directAt: instant(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.platform, t.home, t.account] }),
      foreignKey({ columns: [t.forumId, t.member], foreignColumns: [members.forumId, members.number] }),
      index('accounts_member').on(t.forumId, t.member),
      // A button in a direct message names no forum: the account is looked for in all.
      index('accounts_account').on(t.platform, t.home, t.account),
    ],
  );

  const partners = table(
    'partners',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      name: text().notNull(),
      folded: text().notNull(),
      /** Null: not set yet. */
      sector: text({ enum: SECTORS }),
      contact: text(),
      focus: text(),
      /** Official areas in which it works, code and name (src/domain/areas/area.ts). */
      area: text(),
      influence: text({ enum: LEVELS }),
      interest: text({ enum: LEVELS }),
      /** Invited, and not taking part yet: it has no vote and owes nothing. */
      candidateSince: instant(),
      createdAt: instant().notNull(),
      archivedAt: instant(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.number] }),
      uniqueIndex('partners_name').on(t.forumId, t.folded).where(sql`archived_at is null`),
      index('partners_archived').on(t.forumId, t.number).where(sql`archived_at is not null`),
    ],
  );

  /** Seats: one partner a person; one representative and one alternate a partner. */
  const seats = table(
    'seats',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      member: int().notNull(),
      partner: int().notNull(),
      role: text({ enum: SEAT_ROLES }).notNull(),
      since: instant().notNull(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.member] }),
      foreignKey({ columns: [t.forumId, t.member], foreignColumns: [members.forumId, members.number] }),
      foreignKey({ columns: [t.forumId, t.partner], foreignColumns: [partners.forumId, partners.number] }),
      uniqueIndex('seats_role').on(t.forumId, t.partner, t.role).where(sql`role <> 'member'`),
      index('seats_partner').on(t.forumId, t.partner),
      check('seats_role_known', sql`${t.role} in ('representative', 'alternate', 'member')`),
    ],
  );

  /** Requests to sit for a partner: one a person, until it is answered. */
  const seatRequests = table(
    'seat_requests',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      member: int().notNull(),
      partner: int().notNull(),
      at: instant().notNull(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.member] }),
      foreignKey({ columns: [t.forumId, t.member], foreignColumns: [members.forumId, members.number] }),
      foreignKey({ columns: [t.forumId, t.partner], foreignColumns: [partners.forumId, partners.number] }),
      index('seat_requests_partner').on(t.forumId, t.partner),
    ],
  );

  return { forums, places, channels, counters, members, accounts, partners, seats, seatRequests };
}
