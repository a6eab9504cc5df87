import type { SendResult, Target } from '../contract/act.ts';
import type { Ailment } from '../domain/ailments.ts';

export type State = Ailment['state'];
/** Describes what an ailment is about: workspace and channel are empty where it is all of it. */
export type Place = Pick<Ailment, 'platform' | 'workspace' | 'channel'>;
export type Course = Pick<Ailment, 'state' | 'detail' | 'since' | 'until' | 'failures'>;

/** Describes what an answer, or the lack of one, says about the one that should have answered. */
export interface Sign {
  readonly state: State | 'well';
  readonly detail: string;
  /** The wait that was asked for, ms. */
  readonly forMs?: number;
}

/** First and longest wait between two tries, by state, ms. */
const WAITS: Readonly<Record<State, readonly [number, number]>> = {
  slow: [1_000, 3_600_000],
  ill: [2_000, 300_000],
  refused: [30_000, 600_000],
  closed: [60_000, 60_000],
  gone: [60_000, 60_000],
};
/** Maximum difference between the clocks of processes that work together, ms. */
export const SKEW_MS = 60_000;
/** Maximum wait, ms: an instant beyond it comes from a clock that ran ahead. */
export const LONGEST_WAIT_MS = 3_600_000;

/**
 * Tells whether a course can have been noted by a clock like ours. One that began in our future, or waits longer than
 * its state does, was noted before the clock was set back.
 */
export const isOfOurTime = ({ state, since, until }: Course, now: Date): boolean =>
  since.getTime() <= now.getTime() + SKEW_MS && until.getTime() <= now.getTime() + WAITS[state][1] + SKEW_MS;

/**
 * The next state of a platform, workspace or channel. A failure lengthens the wait once a round: many messages that
 * fail at one time are one failure.
 */
export function next(before: Course | null, sign: Sign, now: Date): Course | null {
  if (sign.state === 'well') return null;
  const { state, detail } = sign;
  const same = before?.state === state && isOfOurTime(before, now) ? before : null;
  if (same && same.until > now && sign.forMs === undefined) return same;
  const failures = (same?.failures ?? 0) + 1;
  const [first, longest] = WAITS[state];
  const waitMs = Math.min(longest, sign.forMs ?? first * 2 ** (failures - 1));
  return { state, detail, since: same?.since ?? now, until: new Date(now.getTime() + waitMs), failures };
}

/**
 * The place that a result of sending tells about, and what it tells. A lane is one channel, or the direct messages with
 * one person.
 */
export interface Told {
  readonly of: 'platform' | 'workspace' | 'channel' | 'lane';
  readonly sign: Sign;
  /** The platform has answered, whatever it said. */
  readonly answered: boolean;
}

const WELL: Sign = { state: 'well', detail: '' };

/** Returns what a result of sending tells. The message's own faults tell that all else is well. */
export function toldBy(result: SendResult, target: Target): Told {
  const detail = 'detail' in result ? result.detail : '';
  switch (result.kind) {
    case 'sent':
      return { of: 'channel', sign: WELL, answered: true };
    case 'unknown':
      return { of: 'lane', sign: { state: 'ill', detail }, answered: false };
    case 'later':
      if (result.of === 'platform') return { of: 'platform', sign: { state: 'ill', detail }, answered: false };
      return { of: 'lane', sign: { state: 'slow', detail, forMs: result.afterMs }, answered: true };
    case 'refused':
      return { of: result.of, sign: { state: 'refused', detail }, answered: true };
    case 'gone':
    case 'forbidden': {
      const isPlace = target.kind === 'channel' && (result.of ?? 'channel') === 'channel';
      if (!isPlace) return { of: 'lane', sign: WELL, answered: true };
      return { of: 'channel', sign: { state: result.kind === 'gone' ? 'gone' : 'closed', detail }, answered: true };
    }
    default:
      return { of: 'lane', sign: WELL, answered: true };
  }
}
