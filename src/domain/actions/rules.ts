import { type Actor, isSelf } from '../actor.ts';
import { speaksFor } from '../people.ts';
import type { Action } from './row.ts';

export type ActionState = 'open' | 'late' | 'done' | 'done_late' | 'cancelled';

/** Tells how an action stands on a local date. One without a day is never late. */
export function actionState(
  { due, doneOn, cancelledAt }: Pick<Action, 'due' | 'doneOn' | 'cancelledAt'>,
  today: string,
): ActionState {
  if (cancelledAt) return 'cancelled';
  if (doneOn !== null) return due === null || doneOn <= due ? 'done' : 'done_late';
  return due === null || today <= due ? 'open' : 'late';
}

export const isOpen = ({ doneOn, cancelledAt }: Pick<Action, 'doneOn' | 'cancelledAt'>): boolean =>
  doneOn === null && cancelledAt === null;

/** Tells whether a partner is bound by what it has promised or agreed itself: nobody else can take that over. */
const isPromise = ({ origin }: Pick<Action, 'origin'>): boolean => origin === 'agreement' || origin === 'talk';

/** Tells whether a person answers for an action: its owner, and who speaks for its partner. */
const answersFor = (actor: Actor, { owner, partner }: Pick<Action, 'owner' | 'partner'>): boolean =>
  owner === actor.member || (partner !== null && speaksFor(actor, partner));

/** Tells whether a person decides about an action: whether it is to be done, by when, and by whom. */
const decides = (actor: Actor, { createdBy }: Pick<Action, 'createdBy'>): boolean =>
  actor.coordinator || isSelf(actor, createdBy);

/** Reasons that keep somebody from doing something with an action. */
export type ActionNo =
  | { readonly why: 'not_yours' | 'not_decided_by_you' | 'done' | 'cancelled' | 'open' }
  | { readonly why: 'other_partner' };

const over = (action: Action): ActionNo | null =>
  action.cancelledAt ? { why: 'cancelled' } : action.doneOn !== null ? { why: 'done' } : null;

/**
 * Tells why somebody may not say that it is done; null: they may. Its owner, its author and coordinators do; of a
 * private one, all who see it.
 */
export function mayFinish(actor: Actor, action: Action): ActionNo | null {
  const may = action.isPrivate || answersFor(actor, action) || decides(actor, action);
  return may ? over(action) : { why: 'not_yours' };
}

/**
 * Tells why somebody may not change or cancel it; null: they may. The author of an open one and coordinators do, so
 * that nobody gets rid of what others wait for.
 */
export function mayDecide(actor: Actor, action: Action): ActionNo | null {
  return decides(actor, action) ? over(action) : { why: 'not_decided_by_you' };
}

/**
 * Returns why a person may not open an action again; null: they may. Who decides about it does, and who has marked it as
 * done, perhaps by mistake.
 */
export function mayReopen(actor: Actor, action: Action): ActionNo | null {
  const mayTakeBack = action.doneOn !== null && isSelf(actor, action.doneBy);
  if (!decides(actor, action) && !mayTakeBack) return { why: 'not_decided_by_you' };
  return over(action) ? null : { why: 'open' };
}

/**
 * Tells why somebody may not hand an action on; null: they may. Its owner hands it to somebody of the same partner; who
 * decides about it, to anybody. What a partner has promised stays with its own people. `partner`: where the one who
 * gets it sits; null: nowhere.
 */
export function mayHand(actor: Actor, action: Action, partner: number | null): ActionNo | null {
  const [answers, deciding] = [answersFor(actor, action), decides(actor, action)];
  if (!answers && !deciding) return { why: 'not_yours' };
  const ended = over(action);
  if (ended) return ended;
  const stays = partner === action.partner;
  return stays || (deciding && !isPromise(action)) ? null : { why: 'other_partner' };
}
