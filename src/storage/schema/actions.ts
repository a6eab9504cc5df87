import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.ts';
import type { definePeople } from './people.ts';

/**
 * Kinds of things that an action can come from; a talk is one with a partner about how the partnership goes, a warning
 * has the number of its announcement.
 */
const ACTION_ORIGINS = ['activity', 'issue', 'strategy', 'poll', 'agreement', 'talk', 'warning'] as const;

/** Things that somebody does by a day: agreed in a meeting, an issue, a vote or a talk, or promised in an agreement. */
export function defineActions(kit: Kit, { forums, members, partners }: ReturnType<typeof definePeople>) {
  const { table, text, int, big, bool, instant, primaryKey, foreignKey, check, index, uniqueIndex } = kit;

  const actions = table(
    'actions',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      title: text().notNull(),
      folded: text().notNull(),
      /** Its origin: the kind of thing and its number; a talk has a number and no code. */
      origin: text({ enum: ACTION_ORIGINS }),
      originNumber: int(),
      /** The number by which older buttons name a promise within its agreement, or a step among those of a partner. */
      item: int(),
      /** True: only those who see what it comes from see it. */
      isPrivate: bool().notNull(),
      /** The partner that is bound by it. */
      partner: int(),
      /** The person who does it; null: the person who speaks for the partner. */
      owner: int(),
      /** Money that was promised, in minor units. */
      amount: big(),
      /** Local dates. */
      due: text(),
      doneOn: text(),
      /** Null of promises that were kept before actions had codes: only their day was written down. */
      doneAt: instant(),
      doneBy: int(),
      result: text(),
      cancelledAt: instant(),
      cancelReason: text(),
      createdBy: int().notNull(),
      createdAt: instant().notNull(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.number] }),
      index('actions_due').on(t.forumId, t.due),
      index('actions_open').on(t.forumId, t.due).where(sql`done_on is null and cancelled_at is null`),
      uniqueIndex('actions_item').on(t.forumId, t.origin, t.originNumber, t.item),
      foreignKey({ columns: [t.forumId, t.partner], foreignColumns: [partners.forumId, partners.number] }),
      foreignKey({ columns: [t.forumId, t.owner], foreignColumns: [members.forumId, members.number] }),
      foreignKey({ columns: [t.forumId, t.doneBy], foreignColumns: [members.forumId, members.number] }),
      foreignKey({ columns: [t.forumId, t.createdBy], foreignColumns: [members.forumId, members.number] }),
      check('actions_origin', sql`(${t.origin} is null) = (${t.originNumber} is null)`),
      check('actions_over', sql`${t.doneOn} is null or ${t.cancelledAt} is null`),
      check('actions_cancelled', sql`(${t.cancelledAt} is null) = (${t.cancelReason} is null)`),
    ],
  );

  return { actions };
}
