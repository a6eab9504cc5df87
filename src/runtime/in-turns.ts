import { isTurnOver, nextTurn, shareTurn } from './event-loop.ts';

/** Maximum number of rows that are sorted without a pause: some milliseconds. */
const SORTED_AT_ONCE = 2_000;

/** The same as `items.map`, sharing the event loop: for what has thousands of rows. */
export async function mapInTurns<T, R>(items: readonly T[], one: (item: T) => R): Promise<R[]> {
  const made: R[] = [];
  for (const item of items) {
    made.push(one(item));
    if (isTurnOver()) await nextTurn();
  }
  return made;
}

/** The same as `items.toSorted`, equal ones in the order in which they came, sharing the event loop. */
export async function sortInTurns<T>(items: readonly T[], compare: (x: T, y: T) => number): Promise<T[]> {
  let runs: T[][] = [];
  for (let i = 0; i < items.length; i += SORTED_AT_ONCE) {
    runs.push(items.slice(i, i + SORTED_AT_ONCE).sort(compare));
    await shareTurn();
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let i = 0; i < runs.length; i += 2) merged.push(await mergeInTurns(runs[i]!, runs[i + 1] ?? [], compare));
    runs = merged;
  }
  return runs[0] ?? [];
}

async function mergeInTurns<T>(
  first: readonly T[],
  second: readonly T[],
  compare: (x: T, y: T) => number,
): Promise<T[]> {
  const merged: T[] = [];
  for (let i = 0, j = 0; i < first.length || j < second.length; ) {
    const takesFirst = j >= second.length || (i < first.length && compare(first[i]!, second[j]!) <= 0);
    merged.push(takesFirst ? first[i++]! : second[j++]!);
    if (merged.length % SORTED_AT_ONCE === 0) await shareTurn();
  }
  return merged;
}
