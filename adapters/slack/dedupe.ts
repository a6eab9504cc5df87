import { ExpiringMap } from '../../src/runtime/expiring-map.ts';

/** Time for which a delivery is remembered, ms: Slack delivers again within minutes what it thinks was lost. */
const KEPT_MS = 10 * 60_000;
const MOST = 10_000;

/** Memory of what Slack has delivered, to know a second delivery; after a restart the act's own key tells. */
export class Recent {
  readonly #seen = new ExpiringMap<string, true>(KEPT_MS, MOST);

  /** Tells whether this came before; from now on it did. */
  again(key: string, now = performance.now()): boolean {
    const before = this.#seen.get(key, now);
    this.#seen.set(key, true, now);
    return before === true;
  }
}
