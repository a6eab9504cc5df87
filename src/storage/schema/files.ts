import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.ts';
import type { definePeople } from './people.ts';

/** Files that were handed in: evidence, receipts, documents. */
export function defineFiles(kit: Kit, { forums }: ReturnType<typeof definePeople>) {
  const { table, text, int, bool, bytes, instant, primaryKey, foreignKey, index } = kit;

  /** One row per content and forum, named by its SHA-256; the name that a file was given stands where it is referred to. */
  const files = table(
    'files',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      /** SHA-256 of the content, in hexadecimal digits. */
      hash: text().notNull(),
      /** MIME type, by the content. */
      type: text().notNull(),
      /** Bytes. */
      size: int().notNull(),
      /** All parts are there. */
      complete: bool().notNull(),
      keptAt: instant().notNull(),
      /** Instant at which it is deleted unless something refers to it; null: the record does. */
      expiresAt: instant(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.hash] }),
      index('files_expire').on(t.expiresAt).where(sql`expires_at is not null`),
    ],
  );

  /** The content in pieces of at most 256 KiB, so that no statement moves more. */
  const fileParts = table(
    'file_parts',
    { forumId: text().notNull(), hash: text().notNull(), part: int().notNull(), content: bytes().notNull() },
    t => [
      primaryKey({ columns: [t.forumId, t.hash, t.part] }),
      foreignKey({ columns: [t.forumId, t.hash], foreignColumns: [files.forumId, files.hash] }),
    ],
  );

  return { files, fileParts };
}
