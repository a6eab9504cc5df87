import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.ts';
import type { defineGoals } from './goals.ts';
import type { definePeople } from './people.ts';

export const ACTIVITY_KINDS = [
  'training',
  'drill',
  'infrastructure',
  'outreach',
  'response',
  'meeting',
  'other',
] as const;
const ACTIVITY_STATES = ['planned', 'done', 'cancelled', 'undone'] as const;

/** A point of an agenda, under a number that it keeps. Who proposed it stands in the audit. */
export interface AgendaPoint {
  readonly item: number;
  readonly text: string;
}

const MINUTE_KINDS = ['decision', 'note'] as const;

/** Activities, planned and done, with their partners and minutes. */
export function defineActivities(
  kit: Kit,
  { forums, members, partners }: ReturnType<typeof definePeople>,
  { goals }: ReturnType<typeof defineGoals>,
) {
  const { table, text, int, instant, json, sequence, primaryKey, foreignKey, index, uniqueIndex } = kit;

  const activities = table(
    'activities',
    {
      /** Orders and names the row for the full-text search, which needs one number. */
      seq: sequence(),
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      title: text().notNull(),
      kind: text({ enum: ACTIVITY_KINDS }).notNull(),
      state: text({ enum: ACTIVITY_STATES }).notNull(),
      /** A local date, the first where there are several. */
      date: text().notNull(),
      /** The last date of a plan of several days. */
      endDate: text(),
      /** Local times (`HH:mm`) in `zone` at which it begins and ends; null: the whole day, no end was named. */
      time: text(),
      until: text(),
      zone: text(),
      /** The series that it is an occurrence of, and the date on which that series has it. */
      series: int(),
      slot: text(),
      /** Maximum number of people who come; null: no limit. */
      seats: int(),
      /** The code that is said in the room. */
      code: text(),
      /** Number of its changes, and the instant of the last one (RFC 5545 SEQUENCE, LAST-MODIFIED). */
      sequence: int().notNull().default(0),
      changedAt: instant(),
      location: text(),
      /** Official areas, code and name (src/domain/areas/area.ts). */
      area: text(),
      participants: int(),
      /** Number of them in each group (src/domain/groups/dimensions.ts), by the group's key; null: nobody said. */
      groups: json<Readonly<Record<string, number>>>(),
      goal: int(),
      result: text(),
      cancelReason: text(),
      /** Points to be talked about, in their order. */
      agenda: json<readonly AgendaPoint[]>(),
      /** End of the time in which its minutes may be corrected; null: there are none. */
      minutesUntil: instant(),
      /** Title, result and location, folded: what the search looks through. */
      search: text().notNull(),
      createdBy: int().notNull(),
      createdAt: instant().notNull(),
    },
    t => [
      uniqueIndex('activities_number').on(t.forumId, t.number),
      // With the state, so that what is undone is left out of a count without reading the rows.
      index('activities_date').on(t.forumId, t.date, t.number, t.state),
      // For the activities that a partner's own people entered.
      index('activities_by').on(t.forumId, t.createdBy, t.date, t.state),
      uniqueIndex('activities_slot').on(t.forumId, t.series, t.slot).where(sql`series is not null`),
      foreignKey({ columns: [t.forumId, t.goal], foreignColumns: [goals.forumId, goals.number] }),
      foreignKey({ columns: [t.forumId, t.createdBy], foreignColumns: [members.forumId, members.number] }),
    ],
  );

  const activityPartners = table(
    'activity_partners',
    { forumId: text().notNull(), activity: int().notNull(), partner: int().notNull() },
    t => [
      primaryKey({ columns: [t.forumId, t.activity, t.partner] }),
      index('activity_partners_partner').on(t.forumId, t.partner, t.activity),
      foreignKey({ columns: [t.forumId, t.partner], foreignColumns: [partners.forumId, partners.number] }),
    ],
  );

  /** Decisions and notes of an activity, a line each; a corrected line is withdrawn and written anew. */
  const minutes = table(
    'minutes',
    {
      seq: sequence(),
      forumId: text().notNull(),
      activity: int().notNull(),
      /** The number that people see; it stays when the line is corrected. */
      line: int().notNull(),
      kind: text({ enum: MINUTE_KINDS }).notNull(),
      content: text().notNull(),
      writtenBy: int().notNull(),
      at: instant().notNull(),
      withdrawnAt: instant(),
    },
    t => [
      index('minutes_of').on(t.forumId, t.activity, t.line),
      foreignKey({ columns: [t.forumId, t.writtenBy], foreignColumns: [members.forumId, members.number] }),
    ],
  );

  return { activities, activityPartners, minutes };
}
