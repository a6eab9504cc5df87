import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.ts';
import type { definePeople } from './people.ts';

export const AGREEMENT_KINDS = ['formal', 'informal'] as const;

/** Terms on which the partners work together; what each has promised are its actions. */
export function defineAgreements(kit: Kit, { forums, members, partners }: ReturnType<typeof definePeople>) {
  const { table, text, int, instant, primaryKey, foreignKey, check } = kit;

  const agreements = table(
    'agreements',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      title: text().notNull(),
      folded: text().notNull(),
      kind: text({ enum: AGREEMENT_KINDS }).notNull(),
      purpose: text(),
      /** Local dates. */
      signed: text(),
      expires: text(),
      /** The name of a document that is kept; else where it is: an address, or a few words. */
      link: text(),
      /** The content of the document, by its hash. */
      file: text(),
      endedAt: instant(),
      endReason: text(),
      /**
       * Instant at which all parties had confirmed it; null: one of them has not. An informal one holds from its
       * recording.
       */
      confirmedAt: instant(),
      createdBy: int().notNull(),
      createdAt: instant().notNull(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.number] }),
      foreignKey({ columns: [t.forumId, t.createdBy], foreignColumns: [members.forumId, members.number] }),
      check('agreements_ended', sql`${t.endedAt} is null or ${t.endReason} is not null`),
    ],
  );

  const agreementParties = table(
    'agreement_parties',
    {
      forumId: text().notNull(),
      agreement: int().notNull(),
      partner: int().notNull(),
      confirmedAt: instant(),
      confirmedBy: int(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.agreement, t.partner] }),
      foreignKey({ columns: [t.forumId, t.agreement], foreignColumns: [agreements.forumId, agreements.number] }),
      foreignKey({ columns: [t.forumId, t.partner], foreignColumns: [partners.forumId, partners.number] }),
    ],
  );

  return { agreements, agreementParties };
}
