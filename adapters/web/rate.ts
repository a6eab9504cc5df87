/** So many requests a minute from one visitor (a page has a dozen pictures); more are asked to come back later. */
const PER_MINUTE = 300;
/** Addresses that are remembered at most: what one flood can cost. */
const REMEMBERED = 10_000;

/** Counts requests by address within the running minute; memory is bounded by forgetting each minute. */
export function createRate(now: () => number = Date.now) {
  const counts = new Map<string, number>();
  let minute = 0;
  return {
    /** Whether this request may be answered. */
    allows(address: string): boolean {
      const current = Math.floor(now() / 60_000);
      if (current !== minute) {
        counts.clear();
        minute = current;
      }
      if (!counts.has(address) && counts.size >= REMEMBERED) return false;
      const n = (counts.get(address) ?? 0) + 1;
      counts.set(address, n);
      return n <= PER_MINUTE;
    },
  };
}
