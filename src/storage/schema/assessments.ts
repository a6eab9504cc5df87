import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.ts';
import type { defineIndicators } from './indicators.ts';
import type { definePeople } from './people.ts';

/** Assessments: the instrument, what is assessed, and what each person answered. */
export function defineAssessments(
  kit: Kit,
  { forums, members, partners }: ReturnType<typeof definePeople>,
  { indicators }: ReturnType<typeof defineIndicators>,
) {
  const { table, text, int, bool, instant, json, sequence, primaryKey, foreignKey, check, index, uniqueIndex } = kit;

  /** The instruments that a forum uses, each version as it was: one that is used never changes. */
  const frameworks = table(
    'frameworks',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      key: text().notNull(),
      version: text().notNull(),
      data: json<Record<string, unknown>>().notNull(),
      /** Null: it came with the program. */
      createdBy: int(),
      createdAt: instant().notNull(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.number] }),
      uniqueIndex('frameworks_version').on(t.forumId, t.key, t.version),
      foreignKey({ columns: [t.forumId, t.createdBy], foreignColumns: [members.forumId, members.number] }),
    ],
  );

  const assessments = table(
    'assessments',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      framework: int().notNull(),
      /** The key of its instrument, whatever the version: by it assessments of several years are compared. */
      key: text().notNull(),
      /** Subject of the assessment, one of both: a partner, or an area by its official code or name. */
      partner: int(),
      area: text(),
      /** Name of the subject at the beginning. */
      title: text().notNull(),
      folded: text().notNull(),
      createdBy: int().notNull(),
      createdAt: instant().notNull(),
      closedBy: int(),
      closedAt: instant(),
      /** The result as it stood at the close. */
      result: json<Record<string, unknown>>(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.number] }),
      index('assessments_object').on(t.forumId, t.key, t.number),
      foreignKey({ columns: [t.forumId, t.framework], foreignColumns: [frameworks.forumId, frameworks.number] }),
      foreignKey({ columns: [t.forumId, t.partner], foreignColumns: [partners.forumId, partners.number] }),
      foreignKey({ columns: [t.forumId, t.createdBy], foreignColumns: [members.forumId, members.number] }),
      foreignKey({ columns: [t.forumId, t.closedBy], foreignColumns: [members.forumId, members.number] }),
      check('assessments_one_object', sql`(${t.partner} is null) <> (${t.area} is null)`),
      check('assessments_closed', sql`(${t.closedAt} is null) = (${t.result} is null)`),
    ],
  );

  const ofAssessment = (t: { forumId: never; assessment: never }) =>
    foreignKey({ columns: [t.forumId, t.assessment], foreignColumns: [assessments.forumId, assessments.number] });

  /** Every answer ever given; one a question and person is in force. */
  const assessmentAnswers = table(
    'assessment_answers',
    {
      seq: sequence(),
      forumId: text().notNull(),
      assessment: int().notNull(),
      question: text().notNull(),
      member: int().notNull(),
      /** The partner for which they sat. */
      partner: int(),
      /** Null: they do not know. */
      value: int(),
      /** The names of files, or where the proof is. */
      evidence: text(),
      at: instant().notNull(),
      inForce: bool().notNull(),
    },
    t => [
      uniqueIndex('assessment_answers_in_force').on(t.forumId, t.assessment, t.question, t.member).where(sql`in_force`),
      index('assessment_answers_of').on(t.forumId, t.assessment),
      index('assessment_answers_by').on(t.forumId, t.member),
      ofAssessment(t as never),
      foreignKey({ columns: [t.forumId, t.member], foreignColumns: [members.forumId, members.number] }),
    ],
  );

  /** Settlements by a facilitator where answers differed; one a question is in force. */
  const assessmentSettlements = table(
    'assessment_settlements',
    {
      seq: sequence(),
      forumId: text().notNull(),
      assessment: int().notNull(),
      question: text().notNull(),
      value: int().notNull(),
      reason: text().notNull(),
      settledBy: int().notNull(),
      at: instant().notNull(),
      inForce: bool().notNull(),
    },
    t => [
      uniqueIndex('assessment_settlements_in_force').on(t.forumId, t.assessment, t.question).where(sql`in_force`),
      index('assessment_settlements_of').on(t.forumId, t.assessment),
      index('assessment_settlements_by').on(t.forumId, t.settledBy),
      ofAssessment(t as never),
      foreignKey({ columns: [t.forumId, t.settledBy], foreignColumns: [members.forumId, members.number] }),
    ],
  );

  /** The indicators that are filled from results: of a section, or of the whole. */
  const assessmentIndicators = table(
    'assessment_indicators',
    {
      forumId: text().notNull(),
      indicator: int().notNull(),
      key: text().notNull(),
      /** Empty: the whole. */
      section: text().notNull(),
      partner: int(),
      area: text(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.indicator] }),
      index('assessment_indicators_key').on(t.forumId, t.key),
      foreignKey({ columns: [t.forumId, t.indicator], foreignColumns: [indicators.forumId, indicators.number] }),
      foreignKey({ columns: [t.forumId, t.partner], foreignColumns: [partners.forumId, partners.number] }),
    ],
  );

  return { frameworks, assessments, assessmentAnswers, assessmentSettlements, assessmentIndicators };
}
