import { steadyMs } from '../../src/contract/clock.ts';

/** Maximum number of requests a minute from one visitor (a page has a dozen pictures); further ones get 429. */
const PER_MINUTE = 300;
/** Maximum number of requests a minute from a network whose visitors are counted together. */
const OF_NETWORK = 10 * PER_MINUTE;
/** Maximum number of names that are remembered of each kind: what one flood can cost. */
const REMEMBERED = 10_000;

/** The networks that an address is part of, the narrower first: /16 and /8 of IPv4, /48 and /32 of IPv6. */
function networksOf(address: string): string[] {
  const six = address.includes(':');
  const parts = address.split(six ? ':' : '.');
  return (six ? [3, 2] : [2, 1]).map(kept => parts.slice(0, kept).join(six ? ':' : '.'));
}

/**
 * Counts requests by visitor, as `visitorOf` writes them, within the running minute; memory is bounded by forgetting
 * each minute. Where very many came, a new visitor is counted with others of their network, and not refused.
 */
export function createRate(now: () => number = steadyMs) {
  const visitors = new Map<string, number>();
  const networks = [new Map<string, number>(), new Map<string, number>()] as const;
  let minute = 0;
  const counted = (counts: Map<string, number>, key: string): number | null => {
    if (!counts.has(key) && counts.size >= REMEMBERED) return null;
    const n = (counts.get(key) ?? 0) + 1;
    counts.set(key, n);
    return n;
  };
  return {
    /** Tells whether this request may be answered. */
    allows(address: string): boolean {
      const current = Math.floor(now() / 60_000);
      if (current !== minute) {
        for (const counts of [visitors, ...networks]) counts.clear();
        minute = current;
      }
      const own = counted(visitors, address);
      if (own !== null) return own <= PER_MINUTE;
      const [narrow, wide] = networksOf(address);
      const n = counted(networks[0], narrow!) ?? counted(networks[1], wide!);
      return n !== null && n <= OF_NETWORK;
    },
  };
}
