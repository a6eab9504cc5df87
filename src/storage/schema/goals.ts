import type { Kit } from '../kit.ts';
import type { definePeople } from './people.ts';

/** Goals that the partners want to reach together. */
export function defineGoals(kit: Kit, { forums, members }: ReturnType<typeof definePeople>) {
  const { table, text, int, instant, primaryKey, foreignKey } = kit;

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
      /** Account by the coordinators in the report that people sign. */
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

  return { goals };
}
