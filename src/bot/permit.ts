import { Refusal } from '../contract/refusal.ts';
import type { Actor } from '../domain/actor.ts';
import type { Messages } from '../language/messages.ts';
import type { Action } from './command.ts';
import type { Role } from './role.ts';

/** The roles of an actor in their forum; null is somebody outside of any. A coordinator is not a representative. */
export function rolesOf(actor: Actor | null): ReadonlySet<Role> {
  const roles = new Set<Role>(['anyone']);
  if (!actor) return roles;
  roles.add('member');
  if (actor.coordinator) roles.add('coordinator');
  if (actor.seat) roles.add('partner');
  if (actor.seat && actor.seat.role !== 'member') roles.add('representative');
  return roles;
}

/** The roles of which any one suffices. */
export const rolesFor = (action: Pick<Action, 'who'>): readonly Role[] =>
  typeof action.who === 'string' ? [action.who] : action.who;

export const mayRun = (roles: ReadonlySet<Role>, action: Pick<Action, 'who'>): boolean =>
  rolesFor(action).some(role => roles.has(role));

/** @throws Refusal `forbidden`, naming who may. */
export function permit(roles: ReadonlySet<Role>, action: Pick<Action, 'who' | 'whoWords'>): void {
  if (mayRun(roles, action)) return;
  throw new Refusal('forbidden', m => m.core.forbidden({ who: whoText(m, action) }));
}

/** Returns who may run an action, in words. */
export const whoText = (m: Messages, action: Pick<Action, 'who' | 'whoWords'>): string =>
  action.whoWords?.(m) ??
  rolesFor(action)
    .map(role => m.roles[role])
    .join(m.core.or);
