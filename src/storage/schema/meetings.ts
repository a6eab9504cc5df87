import type { Recurrence } from '../../language/recurrence.ts';
import type { Kit } from '../kit.ts';
import type { ACTIVITY_KINDS } from './activities.ts';
import { ANSWERS } from './engagement.ts';
import type { definePeople } from './people.ts';

export type { Recurrence };

export const SERIES_HOLIDAYS = ['keep', 'skip', 'move'] as const;

/** Describes what each occurrence of a series begins with. */
export interface SeriesTemplate {
  readonly title: string;
  readonly kind: (typeof ACTIVITY_KINDS)[number];
  readonly location: string | null;
  readonly goal: number | null;
  /** Partners involved and invited, and persons invited. */
  readonly partners: readonly number[];
  readonly invited: readonly number[];
  readonly members: readonly number[];
  readonly seats: number | null;
  readonly area: string | null;
}

/** Meetings that come again, the persons invited to them, and secret addresses of calendars. */
export function defineMeetings(kit: Kit, { forums, members }: ReturnType<typeof definePeople>) {
  const { table, text, int, bool, instant, json, sequence, primaryKey, foreignKey, index, uniqueIndex } = kit;

  const series = table(
    'series',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      recurrence: json<Recurrence>().notNull(),
      holidays: text({ enum: SERIES_HOLIDAYS }).notNull(),
      /** The first date, and the last on which it may take place; null: no end. */
      start: text().notNull(),
      last: text(),
      /** Maximum number of dates; null: no such limit. */
      count: int(),
      time: text(),
      until: text(),
      zone: text(),
      template: json<SeriesTemplate>().notNull(),
      /** All dates up to this one were made into activities, or left out; null: none yet. */
      made: text(),
      createdBy: int().notNull(),
      createdAt: instant().notNull(),
      sequence: int().notNull().default(0),
      changedAt: instant().notNull(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.number] }),
      foreignKey({ columns: [t.forumId, t.createdBy], foreignColumns: [members.forumId, members.number] }),
    ],
  );

  /** Persons at an activity: invited or there without that, what they answered, and whether they came. */
  const invitees = table(
    'invitees',
    {
      forumId: text().notNull(),
      activity: int().notNull(),
      member: int().notNull(),
      answer: text({ enum: ANSWERS }),
      yesAt: instant(),
      /** Null: nobody has written it down yet. */
      came: bool(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.activity, t.member] }),
      index('invitees_member').on(t.forumId, t.member),
      foreignKey({ columns: [t.forumId, t.member], foreignColumns: [members.forumId, members.number] }),
    ],
  );

  /** Secret addresses under which people subscribe to their calendar, by the hash alone. */
  const calendarTokens = table(
    'calendar_tokens',
    {
      seq: sequence(),
      forumId: text().notNull(),
      member: int().notNull(),
      hash: text().notNull(),
      /** Minutes before each entry at which the calendar reminds; null: it does not. */
      alarm: int(),
      createdAt: instant().notNull(),
      revokedAt: instant(),
    },
    t => [
      uniqueIndex('calendar_tokens_hash').on(t.hash),
      index('calendar_tokens_by').on(t.forumId, t.member),
      foreignKey({ columns: [t.forumId, t.member], foreignColumns: [members.forumId, members.number] }),
    ],
  );

  return { series, invitees, calendarTokens };
}
