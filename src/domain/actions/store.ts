import {
  and,
  asc,
  count,
  desc,
  eq,
  exists,
  inArray,
  isNotNull,
  isNull,
  max,
  notExists,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { Reader, Tx } from '../../storage/store.ts';
import { fold } from '../../storage/words.ts';
import { codeOf, nextNumber, PREFIX } from '../codes.ts';
import { rowByNumber } from '../numbered.ts';
import { speaksFor } from '../people.ts';
import { holdsWords, type Reach, type Source, shortestFirst } from '../source.ts';
import type { Action, Origin } from './row.ts';
import { isOpen } from './rules.ts';

export type Seer = Pick<Reach, 'db' | 'forumId' | 'actor'>;

/** Condition: the action is neither done nor cancelled. */
export const openActions = ({ actions: a }: Reader['tables']): SQL => and(isNull(a.doneOn), isNull(a.cancelledAt))!;

/** Condition: the action is open and binds, since the agreement that holds it has not ended. */
export function bindingActions(db: Reader): SQL {
  const { actions: a, agreements: g } = db.tables;
  const isOf = and(eq(a.origin, 'agreement'), eq(g.forumId, a.forumId), eq(g.number, a.originNumber));
  const ended = db
    .select({ one: sql`1` })
    .from(g)
    .where(and(isOf, isNotNull(g.endedAt)));
  return and(openActions(db.tables), notExists(ended))!;
}

/** Condition: the action is awaited, since it binds and its partner takes part. */
export function awaitedActions(db: Reader): SQL {
  const { actions: a, partners: p } = db.tables;
  const archived = db
    .select({ one: sql`1` })
    .from(p)
    .where(and(eq(p.forumId, a.forumId), eq(p.number, a.partner), isNotNull(p.archivedAt)));
  return and(bindingActions(db), notExists(archived))!;
}

/**
 * Condition for actions that a person is to do and sees: their own, and what their partner is bound to and nobody was
 * given, where they speak for it. Everything that lists somebody's actions asks this.
 */
export function ownActionsOf(seer: Seer): SQL {
  const { db, actor } = seer;
  const { actions: a } = db.tables;
  const { seat } = actor;
  const nobodys =
    seat && speaksFor(actor, seat.partner) ? and(isNull(a.owner), eq(a.partner, seat.partner)) : undefined;
  return and(actionsInSight(seer), awaitedActions(db), or(eq(a.owner, actor.member), nobodys))!;
}

/** Returns what the person may see: what is not private, and what comes from a talk or an issue that they see. */
export function actionsInSight({ db, forumId, actor }: Seer): SQL {
  const { actions: a, reviews: r, issues: i, mediators } = db.tables;
  const speaks = actor.seat && actor.seat.role !== 'member' ? eq(r.partner, actor.seat.partner) : undefined;
  const talks = db
    .select({ one: sql`1` })
    .from(r)
    .where(and(eq(r.forumId, forumId), eq(r.number, a.originNumber), or(inArray(r.mediator, actor.numbers), speaks)));
  const raised = db
    .select({ one: sql`1` })
    .from(i)
    .where(and(eq(i.forumId, forumId), eq(i.number, a.originNumber), inArray(i.raisedBy, actor.numbers)));
  const mediates = db
    .select({ one: sql`1` })
    .from(mediators)
    .where(
      and(eq(mediators.forumId, forumId), eq(mediators.issue, a.originNumber), eq(mediators.member, actor.member)),
    );
  return and(
    eq(a.forumId, forumId),
    or(
      eq(a.isPrivate, false),
      and(eq(a.origin, 'talk'), actor.coordinator ? undefined : exists(talks)),
      and(eq(a.origin, 'issue'), or(exists(raised), exists(mediates))),
    ),
  )!;
}

/** The forum's actions, as far as the person may see them; open and own ones first. */
export const actionSource: Source<Action> = {
  thing: 'action',
  prefix: PREFIX.action,
  code: row => codeOf('action', row.number),
  label: row => row.title,
  async byNumber(reach, number) {
    const { actions: a } = reach.db.tables;
    const [row] = await reach.db
      .select()
      .from(a)
      .where(and(actionsInSight(reach), eq(a.number, number)));
    return row ?? null;
  },
  async named(reach, typed, limit, whole) {
    const { actions: a } = reach.db.tables;
    const found = await reach.db
      .select()
      .from(a)
      .where(and(actionsInSight(reach), holdsWords(a.folded, typed)))
      .orderBy(...shortestFirst(a.folded, whole), desc(a.number))
      .limit(200);
    const rank = (row: Action): number => (isOpen(row) ? 0 : 2) + (row.owner === reach.actor.member ? 0 : 1);
    return found.sort((x, y) => rank(x) - rank(y) || y.number - x.number).slice(0, limit);
  },
};

/** An action by its number, for what happens by itself: who may see it is judged where it is shown. */
export const actionByNumber = (db: Reader, forumId: string, number: number): Promise<Action | null> =>
  rowByNumber(db, db.tables.actions, forumId, number);

/** Describes what somebody is to do. */
export type NewAction = Pick<Action, 'title' | 'isPrivate' | 'partner' | 'owner' | 'amount' | 'due' | 'createdBy'> & {
  readonly from: Origin | null;
};

/** Writes an action down. */
export async function addAction(tx: Tx, forumId: string, data: NewAction, now: Date): Promise<Action> {
  const { from, ...said } = data;
  const number = await nextNumber(tx, forumId, 'action');
  const [row] = await tx
    .insert(tx.tables.actions)
    .values({
      ...said,
      forumId,
      number,
      folded: fold(data.title),
      origin: from?.origin ?? null,
      originNumber: from?.originNumber ?? null,
      item: from && (await nextItem(tx, forumId, from, data.partner)),
      doneOn: null,
      doneAt: null,
      doneBy: null,
      result: null,
      cancelledAt: null,
      cancelReason: null,
      createdAt: now,
    })
    .returning();
  return row!;
}

/** The number of a promise within its agreement, and of a step among all that were agreed with its partner. */
async function nextItem(tx: Tx, forumId: string, from: Origin, partner: number | null): Promise<number | null> {
  const { actions: a } = tx.tables;
  const of =
    from.origin === 'talk' && partner !== null
      ? eq(a.partner, partner)
      : from.origin === 'agreement'
        ? eq(a.originNumber, from.originNumber)
        : null;
  if (!of) return null;
  const [last] = await tx
    .select({ item: max(a.item) })
    .from(a)
    .where(and(eq(a.forumId, forumId), eq(a.origin, from.origin), of));
  return (last?.item ?? 0) + 1;
}

/** Changes an action and gives it as it is now. */
export async function changeAction(
  tx: Tx,
  { forumId, number }: Pick<Action, 'forumId' | 'number'>,
  set: Partial<
    Pick<
      Action,
      'title' | 'due' | 'partner' | 'owner' | 'doneOn' | 'doneAt' | 'doneBy' | 'result' | 'cancelledAt' | 'cancelReason'
    >
  >,
): Promise<Action> {
  const { actions: a } = tx.tables;
  const [row] = await tx
    .update(a)
    .set({ ...set, ...(set.title !== undefined && { folded: fold(set.title) }) })
    .where(and(eq(a.forumId, forumId), eq(a.number, number)))
    .returning();
  return row!;
}

/** All actions that come from one thing, in their order. */
export async function actionsFrom(db: Reader, forumId: string, { origin, originNumber }: Origin): Promise<Action[]> {
  const { actions: a } = db.tables;
  return db
    .select()
    .from(a)
    .where(and(eq(a.forumId, forumId), eq(a.origin, origin), eq(a.originNumber, originNumber)))
    .orderBy(asc(a.number));
}

/** The promise or step that an older button names: by its agreement, or by the partner of the talk. */
export async function actionOfItem(
  db: Reader,
  forumId: string,
  of: { readonly agreement: number } | { readonly talkWith: number },
  item: number,
): Promise<Action | null> {
  const { actions: a } = db.tables;
  const from =
    'agreement' in of
      ? and(eq(a.origin, 'agreement'), eq(a.originNumber, of.agreement))
      : and(eq(a.origin, 'talk'), eq(a.partner, of.talkWith));
  const [row] = await db
    .select()
    .from(a)
    .where(and(eq(a.forumId, forumId), from, eq(a.item, item)));
  return row ?? null;
}

/** Counts the promises of agreements that were not cancelled, and those that were kept, by agreement number. */
export async function promisesOf(
  db: Reader,
  forumId: string,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, { all: number; kept: number }>> {
  const { actions: a } = db.tables;
  if (!numbers.length) return new Map();
  const rows = await db
    .select({ agreement: a.originNumber, all: count(), kept: count(a.doneOn) })
    .from(a)
    .where(
      and(
        eq(a.forumId, forumId),
        eq(a.origin, 'agreement'),
        inArray(a.originNumber, [...numbers]),
        isNull(a.cancelledAt),
      ),
    )
    .groupBy(a.originNumber);
  return new Map(rows.map(({ agreement, all, kept }) => [agreement!, { all, kept }]));
}
