import { steadyMs } from '../../src/contract/clock.ts';

const A_SECOND_MS = 1_000;

/**
 * Asks once a second at most: a question that comes before then, also while one is being answered, gets the same
 * answer.
 */
export function forASecond<T>(ask: () => Promise<T>, now: () => number = steadyMs): () => Promise<T> {
  let kept: { readonly at: number; readonly answer: Promise<T> } | null = null;
  return () => {
    const at = now();
    // A clock that was set back makes nothing stay longer.
    if (!kept || Math.abs(at - kept.at) >= A_SECOND_MS) kept = { at, answer: ask() };
    return kept.answer;
  };
}
