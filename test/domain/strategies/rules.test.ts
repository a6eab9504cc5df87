import { describe, expect, it } from 'vitest';
import {
  earliestClose,
  isProposerOr,
  mayBeSteered,
  mayBeVotedOn,
  needsReason,
  reminderTimes,
} from '../../../src/domain/strategies/rules.ts';
import type { Strategy } from '../../../src/domain/strategies/store.ts';
import { QUORUM, THRESHOLD } from '../../../src/domain/strategies/threshold.ts';
import { fc } from '../../properties.ts';

const HOUR = 3_600_000;
const opens = new Date('2026-11-24T01:00:00Z');
const closes = new Date('2026-12-01T01:00:00Z');
const at = (from: Date, ms: number): Date => new Date(from.getTime() + ms);

/** An open proposal of member 1, with what a test says of it. */
const proposal = (set: Partial<Strategy> = {}): Strategy => ({
  forumId: 'f',
  number: 1,
  title: 'Gladi',
  folded: 'gladi',
  change: 'Gladi hari Sabtu',
  rationale: 'Warga bekerja',
  goal: null,
  issue: null,
  indicator: null,
  newTarget: null,
  rule: {
    version: 1,
    basis: 'partner',
    method: 'consent',
    quorum: QUORUM,
    threshold: THRESHOLD,
    perSector: 0,
    secret: false,
    early: false,
  },
  round: 1,
  proposedBy: 1,
  createdAt: opens,
  opensAt: opens,
  openedAt: opens,
  closesAt: closes,
  outcome: null,
  closedAt: null,
  closeReason: null,
  overrideReason: null,
  arithmetic: null,
  reviewOn: null,
  review: null,
  reviewReason: null,
  reviewedBy: null,
  reviewedAt: null,
  ends: null,
  endedBy: null,
  ...set,
});

describe('a vote', () => {
  it('is open at its opening and until just before its closing', () => {
    expect(mayBeVotedOn(proposal(), opens)).toBeNull();
    expect(mayBeVotedOn(proposal(), at(closes, -1))).toBeNull();
  });

  it('is not open before its opening, though its electorate were frozen', () => {
    expect(mayBeVotedOn(proposal(), at(opens, -1))).toEqual({ why: 'not_open', at: opens });
    expect(mayBeVotedOn(proposal({ openedAt: null }), opens)).toEqual({ why: 'not_open', at: opens });
  });

  it('that was decided before its time takes no ballot', () => {
    const closed = proposal({ outcome: 'carried', closedAt: at(closes, -HOUR) });
    expect(mayBeVotedOn(closed, at(closes, -1))).toEqual({ why: 'decided' });
  });

  it('is steered until it is decided or over', () => {
    expect(mayBeSteered(proposal(), at(closes, -1))).toBeNull();
    expect(mayBeSteered(proposal(), closes)).toEqual({ why: 'closed', at: closes });
    expect(mayBeSteered(proposal({ outcome: 'withdrawn' }), opens)).toEqual({ why: 'decided' });
  });

  it('is steered by its proposer and the coordinators, and nobody else', () => {
    const actor = { member: 2, numbers: [2], name: 'Rina', coordinator: false, seat: null };
    expect(isProposerOr({ ...actor, member: 1, numbers: [1] }, proposal())).toBeNull();
    expect(isProposerOr({ ...actor, coordinator: true }, proposal())).toBeNull();
    expect(isProposerOr(actor, proposal())).toEqual({ why: 'not_proposer' });
  });

  it('asks a reason of an objection only', () => {
    expect(needsReason('object', undefined)).toEqual({ why: 'needs_reason' });
    expect(needsReason('object', 'Menghalangi kerja kami')).toBeNull();
    expect(needsReason('disagree', undefined)).toBeNull();
  });
});

describe('the reminders', () => {
  it('of a week come at half time, a day and two hours before closing, to ever more people', () => {
    expect(reminderTimes(opens, closes)).toEqual([
      { step: 'representative', at: at(closes, -84 * HOUR) },
      { step: 'alternate', at: at(closes, -24 * HOUR) },
      { step: 'coordinators', at: at(closes, -2 * HOUR) },
    ]);
  });

  it('come in order inside the vote, whatever its length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60_000, max: 400 * 24 * HOUR }), length => {
        const end = at(opens, length);
        const times = [opens, ...reminderTimes(opens, end).map(one => one.at), end].map(time => time.getTime());
        expect(new Set(times).size).toBe(5);
        expect([...times].sort((a, b) => a - b)).toEqual(times);
      }),
    );
  });
});

describe('an early close', () => {
  it('is after the opening and not after the closing, and never within the first day of a long vote', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60_000, max: 400 * 24 * HOUR }), length => {
        const earliest = earliestClose(opens, at(opens, length)).getTime() - opens.getTime();
        expect(earliest).toBeGreaterThan(0);
        expect(earliest).toBeLessThanOrEqual(length);
        if (length >= 48 * HOUR) expect(earliest).toBe(24 * HOUR);
      }),
    );
  });
});

describe('faults seen elsewhere', () => {
  it('decisions 3.2, late votes accepted: the stored instant closes, though no outcome was counted yet', () => {
    expect(mayBeVotedOn(proposal(), closes)).toEqual({ why: 'closed', at: closes });
  });

  it('decisions 3.2, a vote under a day gets no reminder: one of an hour gets all three', () => {
    const times = reminderTimes(opens, at(opens, HOUR)).map(one => (one.at.getTime() - opens.getTime()) / 60_000);
    expect(times).toEqual([30, 45, 55]);
  });

  it('decisions 3.2, rounded to the hour: a closing at 17.25.31 is judged to the millisecond', () => {
    const odd = new Date('2026-12-01T10:25:31.500Z');
    expect(mayBeVotedOn(proposal({ closesAt: odd }), at(odd, -1))).toBeNull();
    expect(mayBeVotedOn(proposal({ closesAt: odd }), odd)).toEqual({ why: 'closed', at: odd });
  });
});
