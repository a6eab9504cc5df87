import { addDays, instantAt, shiftWorkingDays } from '../domain/calendar.ts';

/** Recipients of a step: those who are to report or to act, the alternate too, and the forum's coordinators. */
export type Recipient = 'responsible' | 'deputy' | 'coordinators' | 'digest';

/**
 * One step of a ladder: so many days, or working days, after (before, where negative) the due date, at a local time.
 */
export interface LadderStep {
  readonly step: string;
  readonly offset: { readonly days: number } | { readonly workingDays: number };
  readonly time: string;
  readonly kind: 'reminder' | 'escalation';
  readonly to: readonly Recipient[];
}

export interface Ladder {
  readonly steps: readonly LadderStep[];
}

/** The steps for a report that is due, in order. The lock after the last is the stored instant of the period's own. */
export const REPORT_LADDER: Ladder = {
  steps: [
    { step: 'week_before', offset: { workingDays: -7 }, time: '09:00', kind: 'reminder', to: ['responsible'] },
    { step: 'day_before', offset: { days: -1 }, time: '09:00', kind: 'reminder', to: ['responsible'] },
    { step: 'due', offset: { days: 0 }, time: '09:00', kind: 'reminder', to: ['responsible', 'deputy'] },
    { step: 'after_3', offset: { days: 3 }, time: '09:00', kind: 'reminder', to: ['responsible', 'digest'] },
    {
      step: 'after_7',
      offset: { days: 7 },
      time: '09:00',
      kind: 'escalation',
      to: ['coordinators'],
    },
    { step: 'after_14', offset: { days: 14 }, time: '09:00', kind: 'reminder', to: ['responsible', 'deputy'] },
  ],
};

/** The steps for an action that is to be done by a day. */
export const ACTION_LADDER: Ladder = {
  steps: [
    { step: 'day_before', offset: { days: -1 }, time: '09:00', kind: 'reminder', to: ['responsible'] },
    { step: 'due', offset: { days: 0 }, time: '09:00', kind: 'reminder', to: ['responsible'] },
    { step: 'after_3', offset: { days: 3 }, time: '09:00', kind: 'reminder', to: ['responsible'] },
    { step: 'after_7', offset: { days: 7 }, time: '09:00', kind: 'escalation', to: ['coordinators'] },
  ],
};

/** Days off of a ladder that counts none in working days. */
const NONE: ReadonlySet<string> = new Set();

/** The instant a step is meant for. */
export function instantOfStep(
  { offset, time }: LadderStep,
  due: string,
  zone: string,
  holidays: ReadonlySet<string> = NONE,
): Date {
  const date = 'days' in offset ? addDays(due, offset.days) : shiftWorkingDays(due, offset.workingDays, holidays);
  return instantAt(date, time, zone);
}
