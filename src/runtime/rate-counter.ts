/** Describes how much may be done at once, and how much a second in the long run. */
export interface Allowance {
  readonly burst: number;
  readonly perSecond: number;
}

/** Maximum number of names remembered, about 20 MB in all; beyond it the oldest is forgotten. */
const REMEMBERED = 50_000;

/**
 * Limits how often something is done in each name. Counts by the generic cell rate algorithm (a token bucket): a name is remembered by the one instant at which its burst is whole again,
 * so nothing is swept by a timer. Each process counts for itself: several let a flood through a few times over, which
 * harms none, and spare every act a write. Our own since the libraries read the system's clock and set a timer a name.
 */
export function createRateCounter({ burst, perSecond }: Allowance) {
  const whole = new Map<string, number>();
  const each = 1_000 / perSecond;
  const full = burst * each;
  return {
    /** Takes `weight` at `now`; milliseconds to wait where there is not so much left, and then nothing is taken. */
    take(name: string, weight: number, now: Date): number {
      const at = now.getTime();
      // A clock that was set back never shuts anybody out for longer than the burst takes.
      const before = Math.min(Math.max(whole.get(name) ?? at, at), at + full);
      const after = before + Math.min(weight, burst) * each;
      const wait = Math.ceil(after - at - full);
      whole.delete(name);
      whole.set(name, wait > 0 ? before : after);
      if (whole.size > REMEMBERED) forget(at);
      return Math.max(0, wait);
    },
    get size(): number {
      return whole.size;
    },
  };

  /** Forgets people who are rested; failing that, the one counted longest ago. */
  function forget(at: number): void {
    for (const [name, instant] of whole) {
      if (instant > at && whole.size <= REMEMBERED) return;
      whole.delete(name);
    }
  }
}
