import type { Occurrence } from './planner.ts';

export type OccurrenceKind = 'digest' | 'reminder' | 'event' | 'escalation';

const MINUTE = 60_000;

/**
 * What is done about occurrences that come late. `window`: how late one may be, in milliseconds; null: until its own
 * end. `catchUp`: of several of one schedule the latest alone is sent, or each.
 */
export interface MisfirePolicy {
  readonly window: number | null;
  readonly catchUp: 'latest' | 'each';
}

export const POLICIES: Readonly<Record<OccurrenceKind, MisfirePolicy>> = {
  /** One digest covers all since the last that was made. */
  digest: { window: 24 * 60 * MINUTE, catchUp: 'latest' },
  /** "A week left" is wrong once "a day left" is due. */
  reminder: { window: null, catchUp: 'latest' },
  /** A start that has passed is not announced. */
  event: { window: 15 * MINUTE, catchUp: 'each' },
  /** Runs however late, and once. */
  escalation: { window: null, catchUp: 'latest' },
};

export interface Decision {
  readonly send: readonly Occurrence[];
  /** Said by a later one of the same schedule. */
  readonly superseded: readonly Occurrence[];
  /** Too late: recorded and counted, never sent. */
  readonly missed: readonly Occurrence[];
}

/**
 * Decides about all that is pending and due by `now`; what is due later stays out of it. Whatever is due is in exactly
 * one of the three lists, in order of time.
 */
export function decide(pending: readonly Occurrence[], now: Date): Decision {
  const due = pending
    .filter(one => one.due <= now)
    .sort((a, b) => a.due.getTime() - b.due.getTime() || a.nominal.getTime() - b.nominal.getTime());
  const send: Occurrence[] = [];
  const superseded: Occurrence[] = [];
  const missed: Occurrence[] = [];
  const said = new Set<string>();
  for (const one of due.reverse()) {
    // An escalation gives way to the same step alone: another step says something else.
    const step = JSON.stringify([one.schedule, one.step]);
    const again = said.has(one.kind === 'escalation' ? step : one.schedule) && POLICIES[one.kind].catchUp === 'latest';
    const past = isPast(one, now);
    (again ? superseded : past ? missed : send).push(one);
    if (!past) said.add(one.schedule).add(step);
  }
  return { send: send.reverse(), superseded: superseded.reverse(), missed: missed.reverse() };
}

function isPast({ kind, due, until }: Occurrence, now: Date): boolean {
  const { window } = POLICIES[kind];
  if (window !== null) return now.getTime() - due.getTime() > window;
  return kind === 'reminder' && until !== undefined && until <= now;
}

/** How late something is said, in milliseconds; null up to a quarter of an hour, which needs no word. */
export function latenessOf({ due }: Pick<Occurrence, 'due'>, now: Date): number | null {
  const late = now.getTime() - due.getTime();
  return late > 15 * MINUTE ? late : null;
}
