import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.ts';
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
export const EVIDENCE_KINDS = ['attendance', 'minutes', 'photo', 'receipt', 'link', 'file'] as const;
export const SEVERITIES = ['undetermined', 'low', 'medium', 'high', 'critical'] as const;
const ISSUE_STATES = ['new', 'in_progress', 'waiting', 'resolved', 'closed'] as const;
export const ISSUE_REASONS = [
  'solved',
  'handed_over',
  'duplicate',
  'invalid',
  'decided_by_vote',
  'out_of_scope',
] as const;

/** A point of an agenda, under a number that it keeps. Who proposed it stands in the audit. */
export interface AgendaPoint {
  readonly item: number;
  readonly text: string;
}

const MINUTE_KINDS = ['decision', 'note'] as const;

/** Goals, activities and issues: what the partners do together. */
export function defineWork(kit: Kit, { forums, members, partners }: ReturnType<typeof definePeople>) {
  const { table, text, int, bool, instant, json, sequence, primaryKey, foreignKey, check, index, uniqueIndex } = kit;

  const goals = table(
    'goals',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      title: text().notNull(),
      folded: text().notNull(),
      description: text(),
      due: text(),
      outcome: text(),
      /** The sector that it serves: five digits of the list of OECD's DAC. */
      sector: text(),
      /** What coordinators write of it into the report that people sign. */
      narrative: text(),
      createdBy: int().notNull(),
      createdAt: instant().notNull(),
      closedAt: instant(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.number] }),
      foreignKey({ columns: [t.forumId, t.createdBy], foreignColumns: [members.forumId, members.number] }),
    ],
  );

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
      /** How often it was changed, and when last (RFC 5545 SEQUENCE, LAST-MODIFIED). */
      sequence: int().notNull().default(0),
      changedAt: instant(),
      location: text(),
      /** Official areas, code and name (src/domain/areas/area.ts). */
      area: text(),
      participants: int(),
      /** How many of them were of each group (src/domain/groups/dimensions.ts), by the group's key; null: nobody said. */
      groups: json<Readonly<Record<string, number>>>(),
      goal: int(),
      result: text(),
      cancelReason: text(),
      /** What is to be talked about, in its order. */
      agenda: json<readonly AgendaPoint[]>(),
      /** Until when its minutes may be corrected; null: there are none. */
      minutesUntil: instant(),
      /** Title, result and location, folded: what the search looks through. */
      search: text().notNull(),
      createdBy: int().notNull(),
      createdAt: instant().notNull(),
    },
    t => [
      uniqueIndex('activities_number').on(t.forumId, t.number),
      index('activities_date').on(t.forumId, t.date, t.number),
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

  /** What was decided and noted in an activity, a line each; a corrected line is withdrawn and written anew. */
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

  /** Evidence of anything: what it is and where it is. Nothing is taken back; a wrong one is marked. */
  const evidence = table(
    'evidence',
    {
      seq: sequence(),
      forumId: text()
        .notNull()
        .references(() => forums.id),
      thing: text().notNull(),
      number: int().notNull(),
      kind: text({ enum: EVIDENCE_KINDS }).notNull(),
      /** The name of a file that is kept; else where it is: an address, or a few words. */
      content: text().notNull(),
      /** The content of the file, by its hash. */
      file: text(),
      addedBy: int().notNull(),
      addedAt: instant().notNull(),
      withdrawnAt: instant(),
    },
    t => [
      index('evidence_of').on(t.forumId, t.thing, t.number),
      index('evidence_file').on(t.forumId, t.file).where(sql`file is not null`),
    ],
  );

  const issues = table(
    'issues',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      title: text().notNull(),
      folded: text().notNull(),
      detail: text(),
      severity: text({ enum: SEVERITIES }).notNull(),
      state: text({ enum: ISSUE_STATES }).notNull(),
      isPrivate: bool().notNull(),
      partner: int(),
      /** The indicator whose state led to it. */
      indicator: int(),
      owner: int(),
      /** Null: raised anonymously; the author is stored nowhere. */
      raisedBy: int(),
      due: text(),
      /** Official areas, code and name (src/domain/areas/area.ts). */
      area: text(),
      waitingFor: text(),
      waitingUntil: text(),
      resolution: text(),
      reason: text({ enum: ISSUE_REASONS }),
      createdAt: instant().notNull(),
      firstResponseAt: instant(),
      changedAt: instant().notNull(),
      resolvedAt: instant(),
      closedAt: instant(),
      reopened: int().notNull(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.number] }),
      index('issues_state').on(t.forumId, t.state, t.number),
      foreignKey({ columns: [t.forumId, t.partner], foreignColumns: [partners.forumId, partners.number] }),
      foreignKey({ columns: [t.forumId, t.owner], foreignColumns: [members.forumId, members.number] }),
      foreignKey({ columns: [t.forumId, t.raisedBy], foreignColumns: [members.forumId, members.number] }),
      check('issues_resolved', sql`${t.state} not in ('resolved', 'closed') or ${t.resolution} is not null`),
    ],
  );

  /** Mediators, who alone see a private issue besides the person who raised it. */
  const mediators = table(
    'mediators',
    { forumId: text().notNull(), issue: int().notNull(), member: int().notNull() },
    t => [
      primaryKey({ columns: [t.forumId, t.issue, t.member] }),
      foreignKey({ columns: [t.forumId, t.issue], foreignColumns: [issues.forumId, issues.number] }),
      foreignKey({ columns: [t.forumId, t.member], foreignColumns: [members.forumId, members.number] }),
    ],
  );

  return { goals, activities, activityPartners, minutes, evidence, issues, mediators };
}
