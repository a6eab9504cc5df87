import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Tables } from '../storage/schema/index.ts';
import type { Reader, Tx } from '../storage/store.ts';
import type { Thing } from './thing.ts';

export type Evidence = Tables['evidence']['$inferSelect'];
export type EvidenceKind = Evidence['kind'];

/** The kind that a piece of evidence most likely is, when nobody said: a picture, a link, or a file. */
export function guessKind(content: string, type = ''): EvidenceKind {
  if (type.startsWith('image/')) return 'photo';
  return /^https?:\/\//.test(content) && !type ? 'link' : 'file';
}

/** Adds evidence of a thing. */
export async function addEvidence(
  tx: Tx,
  forumId: string,
  evidence: { thing: Thing; number: number; kind: EvidenceKind; content: string; addedBy: number },
  now: Date,
): Promise<void> {
  await tx.insert(tx.tables.evidence).values({ ...evidence, forumId, addedAt: now, withdrawnAt: null });
}

export async function evidenceOf(db: Reader, forumId: string, thing: Thing, number: number): Promise<Evidence[]> {
  const { evidence } = db.tables;
  return db
    .select()
    .from(evidence)
    .where(
      and(
        eq(evidence.forumId, forumId),
        eq(evidence.thing, thing),
        eq(evidence.number, number),
        isNull(evidence.withdrawnAt),
      ),
    )
    .orderBy(asc(evidence.seq));
}
