import { and, asc, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import type { Actor } from '../actor.ts';
import { nextNumber } from '../codes.ts';
import { speaksFor } from '../people.ts';

export type Review = Tables['reviews']['$inferSelect'];
export type ReviewNote = Tables['reviewNotes']['$inferSelect'];

/** A review is between whoever speaks for the partner, the coordinators and the mediator; nobody else sees it. */
export const mayJoin = (actor: Actor, review: Pick<Review, 'partner' | 'mediator'>): boolean =>
  actor.coordinator || speaksFor(actor, review.partner) || actor.member === review.mediator;

/** The review that is open with a partner. */
export async function openReview(db: Reader, forumId: string, partner: number): Promise<Review | null> {
  const { reviews } = db.tables;
  const [row] = await db
    .select()
    .from(reviews)
    .where(and(eq(reviews.forumId, forumId), eq(reviews.partner, partner), isNull(reviews.closedAt)));
  return row ?? null;
}

/** The review with a partner that was concluded last. */
export async function lastReview(db: Reader, forumId: string, partner: number): Promise<Review | null> {
  const { reviews } = db.tables;
  const [row] = await db
    .select()
    .from(reviews)
    .where(and(eq(reviews.forumId, forumId), eq(reviews.partner, partner), isNotNull(reviews.closedAt)))
    .orderBy(desc(reviews.number))
    .limit(1);
  return row ?? null;
}

export async function reviewByNumber(db: Reader, forumId: string, number: number): Promise<Review | null> {
  const { reviews } = db.tables;
  const [row] = await db
    .select()
    .from(reviews)
    .where(and(eq(reviews.forumId, forumId), eq(reviews.number, number)));
  return row ?? null;
}

/** Begins a review; the caller has looked that none is open. */
export async function beginReview(
  tx: Tx,
  forumId: string,
  data: Pick<Review, 'partner' | 'mediator' | 'openedBy'>,
  now: Date,
): Promise<Review> {
  const number = await nextNumber(tx, forumId, 'review');
  const [row] = await tx
    .insert(tx.tables.reviews)
    .values({ ...data, forumId, number, openedAt: now, closedAt: null, outcome: null })
    .returning();
  return row!;
}

/** Writes down what was said, or a step that was agreed. */
export async function addNote(
  tx: Tx,
  review: Review,
  note: Pick<ReviewNote, 'kind' | 'content' | 'due' | 'member'>,
  now: Date,
): Promise<ReviewNote> {
  const { forumId, number } = review;
  const [row] = await tx
    .insert(tx.tables.reviewNotes)
    .values({ ...note, forumId, review: number, at: now })
    .returning();
  return row!;
}

export async function notesOf(db: Reader, review: Review): Promise<(ReviewNote & { name: string })[]> {
  const { reviewNotes: r, members } = db.tables;
  const rows = await db
    .select({ note: r, name: members.name })
    .from(r)
    .innerJoin(members, and(eq(members.forumId, r.forumId), eq(members.number, r.member)))
    .where(and(eq(r.forumId, review.forumId), eq(r.review, review.number)))
    .orderBy(asc(r.seq));
  return rows.map(({ note, name }) => ({ ...note, name }));
}

/** A step that was agreed with a partner; steps are numbered over all reviews with it. */
export interface Step extends ReviewNote {
  readonly item: number;
  /** Who wrote it down. */
  readonly name: string;
  readonly done: { readonly at: Date; readonly name: string } | null;
}

/** All steps that were ever agreed with a partner, with what became of them. */
export async function stepsOf(db: Reader, forumId: string, partner: number): Promise<Step[]> {
  const { reviewNotes: r, reviews, members } = db.tables;
  const rows = await db
    .select({ note: r, name: members.name })
    .from(r)
    .innerJoin(reviews, and(eq(reviews.forumId, r.forumId), eq(reviews.number, r.review)))
    .innerJoin(members, and(eq(members.forumId, r.forumId), eq(members.number, r.member)))
    .where(and(eq(r.forumId, forumId), eq(reviews.partner, partner)))
    .orderBy(asc(r.seq));
  const done = new Map(rows.filter(row => row.note.kind === 'done').map(row => [Number(row.note.content), row]));
  return rows
    .filter(row => row.note.kind === 'step')
    .map(({ note, name }, i) => {
      const by = done.get(i + 1);
      return { ...note, name, item: i + 1, done: by ? { at: by.note.at, name: by.name } : null };
    });
}

/** Writes down that a step was done. */
export async function markDone(tx: Tx, step: Step, member: number, now: Date): Promise<void> {
  const { forumId, review, item } = step;
  await tx
    .insert(tx.tables.reviewNotes)
    .values({ forumId, review, kind: 'done', content: String(item), due: null, member, at: now });
}

/** Ends a review with its outcome; what was said stays. */
export async function endReview(tx: Tx, review: Review, outcome: string, now: Date): Promise<Review> {
  const { reviews } = tx.tables;
  const [row] = await tx
    .update(reviews)
    .set({ closedAt: now, outcome })
    .where(and(eq(reviews.forumId, review.forumId), eq(reviews.number, review.number)))
    .returning();
  return row!;
}
