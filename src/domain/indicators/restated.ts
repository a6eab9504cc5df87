import { formerStatuses } from './former-rules.ts';
import { type Amount, decimalOf } from './fraction.ts';
import { periodStatuses } from './period-status.ts';
import type { IndicatorRecord } from './record.ts';
import type { Colour } from './status.ts';

/** A figure of a finished period as it is told: decimals as text. */
export interface Told {
  readonly value: string | null;
  readonly target: string | null;
  readonly colour: Colour | null;
}

/** A finished period of which a corrected rule tells something else. */
export interface Restated {
  readonly period: string;
  readonly before: Told;
  readonly after: Told;
}

const DECIMALS = 3;

const told = (one: { value: Amount | null; target: Amount | null; colour: Colour | null }): Told => ({
  value: one.value === null ? null : decimalOf(one.value, DECIMALS),
  target: one.target === null ? null : decimalOf(one.target, DECIMALS),
  colour: one.colour,
});

/**
 * The finished periods of an indicator from before there were versions that are told otherwise by the corrected rules,
 * oldest first. A period that still awaits reports has no final figure, and is none of them.
 */
export function restatedPeriods(record: IndicatorRecord, today: string): Restated[] {
  if (!record.isFromBefore) return [];
  const former = formerStatuses(record, today);
  return periodStatuses(record, today).flatMap(one => {
    const isFinal = one.period.end < today && !one.provisional.includes('awaited');
    if (!isFinal || one.value === null) return [];
    const before = told(former.get(one.period.key) ?? { value: null, target: null, colour: null });
    const after = told(one);
    // Without a figure its target tells nobody anything.
    const isSame = before.value === after.value && before.target === after.target && before.colour === after.colour;
    return isSame ? [] : [{ period: one.period.key, before, after }];
  });
}
