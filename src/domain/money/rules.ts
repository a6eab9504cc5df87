import { type Actor, isSelf } from '../actor.ts';
import { actsFor, speaksFor } from '../people.ts';
import type { EntryState } from './ledger.ts';

/** Reasons for which an entry is not approved. */
export type ApproveNo =
  | { readonly why: 'not_waiting' }
  | { readonly why: 'own_entry' }
  | { readonly why: 'same_partner' }
  | { readonly why: 'no_partner' };

/**
 * The second pair of eyes: another person, who speaks for another partner than the person who recorded it sits for.
 * `person` has all numbers of the person who approves: two accounts of one person are no two people.
 */
export function mayApprove(
  actor: Actor,
  person: readonly number[],
  entry: { readonly recordedBy: number; readonly recorderPartner: number | null },
  state: EntryState,
): ApproveNo | null {
  if (state !== 'waiting') return { why: 'not_waiting' };
  if (person.includes(entry.recordedBy)) return { why: 'own_entry' };
  if (!actor.seat || !speaksFor(actor, actor.seat.partner)) return { why: 'no_partner' };
  return actor.seat.partner === entry.recorderPartner ? { why: 'same_partner' } : null;
}

/** Maximum of one entry unless the forum says otherwise, minor units: Rp 1 trillion. */
export const DEFAULT_MAX_ENTRY = 100_000_000_000_000;

/** Reasons for which an entry is not taken back. */
export type ReverseNo = { readonly why: 'is_reversal' } | { readonly why: 'reversed' } | { readonly why: 'not_yours' };

/**
 * An entry is taken back once: by the person who recorded it, by those who speak for their partner, or by a
 * coordinator.
 */
export function mayReverse(
  actor: Actor,
  entry: { readonly recordedBy: number; readonly recorderPartner: number | null; readonly reverses: number | null },
  isTakenBack: boolean,
): ReverseNo | null {
  if (entry.reverses !== null) return { why: 'is_reversal' };
  if (isTakenBack) return { why: 'reversed' };
  return isSelf(actor, entry.recordedBy) || actsFor(actor, entry.recorderPartner) ? null : { why: 'not_yours' };
}

/** Tells who may add a receipt: the recorder, the people of their partner, and coordinators. */
export function mayProve(
  actor: Actor,
  entry: { readonly recordedBy: number; readonly recorderPartner: number | null },
): Extract<ReverseNo, { why: 'not_yours' }> | null {
  const own = isSelf(actor, entry.recordedBy) || actor.seat?.partner === (entry.recorderPartner ?? 0);
  return own || actor.coordinator ? null : { why: 'not_yours' };
}
