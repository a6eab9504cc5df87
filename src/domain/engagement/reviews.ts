import { and, asc, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import type { Actor } from '../actor.ts';
import { nextNumber } from '../codes.ts';
import { rowByNumber } from '../numbered.ts';
import { speakerOf } from '../partners.ts';
import { speaksFor } from '../people.ts';

export type Review = Tables['reviews']['$inferSelect'];
export type ReviewNote = Tables['reviewNotes']['$inferSelect'];

/** A review is between those who speak for the partner, the coordinators and the mediator; nobody else sees it. */
export const mayJoin = (actor: Actor, review: Pick<Review, 'partner' | 'mediator'>): boolean =>
  actor.coordinator || speaksFor(actor, review.partner) || actor.member === review.mediator;

/** Returns who is told how a talk goes on: who speaks for the partner now, the mediator, and who opened it. */
export async function participantsOf(db: Reader, { forumId, partner, mediator, openedBy }: Review): Promise<number[]> {
  const speaker = await speakerOf(db, forumId, partner);
  return [...new Set([speaker, mediator, openedBy])].filter(one => one !== null);
}

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

export const reviewByNumber = (db: Reader, forumId: string, number: number): Promise<Review | null> =>
  rowByNumber(db, db.tables.reviews, forumId, number);

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

/** Writes down what was said. */
export async function addNote(
  tx: Tx,
  review: Review,
  note: Pick<ReviewNote, 'content' | 'member'>,
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
