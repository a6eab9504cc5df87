import type { Kit } from '../kit.ts';
import type { definePeople } from './people.ts';

/** Defines imports: what came into the record out of files, and what is needed to take it back. */
export function defineImports(kit: Kit, { forums, members }: ReturnType<typeof definePeople>) {
  const { table, text, int, instant, json, primaryKey, foreignKey, index } = kit;

  const imports = table(
    'imports',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      kind: text().notNull(),
      /** Name of the file. */
      file: text().notNull(),
      /** Number of rows by verdict. */
      counts: json<Record<string, number>>().notNull(),
      madeBy: int().notNull(),
      madeAt: instant().notNull(),
      undoneBy: int(),
      undoneAt: instant(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.number] }),
      foreignKey({ columns: [t.forumId, t.madeBy], foreignColumns: [members.forumId, members.number] }),
      index('imports_at').on(t.madeAt),
    ],
  );

  /** Writes of each row; kept as long as the import can be undone. */
  const importRows = table(
    'import_rows',
    {
      forumId: text().notNull(),
      import: int().notNull(),
      item: int().notNull(),
      thing: text().notNull(),
      number: int().notNull(),
      /** The fields that were changed, as they were; null: the thing is new. */
      before: json<Record<string, unknown>>(),
      after: json<Record<string, unknown>>().notNull(),
      /** The event of the audit. */
      event: int().notNull(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.import, t.item] }),
      foreignKey({ columns: [t.forumId, t.import], foreignColumns: [imports.forumId, imports.number] }),
    ],
  );

  return { imports, importRows };
}
