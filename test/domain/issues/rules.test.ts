import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/domain/actor.ts';
import {
  type IssueState,
  type Move,
  mayAssign,
  mayMove,
  maySee,
  after as stateAfter,
} from '../../../src/domain/issues/rules.ts';
import type { Issue } from '../../../src/domain/issues/store.ts';

const DAY = 86_400_000;
const now = new Date('2026-11-24T01:00:00Z');
const issue = (over: Partial<Issue> = {}): Issue => ({
  forumId: 'f',
  number: 1,
  title: 'Sensor mati',
  folded: 'sensor mati',
  detail: null,
  severity: 'undetermined',
  state: 'new',
  isPrivate: false,
  partner: 3,
  indicator: null,
  owner: null,
  raisedBy: 1,
  due: null,
  area: null,
  waitingFor: null,
  waitingUntil: null,
  resolution: null,
  reason: null,
  createdAt: now,
  firstResponseAt: null,
  changedAt: now,
  resolvedAt: null,
  closedAt: null,
  reopened: 0,
  ...over,
});
const person = (member: number, over: Partial<Actor> = {}): Actor => ({
  member,
  numbers: [member],
  name: `P${member}`,
  coordinator: false,
  seat: null,
  ...over,
});
const author = person(1);
const stranger = person(9);
const coordinator = person(2, { coordinator: true });

const MOVES: readonly Move[] = [
  'assign',
  'comment',
  'severity',
  'wait',
  'escalate',
  'resolve',
  'close',
  'reopen',
  'edit',
];

describe('the life of an issue', () => {
  it.each([
    ['new', ['assign', 'comment', 'severity', 'wait', 'escalate', 'resolve', 'edit']],
    ['in_progress', ['assign', 'comment', 'severity', 'wait', 'escalate', 'resolve', 'edit']],
    ['waiting', ['assign', 'comment', 'severity', 'wait', 'escalate', 'resolve', 'edit']],
    ['resolved', ['comment', 'close', 'reopen']],
    ['closed', ['comment', 'reopen']],
  ] as const)('when it is %s allows %j and nothing else', (state, allowed) => {
    const resolvedAt = state === 'resolved' || state === 'closed' ? now : null;
    const may = MOVES.filter(move => mayMove(author, issue({ state, resolvedAt }), move, now) === null);
    expect(may).toEqual(allowed);
  });

  it.each([
    ['assign', 'new', 'in_progress'],
    ['assign', 'waiting', 'in_progress'],
    ['wait', 'in_progress', 'waiting'],
    ['comment', 'waiting', 'waiting'],
    ['resolve', 'waiting', 'resolved'],
    ['close', 'resolved', 'closed'],
    ['reopen', 'closed', 'new'],
  ] as const satisfies readonly (readonly [Move, IssueState, IssueState])[])(
    '%s leads from %s to %s',
    (move, from, to) => {
      expect(stateAfter(move, { state: from, owner: null })).toBe(to);
    },
  );

  it('goes on where it is reopened with an owner', () => {
    expect(stateAfter('reopen', { state: 'closed', owner: 4 })).toBe('in_progress');
  });

  it('may be taken up again for thirty days', () => {
    const closed = issue({ state: 'closed', resolvedAt: new Date(now.getTime() - 30 * DAY) });
    expect(mayMove(stranger, closed, 'reopen', now)).toBeNull();
    expect(mayMove(stranger, closed, 'reopen', new Date(now.getTime() + 1))).toEqual({ why: 'too_old' });
  });
});

describe('an issue', () => {
  it.each([
    ['its author', author, {}],
    ['its owner', person(4), { owner: 4 }],
    ['a coordinator', coordinator, {}],
    ['the partner concerned', person(5, { seat: { partner: 3, name: 'BPBD', role: 'representative' } }), {}],
  ] as const)('is resolved by %s', (_, actor, over) => {
    expect(mayMove(actor, issue(over), 'resolve', now)).toBeNull();
  });

  it('is not resolved by somebody else, who may comment, take it on and ask for attention', () => {
    expect(mayMove(stranger, issue(), 'resolve', now)).toEqual({ why: 'not_involved' });
    for (const move of ['comment', 'assign', 'escalate'] as const)
      expect(mayMove(stranger, issue(), move, now)).toBeNull();
  });
});

describe('who is in charge', () => {
  it.each([
    ['a stranger takes on what nobody has', stranger, null, stranger.member, null],
    ['a stranger charges somebody else', stranger, null, 77, 'not_involved'],
    ['a stranger takes it from its owner', stranger, 4, stranger.member, 'not_involved'],
    ['the owner passes it on', person(4), 4, 77, null],
    ['a coordinator passes it on', coordinator, 4, 77, null],
    ['the author charges somebody', author, null, 77, null],
  ] as const)('R5: %s', (_, actor, owner, to, why) => {
    expect(mayAssign(actor, issue({ owner }), to, now)?.why ?? null).toBe(why);
  });
});

describe('a private issue', () => {
  const secret = issue({ isPrivate: true });
  it('is seen by its author and its mediators, and not by coordinators', () => {
    expect([author, person(7), coordinator, stranger].map(actor => maySee(actor, secret, [7]))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('raised anonymously is seen by its mediators alone', () => {
    const anonymous = { ...secret, raisedBy: null };
    expect([author, person(7)].map(actor => maySee(actor, anonymous, [7]))).toEqual([false, true]);
  });
});
