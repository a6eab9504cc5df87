import { type Actor, isSelf } from '../actor.ts';
import type { Issue } from './store.ts';

export type IssueState = Issue['state'];
export type Move = 'assign' | 'comment' | 'severity' | 'wait' | 'escalate' | 'resolve' | 'close' | 'reopen' | 'edit';

/** Time after its resolution within which an issue may be reopened, ms. */
const REOPEN_MS = 30 * 86_400_000;

/** The life cycle: what each move needs, and where it leads (`same`: the state stays). */
const MOVES: Readonly<Record<Move, { readonly from: readonly IssueState[]; readonly to: IssueState | 'same' }>> = {
  assign: { from: ['new', 'in_progress', 'waiting'], to: 'in_progress' },
  comment: { from: ['new', 'in_progress', 'waiting', 'resolved', 'closed'], to: 'same' },
  severity: { from: ['new', 'in_progress', 'waiting'], to: 'same' },
  wait: { from: ['new', 'in_progress', 'waiting'], to: 'waiting' },
  escalate: { from: ['new', 'in_progress', 'waiting'], to: 'same' },
  resolve: { from: ['new', 'in_progress', 'waiting'], to: 'resolved' },
  close: { from: ['resolved'], to: 'closed' },
  reopen: { from: ['resolved', 'closed'], to: 'new' },
  edit: { from: ['new', 'in_progress', 'waiting'], to: 'same' },
};

export type IssueNo =
  | { readonly why: 'wrong_state'; readonly state: IssueState }
  | { readonly why: 'too_old' }
  | { readonly why: 'not_involved' };

/** The state an issue is in after a move. A reopened issue that has an owner is in progress again. */
export function after(move: Move, issue: Pick<Issue, 'state' | 'owner'>): IssueState {
  const { to } = MOVES[move];
  if (move === 'reopen' && issue.owner !== null) return 'in_progress';
  return to === 'same' ? issue.state : to;
}

/**
 * Refuses a move that somebody may not make now. Everybody who sees an issue may comment, take it on, escalate it and
 * reopen it (an unnamed author could not otherwise); the other moves belong to those involved: author, owner, people of
 * the partner concerned, coordinators.
 */
export function mayMove(actor: Actor, issue: Issue, move: Move, now: Date): IssueNo | null {
  if (!MOVES[move].from.includes(issue.state)) return { why: 'wrong_state', state: issue.state };
  const since = issue.resolvedAt;
  if (move === 'reopen' && since && now.getTime() - since.getTime() > REOPEN_MS) return { why: 'too_old' };
  const open: readonly Move[] = ['comment', 'assign', 'escalate', 'reopen'];
  return open.includes(move) || isInvolved(actor, issue) ? null : { why: 'not_involved' };
}

/**
 * Refuses charging `to` where somebody may not. Everybody may take on what nobody is in charge of; to charge another
 * with it, or to take it from the person who is in charge, belongs to those involved.
 */
export function mayAssign(actor: Actor, issue: Issue, to: number, now: Date): IssueNo | null {
  const takesOn = issue.owner === null && to === actor.member;
  return mayMove(actor, issue, 'assign', now) ?? (takesOn || isInvolved(actor, issue) ? null : { why: 'not_involved' });
}

const isInvolved = (actor: Actor, issue: Issue): boolean =>
  isSelf(actor, issue.raisedBy) ||
  issue.owner === actor.member ||
  (issue.partner !== null && issue.partner === actor.seat?.partner) ||
  actor.coordinator ||
  issue.isPrivate;

/** A private issue is seen by its author and its mediators alone; any other by everybody in the forum. */
export const maySee = (
  actor: Actor,
  issue: Pick<Issue, 'isPrivate' | 'raisedBy'>,
  mediators: readonly number[],
): boolean => !issue.isPrivate || isSelf(actor, issue.raisedBy) || mediators.includes(actor.member);
