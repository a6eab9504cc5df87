import { BoundedMap } from './bounded-map.ts';

/**
 * A map that forgets what was set longer ago than its time, or longest ago where one too many is set. Each setting drops
 * what is over, so that it holds what came in its time and nothing waits for its maximum.
 */
export class ExpiringMap<K, V> {
  readonly #kept: BoundedMap<K, { readonly value: V; readonly until: number }>;
  readonly #keptMs: number;

  constructor(keptMs: number, maximum: number) {
    this.#keptMs = keptMs;
    this.#kept = new BoundedMap(maximum);
  }

  get size(): number {
    return this.#kept.size;
  }

  /** Returns what was set under a key, as long as it lasts. */
  get(key: K, now: number): V | undefined {
    const found = this.#kept.get(key);
    return found && now < found.until ? found.value : undefined;
  }

  /** Sets what a key stands for, from now on. */
  set(key: K, value: V, now: number): void {
    for (const [old, { until }] of this.#kept) {
      if (now < until) break;
      this.#kept.delete(old);
    }
    this.#kept.set(key, { value, until: now + this.#keptMs });
  }
}
