import type { OUTCOMES } from '../storage/schema/decisions.ts';

type Outcome = (typeof OUTCOMES)[number];

/** The sign of each outcome and how good it is, wherever it is shown: never a colour alone. */
export const OUTCOME = {
  carried: { sign: '✔', mark: 'good' },
  rejected: { sign: '✘', mark: 'bad' },
  blocked: { sign: '‼', mark: 'bad' },
  no_quorum: { sign: '▲', mark: 'warning' },
  withdrawn: { sign: '–', mark: 'plain' },
} as const satisfies Readonly<Record<Outcome, { sign: string; mark: string }>>;
