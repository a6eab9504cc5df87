import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.ts';
import type { definePeople } from './people.ts';

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

/** Problems that the partners look after, and those who mediate in private ones. */
export function defineIssues(kit: Kit, { forums, members, partners }: ReturnType<typeof definePeople>) {
  const { table, text, int, bool, instant, primaryKey, foreignKey, check, index } = kit;

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

  return { issues, mediators };
}
