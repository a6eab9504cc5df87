/** Entry of the cache: something with a size. */
interface Sized {
  readonly bytes: number;
}

/**
 * Keeps what was made last, up to so many bytes. What is asked for while it is being made is made once; what failed is
 * not kept.
 */
export class LruCache<T extends Sized> {
  readonly #kept = new Map<string, T>();
  readonly #making = new Map<string, Promise<T>>();
  readonly #most: number;
  readonly #largest: number;
  #bytes = 0;

  /** `most` bytes in all; one entry may have `largest`, by default half of that: more would push out too many others. */
  constructor(most: number, largest = most / 2) {
    this.#most = most;
    this.#largest = largest;
  }

  /** Returns what is kept under a key, or else what `make` makes. */
  async get(key: string, make: () => Promise<T>): Promise<T> {
    const kept = this.#kept.get(key);
    if (kept) {
      // The one asked for last stays longest.
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept;
    }
    const underway = this.#making.get(key);
    if (underway) return underway;
    const made = make();
    this.#making.set(key, made);
    try {
      const value = await made;
      this.#keep(key, value);
      return value;
    } finally {
      this.#making.delete(key);
    }
  }

  #keep(key: string, value: T): void {
    if (value.bytes > this.#largest) return;
    this.#kept.set(key, value);
    this.#bytes += value.bytes;
    for (const [old, { bytes }] of this.#kept) {
      if (this.#bytes <= this.#most) return;
      this.#kept.delete(old);
      this.#bytes -= bytes;
    }
  }
}
