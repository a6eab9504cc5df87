import { and, eq } from 'drizzle-orm';
import type { Reader } from '../../storage/store.ts';
import { mediatorsOf } from '../issues/store.ts';
import { speakerOf } from '../partners.ts';
import { actorOf, coordinators, memberByNumber } from '../people.ts';
import type { Action } from './row.ts';
import { actionSource, awaitedActions } from './store.ts';

/** Returns who does an action: its owner, else the person who speaks for its partner; null: nobody. */
export async function whoDoes(db: Reader, { forumId, owner, partner }: Action): Promise<number | null> {
  if (owner !== null) return owner;
  return partner === null ? null : speakerOf(db, forumId, partner);
}

/**
 * Returns the people who look after a private action when nobody does it: its author, and its mediators or the
 * coordinators.
 */
export async function whoSees(db: Reader, action: Action): Promise<number[]> {
  const { forumId, origin, originNumber } = action;
  const { reviews } = db.tables;
  const [talk] =
    origin === 'talk'
      ? await db
          .select()
          .from(reviews)
          .where(and(eq(reviews.forumId, forumId), eq(reviews.number, originNumber!)))
      : [];
  const people = talk
    ? [talk.mediator, talk.openedBy, ...(await coordinators(db, forumId)).map(one => one.number)]
    : (await mediatorsOf(db, forumId, originNumber ?? 0)).map(one => one.number);
  const found: number[] = [];
  for (const member of new Set(people)) if (member !== null && (await sees(db, action, member))) found.push(member);
  return found;
}

/** Tells whether a member sees an action now. */
export async function sees(db: Reader, { forumId, number, isPrivate }: Action, member: number): Promise<boolean> {
  if (!isPrivate) return true;
  const found = await memberByNumber(db, forumId, member);
  if (!found || found.forgottenAt) return false;
  const reach = { db, forumId, actor: await actorOf(db, found), now: new Date(0) };
  return (await actionSource.byNumber(reach, number)) !== null;
}

/** Tells whether an action is still awaited. */
export async function isAwaited(db: Reader, { forumId, number }: Action): Promise<boolean> {
  const { actions: a } = db.tables;
  const found = await db
    .select({ number: a.number })
    .from(a)
    .where(and(eq(a.forumId, forumId), eq(a.number, number), awaitedActions(db)));
  return found.length > 0;
}
