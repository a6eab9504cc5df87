import { shareTurn } from '../../runtime/event-loop.ts';
import type { Reader } from '../../storage/store.ts';
import { dateIn } from '../calendar.ts';
import { listGoals } from '../goals.ts';
import { lastJudged } from '../indicators/period-status.ts';
import type { IndicatorRecord } from '../indicators/record.ts';
import { lastClosed, resultsOf } from './pulse.ts';
import type { Measure } from './score.ts';

/** Describes how the forum as a whole comes on. */
export interface Progress {
  /** Goals that are reached or closed, of all. */
  readonly goals: Measure;
  /** Indicators that are green or met, of those that can be judged. */
  readonly green: Measure;
  /** The mean of the last survey, from 1 to 5, and how many answered at least; null: none has enough answers. */
  readonly trust: { readonly mean: number; readonly n: number } | null;
}

/** Reads the forum's progress from its goals, the records of all its indicators, and its last survey. */
export async function progressOf(
  db: Reader,
  forumId: string,
  now: Date,
  records: readonly IndicatorRecord[],
): Promise<Progress> {
  const goals = await listGoals(db, forumId);
  const green = { n: 0, of: 0 };
  for (const record of records) {
    await shareTurn();
    const colour = lastJudged(record, dateIn(now, record.zone))?.colour;
    if (!colour) continue;
    green.of++;
    if (colour === 'green' || colour === 'met') green.n++;
  }
  return {
    goals: { n: goals.filter(goal => goal.closedAt !== null).length, of: goals.length },
    green,
    trust: await trustOf(db, forumId),
  };
}

/** Reads how much trust the last survey found in the forum; nobody's own answers are told. */
export async function trustOf(db: Reader, forumId: string): Promise<Progress['trust']> {
  const survey = await lastClosed(db, forumId);
  const results = survey ? await resultsOf(db, survey) : [];
  if (!results.length) return null;
  const mean = results.reduce((total, one) => total + one.mean, 0) / results.length;
  return { mean, n: Math.min(...results.map(one => one.n)) };
}
