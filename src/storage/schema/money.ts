import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.ts';
import type { defineActivities } from './activities.ts';
import type { defineGoals } from './goals.ts';
import type { definePeople } from './people.ts';

export const DIRECTIONS = ['in', 'out'] as const;
const LEDGER_STEPS = ['recorded', 'approved'] as const;
const MONTH_STATES = ['closed', 'open'] as const;

/** Open money: entries that are never changed, and the chain that shows that they were not. */
export function defineMoney(
  kit: Kit,
  { forums, members, partners }: ReturnType<typeof definePeople>,
  { goals }: ReturnType<typeof defineGoals>,
  { activities }: ReturnType<typeof defineActivities>,
) {
  const { table, text, int, big, bool, instant, sequence, primaryKey, foreignKey, check, index, uniqueIndex } = kit;

  const entries = table(
    'entries',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      direction: text({ enum: DIRECTIONS }).notNull(),
      /** Minor units (100 to the rupiah). A reversal has the direction of what it takes back, and its amount negative. */
      amount: big().notNull(),
      purpose: text().notNull(),
      folded: text().notNull(),
      partner: int(),
      activity: int(),
      /** A local date. */
      date: text().notNull(),
      /** The entry that this one takes back, and why. */
      reverses: int(),
      reason: text(),
      /** True: it is above the forum's amount, and counts once somebody of another partner has approved it. */
      needsApproval: bool().notNull(),
      recordedBy: int().notNull(),
      /** The partner the recorder sat for at that moment. */
      recorderPartner: int(),
      recordedAt: instant().notNull(),
      /** One of the forum's categories, as it was called then. */
      category: text(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.number] }),
      index('entries_date').on(t.forumId, t.date, t.number),
      uniqueIndex('entries_reverses').on(t.forumId, t.reverses),
      foreignKey({ columns: [t.forumId, t.partner], foreignColumns: [partners.forumId, partners.number] }),
      foreignKey({ columns: [t.forumId, t.activity], foreignColumns: [activities.forumId, activities.number] }),
      foreignKey({ columns: [t.forumId, t.recordedBy], foreignColumns: [members.forumId, members.number] }),
      foreignKey({ columns: [t.forumId, t.reverses], foreignColumns: [t.forumId, t.number] }),
      check('entries_direction', sql`${t.direction} in ('in', 'out')`),
      check(
        'entries_amount',
        sql`(${t.reverses} is null and ${t.amount} > 0) or (${t.reverses} is not null and ${t.amount} < 0 and ${t.reason} is not null)`,
      ),
    ],
  );

  /** Lines of the ledger, one a step; each line's hash covers the line before it. */
  const ledgerLines = table(
    'ledger_lines',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      position: int().notNull(),
      step: text({ enum: LEDGER_STEPS }).notNull(),
      entry: int().notNull(),
      member: int().notNull(),
      at: instant().notNull(),
      hash: text().notNull(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.position] }),
      index('ledger_lines_entry').on(t.forumId, t.entry, t.step),
      foreignKey({ columns: [t.forumId, t.entry], foreignColumns: [entries.forumId, entries.number] }),
      foreignKey({ columns: [t.forumId, t.member], foreignColumns: [members.forumId, members.number] }),
      check('ledger_lines_step_known', sql`${t.step} in ('recorded', 'approved')`),
    ],
  );

  /** Lines that approve nothing after all: the person who approved turned out to be the person who had recorded. */
  const approvalVoids = table(
    'approval_voids',
    { forumId: text().notNull(), position: int().notNull(), at: instant().notNull() },
    t => [
      primaryKey({ columns: [t.forumId, t.position] }),
      foreignKey({ columns: [t.forumId, t.position], foreignColumns: [ledgerLines.forumId, ledgerLines.position] }),
    ],
  );

  /** Months that were closed or opened again, a row a step; the last one of a month says how it stands. */
  const ledgerMonths = table(
    'ledger_months',
    {
      seq: sequence(),
      forumId: text()
        .notNull()
        .references(() => forums.id),
      /** `YYYY-MM`. */
      month: text().notNull(),
      state: text({ enum: MONTH_STATES }).notNull(),
      reason: text(),
      member: int().notNull(),
      at: instant().notNull(),
    },
    t => [
      index('ledger_months_month').on(t.forumId, t.month, t.seq),
      foreignKey({ columns: [t.forumId, t.member], foreignColumns: [members.forumId, members.number] }),
      check('ledger_months_state', sql`${t.state} = 'closed' or (${t.state} = 'open' and ${t.reason} is not null)`),
    ],
  );

  /** Budgets of a goal, in all or in one category, within a time; a later row replaces an earlier one. */
  const budgets = table(
    'budgets',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      goal: int().notNull(),
      category: text(),
      /** Minor units. */
      amount: big().notNull(),
      /** Local dates, both included. */
      from: text().notNull(),
      to: text().notNull(),
      setBy: int().notNull(),
      setAt: instant().notNull(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.number] }),
      index('budgets_goal').on(t.forumId, t.goal, t.number),
      foreignKey({ columns: [t.forumId, t.goal], foreignColumns: [goals.forumId, goals.number] }),
      foreignKey({ columns: [t.forumId, t.setBy], foreignColumns: [members.forumId, members.number] }),
      check('budgets_span', sql`${t.from} <= ${t.to} and ${t.amount} > 0`),
    ],
  );

  return { entries, ledgerLines, approvalVoids, ledgerMonths, budgets };
}
