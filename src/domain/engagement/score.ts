/** A share with the way to it: so many of so many. */
export interface Measure {
  readonly n: number;
  readonly of: number;
}

/** Weights of what a partner's engagement is read from. */
export const WEIGHTS = { attendance: 25, reporting: 30, commitments: 30, votes: 15 } as const;
export type Part = keyof typeof WEIGHTS;
export const PARTS = Object.keys(WEIGHTS) as readonly Part[];

/** Minimum number of measures, and of events on average for each: fewer say too little. */
const ENOUGH = 3;

/**
 * One figure from 0 to 100, in tenths, of the measures that have any event; the weights of the others are spread over
 * these. Null: not enough happened yet to say anything fair.
 */
export function composite(measures: Readonly<Record<Part, Measure>>): number | null {
  const known = PARTS.filter(part => measures[part].of > 0);
  const events = known.reduce((sum, part) => sum + measures[part].of, 0);
  if (known.length < ENOUGH || events < ENOUGH * known.length) return null;
  const weight = known.reduce((sum, part) => sum + WEIGHTS[part], 0);
  const sum = known.reduce((total, part) => total + (WEIGHTS[part] * measures[part].n) / measures[part].of, 0);
  return Math.round((sum / weight) * 1000) / 10;
}
