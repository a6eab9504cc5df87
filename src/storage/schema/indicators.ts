import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.ts';
import type { ACTIVITY_KINDS } from './activities.ts';
import type { defineGoals } from './goals.ts';
import type { definePeople } from './people.ts';

const REPORT_KINDS = ['value', 'no_data'] as const;
/** Bands beside the colours that people of government expect (src/domain/indicators/status.ts). */
export const BAND_SCALES = ['skp', 'permendagri_86'] as const;
const REPORT_STATES = ['submitted', 'returned'] as const;

/** Sources from which an indicator can fill itself. */
export const FILL_SOURCES = ['activities', 'money'] as const;

/** Source of an indicator's figure; null narrows nothing down. */
export interface Fill {
  readonly from: (typeof FILL_SOURCES)[number];
  /** One of MEASURES (src/domain/indicators/fill.ts), or the key of a group of people. */
  readonly measure: string;
  /** The whole of which it is a share, in the words of `measure`; absent: it is no share. */
  readonly per?: string;
  /** Kind of the activities, of money that of the activity it was for. */
  readonly of: (typeof ACTIVITY_KINDS)[number] | null;
  readonly partner: number | null;
  readonly goal: number | null;
  /** Official areas, code and name. */
  readonly area: string | null;
}

/** State of the record when a report was made from it, with which the figure is compared afterwards. */
export interface Sources {
  /** Count of each thing, by its code, as decimal text. */
  readonly of: Readonly<Record<string, string>>;
  /** The same of what a share is a share of; absent: it is no share. */
  readonly per?: Readonly<Record<string, string>>;
  /** The people among them by group. */
  readonly groups: Readonly<Record<string, number>> | null;
}

/** Indicators, what was reported, and what reminders have to respect. */
export function defineIndicators(
  kit: Kit,
  { forums, members, partners }: ReturnType<typeof definePeople>,
  { goals }: ReturnType<typeof defineGoals>,
) {
  const { table, text, int, bool, instant, json, sequence, primaryKey, foreignKey, index, uniqueIndex, check } = kit;

  const indicators = table(
    'indicators',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      name: text().notNull(),
      folded: text().notNull(),
      goal: int(),
      unit: text().notNull(),
      direction: text({ enum: ['up', 'down'] }).notNull(),
      /** Decimals as text, with up to six places: exact on both databases. */
      baseline: text(),
      baselineDate: text(),
      /** Source of the baseline: figures of several sources differ. */
      baselineSource: text(),
      target: text(),
      /** A local date: when the target is to be reached. */
      due: text(),
      frequency: text({ enum: ['weekly', 'monthly', 'quarterly', 'semiannual', 'annual'] }).notNull(),
      /** Meaning of a value: a level, what happened in the period, or a count that only grows. */
      valueKind: text({ enum: ['stock', 'flow', 'cumulative'] }).notNull(),
      /** Aggregation over periods, and over partners. */
      aggregate: text({ enum: ['sum', 'average', 'latest', 'max'] }).notNull(),
      /** Over what periods add up: the whole course, or each year anew. */
      span: text({ enum: ['course', 'year'] })
        .notNull()
        .default('course'),
      partnersAggregate: text({ enum: ['sum', 'average', 'latest', 'max'] }).notNull(),
      /** Days after the period's end until a report is due, and until the period is locked. */
      dueDays: int().notNull(),
      lockDays: int().notNull(),
      /** Definition of what exactly is counted, and how. */
      definition: text(),
      /** Official areas, code and name (src/domain/areas/area.ts). */
      area: text(),
      /** A report without evidence is not taken. */
      needsProof: bool().notNull().default(false),
      scale: text({ enum: BAND_SCALES }),
      /** Null: people report it from what they know. */
      fill: json<Fill>(),
      /** Shares of the way to the target, in per cent. */
      green: int().notNull(),
      amber: int().notNull(),
      version: int().notNull(),
      createdBy: int().notNull(),
      createdAt: instant().notNull(),
      retiredAt: instant(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.number] }),
      foreignKey({ columns: [t.forumId, t.goal], foreignColumns: [goals.forumId, goals.number] }),
      foreignKey({ columns: [t.forumId, t.createdBy], foreignColumns: [members.forumId, members.number] }),
      check('indicators_bands', sql`${t.amber} <= ${t.green}`),
    ],
  );

  const ofIndicator = (t: { forumId: never; indicator: never }) =>
    foreignKey({ columns: [t.forumId, t.indicator], foreignColumns: [indicators.forumId, indicators.number] });

  /** Reporters: the partners responsible, and the person each has handed it to, if any. */
  const indicatorPartners = table(
    'indicator_partners',
    { forumId: text().notNull(), indicator: int().notNull(), partner: int().notNull(), member: int() },
    t => [
      primaryKey({ columns: [t.forumId, t.indicator, t.partner] }),
      index('indicator_partners_partner').on(t.forumId, t.partner),
      ofIndicator(t as never),
      foreignKey({ columns: [t.forumId, t.partner], foreignColumns: [partners.forumId, partners.number] }),
    ],
  );

  /**
   * Versions of an indicator: the first row has all terms, a later one those that it
   * changes, with the local date from which they hold. The indicator's own row has what holds now.
   */
  const indicatorVersions = table(
    'indicator_versions',
    {
      forumId: text().notNull(),
      indicator: int().notNull(),
      version: int().notNull(),
      since: text().notNull(),
      set: json<Record<string, unknown>>().notNull(),
      /** Reason for dating a change back. */
      reason: text(),
      madeAt: instant().notNull(),
    },
    t => [primaryKey({ columns: [t.forumId, t.indicator, t.version] }), ofIndicator(t as never)],
  );

  /** Every report ever made; a correction is a new row, and one a period and partner is in force. */
  const reports = table(
    'reports',
    {
      seq: sequence(),
      forumId: text().notNull(),
      indicator: int().notNull(),
      period: text().notNull(),
      /** Zero: for the forum as a whole. */
      partner: int().notNull(),
      kind: text({ enum: REPORT_KINDS }).notNull(),
      value: text(),
      numerator: text(),
      denominator: text(),
      /** The value by groups of people, such as women and men. */
      parts: json<Record<string, number | string>>(),
      note: text(),
      /** Reason why there is no data, or what holds the partner back, or why it was corrected. */
      reason: text(),
      constrained: text(),
      state: text({ enum: REPORT_STATES }).notNull(),
      returnReason: text(),
      reportedBy: int().notNull(),
      reportedAt: instant().notNull(),
      onTime: bool().notNull(),
      /**
       * True: made or corrected after the day on which the period's report was due. A correction is as timely as the
       * first.
       */
      late: bool().notNull().default(false),
      inForce: bool().notNull(),
      /** The import that entered it: it tells nothing of how timely anybody reports. Null: somebody reported it. */
      fromImport: int(),
      /** Null: it was not made from the record. */
      sources: json<Sources>(),
    },
    t => [
      uniqueIndex('reports_in_force').on(t.forumId, t.indicator, t.period, t.partner).where(sql`in_force`),
      index('reports_at').on(t.forumId, t.reportedAt),
      // All that was reported of an indicator, in its order.
      index('reports_of').on(t.forumId, t.indicator, t.seq),
      ofIndicator(t as never),
      check('reports_value', sql`${t.kind} <> 'value' or ${t.value} is not null`),
    ],
  );

  /** A locked period that was opened again, and until when. */
  const unlocks = table(
    'unlocks',
    { forumId: text().notNull(), indicator: int().notNull(), period: text().notNull(), until: instant().notNull() },
    t => [primaryKey({ columns: [t.forumId, t.indicator, t.period] }), ofIndicator(t as never)],
  );

  /** A person's reminders about one report are put off, or all of them (indicator 0) are paused. */
  const snoozes = table(
    'snoozes',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      member: int().notNull(),
      indicator: int().notNull(),
      period: text().notNull(),
      /** Null: until resumed. */
      until: instant(),
    },
    t => [primaryKey({ columns: [t.forumId, t.member, t.indicator, t.period] })],
  );

  /** A forum's own changes of the table of holidays. */
  const holidays = table(
    'holidays',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      date: text().notNull(),
      name: text().notNull(),
      /** False: a working day after all. */
      off: bool().notNull(),
    },
    t => [primaryKey({ columns: [t.forumId, t.date] })],
  );

  /** Cursors of how far something has come: the last digest. */
  const cursors = table(
    'cursors',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      name: text().notNull(),
      at: instant().notNull(),
    },
    t => [primaryKey({ columns: [t.forumId, t.name] })],
  );

  return { indicators, indicatorPartners, indicatorVersions, reports, unlocks, snoozes, holidays, cursors };
}
