import { type Actor, isSelf } from '../actor.ts';
import { daysBetween } from '../calendar.ts';
import { speaksFor } from '../people.ts';
import type { Agreement } from './row.ts';

/** Number of days before its end from which an agreement is to be renewed. */
export const EXPIRING_DAYS = 90;

export type AgreementState = 'awaiting' | 'valid' | 'expiring' | 'expired' | 'ended';

/** Tells how an agreement stands on a local date. It holds from all parties' confirmation to its last day. */
export function stateOf(
  agreement: Pick<Agreement, 'expires' | 'endedAt' | 'confirmedAt'>,
  today: string,
): AgreementState {
  if (agreement.endedAt) return 'ended';
  if (!agreement.confirmedAt) return 'awaiting';
  if (agreement.expires === null) return 'valid';
  const left = daysBetween(today, agreement.expires);
  return left < 0 ? 'expired' : left <= EXPIRING_DAYS ? 'expiring' : 'valid';
}

/** Reasons that keep somebody from changing an agreement. */
export type AgreementNo = { readonly why: 'not_party' } | { readonly why: 'ended' };

/**
 * Its author, those who speak for its parties, and coordinators look after an agreement; what has ended stays as it is.
 */
export function mayChange(actor: Actor, agreement: Agreement, parties: readonly number[]): AgreementNo | null {
  const own = isSelf(actor, agreement.createdBy) || actor.coordinator || parties.some(one => speaksFor(actor, one));
  if (!own) return { why: 'not_party' };
  return agreement.endedAt ? { why: 'ended' } : null;
}

/** Describes what a good agreement says. */
export type Missing = 'parties' | 'purpose' | 'commitments' | 'signed' | 'expires' | 'link';

/** Returns what an agreement does not say yet; an informal one needs no signature, end or document. */
export function missingIn(agreement: Agreement, parties: number, commitments: number): Missing[] {
  const formal = agreement.kind === 'formal';
  const checks: readonly (readonly [Missing, boolean])[] = [
    ['parties', parties < 2],
    ['purpose', !agreement.purpose],
    ['commitments', !commitments],
    ['signed', formal && !agreement.signed],
    ['expires', formal && !agreement.expires],
    ['link', formal && !agreement.link],
  ];
  return checks.filter(([, isMissing]) => isMissing).map(([what]) => what);
}
