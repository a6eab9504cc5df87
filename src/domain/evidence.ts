import { and, asc, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Tables } from '../storage/schema/index.ts';
import type { Reader, Tx } from '../storage/store.ts';
import type { Thing } from './thing.ts';

export type Evidence = Tables['evidence']['$inferSelect'];
export type EvidenceKind = Evidence['kind'];

/** Names of files that are lists of people, or of payments: they hold what is not for everybody. */
const NAMES_PEOPLE = /hadir|presensi|absen|attend|peserta|participant/i;
const NAMES_PAYMENT = /kuitansi|kwitansi|nota\b|faktur|receipt|invoice|transfer/i;

/**
 * Tells whether files of this kind may stand on the public page: lists of who came and receipts hold names and
 * accounts, minutes what was said among those who met.
 */
export const isPublicKind = (kind: EvidenceKind): boolean => !['attendance', 'receipt', 'minutes'].includes(kind);

/** The kind that a piece of evidence most likely is, when nobody said: a picture, a link, or a file. */
export function guessKind(content: string, type = ''): EvidenceKind {
  if (type && NAMES_PEOPLE.test(content)) return 'attendance';
  if (type && NAMES_PAYMENT.test(content)) return 'receipt';
  if (type.startsWith('image/')) return 'photo';
  return /^https?:\/\//.test(content) && !type ? 'link' : 'file';
}

/** Adds evidence of a thing. */
export async function addEvidence(
  tx: Tx,
  forumId: string,
  evidence: { thing: Thing; number: number; kind: EvidenceKind; content: string; file: string | null; addedBy: number },
  now: Date,
): Promise<void> {
  await tx.insert(tx.tables.evidence).values({ ...evidence, forumId, addedAt: now, withdrawnAt: null });
}

/** A kept file of a thing: `id` tells it from the others of the same thing. */
export interface FileOf {
  readonly id: number;
  readonly name: string;
  readonly hash: string;
}

/** The kept files among pieces of evidence, the oldest first. */
export const filesAmong = (evidence: readonly Evidence[]): FileOf[] =>
  evidence.flatMap(one => (one.file === null ? [] : [{ id: one.seq, name: one.content, hash: one.file }]));

/** The kept document of an agreement. */
export const documentOf = ({ link, file }: { link: string | null; file: string | null }): FileOf[] =>
  file === null ? [] : [{ id: 0, name: link ?? file, hash: file }];

/** The kept files of a thing, the oldest first. */
export async function filesOf(db: Reader, forumId: string, thing: Thing, number: number): Promise<FileOf[]> {
  if (thing !== 'agreement') return filesAmong(await evidenceOf(db, forumId, thing, number));
  const { agreements: a } = db.tables;
  const [row] = await db
    .select({ link: a.link, file: a.file })
    .from(a)
    .where(and(eq(a.forumId, forumId), eq(a.number, number)));
  return row ? documentOf(row) : [];
}

/** The evidence of a thing, the oldest first. */
export const evidenceOf = async (db: Reader, forumId: string, thing: Thing, number: number): Promise<Evidence[]> =>
  evidenceQuery(db, { forumId, thing, number });

/** The query of that, to be asked with others. */
export function evidenceQuery(db: Reader, of: { forumId: string; thing: Thing; number: number }) {
  const { evidence: e } = db.tables;
  return db
    .select()
    .from(e)
    .where(and(eq(e.forumId, of.forumId), eq(e.thing, of.thing), eq(e.number, of.number), isNull(e.withdrawnAt)))
    .orderBy(asc(e.seq));
}

/** Tells whether any of some activities or entries has evidence that was not withdrawn. */
export async function evidencedAmong(
  db: Reader,
  forumId: string,
  things: readonly { readonly thing: 'activity' | 'entry'; readonly number: number }[],
): Promise<boolean> {
  const { evidence: e } = db.tables;
  const of = (thing: Thing) => {
    const numbers = things.filter(one => one.thing === thing).map(one => one.number);
    return numbers.length ? and(eq(e.thing, thing), inArray(e.number, numbers)) : undefined;
  };
  const rows = await db
    .select({ seq: e.seq })
    .from(e)
    .where(and(eq(e.forumId, forumId), isNull(e.withdrawnAt), or(of('activity'), of('entry'))))
    .limit(1);
  return rows.length > 0;
}
