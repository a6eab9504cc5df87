import { createHash } from 'node:crypto';
import { and, eq, isNotNull, isNull, lte, notExists } from 'drizzle-orm';
import { nextTurn } from '../../runtime/event-loop.ts';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Store, Tx } from '../../storage/store.ts';

/** Size of the pieces in which a content is stored, bytes; the last one may be shorter. */
export const PART_BYTES = 256 * 1024;
/** Number of parts after which the database moves them to where they stay: SQLite moves 1 MiB within a few ms. */
const SETTLED_PARTS = 4;
/** Time that a file waits for the act that refers to it, ms. */
const WAITING_MS = 86_400_000;
/** Maximum number of files that one pass of the sweep deletes. */
const SWEPT = 100;

export type StoredFile = Tables['files']['$inferSelect'];

/** A file of the record: its name where it is referred to, and its content. */
export interface KeptFile {
  readonly name: string;
  /** SHA-256 of the content, in hexadecimal digits. */
  readonly hash: string;
  /** MIME type, by the content. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
}

/** A content on its way into the database: pieces of `PART_BYTES`. */
export interface Content extends Omit<KeptFile, 'name'> {
  readonly parts: readonly Buffer[];
}

/**
 * Stores a content once in a forum. Each part is a unit of work of its own, so that nobody waits for a large file; it is
 * complete with the last one. Unless an act refers to it, it goes after a day.
 */
export async function keepContent(store: Store, forumId: string, content: Content, now: Date): Promise<void> {
  const { files, fileParts } = store.tables;
  const { hash, type, size, parts } = content;
  const expiresAt = new Date(now.getTime() + WAITING_MS);
  const isThere = await store.write(null, async tx => {
    const rows = await tx
      .insert(files)
      .values({ forumId, hash, type, size, complete: false, keptAt: now, expiresAt })
      .onConflictDoUpdate({
        target: [files.forumId, files.hash],
        set: { expiresAt },
        setWhere: isNotNull(files.expiresAt),
      })
      .returning({ complete: files.complete });
    // No row: the record refers to it already, and so it is whole.
    return rows[0]?.complete ?? true;
  });
  if (isThere) return;
  for (const [part, bytes] of parts.entries()) {
    await store.write(null, async tx => {
      await tx.insert(fileParts).values({ forumId, hash, part, content: bytes }).onConflictDoNothing();
    });
    await nextTurn();
    if (part % SETTLED_PARTS === SETTLED_PARTS - 1) await store.settle();
  }
  await store.write(null, async tx => {
    await tx
      .update(files)
      .set({ complete: true })
      .where(and(eq(files.forumId, forumId), eq(files.hash, hash)));
  });
}

/** Makes what was written in this unit of work a file of the record, and gives its hash; the same content is kept once. */
export async function keepInUnit(
  tx: Tx,
  forumId: string,
  { type, bytes }: { readonly type: string; readonly bytes: Buffer },
  now: Date,
): Promise<string> {
  const { files, fileParts } = tx.tables;
  const hash = createHash('sha256').update(bytes).digest('hex');
  await tx
    .insert(files)
    .values({ forumId, hash, type, size: bytes.length, complete: true, keptAt: now, expiresAt: null })
    .onConflictDoUpdate({ target: [files.forumId, files.hash], set: { complete: true, expiresAt: null } });
  for (let part = 0; part * PART_BYTES < bytes.length; part++)
    await tx
      .insert(fileParts)
      .values({ forumId, hash, part, content: bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES) })
      .onConflictDoNothing();
  return hash;
}

/** Lets files wait longer for the act that refers to them: what was typed with them is kept as long. */
export async function holdFiles(tx: Tx, forumId: string, hashes: readonly string[], until: Date): Promise<void> {
  const { files } = tx.tables;
  for (const hash of hashes)
    await tx
      .update(files)
      .set({ expiresAt: until })
      .where(and(eq(files.forumId, forumId), eq(files.hash, hash), lte(files.expiresAt, until)));
}

/** Makes a file part of the record; false where it is not there (any more). */
export async function bindFile(tx: Tx, forumId: string, hash: string): Promise<boolean> {
  const { files } = tx.tables;
  const rows = await tx
    .update(files)
    .set({ expiresAt: null })
    .where(and(eq(files.forumId, forumId), eq(files.hash, hash), eq(files.complete, true)))
    .returning({ hash: files.hash });
  return rows.length > 0;
}

/** The record refers to a file no more in one place: it goes with the next sweep unless it does so in another. */
export async function releaseFile(tx: Tx, forumId: string, hash: string, now: Date): Promise<void> {
  const { files } = tx.tables;
  await tx
    .update(files)
    .set({ expiresAt: now })
    .where(and(eq(files.forumId, forumId), eq(files.hash, hash)));
}

/** Lets a file go with the next sweep that waits for an act; what the record refers to stays. */
export async function expireFile(tx: Tx, forumId: string, hash: string, now: Date): Promise<void> {
  const { files } = tx.tables;
  await tx
    .update(files)
    .set({ expiresAt: now })
    .where(and(eq(files.forumId, forumId), eq(files.hash, hash), isNotNull(files.expiresAt)));
}

/** The hashes of the contents that the record of a forum refers to, in order. */
export async function hashesInUse(db: Reader, forumId: string): Promise<string[]> {
  const { evidence: e, agreements: a } = db.tables;
  const rows = [
    ...(await db
      .select({ hash: e.file })
      .from(e)
      .where(and(eq(e.forumId, forumId), isNotNull(e.file), isNull(e.withdrawnAt)))),
    ...(await db
      .select({ hash: a.file })
      .from(a)
      .where(and(eq(a.forumId, forumId), isNotNull(a.file)))),
  ];
  return [...new Set(rows.flatMap(row => row.hash ?? []))].sort();
}

/** Returns what is stored of a content; null where it is not there, or not whole. */
export async function fileByHash(db: Reader, forumId: string, hash: string): Promise<StoredFile | null> {
  const { files } = db.tables;
  const [row] = await db
    .select()
    .from(files)
    .where(and(eq(files.forumId, forumId), eq(files.hash, hash), eq(files.complete, true)));
  return row ?? null;
}

/** A content, part by part; no more than one is in memory. */
export async function* partsOf(db: Reader, forumId: string, hash: string): AsyncGenerator<Buffer> {
  const { fileParts: p } = db.tables;
  for (let part = 0; ; part++) {
    const [row] = await db
      .select({ content: p.content })
      .from(p)
      .where(and(eq(p.forumId, forumId), eq(p.hash, hash), eq(p.part, part)));
    if (!row) return;
    yield row.content;
    await nextTurn();
  }
}

/** Deletes contents that have expired and that nothing refers to. */
export async function sweepFiles(store: Store, now: Date): Promise<void> {
  const { files: f, fileParts: p, evidence: e, agreements: a } = store.tables;
  const expired = await store.read
    .select({ forumId: f.forumId, hash: f.hash })
    .from(f)
    .where(lte(f.expiresAt, now))
    .limit(SWEPT);
  for (const { forumId, hash } of expired) {
    await store.write(null, async tx => {
      const proves = tx
        .select({ seq: e.seq })
        .from(e)
        .where(and(eq(e.forumId, forumId), eq(e.file, hash), isNull(e.withdrawnAt)));
      const agrees = tx
        .select({ number: a.number })
        .from(a)
        .where(and(eq(a.forumId, forumId), eq(a.file, hash)));
      const it = and(eq(f.forumId, forumId), eq(f.hash, hash));
      // Taking the row first makes one who keeps the same content again wait for the end of this.
      const gone = await tx
        .update(f)
        .set({ complete: false })
        .where(and(it, lte(f.expiresAt, now), notExists(proves), notExists(agrees)))
        .returning({ hash: f.hash });
      if (!gone.length)
        return void (await tx
          .update(f)
          .set({ expiresAt: null })
          .where(and(it, lte(f.expiresAt, now))));
      await tx.delete(p).where(and(eq(p.forumId, forumId), eq(p.hash, hash)));
      await tx.delete(f).where(it);
    });
    await nextTurn();
  }
}
