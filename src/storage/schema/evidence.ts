import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.ts';
import type { definePeople } from './people.ts';

export const EVIDENCE_KINDS = ['attendance', 'minutes', 'photo', 'receipt', 'link', 'file'] as const;

export function defineEvidence(kit: Kit, { forums }: ReturnType<typeof definePeople>) {
  const { table, text, int, instant, sequence, index } = kit;

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

  return { evidence };
}
