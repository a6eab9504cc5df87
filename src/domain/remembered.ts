import { BoundedMap } from '../runtime/bounded-map.ts';

/** Maximum number of results that a function remembers, some 2 MB where each is small. When full, the oldest is dropped. */
const MAXIMUM = 20_000;

/**
 * The same function, its results remembered by their arguments: for what is always the same and slow to compute, such as
 * the dates of a calendar, which a large forum asks for by the hundred thousand.
 */
export function remembered<Arguments extends readonly (string | number)[], Result>(
  compute: (...args: Arguments) => Result,
  maximum = MAXIMUM,
): (...args: Arguments) => Result {
  const known = new BoundedMap<string, Result>(maximum);
  return (...args) => {
    const key = args.join(' ');
    const before = known.get(key);
    if (before !== undefined || known.has(key)) return before as Result;
    const result = compute(...args);
    known.set(key, result);
    return result;
  };
}
