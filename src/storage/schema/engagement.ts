import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.ts';
import type { definePeople } from './people.ts';

export const ANSWERS = ['yes', 'no', 'maybe'] as const;

/** Defines attendance, surveys of how the partnership feels, and the talks that mend it. */
export function defineEngagement(kit: Kit, { forums, members, partners }: ReturnType<typeof definePeople>) {
  const { table, text, int, bool, instant, sequence, primaryKey, foreignKey, check, index, uniqueIndex } = kit;

  /** The partners invited to an activity: what they answered, and whether they came. */
  const attendances = table(
    'attendances',
    {
      forumId: text().notNull(),
      activity: int().notNull(),
      partner: int().notNull(),
      answer: text({ enum: ANSWERS }),
      answeredBy: int(),
      /** Instant since which the answer is yes: seats are given in this order. */
      yesAt: instant(),
      /** Null: nobody has written it down yet. */
      came: bool(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.activity, t.partner] }),
      index('attendances_partner').on(t.forumId, t.partner),
      // Invited, and nobody has written down whether they came.
      index('attendances_unknown').on(t.forumId, t.activity).where(sql`came is null`),
      foreignKey({ columns: [t.forumId, t.partner], foreignColumns: [partners.forumId, partners.number] }),
      foreignKey({ columns: [t.forumId, t.answeredBy], foreignColumns: [members.forumId, members.number] }),
    ],
  );

  /** An anonymous survey. The salt is thrown away at its end, and with it any tie between people and marks. */
  const pulses = table(
    'pulses',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      openedAt: instant().notNull(),
      closesAt: instant().notNull(),
      closedAt: instant(),
      salt: text(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.number] }),
      uniqueIndex('pulses_open').on(t.forumId).where(sql`closed_at is null`),
      check('pulses_salt', sql`${t.closedAt} is null or ${t.salt} is null`),
    ],
  );

  /** Marks, one-way, that somebody has answered a question; gone once the survey is closed. */
  const pulseMarks = table(
    'pulse_marks',
    { forumId: text().notNull(), pulse: int().notNull(), mark: text().notNull() },
    t => [
      primaryKey({ columns: [t.forumId, t.pulse, t.mark] }),
      foreignKey({ columns: [t.forumId, t.pulse], foreignColumns: [pulses.forumId, pulses.number] }),
    ],
  );

  /** Number of times each score was given: sums, never single answers. */
  const pulseCounts = table(
    'pulse_counts',
    {
      forumId: text().notNull(),
      pulse: int().notNull(),
      theme: int().notNull(),
      score: int().notNull(),
      n: int().notNull(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.pulse, t.theme, t.score] }),
      foreignKey({ columns: [t.forumId, t.pulse], foreignColumns: [pulses.forumId, pulses.number] }),
      check('pulse_counts_score', sql`${t.score} between 1 and 5`),
    ],
  );

  /** A private talk about how a partnership goes; one at a time with each partner. */
  const reviews = table(
    'reviews',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      partner: int().notNull(),
      mediator: int(),
      openedBy: int().notNull(),
      openedAt: instant().notNull(),
      closedAt: instant(),
      outcome: text(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.number] }),
      uniqueIndex('reviews_open').on(t.forumId, t.partner).where(sql`closed_at is null`),
      foreignKey({ columns: [t.forumId, t.partner], foreignColumns: [partners.forumId, partners.number] }),
      foreignKey({ columns: [t.forumId, t.mediator], foreignColumns: [members.forumId, members.number] }),
      foreignKey({ columns: [t.forumId, t.openedBy], foreignColumns: [members.forumId, members.number] }),
      check('reviews_outcome', sql`(${t.closedAt} is null) = (${t.outcome} is null)`),
    ],
  );

  /** Notes of a review; steps that were agreed are its actions. */
  const reviewNotes = table(
    'review_notes',
    {
      seq: sequence(),
      forumId: text().notNull(),
      review: int().notNull(),
      content: text().notNull(),
      member: int().notNull(),
      at: instant().notNull(),
    },
    t => [
      index('review_notes_of').on(t.forumId, t.review, t.seq),
      foreignKey({ columns: [t.forumId, t.review], foreignColumns: [reviews.forumId, reviews.number] }),
      foreignKey({ columns: [t.forumId, t.member], foreignColumns: [members.forumId, members.number] }),
    ],
  );

  return { attendances, pulses, pulseMarks, pulseCounts, reviews, reviewNotes };
}
